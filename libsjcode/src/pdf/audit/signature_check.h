// Whether the bytes that a signature covers are those that were signed: rule B3 of docs/audit.md.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/document.h"

#include <vector>

namespace sjcode::pdf {

/// Verifies the CMS of each signature whose ByteRange has the right form, streaming over the file; who the signer is,
/// is not judged. Fills in what its certificate and timestamp say.
void check_signatures(Document& newest, std::vector<SignatureInfo>& signatures, AuditFindings& findings);

}  // namespace sjcode::pdf
