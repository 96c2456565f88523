// Gets timestamps (RFC 3161) and believes none of the answer before it is checked.
#pragma once

#include "crypto/timestamp_info.h"
#include "sjcode/timestamp.h"

namespace sjcode::crypto {

struct TimestampRequest {
    Bytes der;
    DigestMethod digest;
    Bytes imprint;
    Bytes nonce;  ///< content of the INTEGER
    std::string policy;
};

/// `imprint` is the digest of what is stamped. `policy` is the dotted identifier of one that the authority must
/// follow, or empty. Errors: those of `random`, "timestamp.request" (an imprint of another size, no such policy).
Result<TimestampRequest> make_timestamp_request(DigestMethod digest, Bytes imprint, const RandomSource& random,
                                                std::string policy = {});

struct TimestampToken {
    Bytes der;  ///< as it goes into a signature or a document timestamp
    TimestampInfo info;
    Bytes certificate;  ///< of the authority
    std::vector<Bytes> certificates;
};

/// Checks all but the authority's chain. Errors: "timestamp.refused" ({status}, {reason}), "timestamp.format",
/// "timestamp.imprint", "timestamp.nonce", "timestamp.policy", "timestamp.certificate", "timestamp.signature".
Result<TimestampToken> read_timestamp_response(ByteView response, const TimestampRequest& request);

/// Asks, and checks the answer. Errors: as both, and the client's.
Result<TimestampToken> get_timestamp(const TimestampClient& client, DigestMethod digest, Bytes imprint,
                                     const RandomSource& random, std::string policy = {});

}  // namespace sjcode::crypto
