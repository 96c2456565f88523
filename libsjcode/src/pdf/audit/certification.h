// What the first signer let others do: rule P1 of docs/audit.md.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/document.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// At most one certification, by the first signature, as /Perms says, its level from 1 to 3. `first`: the oldest
/// revision that a signature covers.
void check_certification(Document& newest, const std::vector<SignatureInfo>& signatures, std::uint32_t first,
                         AuditFindings& findings);

}  // namespace sjcode::pdf
