#include "verify/licence_facts.h"

#include "sjcode/licence_kind.h"
#include "trust/licence_statement.h"
#include "verify/standing.h"

namespace sjcode {

std::vector<Fact> licence_facts(const Claims& claims, const Record& record) {
    const auto kind = licence_kind(claims.category);
    const auto entry = record.values().extensions.find(trust::licence_statement_key);
    if (!kind || entry == record.values().extensions.end()) return {};
    const auto statement = trust::decode_licence_statement(entry->second, *kind);
    if (!statement) return {};
    std::vector<Fact> facts;
    facts.push_back({"holder", statement->name.name + "（" + statement->licence + "）"});
    if (!statement->uscc.empty()) facts.push_back({"uscc", statement->uscc});
    std::string categories;
    for (const auto& dated : statement->categories)
        categories += (categories.empty() ? "" : "、") + standing::category_text(dated.category);
    if (!categories.empty()) facts.push_back({"categories", categories});
    const auto& period = statement->licensed;
    facts.push_back({"licensed", standing::day(period.from) + "—" +
                                     (period.until ? standing::last_day(*period.until) : std::string())});
    const auto& authority = record.values().appraisers.at(1);
    facts.push_back({"authority", authority.name + "（" + authority.licence + "）"});
    return facts;
}

}  // namespace sjcode
