// A timestamp authority over HTTP (RFC 3161, section 3.4).
#pragma once

#include "sjcode/timestamp.h"

#include <chrono>
#include <string>

namespace sjcode::cli {

class HttpTimestampClient final : public TimestampClient {
public:
    /// `url` is http or https; redirections are not followed. `time` is for the whole exchange.
    HttpTimestampClient(std::string url, std::chrono::milliseconds time) : url_(std::move(url)), time_(time) {}

    /// Errors: "timestamp.unreachable" ({url}, {reason}; too late or too long an answer, too), "timestamp.http"
    /// ({url}, {status}).
    Result<Bytes> request(ByteView timestamp_request) const override;

private:
    std::string url_;
    std::chrono::milliseconds time_;
};

}  // namespace sjcode::cli
