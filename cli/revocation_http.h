// OCSP responders (RFC 6960, appendix A) and revocation lists over HTTP.
#pragma once

#include "sjcode/revocation.h"

#include <chrono>
#include <string>

namespace sjcode::cli {

/// Errors of both: "revocation.unreachable" ({url}, {reason}; too late or too long an answer, too), "revocation.http"
/// ({url}, {status}). Addresses are http or https, redirections are not followed, the time is for one whole exchange.
class HttpOcspClient final : public OcspClient {
public:
    explicit HttpOcspClient(std::chrono::milliseconds time) : time_(time) {}
    Result<Bytes> request(const std::string& url, ByteView ocsp_request) const override;

private:
    std::chrono::milliseconds time_;
};

class HttpCrlClient final : public CrlClient {
public:
    explicit HttpCrlClient(std::chrono::milliseconds time) : time_(time) {}
    Result<Bytes> fetch(const std::string& url) const override;

private:
    std::chrono::milliseconds time_;
};

}  // namespace sjcode::cli
