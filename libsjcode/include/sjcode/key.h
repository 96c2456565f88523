// Keys, and whoever signs with them.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// The signature algorithms of a report code (docs/code-format.md, section 6).
enum class Algorithm {
    ed25519,  ///< RFC 8032; COSE -19 (RFC 9864)
    esp256,   ///< ECDSA on P-256 with SHA-256; COSE -9 (RFC 9864)
    sm2,      ///< GB/T 32918.2 with SM3, user id "1234567812345678"; COSE -65602 (private use)
};

/// "ed25519", "p256" or "sm2": as the command line names it.
std::string_view name(Algorithm algorithm) noexcept;

/// The digest that goes with a signature algorithm: SM3 with SM2, SHA-256 with the others.
DigestAlgorithm digest_of(Algorithm algorithm) noexcept;

/// A public key of one of the algorithms. Cheap to copy; safe to share between threads.
class PublicKey {
public:
    /// From a DER SubjectPublicKeyInfo (RFC 5280). Errors: "key.format", "key.algorithm".
    static Result<PublicKey> from_der(ByteView subject_public_key_info);

    [[nodiscard]] Algorithm algorithm() const noexcept;
    /// DER SubjectPublicKeyInfo.
    [[nodiscard]] Bytes to_der() const;

    /// True if `signature` (always 64 bytes: r‖s, or as RFC 8032) is this key's over `message`.
    /// Proves that the key's holder signed the message; says nothing of who that is.
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;

    friend bool operator==(const PublicKey& a, const PublicKey& b);

    struct State;
    explicit PublicKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    [[nodiscard]] const State& state() const noexcept { return *state_; }

private:
    std::shared_ptr<const State> state_;
};

/// Whoever can sign with a private key: a key in memory, or the caller's HSM or USB key.
class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual Algorithm algorithm() const = 0;
    [[nodiscard]] virtual PublicKey public_key() const = 0;
    /// Signs the message (not its digest). Returns 64 bytes: r‖s with leading zeros kept, or as RFC 8032.
    virtual Result<Bytes> sign(ByteView message) const = 0;
};

/// A private key in memory, for tests and small institutions; wiped when destroyed, never printed.
/// Production keys belong into hardware: see HardwareKey and CallbackSigner.
class PrivateKey final : public Signer {
public:
    /// From PEM: PKCS#8 (plain or encrypted) or SEC1. Errors: "key.format", "key.algorithm", "key.passphrase"
    /// (encrypted and no passphrase, or a wrong one).
    static Result<PrivateKey> from_pem(std::string_view pem, std::optional<std::string_view> passphrase = {});
    /// From PKCS#12 (RFC 7292). Errors as from_pem.
    static Result<PrivateKey> from_pkcs12(ByteView pkcs12, std::string_view passphrase);
    /// A new key from the operating system's randomness.
    static Result<PrivateKey> generate(Algorithm algorithm);

    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey() override;

    [[nodiscard]] Algorithm algorithm() const override;
    [[nodiscard]] PublicKey public_key() const override;
    Result<Bytes> sign(ByteView message) const override;

    /// The key itself as PKCS#8 PEM, encrypted (AES-256-CBC, PBKDF2) if there is a passphrase. Dangerous: the caller
    /// must keep it secret and wipe it.
    Result<std::string> to_pem_secret(std::optional<std::string_view> passphrase = {}) const;

    struct State;
    explicit PrivateKey(std::unique_ptr<State> state);
    [[nodiscard]] const State& state() const noexcept { return *state_; }

private:
    std::unique_ptr<State> state_;
};

/// Hands the message to the caller, whose HSM, USB key or service signs it. The result is checked against the public
/// key before it is used, so a device that signs with another key or user id is noticed at once ("key.signer").
class CallbackSigner final : public Signer {
public:
    /// Gets the message, returns 64 bytes r‖s (or RFC 8032's form). For SM2 the device must use the user id
    /// "1234567812345678".
    using Callback = std::function<Result<Bytes>(ByteView message)>;

    CallbackSigner(PublicKey public_key, Callback callback);
    [[nodiscard]] Algorithm algorithm() const override;
    [[nodiscard]] PublicKey public_key() const override;
    Result<Bytes> sign(ByteView message) const override;

private:
    PublicKey public_key_;
    Callback callback_;
};

}  // namespace sjcode
