// Checks of what follows the original part of a stamped PDF: rules T1–T5 and S1 of docs/audit.md.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/trust.h"

#include "pdf/document.h"
#include "verify/code_check.h"
#include "verify/findings.h"

namespace sjcode {

/// Who is trusted, and when that is asked.
struct Moment {
    const TrustRecords& trust;
    UnixTime now;
};

/// That behind the original's `length` bytes stands a seal revision of our shape, and after it only later revisions of
/// ours: checks revision, symbol, host, entry, and all that concerns the seal. `opened` and `record` are the embedded
/// ones.
void check_seal_revision(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                         const Moment& moment, Findings& findings);

}  // namespace sjcode
