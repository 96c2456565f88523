// Certificates (X.509, RFC 5280) as the trust records use them: who an institution is, its key, its official hosts.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// What `key new` writes into a certificate, and what the trust folder reads from it.
struct InstitutionIdentity {
    std::string licence;             ///< 司法鉴定许可证号, subject serialNumber
    std::string name;                ///< full name, subject O
    std::string short_name;          ///< as in its report numbers, subject OU
    std::vector<std::string> hosts;  ///< official hosts of its codes, dNSName; lower case A-labels

    friend bool operator==(const InstitutionIdentity&, const InstitutionIdentity&) = default;
};

/// A certificate. Cheap to copy; safe to share between threads. Parsing checks no signature and no date.
class Certificate {
public:
    /// The first certificate in a PEM text, or DER. Errors: "certificate.format", "key.format", "key.algorithm".
    static Result<Certificate> parse(ByteView pem_or_der);
    /// The certificate in a PKCS#12 file (RFC 7292). Errors as parse(), and "key.passphrase".
    static Result<Certificate> from_pkcs12(ByteView pkcs12, std::string_view passphrase);
    /// A new self-signed certificate over the signer's key, valid from `not_before` to `not_after`.
    /// Errors: "certificate.identity" ({field}: empty, too long, or no such host), "certificate.validity" (the end is
    /// not after the beginning, or either not in 1970–9999), "crypto.random".
    static Result<Certificate> self_signed(const PrivateKey& key, const InstitutionIdentity& identity,
                                           UnixTime not_before, UnixTime not_after, const RandomSource& random);

    [[nodiscard]] const InstitutionIdentity& identity() const noexcept;
    [[nodiscard]] const PublicKey& public_key() const noexcept;
    [[nodiscard]] UnixTime not_before() const noexcept;
    [[nodiscard]] UnixTime not_after() const noexcept;
    /// SHA-256 over the DER encoding.
    [[nodiscard]] Digest fingerprint() const;
    [[nodiscard]] const Bytes& der() const noexcept;
    [[nodiscard]] std::string to_pem() const;

    struct State;
    explicit Certificate(std::shared_ptr<const State> state) : state_(std::move(state)) {}

private:
    std::shared_ptr<const State> state_;
};

}  // namespace sjcode
