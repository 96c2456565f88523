// A verdict as JSON: docs/verdict.schema.json.
#include "base/civil_time.h"
#include "sjcode/category.h"
#include "sjcode/facts.h"
#include "sjcode/verdict.h"
#include "verify/check_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sjcode {
namespace {

using Json = nlohmann::ordered_json;

Json facts_json(const std::vector<Fact>& facts, Language language) {
    auto list = Json::array();
    for (const auto& fact : facts) {
        Json entry;
        entry["name"] = fact.name;
        entry["label"] = sentence("fact." + fact.name, {}, language);
        entry["value"] = fact.value;
        entry["signed"] = fact.is_signed;
        list.push_back(std::move(entry));
    }
    return list;
}

Json category_json(std::uint32_t number) {
    if (number == 0) return nullptr;
    const auto category = Category::from_number(number);
    return category ? Json(category->code()) : Json(std::to_string(number));
}

Json prior_json(const std::optional<PriorReport>& prior) {
    if (!prior) return nullptr;
    if (const auto* number = std::get_if<CodeNumber>(&*prior)) return number->grouped();
    return std::get<std::string>(*prior);
}

Json claims_json(const Claims& claims, const std::vector<Fact>& facts) {
    const auto short_name =
        std::find_if(facts.begin(), facts.end(), [](const Fact& fact) { return fact.name == "short_name"; });
    Json json;
    json["issuer"] = claims.issuer;
    json["issued"] = claims.issued;
    json["issued_text"] = chinese_time_text(claims.issued);
    json["code"] = claims.code.grouped();
    json["number"] = claims.report_number(short_name == facts.end() ? std::string() : short_name->value);
    json["pages"] = claims.pages;
    json["category"] = category_json(claims.category);
    json["kind"] = name(claims.kind);
    json["prior"] = prior_json(claims.prior);
    json["status"] = claims.status;
    json["entries"] = claims.entries;
    json["record"] = to_hex(claims.record);
    return json;
}

}  // namespace

std::string Verdict::to_json(Language language, std::string_view input_name) const {
    const std::string outcome_name(name(outcome));
    Json json;
    json["outcome"] = outcome_name;
    if (!input_name.empty()) json["input"] = input_name;
    json["message"] = sentence("outcome." + outcome_name, {}, language);
    json["checks"] = verify::checks_json(
        checks, [&](const Check& check) { return sentence(check.code, check.parameters, language); });
    json["claims"] = code ? claims_json(code->claims(), facts) : Json(nullptr);
    json["facts"] = facts_json(facts, language);
    json["disclaimer"] = sentence("disclaimer." + outcome_name, {}, language);
    // File names and what a hostile document says need not be UTF-8; dump() would throw.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sjcode
