// A licence document (许可证, 执业证) against the trust list: who signed it, what it says, then and now.
// docs/licence.md.
#pragma once

#include "sjcode/record.h"
#include "verify/code_check.h"
#include "verify/findings.h"

namespace sjcode {

/// Checks licence, appraisers, holder and now of a code whose category is that of a licence document and whose
/// signature verified. `record` is the code's own; null where there is none.
void check_licence_document(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                            Findings& findings);

/// That a report does not name the category of a licence document beside its own: check holder.
void check_no_licence_document(const Claims& claims, const Record* record, Findings& findings);

/// That the code is one of a licence document, where the reader asked for that: check holder.
void check_is_licence_document(const OpenedCode& opened, Findings& findings);

}  // namespace sjcode
