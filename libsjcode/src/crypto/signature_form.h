// The two forms of an ECDSA or SM2 signature: r‖s of 64 bytes, as the format has it, and the DER of X.509 and OpenSSL.
#pragma once

#include "sjcode/bytes.h"

#include <array>
#include <optional>

namespace sjcode::crypto {

inline constexpr std::size_t signature_size = 64;

/// DER of a signature, without a heap allocation: verification is on the fast path.
struct DerSignature {
    std::array<std::uint8_t, 72> bytes{};
    std::size_t size = 0;
    [[nodiscard]] ByteView view() const noexcept { return {bytes.data(), size}; }
};

/// ECDSA-Sig-Value (RFC 3279) of r‖s; nothing where there are not exactly 64 bytes.
std::optional<DerSignature> der_from_raw(ByteView raw) noexcept;

/// r‖s, each 32 bytes with leading zeros; nothing where the DER is no signature of that size.
std::optional<Bytes> raw_from_der(ByteView der);

}  // namespace sjcode::crypto
