// What was added to a sealed report after its issue: rules U1–U7 of docs/audit.md.
#pragma once

#include "pdf/document.h"
#include "verify/findings.h"

#include <cstddef>

namespace sjcode {

/// Check `history`: what the `later` revisions behind a seal revision that was found right did, as far as the seal does
/// not allow it.
void check_history(const pdf::Document& whole, std::size_t later, Findings& findings);

}  // namespace sjcode
