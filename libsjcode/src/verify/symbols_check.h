// Checks of what symbols say that were read from a page, an image or a text: there is no file to compare with.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/record.h"
#include "sjcode/trust.h"
#include "sjcode/verdict.h"

#include "verify/code_check.h"
#include "verify/findings.h"

#include <optional>
#include <string>
#include <vector>

namespace sjcode {

/// What came of a set of symbols.
struct SymbolsRead {
    std::vector<OpenedCode> codes;  ///< each report code once, in the order met
    std::vector<Fact> entry_facts;  ///< entries that verified, as facts
};

/// Adds the checks form, code, signature, trust, host, entry, number, symbol. Texts that are no symbol of ours are
/// listed as warnings. Without any report code the check code is `unchecked`.
SymbolsRead check_symbols(const std::vector<std::string>& texts, const TrustRecords& trust, UnixTime now,
                          Findings& findings);

/// A code number alone, typed or from a short URL: check number.
void check_number(std::string_view text, Findings& findings);

}  // namespace sjcode
