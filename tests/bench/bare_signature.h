// Signatures by OpenSSL alone, as whoever has only OpenSSL makes and verifies them: the peer that codes are measured
// against.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/key.h"

#include <openssl/evp.h>

#include <memory>

namespace bench {

/// The same key, once for the library and once for OpenSSL.
struct Keys {
    explicit Keys(sjcode::Algorithm which);
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    };
    sjcode::Algorithm algorithm;
    sjcode::PrivateKey key;
    std::unique_ptr<EVP_PKEY, Free> bare;
};

/// Over a message about as long as what the signature of a code is over. A failure ends the program.
sjcode::Bytes sign_bare(const Keys& keys);
void verify_bare(const Keys& keys, const sjcode::Bytes& signature);

}  // namespace bench
