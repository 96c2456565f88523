// What was added to a sealed report after its issue: rules U1–U7 of docs/audit.md.
#pragma once

#include "pdf/audit/audit.h"
#include "pdf/document.h"
#include "verify/findings.h"

namespace sjcode {

/// Check `history`: what the revisions behind a seal revision that was found right did, as far as the seal does not
/// allow it. True where nothing failed.
bool check_history(const pdf::Document& whole, pdf::AuditProfile profile, Findings& findings);

}  // namespace sjcode
