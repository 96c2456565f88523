// Every byte of a signed file accounted for: rules T1 and T2 of docs/audit.md.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/document.h"

#include <cstdint>

namespace sjcode::pdf {

/// What is unaccounted for behind `fixed_end` fails; what lies before is fixed by a signature, and warns.
void check_bytes(Document& document, std::uint64_t fixed_end, AuditFindings& findings);

}  // namespace sjcode::pdf
