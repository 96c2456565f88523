#include "check.h"

namespace sjcode::c {
namespace {

sjcode_check_result result_of(CheckResult result) noexcept {
    switch (result) {
        case CheckResult::pass:
            return SJCODE_PASS;
        case CheckResult::fail:
            return SJCODE_FAIL;
        case CheckResult::warn:
            return SJCODE_WARN;
        case CheckResult::unchecked:
            return SJCODE_UNCHECKED;
    }
    return SJCODE_UNCHECKED;
}

}  // namespace

const char* Sentence::in(int language) const noexcept {
    const auto wanted = language_of(language);
    if (!wanted) return nullptr;
    return (*wanted == Language::zh ? chinese : english).c_str();
}

Sentence sentence_of(const std::string& code, const Parameters& parameters) {
    return {without_nul(sentence(code, parameters, Language::zh)),
            without_nul(sentence(code, parameters, Language::en))};
}

std::vector<ShownCheck> shown(const std::vector<Check>& checks) {
    std::vector<ShownCheck> all;
    for (const auto& check : checks)
        all.push_back({check.check, check.code, result_of(check.result), check.mandatory,
                       sentence_of(check.code, check.parameters)});
    return all;
}

}  // namespace sjcode::c
