// What a timestamp says (TSTInfo, RFC 3161, section 2.4.2).
#pragma once

#include "crypto/signed_data_read.h"

namespace sjcode::crypto {

struct TimestampInfo {
    std::string policy;                  ///< dotted
    std::string imprint_algorithm;       ///< dotted
    std::optional<DigestMethod> digest;  ///< that the imprint is by; nothing where it is not known
    Bytes imprint;
    Bytes serial;  ///< content of the INTEGER
    UnixTime time = 0;
    Bytes nonce{};      ///< content of the INTEGER; empty where absent
    Bytes authority{};  ///< DER GeneralName of the TSA; empty where absent
};

/// Nothing where it is no TSTInfo.
std::optional<TimestampInfo> read_timestamp_info(ByteView der);

/// True if the certificate may sign timestamps: extended key usage is critical and timeStamping alone (section 2.3).
bool is_timestamping_certificate(ByteView certificate);

}  // namespace sjcode::crypto
