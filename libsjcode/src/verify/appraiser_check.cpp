#include "verify/appraiser_check.h"

#include "sjcode/category.h"
#include "verify/standing.h"

#include <algorithm>

namespace sjcode {
namespace {

using namespace standing;

/// One appraiser of a report.
class AppraiserCheck {
public:
    AppraiserCheck(const Appraiser& named, const Claims& claims, const std::vector<std::uint32_t>& categories,
                   UnixTime now, Findings& findings)
        : named_(named), claims_(claims), categories_(categories), now_(now), findings_(findings) {}

    void unknown() { findings_.unchecked("appraisers", "appraisers.not-listed", parameters()); }

    void run(const AppraiserRecord& record) {
        const auto issued = claims_.issued;
        const auto named_so = std::any_of(record.names.begin(), record.names.end(),
                                          [&](const DatedName& dated) { return dated.name == named_.name; });
        if (!named_so) warn("appraisers.other-name", with("listed", record.names.front().name));
        if (!covered(record.licensed, issued)) {
            if (const auto end = last_end(record.licensed, issued))
                fail("appraisers.expired-at-issue", with("until", last_day(*end)));
            else
                fail("appraisers.not-yet-at-issue", parameters());
        }
        const auto here = [&](UnixTime time) {
            return std::any_of(
                record.institutions.begin(), record.institutions.end(),
                [&](const DatedReference& dated) { return dated.id == claims_.issuer && dated.period.covers(time); });
        };
        if (!here(issued)) fail("appraisers.other-institution", with("issuer", claims_.issuer));
        for (const auto category : categories_) check_category(record, category);
        for (const auto& event : record.events) check_event(event);
        if (here(issued) && now_ > issued && !here(now_)) warn("appraisers.left-since", with("issuer", claims_.issuer));
        if (good_)
            findings_.pass("appraisers", "appraisers.registered", {{"name", named_.name}, {"licence", named_.licence}});
    }

private:
    [[nodiscard]] Parameters parameters() const { return {{"name", named_.name}, {"licence", named_.licence}}; }
    [[nodiscard]] Parameters with(std::string key, std::string value) const {
        auto all = parameters();
        all.emplace(std::move(key), std::move(value));
        return all;
    }
    void add(Parameters more, CheckResult result, const char* code) {
        more.merge(parameters());
        findings_.add({"appraisers", result, code, std::move(more), result != CheckResult::warn});
    }
    void fail(const char* code, Parameters more) {
        good_ = false;
        add(std::move(more), CheckResult::fail, code);
    }
    void warn(const char* code, Parameters more) { add(std::move(more), CheckResult::warn, code); }

    void check_category(const AppraiserRecord& record, std::uint32_t category) {
        const auto parsed = Category::from_number(category);
        if (parsed && parsed->category_class() == CategoryClass::other) return;
        if (!registered(record.categories, category, claims_.issued))
            fail("appraisers.category", with("category", category_text(category)));
    }

    void check_event(const StatusEvent& event) {
        const auto issued = claims_.issued;
        const auto reach = reach_of(event, categories_);
        auto told = event_parameters(event);
        if (event.period.covers(issued)) {
            if (!forbids_practice(event.kind)) {
                warn("appraisers.flagged-at-issue", std::move(told));
            } else if (reach == Reach::unknown_category) {
                good_ = false;
                add(std::move(told), CheckResult::unchecked, "appraisers.event-category-unknown");
            } else if (reach != Reach::other_category) {
                fail(event.period.until ? "appraisers.event-at-issue" : "appraisers.event-at-issue-open",
                     std::move(told));
            }
        } else if (event.period.from > issued && event.period.from <= now_) {
            warn("appraisers.event-since", std::move(told));
        }
    }

    const Appraiser& named_;
    const Claims& claims_;
    const std::vector<std::uint32_t>& categories_;
    UnixTime now_;
    Findings& findings_;
    bool good_ = true;
};

}  // namespace

void check_appraiser(const Appraiser& named, const Claims& claims, const std::vector<std::uint32_t>& categories,
                     const TrustRecords& trust, UnixTime now, Findings& findings) {
    AppraiserCheck check(named, claims, categories, now, findings);
    const auto known = trust.appraiser(named.licence);
    if (!known)
        findings.unchecked("appraisers", "trust.list-damaged", {{"reason", known.error().code}});
    else if (!*known)
        check.unknown();
    else
        check.run(**known);
}

}  // namespace sjcode
