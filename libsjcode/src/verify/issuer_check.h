// What the trust records say of whoever signed a code: then, at issue, and now. docs/trust.md, "What is checked".
#pragma once

#include "sjcode/record.h"
#include "verify/code_check.h"
#include "verify/findings.h"

namespace sjcode {

/// Checks trust (age of the list) and key, of a code whose signature verified.
void check_issuer(const OpenedCode& opened, UnixTime now, Findings& findings);

/// Checks licence, category, appraisers and now: whether institution and appraisers were allowed to issue this report,
/// and what became of them since. `record` is the code's own; null where there is none.
void check_standing(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                    Findings& findings);

/// That a report without a seal is not one of an issuer that seals: check seal.
void check_seal_required(const OpenedCode& opened, Findings& findings);

/// Check relation: what the code says that it corrects, supplements or replaces.
void check_relation(const OpenedCode& opened, Findings& findings);

}  // namespace sjcode
