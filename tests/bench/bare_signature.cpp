#include "bare_signature.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <string_view>

namespace bench {
namespace {

using namespace sjcode;

constexpr std::string_view sm2_user_id = "1234567812345678";

struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

const Bytes& message() {
    static const Bytes bytes(130, 0x5a);
    return bytes;
}

/// A digest context ready to sign or verify; the SM2 user id is set as the format wants it.
struct BareContext {
    BareContext(const Keys& keys, bool sign) : context(EVP_MD_CTX_new()) {
        const EVP_MD* digest = keys.algorithm == Algorithm::ed25519 ? nullptr
                               : keys.algorithm == Algorithm::sm2   ? EVP_sm3()
                                                                    : EVP_sha256();
        if (keys.algorithm == Algorithm::sm2) {
            key_context.reset(EVP_PKEY_CTX_new(keys.bare.get(), nullptr));
            EVP_PKEY_CTX_set1_id(key_context.get(), sm2_user_id.data(), sm2_user_id.size());
            EVP_MD_CTX_set_pkey_ctx(context.get(), key_context.get());
        }
        const int done = sign ? EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, keys.bare.get())
                              : EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, keys.bare.get());
        if (done != 1) std::abort();
    }
    Owned<EVP_PKEY_CTX> key_context;
    Owned<EVP_MD_CTX> context;
};

PrivateKey generated(Algorithm algorithm) {
    auto key = PrivateKey::generate(algorithm);
    if (!key) std::abort();
    return *std::move(key);
}

}  // namespace

Keys::Keys(Algorithm which) : algorithm(which), key(generated(which)) {
    const auto pem = key.to_pem_secret();
    if (!pem) std::abort();
    const Owned<BIO> bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
    bare.reset(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (!bare) std::abort();
}

Bytes sign_bare(const Keys& keys) {
    const BareContext bare(keys, true);
    std::size_t length = 128;
    Bytes signature(length);
    if (EVP_DigestSign(bare.context.get(), signature.data(), &length, message().data(), message().size()) != 1)
        std::abort();
    signature.resize(length);
    return signature;
}

void verify_bare(const Keys& keys, const Bytes& signature) {
    const BareContext bare(keys, false);
    if (EVP_DigestVerify(bare.context.get(), signature.data(), signature.size(), message().data(), message().size()) !=
        1)
        std::abort();
}

}  // namespace bench
