// Whoever seals a PDF: a key with its certificates, and how it signs in CMS (RFC 5652; GM/T 0010 for SM2).
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/certificate.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace sjcode {

enum class SealAlgorithm {
    ed25519,     ///< RFC 8032, in CMS as RFC 8419 has it
    ecdsa_p256,  ///< ECDSA on P-256 (RFC 5753)
    rsa_pkcs1,   ///< RSASSA-PKCS1-v1_5, keys of 2048 bits and more
    rsa_pss,     ///< RSASSA-PSS (RFC 4056), with MGF1 on the same digest and a salt of the digest's length
    sm2,         ///< GB/T 32918.2, user id "1234567812345678"
};

/// The digest of the sealed bytes, and the one inside the signature. Ed25519 goes with SHA-512 (RFC 8419, section 2.3),
/// SM2 with SM3, the others with each SHA.
enum class SealDigest { sha256, sha384, sha512, sm3 };

/// Which of the ways a key can sign in; what is left out follows the key: RSA signs PKCS #1 v1.5 unless its certificate
/// says PSS, and SHA-256 is taken where there is a choice.
struct SealMethod {
    std::optional<SealAlgorithm> algorithm{};
    std::optional<SealDigest> digest{};
};

/// Whoever can seal: a key in memory, or the caller's HSM, USB key or service. Must be callable from any thread.
class SealSigner {
public:
    virtual ~SealSigner() = default;
    [[nodiscard]] virtual SealAlgorithm algorithm() const = 0;
    [[nodiscard]] virtual SealDigest digest() const = 0;
    /// DER certificates: the signer's own first, then what belongs to its chain. Never empty.
    [[nodiscard]] virtual const std::vector<Bytes>& certificates() const = 0;
    /// Signs the DER of the signed attributes (the attributes, not their digest). Returns the signature value as CMS
    /// carries it: a DER Ecdsa-Sig-Value or SM2 signature, 64 bytes of Ed25519, or an RSA block.
    [[nodiscard]] virtual Result<Bytes> sign(ByteView signed_attributes) const = 0;
};

/// The certificates of a PEM text, in its order, or the one of a DER file, each as DER.
/// Errors: "certificate.format" (also where there is none, or more than 64).
Result<std::vector<Bytes>> read_certificates(ByteView pem_or_der);

/// A key in memory, for tests and small institutions; wiped when destroyed, never printed.
class SealKey final : public SealSigner {
public:
    /// From a PEM key (PKCS#8, SEC1 or PKCS#1) and certificates; the one of the key may stand anywhere among them.
    /// Errors: "key.format", "key.algorithm", "key.passphrase", "seal.key-size" ({bits}), "seal.certificate" (none is
    /// the key's), "seal.algorithm" or "seal.digest" (the method does not fit the key).
    static Result<SealKey> from_pem(std::string_view pem, std::vector<Bytes> certificates,
                                    std::optional<std::string_view> passphrase = {}, const SealMethod& method = {});
    /// From PKCS#12 (RFC 7292), which holds the certificates too. Errors as from_pem.
    static Result<SealKey> from_pkcs12(ByteView pkcs12, std::string_view passphrase, const SealMethod& method = {});

    SealKey(SealKey&&) noexcept;
    SealKey& operator=(SealKey&&) noexcept;
    ~SealKey() override;

    [[nodiscard]] SealAlgorithm algorithm() const override;
    [[nodiscard]] SealDigest digest() const override;
    [[nodiscard]] const std::vector<Bytes>& certificates() const override;
    [[nodiscard]] Result<Bytes> sign(ByteView signed_attributes) const override;

    struct State;
    explicit SealKey(std::unique_ptr<State> state);

private:
    std::unique_ptr<State> state_;
};

/// Hands what is to be signed to the caller, whose HSM, USB key or service signs it. The result is checked under the
/// certificate before it is used ("key.signer").
class CallbackSeal final : public SealSigner {
public:
    /// Gets the DER of the signed attributes, returns the signature value as SealSigner::sign() does.
    using Callback = std::function<Result<Bytes>(ByteView signed_attributes)>;

    /// The first certificate is the signer's. Errors: "certificate.format", "key.format", "key.algorithm",
    /// "seal.key-size", "seal.algorithm", "seal.digest".
    static Result<CallbackSeal> create(std::vector<Bytes> certificates, Callback callback,
                                       const SealMethod& method = {});

    [[nodiscard]] SealAlgorithm algorithm() const override;
    [[nodiscard]] SealDigest digest() const override;
    [[nodiscard]] const std::vector<Bytes>& certificates() const override;
    [[nodiscard]] Result<Bytes> sign(ByteView signed_attributes) const override;

    struct State;
    explicit CallbackSeal(std::shared_ptr<const State> state) : state_(std::move(state)) {}

private:
    std::shared_ptr<const State> state_;
};

/// Seals with the key that signs the codes. What the key returns is checked under the certificate ("key.signer").
/// The signer must outlive the seal. Errors: "seal.certificate" (the certificate is of another key).
Result<CallbackSeal> seal_with_code_key(const Signer& signer, const Certificate& certificate,
                                        std::vector<Bytes> chain = {});

}  // namespace sjcode
