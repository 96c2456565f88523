#include "verify/licence_document_check.h"

#include "sjcode/licence_kind.h"
#include "trust/licence_statement.h"
#include "verify/appraiser_check.h"
#include "verify/issuer_check.h"
#include "verify/standing.h"

#include <algorithm>

namespace sjcode {
namespace {

using namespace standing;
using trust::LicenceStatement;

std::vector<std::uint32_t> numbers_of(const std::vector<DatedCategory>& categories) {
    std::vector<std::uint32_t> numbers;
    for (const auto& dated : categories) numbers.push_back(dated.category);
    return numbers;
}

/// Whether the holder may practise, as far as the record says: licensed, and nothing forbids all of it.
template <class Holder>
bool in_force(const Holder& holder, UnixTime time) {
    return covered(holder.licensed, time) &&
           std::none_of(holder.events.begin(), holder.events.end(), [&](const StatusEvent& event) {
               return !event.category && forbids_practice(event.kind) && event.period.covers(time);
           });
}

class LicenceDocumentCheck {
public:
    LicenceDocumentCheck(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                         Findings& findings)
        : issuer_(*opened.issuer),
          key_(*opened.key),
          claims_(opened.verified->claims()),
          kind_(licence_kind(claims_.category).value()),
          record_(record),
          trust_(trust),
          now_(now),
          findings_(findings) {}

    void run() {
        if (!issuer_.list) {
            // Certificates do not tell an authority from an institution.
            findings_.skipped("licence", "licence.no-list");
            findings_.unchecked("holder", "holder.no-list");
            return;
        }
        if (key_.signer.empty()) findings_.fail("holder", "holder.self-made", {{"issuer", claims_.issuer}});
        const auto holder = licence_holder(claims_);
        if (!holder) {
            findings_.fail("holder", "holder.number", {{"number", number()}});
            return;
        }
        read_statement(*holder);
        if (kind_ == LicenceKind::institution)
            check_institution();
        else
            check_badge(*holder);
        check_now(issuer_.record, claims_.issued, now_, findings_);
    }

private:
    [[nodiscard]] std::string number() const {
        const auto* text = std::get_if<std::string>(&claims_.number);
        return text != nullptr ? *text : std::string();
    }

    /// What the record states, where there is a record.
    void read_statement(const std::string& holder) {
        if (record_ == nullptr) return;
        const auto& values = record_->values();
        const auto entry = values.extensions.find(trust::licence_statement_key);
        if (entry == values.extensions.end()) {
            findings_.fail("holder", "holder.no-statement");
            return;
        }
        auto decoded = trust::decode_licence_statement(entry->second, kind_);
        const bool own = decoded && decoded->licence == holder && values.appraisers.front().licence == holder &&
                         values.appraisers.front().name == decoded->name.name &&
                         (kind_ == LicenceKind::institution || decoded->institution.id == claims_.issuer);
        if (!own) {
            findings_.fail("holder", "holder.statement");
            return;
        }
        statement_ = *std::move(decoded);
        if (!key_.signer.empty() && values.appraisers[1].name != key_.signer)
            findings_.warn("holder", "holder.authority-name",
                           {{"document", values.appraisers[1].name}, {"listed", key_.signer}});
    }

    /// The categories of the document, or where it is not at hand those that the list has of its holder.
    template <class Listed>
    std::vector<std::uint32_t> categories(const Listed& listed) const {
        return numbers_of(statement_ ? statement_->categories
                          : listed   ? listed->categories
                                     : std::vector<DatedCategory>{});
    }

    void check_institution() {
        const auto& record = issuer_.record;
        const auto listed = trust::statement_at(record, claims_.issued);
        check_licence(record, categories(listed), claims_.issued, findings_);
        if (statement_ && !statement_->uscc.empty() && !record.uscc.empty() && statement_->uscc != record.uscc)
            differs("holder.uscc", statement_->uscc, record.uscc);
        compare(record);
        tell_force(in_force(record, now_));
    }

    void check_badge(const std::string& holder) {
        const auto known = trust_.appraiser(holder);
        if (!known || !*known) {
            if (known)
                findings_.unchecked("holder", "holder.not-listed", {{"licence", holder}});
            else
                findings_.unchecked("holder", "trust.list-damaged", {{"reason", known.error().code}});
            check_licence(issuer_.record, categories(std::optional<LicenceStatement>()), claims_.issued, findings_);
            return;
        }
        const auto& record = **known;
        const auto listed = trust::statement_at(record, issuer_.record, claims_.issued);
        const auto numbers = categories(listed);
        check_licence(issuer_.record, numbers, claims_.issued, findings_);
        check_appraiser({statement_ ? statement_->name.name : listed_name(record), holder}, claims_, numbers, trust_,
                        now_, findings_);
        compare(record);
        const bool is_here = std::any_of(
            record.institutions.begin(), record.institutions.end(),
            [&](const DatedReference& dated) { return dated.id == claims_.issuer && dated.period.covers(now_); });
        tell_force(is_here && in_force(record, now_) && in_force(issuer_.record, now_));
    }

    template <class Holder>
    std::string listed_name(const Holder& holder) const {
        const auto found = std::find_if(holder.names.begin(), holder.names.end(),
                                        [&](const DatedName& dated) { return dated.period.covers(claims_.issued); });
        return found != holder.names.end() ? found->name : holder.names.front().name;
    }

    void differs(const char* code, const std::string& document, const std::string& listed) {
        good_ = false;
        findings_.fail("holder", code, {{"document", document}, {"listed", listed}});
    }

    template <class Holder>
    void compare(const Holder& holder) {
        const auto listed = listed_name(holder);
        if (!statement_) {
            if (record_ == nullptr)
                findings_.pass("holder", "holder.listed", {{"name", listed}, {"licence", holder.licence}});
            return;
        }
        if (statement_->name.name != listed) differs("holder.name", statement_->name.name, listed);
        compare_period(holder.licensed);
        for (const auto& own : statement_->categories) compare_category(own, holder.categories);
        for (const auto& dated : holder.categories)
            if (dated.period.covers(now_) && !is_stated(dated.category))
                findings_.warn("holder", "holder.category-added", {{"category", category_text(dated.category)}});
        if (good_) findings_.pass("holder", "holder.as-listed", {{"name", listed}, {"licence", holder.licence}});
    }

    void compare_period(const std::vector<Period>& listed) {
        const auto& own = statement_->licensed;
        const auto found =
            std::find_if(listed.begin(), listed.end(), [&](const Period& period) { return period.from == own.from; });
        if (found == listed.end() || !own.covers(claims_.issued)) {
            good_ = false;
            findings_.fail("holder", "holder.period", {{"from", day(own.from)}, {"until", end_of(own)}});
        } else if (found->until != own.until) {
            findings_.warn("holder", "holder.period-changed", {{"document", end_of(own)}, {"listed", end_of(*found)}});
        }
    }

    void compare_category(const DatedCategory& own, const std::vector<DatedCategory>& listed) {
        const auto same = [&](const DatedCategory& dated) {
            return dated.category == own.category && dated.period.from == own.period.from;
        };
        const auto found = std::find_if(listed.begin(), listed.end(), same);
        const Parameters parameters{{"category", category_text(own.category)}};
        if (found == listed.end() || !own.period.covers(claims_.issued) || !found->period.covers(claims_.issued)) {
            good_ = false;
            findings_.fail("holder", "holder.category", parameters);
        } else if (!registered(listed, own.category, now_)) {
            findings_.warn("holder", "holder.category-ended", parameters);
        }
    }

    [[nodiscard]] bool is_stated(std::uint32_t category) const {
        return std::any_of(statement_->categories.begin(), statement_->categories.end(),
                           [&](const DatedCategory& dated) { return dated.includes(category); });
    }

    static std::string end_of(const Period& period) {
        return period.until ? last_day(*period.until) : std::string("—");
    }

    void tell_force(bool is_in_force) {
        if (is_in_force)
            findings_.pass("holder", "holder.in-force", {{"date", day(now_)}});
        else
            findings_.warn("holder", "holder.not-in-force", {{"date", day(now_)}});
    }

    const KnownIssuer& issuer_;
    const SigningKey& key_;
    const Claims& claims_;
    LicenceKind kind_;
    const Record* record_;
    const TrustRecords& trust_;
    UnixTime now_;
    Findings& findings_;
    std::optional<LicenceStatement> statement_;
    bool good_ = true;
};

}  // namespace

void check_licence_document(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                            Findings& findings) {
    LicenceDocumentCheck(opened, record, trust, now, findings).run();
}

void check_no_licence_document(const Claims& claims, const Record* record, Findings& findings) {
    if (record == nullptr || licence_kind(claims.category)) return;
    const auto& categories = record->values().categories;
    if (std::any_of(categories.begin(), categories.end(),
                    [](std::uint32_t one) { return licence_kind(one).has_value(); }))
        findings.fail("holder", "holder.beside-report");
}

void check_is_licence_document(const OpenedCode& opened, Findings& findings) {
    if (opened.verified && !licence_kind(opened.verified->claims().category))
        findings.fail("holder", "holder.other-document");
}

}  // namespace sjcode
