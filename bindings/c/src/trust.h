// The handle of what is trusted.
#pragma once

#include "call.h"

#include "sjcode/status_lists.h"
#include "sjcode/trust.h"

#include <memory>
#include <vector>

/// Verifiers share what it held when they were made; what is added later does not disturb them.
struct sjcode_trust {
    std::shared_ptr<const sjcode::TrustRecords> records;
    std::shared_ptr<const sjcode::StatusLists> statuses;
    std::vector<sjcode_error> refused{};
};
