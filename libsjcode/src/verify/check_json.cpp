#include "verify/check_json.h"

#include <utility>

namespace sjcode::verify {

nlohmann::ordered_json checks_json(const std::vector<Check>& checks,
                                   const std::function<std::string(const Check&)>& message) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& check : checks) {
        nlohmann::ordered_json entry;
        entry["check"] = check.check;
        entry["result"] = name(check.result);
        entry["code"] = check.code;
        entry["message"] = message(check);
        entry["parameters"] = nlohmann::ordered_json::object();
        for (const auto& [key, value] : check.parameters) entry["parameters"][key] = value;
        entry["mandatory"] = check.mandatory;
        list.push_back(std::move(entry));
    }
    return list;
}

}  // namespace sjcode::verify
