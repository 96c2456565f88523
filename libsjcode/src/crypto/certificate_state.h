// What a certificate holds, for the files of crypto/.
#pragma once

#include "crypto/openssl.h"
#include "sjcode/certificate.h"

namespace sjcode {

struct Certificate::State {
    Bytes der;
    InstitutionIdentity identity;
    PublicKey public_key;
    UnixTime not_before;
    UnixTime not_after;
};

namespace crypto {

/// Takes a certificate apart. Errors: "certificate.format", "key.format", "key.algorithm".
Result<Certificate> certificate_of(const X509* certificate);

}  // namespace crypto
}  // namespace sjcode
