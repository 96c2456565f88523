// SIGNED{…} of X.509: a body, an algorithm, and a signature over the body. Certificates' kin: CRLs and OCSP responses.
#pragma once

#include "crypto/der.h"
#include "crypto/openssl.h"
#include "crypto/signed_data_read.h"

#include <optional>

namespace sjcode::crypto {

struct SignedElement {
    ByteView body;  ///< whole element, as it was signed
    AlgorithmIdentifier algorithm;
    ByteView signature;
    ByteView rest;  ///< what follows the signature within the sequence
};

/// Of the content of the sequence; nothing where it is none.
std::optional<SignedElement> read_signed_element(ByteView content);

/// Under the key, by an algorithm and a key that are not too weak.
bool is_signed_by(const SignedElement& element, const X509* signer);

}  // namespace sjcode::crypto
