// What was added to a sealed report after its issue: rules U1–U7 of docs/audit.md.
#pragma once

#include "pdf/document.h"
#include "verify/findings.h"

#include <cstddef>

namespace sjcode {

/// Check `history`. `whole` has `later` revisions behind its seal revision, which was found right: they may bring what
/// the seal allows, each of which is told, and nothing else. True where that is so.
bool check_history(const pdf::Document& whole, std::size_t later, Findings& findings);

}  // namespace sjcode
