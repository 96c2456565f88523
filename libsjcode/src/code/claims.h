// The claims of a report code as CBOR: docs/code-format.md, section 4.
#pragma once

#include "sjcode/report_code.h"

#include <string_view>

namespace sjcode {

/// Decodes the payload of a report code. Errors: as RawReportCode::decode, "cose.*" apart.
Result<Claims> decode_claims(ByteView payload);

/// Encodes claims as they are; decode_claims() says whether they are well formed.
Bytes encode_claims(const Claims& claims);

/// That claim 4 is in parts exactly where it can be, now that the institution's short name is known.
/// Error: "claims.number".
Result<void> check_report_number(const Claims& claims, std::string_view short_name);

}  // namespace sjcode
