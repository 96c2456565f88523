// Checks as handles show them: with their sentences in both languages.
#pragma once

#include "call.h"

#include "sjcode/verdict.h"

#include <string>
#include <vector>

namespace sjcode::c {

/// A sentence in both languages, so that reading it needs no lock.
struct Sentence {
    std::string chinese;
    std::string english;
    /// NULL for an unknown language.
    [[nodiscard]] const char* in(int language) const noexcept;
};
Sentence sentence_of(const std::string& code, const Parameters& parameters);

struct ShownCheck {
    std::string name;
    std::string code;
    sjcode_check_result result;
    bool mandatory;
    Sentence sentence;
};
std::vector<ShownCheck> shown(const std::vector<Check>& checks);

}  // namespace sjcode::c
