// The checks of one verification as they come in.
#pragma once

#include "sjcode/verdict.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sjcode {

class Findings {
public:
    Findings() { checks_.reserve(usual_count); }

    void pass(std::string check, std::string code, Parameters parameters = {}) {
        add({std::move(check), CheckResult::pass, std::move(code), std::move(parameters), true});
    }
    void fail(std::string check, std::string code, Parameters parameters = {}) {
        add({std::move(check), CheckResult::fail, std::move(code), std::move(parameters), true});
    }
    void warn(std::string check, std::string code, Parameters parameters = {}) {
        add({std::move(check), CheckResult::warn, std::move(code), std::move(parameters), false});
    }
    /// A mandatory check that could not be made.
    void unchecked(std::string check, std::string code, Parameters parameters = {}) {
        add({std::move(check), CheckResult::unchecked, std::move(code), std::move(parameters), true});
    }
    /// A check that is not needed for the outcome and was not made.
    void skipped(std::string check, std::string code, Parameters parameters = {}) {
        add({std::move(check), CheckResult::unchecked, std::move(code), std::move(parameters), false});
    }
    /// The same finding twice (two symbols with one host, say) is told once.
    void add(Check check) {
        const auto same = [&](const Check& other) {
            return other.check == check.check && other.result == check.result && other.code == check.code &&
                   other.parameters == check.parameters;
        };
        if (std::none_of(checks_.begin(), checks_.end(), same)) checks_.push_back(std::move(check));
    }

    [[nodiscard]] bool failed() const noexcept {
        return std::any_of(checks_.begin(), checks_.end(),
                           [](const Check& check) { return check.result == CheckResult::fail; });
    }
    [[nodiscard]] bool mentions(std::string_view check) const noexcept {
        return std::any_of(checks_.begin(), checks_.end(), [&](const Check& other) { return other.check == check; });
    }
    [[nodiscard]] const std::vector<Check>& checks() const noexcept { return checks_; }
    [[nodiscard]] std::vector<Check> take() && { return std::move(checks_); }

private:
    static constexpr std::size_t usual_count = 24;
    std::vector<Check> checks_;
};

}  // namespace sjcode
