// The audit of a signed PDF, ours or anybody's: what its signatures cover, and what was changed after they were made.
#pragma once

#include "pdf/audit/comparison.h"
#include "pdf/audit/report.h"
#include "pdf/limits.h"

#include <optional>

namespace sjcode::pdf {

struct AuditSettings {
    Limits limits;
    /// Whose rules hold for later revisions; by default those that the first signature's own revision shows.
    std::optional<AuditProfile> profile{};
    std::uint32_t revisions = 256;  ///< more are not looked at: a finding that fails

    AuditSettings();
};

/// Never an error: what cannot be read is a finding that fails.
AuditReport audit(ByteView file, const AuditSettings& settings = {});

}  // namespace sjcode::pdf
