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
/// A private key, checked likewise; takes it over.
Result<KeyOwner> sealing_private_key(KeyOwner key);

/// Errors: "seal.algorithm", "seal.digest".
Result<SealScheme> scheme_of(const EVP_PKEY* key, const SealMethod& method);

/// Errors: "key.sign".
Result<Bytes> sign(EVP_PKEY* key, const SealScheme& scheme, ByteView message);
bool verify(EVP_PKEY* key, const SealScheme& scheme, ByteView message, ByteView signature);

}  // namespace sjcode::crypto
