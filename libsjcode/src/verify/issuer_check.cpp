#include "verify/issuer_check.h"

#include "sjcode/category.h"
#include "sjcode/licence_kind.h"
#include "verify/appraiser_check.h"
#include "verify/licence_document_check.h"
#include "verify/standing.h"

#include <algorithm>

namespace sjcode {
namespace {

using namespace standing;

constexpr UnixTime clock_tolerance = 24 * 3'600;

void check_list_age(const TrustListInfo& list, UnixTime issued, UnixTime now, Findings& findings) {
    const Parameters parameters{{"publisher", list.publisher},
                                {"number", std::to_string(list.number)},
                                {"date", day(list.issued)},
                                {"due", day(list.next_update)}};
    if (list.issued > now + clock_tolerance)
        findings.warn("trust", "trust.list-from-future", parameters);
    else if (now >= list.next_update)
        findings.warn("trust", "trust.list-stale", parameters);
    else
        findings.pass("trust", "trust.list-current", parameters);
    if (list.issued < issued) findings.warn("trust", "trust.list-older-than-report", parameters);
}

void check_key(const SigningKey& key, UnixTime issued, UnixTime now, Findings& findings) {
    if (!key.period.covers(issued)) {
        findings.fail("key", "key.not-valid-at-issue",
                      {{"issued", day(issued)},
                       {"from", day(key.period.from)},
                       {"until", key.period.until ? last_day(*key.period.until) : std::string()}});
    } else if (key.invalid_since && *key.invalid_since <= issued) {
        findings.fail("key", "key.compromised", {{"since", day(*key.invalid_since)}, {"issued", day(issued)}});
    } else if (key.invalid_since && *key.invalid_since <= now) {
        // Whoever has the key can write any time of issue: without a proof from elsewhere it says nothing.
        findings.unchecked("key", "key.compromised-later",
                           {{"since", day(*key.invalid_since)}, {"issued", day(issued)}});
    } else if (key.period.until && *key.period.until <= now) {
        findings.pass("key", "key.retired", {{"until", last_day(*key.period.until)}});
    } else {
        findings.pass("key", "key.valid");
    }
    if (!key.signer.empty()) findings.pass("key", "key.signed-for", {{"authority", key.signer}});
}

/// The events in force at issue; true where one of them forbade to issue this report.
bool check_events_at_issue(const std::vector<StatusEvent>& events, const std::vector<std::uint32_t>& categories,
                           UnixTime issued, Findings& findings) {
    bool forbidden = false;
    for (const auto& event : events) {
        if (!event.period.covers(issued)) continue;
        const auto parameters = event_parameters(event);
        const auto reach = reach_of(event, categories);
        if (!forbids_practice(event.kind)) {
            findings.warn("licence", event.period.until ? "licence.flagged-at-issue" : "licence.flagged-at-issue-open",
                          parameters);
        } else if (reach == Reach::other_category) {
            findings.pass("licence", "licence.event-other-category", parameters);
        } else if (reach == Reach::unknown_category) {
            findings.unchecked("licence", "licence.event-category-unknown", parameters);
            forbidden = true;
        } else {
            const bool one = reach == Reach::this_category;
            const char* const code = event.period.until
                                         ? (one ? "licence.event-category" : "licence.event-at-issue")
                                         : (one ? "licence.event-category-open" : "licence.event-at-issue-open");
            findings.fail("licence", code, parameters);
            forbidden = true;
        }
    }
    return forbidden;
}

void check_categories(const InstitutionRecord& record, const std::vector<std::uint32_t>& categories, UnixTime issued,
                      Findings& findings) {
    std::vector<std::uint32_t> once = categories;
    std::sort(once.begin(), once.end());
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (const auto category : once) {
        const Parameters parameters{{"category", category_text(category)}};
        const auto parsed = Category::from_number(category);
        if (parsed && parsed->category_class() == CategoryClass::other)
            findings.warn("category", "category.outside-registration", parameters);
        else if (registered(record.categories, category, issued))
            findings.pass("category", "category.registered", parameters);
        else
            findings.fail("category", "category.not-registered", parameters);
    }
}

/// The categories that are known: all that the code's own record names, else the one of the code.
std::vector<std::uint32_t> categories_of(const Claims& claims, const Record* record) {
    if (record != nullptr) {
        std::vector<std::uint32_t> numbers;
        for (const auto category : record->values().categories) numbers.push_back(category);
        return numbers;
    }
    if (claims.category != 0) return {claims.category};
    return {};
}

}  // namespace

void check_licence(const InstitutionRecord& record, const std::vector<std::uint32_t>& categories, UnixTime issued,
                   Findings& findings) {
    const bool forbidden = check_events_at_issue(record.events, categories, issued, findings);
    if (record.licensed.empty()) {
        findings.unchecked("licence", "licence.no-period");
    } else if (!covered(record.licensed, issued)) {
        if (const auto end = last_end(record.licensed, issued))
            findings.fail("licence", "licence.expired-at-issue", {{"until", last_day(*end)}, {"issued", day(issued)}});
        else
            findings.fail("licence", "licence.not-yet-at-issue", {{"issued", day(issued)}});
    } else if (!forbidden) {
        findings.pass("licence", "licence.valid-at-issue", {{"issued", day(issued)}});
    }
}

void check_now(const InstitutionRecord& record, UnixTime issued, UnixTime now, Findings& findings) {
    if (now < issued) return;
    bool changed = false;
    for (const auto& event : record.events) {
        if (event.period.covers(issued) || event.period.from > now || event.period.from <= issued) continue;
        changed = true;
        const bool over = event.period.until && *event.period.until <= now;
        const char* const code = over                    ? "now.event-over"
                                 : !event.keeper.empty() ? "now.event-keeper"
                                 : event.category        ? "now.event-category"
                                                         : "now.event";
        findings.warn("now", code, event_parameters(event));
    }
    if (!record.licensed.empty() && covered(record.licensed, issued) && !covered(record.licensed, now)) {
        changed = true;
        if (const auto end = last_end(record.licensed, now))
            findings.warn("now", "now.licence-expired", {{"until", last_day(*end)}});
    }
    const auto name_at = [&](UnixTime time) {
        const auto found = std::find_if(record.names.begin(), record.names.end(),
                                        [&](const DatedName& dated) { return dated.period.covers(time); });
        return found == record.names.end() ? std::string() : found->name;
    };
    const auto then = name_at(issued);
    const auto today = name_at(now);
    if (!then.empty() && !today.empty() && then != today) {
        changed = true;
        findings.warn("now", "now.renamed", {{"then", then}, {"name", today}});
    }
    if (!changed) findings.pass("now", "now.unchanged", {{"date", day(now)}});
}

void check_issuer(const OpenedCode& opened, UnixTime now, Findings& findings) {
    const auto& issuer = *opened.issuer;
    const auto issued = opened.raw.unverified_claims().issued;
    if (!issuer.list) return;
    check_list_age(*issuer.list, issued, now, findings);
    check_key(*opened.key, issued, now, findings);
}

void check_standing(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                    Findings& findings) {
    if (!opened.verified) return;
    const auto& issuer = *opened.issuer;
    const auto& claims = opened.verified->claims();
    if (licence_kind(claims.category)) {
        check_licence_document(opened, record, trust, now, findings);
        return;
    }
    if (!issuer.list) {
        // Certificates say whose key it is, and no more: nobody shall think that the licence was looked at.
        findings.skipped("licence", "licence.no-list");
        return;
    }
    check_no_licence_document(claims, record, findings);
    const auto categories = categories_of(claims, record);
    check_licence(issuer.record, categories, claims.issued, findings);
    if (categories.empty())
        findings.skipped("category", "category.withheld");
    else
        check_categories(issuer.record, categories, claims.issued, findings);
    if (record == nullptr)
        findings.skipped("appraisers", "appraisers.no-record");
    else if (!issuer.lists_appraisers)
        findings.skipped("appraisers", "appraisers.no-list");
    else
        for (const auto& named : record->values().appraisers)
            check_appraiser(named, claims, categories, trust, now, findings);
    check_now(issuer.record, claims.issued, now, findings);
}

void check_seal_required(const OpenedCode& opened, Findings& findings) {
    if (!opened.verified || !opened.issuer->list) return;
    const auto issued = opened.verified->claims().issued;
    const auto unsealed = std::any_of(findings.checks().begin(), findings.checks().end(),
                                      [](const Check& check) { return check.code == "seal.none"; });
    if (unsealed && covered(opened.issuer->record.seals, issued)) findings.fail("seal", "seal.required");
}

void check_relation(const OpenedCode& opened, Findings& findings) {
    if (!opened.verified) return;
    const auto& claims = opened.verified->claims();
    if (claims.kind == ReportKind::report || !claims.prior) return;
    const auto* code = std::get_if<CodeNumber>(&*claims.prior);
    const Parameters parameters{{"prior", code != nullptr ? code->grouped() : std::get<std::string>(*claims.prior)}};
    switch (claims.kind) {
        case ReportKind::correction:
            findings.warn("relation", "relation.correction", parameters);
            break;
        case ReportKind::supplementary:
            findings.warn("relation", "relation.supplementary", parameters);
            break;
        default:
            findings.warn("relation", "relation.reappraisal", parameters);
    }
}

}  // namespace sjcode
