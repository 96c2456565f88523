// Verifies signatures of anybody's algorithms, for the files of crypto/.
#pragma once

#include "crypto/openssl.h"
#include "crypto/signed_data_read.h"

#include <functional>
#include <optional>
#include <string>

namespace sjcode::crypto {

/// The key of a certificate, of any algorithm; empty where it cannot be used. Curves must be named.
KeyOwner any_key_of(const X509* certificate);

/// A DER certificate with nothing after it; empty where it is none.
CertificateOwner parse_certificate(ByteView der);

struct KeyDescription {
    std::string algorithm;  ///< "rsa", "ec", "dsa", "ed25519", "ed448", "sm2"
    int bits = 0;
    /// Weak: less than 112 bits of security, as RSA below 2048. Broken: RSA and DSA below 1024, curves below 160.
    bool is_weak = false;
    bool is_broken = false;
};
KeyDescription describe(const EVP_PKEY* key);

/// What was signed: its digest by any method, and, where it is at hand, itself. Ed25519 and SM2 need it itself.
struct SignedBytes {
    std::function<Bytes(DigestMethod)> digest;
    std::optional<ByteView> message;
};
/// Of a message at hand.
SignedBytes signed_bytes(ByteView message);

enum class SignatureResult { valid, invalid, unsupported };

struct SignatureCheck {
    SignatureResult result;
    std::optional<DigestMethod> digest{};  ///< that the signature is over; none for Ed25519
};

/// `declared` is the digest that stands beside the signature algorithm, for those that name none themselves.
SignatureCheck check_signature(EVP_PKEY* key, const AlgorithmIdentifier& algorithm,
                               std::optional<DigestMethod> declared, const SignedBytes& bytes, ByteView signature);

}  // namespace sjcode::crypto
