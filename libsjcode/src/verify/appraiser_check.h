// One appraiser of a report against the trust records: check appraisers.
#pragma once

#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/trust.h"
#include "verify/findings.h"

#include <cstdint>
#include <vector>

namespace sjcode {

/// Whether the appraiser was licensed, registered with the issuer, and not suspended at issue, in these categories.
void check_appraiser(const Appraiser& named, const Claims& claims, const std::vector<std::uint32_t>& categories,
                     const TrustRecords& trust, UnixTime now, Findings& findings);

}  // namespace sjcode
