// The answer of a verification: a list of checks, and the outcome that follows from them.
#pragma once

#include "sjcode/messages.h"
#include "sjcode/report_code.h"
#include "sjcode/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sjcode {

/// docs/code-format.md, section 9. The numbers are the exit status of `sjcode verify`.
/// No outcome says that the opinion is right: at best, who issued it and that nothing changed.
enum class Outcome {
    authentic = 0,      ///< a file: issued by that institution, unaltered
    not_authentic = 1,  ///< a mandatory check failed
    undetermined = 2,   ///< none failed, one could not be made
    code_genuine = 3,   ///< the code verifies; the copy at hand was not compared with what was issued
};
std::string_view name(Outcome outcome) noexcept;

enum class CheckResult { pass, fail, warn, unchecked };
std::string_view name(CheckResult result) noexcept;

/// One check: what was looked at, what came out, and why.
struct Check {
    std::string check;  ///< stable name of what was looked at, e.g. "signature"; list in docs/verdict.md
    CheckResult result = CheckResult::unchecked;
    std::string code;  ///< stable code of the finding; its sentence is in messages/
    Parameters parameters{};
    bool mandatory = true;  ///< whether `unchecked` leaves the outcome undetermined
};

/// A fact that the code or its record states, for a person to compare with the paper.
struct Fact {
    std::string name;       ///< stable name, e.g. "report_number"; its label is the sentence "fact.<name>"
    std::string value;      ///< as text
    bool is_signed = true;  ///< false: from elsewhere, e.g. the short name from the certificate
};

struct Verdict {
    Outcome outcome = Outcome::undetermined;
    std::vector<Check> checks;
    /// The claims, where a signature over them verified.
    std::optional<VerifiedReportCode> code;
    /// What to compare by eye; empty where no signature verified.
    std::vector<Fact> facts;

    /// As one line of JSON (docs/verdict.schema.json), without a line end.
    [[nodiscard]] std::string to_json(Language language, std::string_view input_name = {}) const;
    /// For a person: outcome, what to compare, each finding, and always that this does not vouch for the opinion.
    [[nodiscard]] std::string to_text(Language language) const;
};

/// The one rule from checks to outcome (section 9): a failed check, mandatory or not → not_authentic; else a mandatory
/// check that could not be made, or none at all that passed → undetermined; else authentic, or code_genuine where only
/// the code and not the copy was checked. A warning changes no outcome.
Outcome outcome_of(const std::vector<Check>& checks, bool copy_was_compared) noexcept;

}  // namespace sjcode
