// A private key in a token, by OpenSSL's engine for PKCS #11. Engines are deprecated since OpenSSL 3.0; only
// pkcs11_engine.cpp knows that there is one, so that a provider can take its place.
#pragma once

#include "crypto/openssl.h"
#include "crypto/pkcs11_uri.h"
#include "crypto/seal_scheme.h"
#include "sjcode/hardware_key.h"

#include <memory>
#include <optional>
#include <string>

namespace sjcode::crypto {

class TokenKey {
public:
    /// Errors: as HardwareKey::open(), what concerns the URI and the kind of key aside.
    static Result<std::unique_ptr<TokenKey>> open(const Pkcs11Uri& uri, const std::string& module, PinSource pin);
    virtual ~TokenKey() = default;

    /// DER SubjectPublicKeyInfo; empty where the token does not tell the public key.
    [[nodiscard]] virtual Bytes public_key() const = 0;
    /// DER; nothing where the token has none for the key.
    [[nodiscard]] virtual const std::optional<Bytes>& certificate() const = 0;
    /// Safe from any thread; one signature is made at a time. Errors: "pkcs11.sign" ({reason}), "pkcs11.pin-…".
    [[nodiscard]] virtual Result<Bytes> sign(const SealScheme& scheme, ByteView message) = 0;
};

}  // namespace sjcode::crypto
