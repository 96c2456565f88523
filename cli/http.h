// One exchange over HTTP, for whoever the library has to be handed: it opens no connection itself.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace sjcode::cli {

struct HttpExchange {
    const std::string& url;  ///< http or https; redirections are not followed
    std::chrono::milliseconds time;
    std::size_t largest_answer;
    std::string type{};  ///< Content-Type of what is posted; empty for GET
    ByteView body{};
};

/// What went wrong, in words of the network's; or the status of an answer that is not 200.
struct HttpFailure {
    std::string reason;
    long status = 0;
};

struct HttpAnswer {
    Bytes body;
    std::optional<HttpFailure> failure{};
};

HttpAnswer exchange(const HttpExchange& exchange);

}  // namespace sjcode::cli
