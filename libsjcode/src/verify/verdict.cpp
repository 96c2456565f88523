// Names of outcomes and results, and the rule from checks to outcome.
#include "sjcode/verdict.h"

#include <algorithm>

namespace sjcode {

std::string_view name(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::authentic:
            return "authentic";
        case Outcome::not_authentic:
            return "not_authentic";
        case Outcome::code_genuine:
            return "code_genuine";
        case Outcome::undetermined:
            break;
    }
    return "undetermined";
}

std::string_view name(CheckResult result) noexcept {
    switch (result) {
        case CheckResult::pass:
            return "pass";
        case CheckResult::fail:
            return "fail";
        case CheckResult::warn:
            return "warn";
        case CheckResult::unchecked:
            break;
    }
    return "unchecked";
}

Outcome outcome_of(const std::vector<Check>& checks, bool copy_was_compared) noexcept {
    const auto any = [&](CheckResult result, bool only_mandatory) {
        return std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
            return check.result == result && (check.mandatory || !only_mandatory);
        });
    };
    if (any(CheckResult::fail, false)) return Outcome::not_authentic;
    // Where nothing was checked, nothing passed.
    if (any(CheckResult::unchecked, true) || !any(CheckResult::pass, true)) return Outcome::undetermined;
    return copy_was_compared ? Outcome::authentic : Outcome::code_genuine;
}

}  // namespace sjcode
