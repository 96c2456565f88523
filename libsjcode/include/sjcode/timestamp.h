// Whoever fetches timestamps (RFC 3161). The library opens no connection; the caller hands this in.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

namespace sjcode {

/// Sends a request to a timestamp authority. Must be callable from any thread.
class TimestampClient {
public:
    virtual ~TimestampClient() = default;
    /// Gets a DER TimeStampReq (over HTTP: POST as application/timestamp-query), returns the body of the answer, a
    /// TimeStampResp, unchecked: the library checks it. An answer is some kilobytes; more than a megabyte may be
    /// refused. Fails with a code of the caller's where nothing came, came in time, or came whole.
    virtual Result<Bytes> request(ByteView timestamp_request) const = 0;
};

}  // namespace sjcode
