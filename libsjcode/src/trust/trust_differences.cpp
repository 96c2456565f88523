// What changed between two versions of a trust list.
#include "sjcode/trust_register.h"

#include <algorithm>
#include <map>

namespace sjcode {
namespace {

const std::string& id_of(const AuthorityRecord& record) {
    return record.id;
}
const std::string& id_of(const InstitutionRecord& record) {
    return record.licence;
}
const std::string& id_of(const AppraiserRecord& record) {
    return record.licence;
}

/// An end put to what was open is how a thing ends.
bool continues(const Period& older, const Period& newer) {
    return older.from == newer.from && (!older.until || older.until == newer.until);
}
bool still_says(const Period& a, const Period& b) {
    return continues(a, b);
}
bool still_says(const DatedName& a, const DatedName& b) {
    return a.name == b.name && a.short_name == b.short_name && continues(a.period, b.period);
}
bool still_says(const DatedCategory& a, const DatedCategory& b) {
    return a.category == b.category && continues(a.period, b.period);
}
bool still_says(const DatedKey& a, const DatedKey& b) {
    return a.key == b.key && continues(a.period, b.period) &&
           (!a.invalid_since || (b.invalid_since && *b.invalid_since <= *a.invalid_since));
}
bool still_says(const DatedHost& a, const DatedHost& b) {
    return a.host == b.host && continues(a.period, b.period);
}
bool still_says(const DatedReference& a, const DatedReference& b) {
    return a.id == b.id && continues(a.period, b.period);
}
bool still_says(const StatusEvent& a, const StatusEvent& b) {
    return a.kind == b.kind && a.category == b.category && continues(a.period, b.period) && a.authority == b.authority;
}

template <class T>
bool kept(const std::vector<T>& older, const std::vector<T>& newer) {
    return std::all_of(older.begin(), older.end(), [&](const T& was) {
        return std::any_of(newer.begin(), newer.end(), [&](const T& is) { return still_says(was, is); });
    });
}

bool kept(const AuthorityRecord& a, const AuthorityRecord& b) {
    return kept(a.names, b.names) && kept(a.keys, b.keys) && kept(a.hosts, b.hosts);
}
bool kept(const InstitutionRecord& a, const InstitutionRecord& b) {
    return kept(a.names, b.names) && kept(a.licensed, b.licensed) && kept(a.categories, b.categories) &&
           kept(a.keys, b.keys) && kept(a.hosts, b.hosts) && kept(a.signers, b.signers) && kept(a.seals, b.seals) &&
           kept(a.events, b.events);
}
bool kept(const AppraiserRecord& a, const AppraiserRecord& b) {
    return kept(a.names, b.names) && kept(a.licensed, b.licensed) && kept(a.institutions, b.institutions) &&
           kept(a.categories, b.categories) && kept(a.events, b.events);
}

template <class Record>
void compare(const char* kind, const std::vector<Record>& older, const std::vector<Record>& newer,
             std::vector<TrustDifference>& found) {
    using Change = TrustDifference::Change;
    std::map<std::string_view, std::pair<const Record*, const Record*>> both;
    for (const auto& record : older) both[id_of(record)].first = &record;
    for (const auto& record : newer) both[id_of(record)].second = &record;
    for (const auto& [id, pair] : both) {
        const auto [was, is] = pair;
        const auto& record = is != nullptr ? *is : *was;
        const auto name = record.names.empty() ? std::string() : record.names.back().name;
        if (was == nullptr)
            found.push_back({kind, std::string(id), name, Change::added, false});
        else if (is == nullptr)
            found.push_back({kind, std::string(id), name, Change::removed, true});
        else if (!(*was == *is))
            found.push_back({kind, std::string(id), name, Change::changed, !kept(*was, *is)});
    }
}

}  // namespace

std::vector<TrustDifference> differences(const TrustListContent& older, const TrustListContent& newer) {
    std::vector<TrustDifference> found;
    compare("authority", older.authorities, newer.authorities, found);
    compare("institution", older.institutions, newer.institutions, found);
    compare("appraiser", older.appraisers, newer.appraisers, found);
    return found;
}

}  // namespace sjcode
