// Private keys in hardware: a smart card, USB key or HSM that has a PKCS #11 module.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// True if the name of a key is a PKCS #11 URI ("pkcs11:…", RFC 7512) rather than a file's.
bool is_hardware_key_uri(std::string_view name) noexcept;

/// Gives a token's PIN, or nothing where there is none to give. Called when the token wants it, once for each key that
/// is opened, and from the thread that opens it.
using PinSource = std::function<std::optional<std::string>()>;

/// A private key that never leaves its token: P-256, or RSA of 2048 bits and more. Other keys in hardware, Ed25519 and
/// SM2 among them, sign through CallbackSigner and CallbackSeal. Cheap to copy, and safe to share between threads,
/// which are served one after the other. The PIN is kept until the last copy, and the last signer made of it, is gone
/// (some keys want it for each signature), and then wiped.
///
/// OpenSSL's engine for PKCS #11 does the work and must be installed. Its ways are: a process uses one module (keys of
/// several makers' tokens go by p11-kit's proxy); module, session and login last until the process ends, so that a PIN
/// is not tried again, nor a token seen that is put in later; the calling thread's OpenSSL error queue is emptied.
class HardwareKey {
public:
    /// Opens the key that a PKCS #11 URI names: `object` (CKA_LABEL) or `id` (CKA_ID), and `token`, `serial`, `model`
    /// or `manufacturer` where there are several tokens. The module is the one of the attribute `module-path`, else
    /// `module`, else p11-kit's proxy for the modules that the system has set up. A wrong PIN is tried once, never
    /// again: tokens lock themselves after a few.
    ///
    /// Errors: "pkcs11.uri" ({part}), "pkcs11.pin-in-uri", "pkcs11.key-not-named", "pkcs11.engine" (not installed),
    /// "pkcs11.module" ({file}: missing, or not usable), "pkcs11.module-in-use" ({file}), "pkcs11.not-found" (no such
    /// token or key, or several tokens), "pkcs11.pin-missing", "pkcs11.pin-length", "pkcs11.pin-wrong",
    /// "pkcs11.pin-locked", "pkcs11.pin-expired", "pkcs11.token" ({reason}), "pkcs11.public-key" (the token does not
    /// tell it), "pkcs11.algorithm", "seal.key-size" ({bits}).
    static Result<HardwareKey> open(std::string_view uri, PinSource pin, std::string_view module = {});

    /// The certificate of the same label and id in the token, DER; the one that expires last where there are several.
    /// Nothing where there is none.
    [[nodiscard]] const std::optional<Bytes>& certificate() const noexcept;

    /// Signs codes. Errors: "pkcs11.algorithm" (not P-256). Errors of its sign(): "pkcs11.sign" ({reason}),
    /// "key.signer".
    [[nodiscard]] Result<CallbackSigner> signer() const;

    /// Seals. The key's certificate may stand anywhere among those given; the token's is used where it does not.
    /// Errors: "seal.certificate" (none is the key's), "seal.algorithm", "seal.digest"; of its sign() as above.
    [[nodiscard]] Result<CallbackSeal> seal(std::vector<Bytes> certificates, const SealMethod& method = {}) const;

    struct State;
    explicit HardwareKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}

private:
    std::shared_ptr<const State> state_;
};

}  // namespace sjcode
