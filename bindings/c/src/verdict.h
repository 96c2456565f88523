// The handle of a verdict.
#pragma once

#include "check.h"

#include "sjcode/verdict.h"

#include <string>
#include <vector>

/// Its texts are made when it is, so that reading them needs no lock.
struct sjcode_verdict {
    explicit sjcode_verdict(sjcode::Verdict from);

    struct Fact {
        std::string name;
        std::string value;
        bool is_signed;
        sjcode::c::Sentence label;
    };

    sjcode::Verdict verdict;
    std::vector<sjcode::c::ShownCheck> checks{};
    std::vector<Fact> facts{};
};
