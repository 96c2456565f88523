// COSE_Sign1 (RFC 9052) as the format uses it: docs/code-format.md, section 6.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <cstdint>
#include <string_view>

namespace sjcode::cose {

/// external_aad of a report code. Every other signed thing has a string of its own, so that no signature serves twice.
inline constexpr std::string_view report_code_context = "sjcode/report/1";

/// COSE's number of an algorithm: −19, −9 or −65602.
std::int64_t number(Algorithm algorithm) noexcept;

/// The parts of `18([{1: alg}, {}, payload, signature])`. The views borrow from what was decoded.
struct Sign1 {
    Algorithm algorithm;
    ByteView payload;
    ByteView signature;
};

/// Takes a COSE_Sign1 of at most `limit` bytes apart; verifies nothing. Errors: "cbor.*", "cose.structure",
/// "cose.unprotected" (not empty), "cose.protected" (not exactly {1: integer}), "cose.algorithm" (none of ours).
Result<Sign1> decode(ByteView encoded, std::size_t limit);

Bytes encode(const Sign1& parts);

/// What is signed: Sig_structure of RFC 9052, section 4.4.
Bytes signed_bytes(Algorithm algorithm, std::string_view external_aad, ByteView payload);

}  // namespace sjcode::cose
