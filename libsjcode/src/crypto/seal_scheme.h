// How a key signs and is verified in a seal, for the files of crypto/.
#pragma once

#include "crypto/openssl.h"
#include "sjcode/seal_key.h"

#include <vector>

namespace sjcode::crypto {

struct SealScheme {
    SealAlgorithm algorithm;
    SealDigest digest;
};

/// The key of a certificate, if it is one that seals. Errors: "certificate.format", "key.format", "key.algorithm",
/// "seal.key-size".
Result<KeyOwner> sealing_key_of(ByteView certificate);
/// Of a DER SubjectPublicKeyInfo. Errors: "key.format", "key.algorithm", "seal.key-size".
Result<KeyOwner> sealing_public_key(ByteView subject_public_key_info);
/// Moves the key's certificate to the front. Errors: "seal.certificate" (none is the key's).
Result<void> put_own_first(std::vector<Bytes>& certificates, const EVP_PKEY* key);
/// A private key, checked likewise; takes it over.
Result<KeyOwner> sealing_private_key(KeyOwner key);

/// How a key signs unless told otherwise.
SealAlgorithm usual_seal_algorithm(const EVP_PKEY* key) noexcept;
/// Errors: "seal.algorithm", "seal.digest".
Result<SealScheme> scheme_of(const EVP_PKEY* key, const SealMethod& method);

/// Errors: "key.sign".
Result<Bytes> sign(EVP_PKEY* key, const SealScheme& scheme, ByteView message);
/// As sign(), and leaves what OpenSSL says of a failure in its queue.
Result<Bytes> sign_leaving_errors(EVP_PKEY* key, const SealScheme& scheme, ByteView message);
bool verify(EVP_PKEY* key, const SealScheme& scheme, ByteView message, ByteView signature);

}  // namespace sjcode::crypto
