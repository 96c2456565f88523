// Which bytes a signature covers: rules B1, B2, B4 and B5 of docs/audit.md.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/audit/signature_fields.h"
#include "pdf/document.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// What is judged: the state of the document that has the signature, and where the revisions of the whole file end.
struct CoverageInput {
    Document& state;
    ByteView file;
    const std::vector<std::uint64_t>& ends;  ///< of all revisions, oldest first
    bool removed = false;                    ///< the newest state no longer has it
};

/// Fills in what the signature says and covers; adds a finding for each rule that it breaks, or one that it keeps all.
SignatureInfo check_coverage(const CoverageInput& input, const SignatureField& field, AuditFindings& findings);

/// No signature may lie in what another leaves out.
void check_overlap(const std::vector<SignatureInfo>& signatures, AuditFindings& findings);

}  // namespace sjcode::pdf
