// Whose licence document may be issued now, and in whose name.
#include "base/try.h"
#include "sjcode/facts.h"
#include "sjcode/licence.h"
#include "trust/licence_statement.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sjcode {
namespace {

constexpr std::array<std::pair<LicencePaper, std::string_view>, 4> paper_names{{
    {LicencePaper::a4_landscape, "a4-landscape"},
    {LicencePaper::a4, "a4"},
    {LicencePaper::a7, "a7"},
    {LicencePaper::id_1, "id-1"},
}};

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : "、") + text;
    return all;
}

/// That a holder is licensed at the time, and nothing forbids it to practise altogether.
template <class Record>
Result<void> check_in_force(const Record& record, UnixTime time) {
    const auto licensed = std::any_of(record.licensed.begin(), record.licensed.end(),
                                      [&](const Period& period) { return period.covers(time); });
    if (!licensed)
        return fail("licence-document.not-in-force", {{"licence", record.licence}, {"date", Date::of(time).iso()}});
    for (const auto& event : record.events)
        if (!event.category && forbids_practice(event.kind) && event.period.covers(time))
            return fail("licence-document.forbidden",
                        {{"licence", record.licence},
                         {"event", std::string(name(event.kind))},
                         {"from", Date::of(event.period.from).iso()},
                         {"source", event.authority + (event.document.empty() ? "" : " " + event.document)}});
    return {};
}

Result<std::string> institution_of(const AppraiserRecord& record, UnixTime time, std::string_view wanted) {
    std::vector<std::string> now;
    for (const auto& dated : record.institutions)
        if (dated.period.covers(time) && (wanted.empty() || dated.id == wanted)) now.push_back(dated.id);
    if (now.empty()) return fail("licence-document.no-institution", {{"licence", record.licence}});
    if (now.size() > 1)
        return fail("licence-document.which-institution", {{"licence", record.licence}, {"institutions", joined(now)}});
    return now.front();
}

/// Looks records up and puts the grant together; `Source` finds records by their identifiers.
template <class Source>
class Finder {
public:
    Finder(const Source& source, const PublicKey& key, UnixTime time) : source_(source), key_(key), time_(time) {}

    Result<LicenceGrant> find(std::string_view licence, std::string_view wanted) const {
        LicenceGrant grant{{}, {}, {}, time_};
        SJCODE_TRY(auto institution, source_.institution(licence));
        if (!institution) {
            SJCODE_TRY(grant.appraiser, source_.appraiser(licence));
            if (!grant.appraiser) return fail("licence-document.unknown", {{"licence", std::string(licence)}});
            SJCODE_CHECK(check_in_force(*grant.appraiser, time_));
            SJCODE_TRY(const auto id, institution_of(*grant.appraiser, time_, wanted));
            SJCODE_TRY(institution, source_.institution(id));
            if (!institution) return fail("licence-document.unknown", {{"licence", id}});
        }
        grant.institution = *std::move(institution);
        SJCODE_CHECK(check_in_force(grant.institution, time_));
        const auto statement = grant.appraiser ? trust::statement_at(*grant.appraiser, grant.institution, time_)
                                               : trust::statement_at(grant.institution, time_);
        if (!statement)
            return fail("licence-document.not-in-force",
                        {{"licence", std::string(licence)}, {"date", Date::of(time_).iso()}});
        if (statement->categories.empty())
            return fail("licence-document.no-category", {{"licence", std::string(licence)}});
        SJCODE_TRY(grant.authority, authority_for(grant.institution));
        return grant;
    }

private:
    [[nodiscard]] Result<AuthorityRecord> authority_for(const InstitutionRecord& institution) const {
        const auto der = key_.to_der();
        std::optional<Error> unusable;
        for (const auto& signer : institution.signers) {
            if (!signer.period.covers(time_)) continue;
            SJCODE_TRY(auto record, source_.authority(signer.id));
            if (!record) continue;
            for (const auto& dated : record->keys) {
                if (dated.key != der) continue;
                if (dated.period.covers(time_) && (!dated.invalid_since || *dated.invalid_since > time_))
                    return *std::move(record);
                unusable = Error{"licence-document.key", {{"authority", signer.id}}, {}, {}, {}};
            }
        }
        if (unusable) return Unexpected(*std::move(unusable));
        return fail("licence-document.no-authority", {{"institution", institution.licence}});
    }

    const Source& source_;
    const PublicKey& key_;
    UnixTime time_;
};

/// A register's content, looked up as a list is.
class ContentSource {
public:
    explicit ContentSource(const TrustListContent& content) : content_(content) {}

    [[nodiscard]] Result<std::optional<AuthorityRecord>> authority(std::string_view id) const {
        return find(content_.authorities, [&](const AuthorityRecord& record) { return record.id == id; });
    }
    [[nodiscard]] Result<std::optional<InstitutionRecord>> institution(std::string_view licence) const {
        return find(content_.institutions, [&](const InstitutionRecord& record) { return record.licence == licence; });
    }
    [[nodiscard]] Result<std::optional<AppraiserRecord>> appraiser(std::string_view licence) const {
        return find(content_.appraisers, [&](const AppraiserRecord& record) { return record.licence == licence; });
    }

private:
    template <class Record, class Predicate>
    static Result<std::optional<Record>> find(const std::vector<Record>& records, Predicate predicate) {
        const auto found = std::find_if(records.begin(), records.end(), predicate);
        if (found == records.end()) return std::optional<Record>();
        // Nobody has signed it yet, so nobody has checked it.
        SJCODE_CHECK(trust::check(*found));
        return std::optional(*found);
    }

    const TrustListContent& content_;
};

}  // namespace

std::string_view name(LicencePaper paper) noexcept {
    for (const auto& [value, text] : paper_names)
        if (value == paper) return text;
    return "";
}

std::optional<LicencePaper> licence_paper(std::string_view name) noexcept {
    for (const auto& [value, text] : paper_names)
        if (text == name) return value;
    return std::nullopt;
}

Result<LicenceGrant> find_licence(const TrustListContent& content, std::string_view licence, const PublicKey& key,
                                  UnixTime time, std::string_view institution) {
    return Finder(ContentSource(content), key, time).find(licence, institution);
}

Result<LicenceGrant> find_licence(const TrustList& list, std::string_view licence, const PublicKey& key, UnixTime time,
                                  std::string_view institution) {
    return Finder(list, key, time).find(licence, institution);
}

}  // namespace sjcode
