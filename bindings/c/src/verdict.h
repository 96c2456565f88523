// The handle of a verdict.
#pragma once

#include "call.h"

#include "sjcode/verdict.h"

#include <string>
#include <vector>

/// Its texts are made when it is, so that reading them needs no lock.
struct sjcode_verdict {
    explicit sjcode_verdict(sjcode::Verdict from);

    struct Sentence {
        std::string chinese;
        std::string english;
        [[nodiscard]] const char* in(int language) const noexcept;
    };
    struct Check {
        std::string name;
        std::string code;
        sjcode_check_result result;
        bool mandatory;
        Sentence sentence;
    };
    struct Fact {
        std::string name;
        std::string value;
        bool is_signed;
        Sentence label;
    };

    sjcode::Verdict verdict;
    std::vector<Check> checks{};
    std::vector<Fact> facts{};
};
