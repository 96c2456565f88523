#include "crypto/signature_form.h"

#include "crypto/openssl.h"

namespace sjcode::crypto {
namespace {

constexpr std::size_t half = signature_size / 2;

void append_integer(DerSignature& der, ByteView magnitude) noexcept {
    while (magnitude.size() > 1 && magnitude.front() == 0) magnitude = magnitude.subspan(1);
    const bool sign_byte = (magnitude.front() & 0x80) != 0;
    const auto put = [&](std::size_t byte) { der.bytes[der.size++] = static_cast<std::uint8_t>(byte); };
    put(0x02);
    put(magnitude.size() + (sign_byte ? 1 : 0));
    if (sign_byte) put(0);
    for (const auto byte : magnitude) put(byte);
}

}  // namespace

std::optional<DerSignature> der_from_raw(ByteView raw) noexcept {
    if (raw.size() != signature_size) return std::nullopt;
    DerSignature der;
    der.bytes[0] = 0x30;
    der.size = 2;
    append_integer(der, raw.first(half));
    append_integer(der, raw.last(half));
    der.bytes[1] = static_cast<std::uint8_t>(der.size - 2);
    return der;
}

std::optional<Bytes> raw_from_der(ByteView der) {
    const auto* at = der.data();
    const EcdsaSignatureOwner signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!signature || at != der.data() + der.size()) return std::nullopt;
    Bytes raw(signature_size);
    constexpr int size = static_cast<int>(half);
    if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + half, size) != size)
        return std::nullopt;
    return raw;
}

}  // namespace sjcode::crypto
