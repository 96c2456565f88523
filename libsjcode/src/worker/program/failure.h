// How the worker's parts say that a request cannot be served.
#pragma once

#include "worker/protocol.h"

#include <string>

namespace sjcode::worker {

/// Thrown by the parts, caught where the request is served.
struct Refusal {
    Failure code;
    std::string text{};
};

}  // namespace sjcode::worker
