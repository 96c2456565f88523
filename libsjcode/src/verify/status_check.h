// What became of a code since it was issued: check status.
#pragma once

#include "sjcode/status_lists.h"
#include "verify/code_check.h"
#include "verify/findings.h"

namespace sjcode {

/// As of `now`, by the status list of the issuer. `statuses` is null where none were given.
void check_status(const OpenedCode& opened, const StatusLists* statuses, UnixTime now, Findings& findings);

}  // namespace sjcode
