#include "trust/trust_record_merge.h"

#include <algorithm>

namespace sjcode::trust {
namespace {

/// Another name ends the one that is open. A name that held at that time already is known.
void merge(std::vector<DatedName>& to, const std::vector<DatedName>& from) {
    for (const auto& added : from) {
        const auto same = [&](const DatedName& known) {
            return known.name == added.name && known.short_name == added.short_name &&
                   (!known.period.until || known.period.covers(added.period.from));
        };
        if (std::any_of(to.begin(), to.end(), same)) continue;
        for (auto& known : to)
            if (!known.period.until && known.period.from < added.period.from) known.period.until = added.period.from;
        to.push_back(added);
    }
}

void merge(std::vector<Period>& to, const std::vector<Period>& from) {
    for (const auto& added : from)
        if (std::find(to.begin(), to.end(), added) == to.end()) to.push_back(added);
}

bool says_same(const DatedCategory& a, const DatedCategory& b) {
    return a.category == b.category;
}
bool says_same(const DatedKey& a, const DatedKey& b) {
    return a.key == b.key;
}
bool says_same(const DatedHost& a, const DatedHost& b) {
    return a.host == b.host;
}
bool says_same(const DatedReference& a, const DatedReference& b) {
    return a.id == b.id;
}

/// What holds already at its beginning is not said twice.
template <class T>
void merge(std::vector<T>& to, const std::vector<T>& from) {
    for (const auto& added : from) {
        const bool known = std::any_of(to.begin(), to.end(), [&](const T& other) {
            return says_same(other, added) && other.period.covers(added.period.from);
        });
        if (!known) to.push_back(added);
    }
}

}  // namespace

void merge(AuthorityRecord& to, const AuthorityRecord& from) {
    merge(to.names, from.names);
    merge(to.keys, from.keys);
    merge(to.hosts, from.hosts);
}

void merge(InstitutionRecord& to, const InstitutionRecord& from) {
    if (!from.uscc.empty()) to.uscc = from.uscc;
    merge(to.names, from.names);
    merge(to.licensed, from.licensed);
    merge(to.categories, from.categories);
    merge(to.keys, from.keys);
    merge(to.hosts, from.hosts);
    merge(to.signers, from.signers);
    merge(to.seals, from.seals);
    to.events.insert(to.events.end(), from.events.begin(), from.events.end());
}

/// Another institution ends the one before: nobody practises at two.
void merge(AppraiserRecord& to, const AppraiserRecord& from) {
    merge(to.names, from.names);
    merge(to.licensed, from.licensed);
    for (const auto& added : from.institutions)
        for (auto& known : to.institutions)
            if (known.id != added.id && !known.period.until && known.period.from < added.period.from)
                known.period.until = added.period.from;
    merge(to.institutions, from.institutions);
    merge(to.categories, from.categories);
    to.events.insert(to.events.end(), from.events.begin(), from.events.end());
}

}  // namespace sjcode::trust
