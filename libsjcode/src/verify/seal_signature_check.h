// The seal's signature in a seal revision: rule B3 of docs/audit.md, and that it is the seal that the record names.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/record.h"

#include "pdf/seal_revision.h"
#include "verify/code_check.h"
#include "verify/findings.h"

namespace sjcode {

/// Checks `seal`, `chain` and `time`. `issued` is the file up to the end of the seal revision, whose form was checked:
/// `gap` is what its signature leaves out.
void check_seal_signature(ByteView issued, const std::optional<pdf::SealSignature>& signature,
                          const std::optional<pdf::Span>& gap, const OpenedCode& opened, const Record& record,
                          Findings& findings);

}  // namespace sjcode
