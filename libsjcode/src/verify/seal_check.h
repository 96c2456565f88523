// Checks of what follows the original part of a stamped PDF: rules T1–T5 and S1 of docs/audit.md.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"

#include "pdf/document.h"
#include "verify/code_check.h"
#include "verify/findings.h"

#include <vector>

namespace sjcode {

/// That behind the original's `length` bytes stands exactly one seal revision of our shape and nothing after: checks
/// revision, symbol, host and entry. `code` and `record` are the embedded ones.
void check_seal_revision(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                         Findings& findings);

}  // namespace sjcode
