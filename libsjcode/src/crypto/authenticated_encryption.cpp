#include "crypto/authenticated_encryption.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <limits>
#include <string>

namespace sjcode::crypto {
namespace {

using KdfOwner = Owner<EVP_KDF, EVP_KDF_free>;
using KdfContextOwner = Owner<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using CipherContextOwner = Owner<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

/// OpenSSL's parameters take a pointer to non-const but do not write through it.
OSSL_PARAM octets(const char* name, ByteView bytes) {
    return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(bytes.data()), bytes.size());
}

bool fits(std::size_t size) noexcept {
    return size <= static_cast<std::size_t>(std::numeric_limits<int>::max()) - authentication_tag_size;
}

}  // namespace

Result<EncryptionKey> derive_key(ByteView secret, ByteView salt, std::string_view info) {
    const ErrorQueueGuard guard;
    const KdfOwner kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
    const KdfContextOwner context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    if (!context) return fail("crypto.key-derivation");
    std::string digest = "SHA256";
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
                                octets(OSSL_KDF_PARAM_KEY, secret), octets(OSSL_KDF_PARAM_SALT, salt),
                                octets(OSSL_KDF_PARAM_INFO, as_bytes(info)), OSSL_PARAM_construct_end()};
    EncryptionKey key{};
    if (EVP_KDF_derive(context.get(), key.data(), key.size(), parameters.data()) != 1)
        return fail("crypto.key-derivation");
    return key;
}

Result<Bytes> encrypt(const EncryptionKey& key, const Nonce& nonce, ByteView plaintext) {
    const ErrorQueueGuard guard;
    const CipherContextOwner context(EVP_CIPHER_CTX_new());
    Bytes out(plaintext.size() + authentication_tag_size);
    int written = 0;
    int rest = 0;
    const bool good = context && fits(plaintext.size()) &&
                      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1 &&
                      EVP_EncryptUpdate(context.get(), out.data(), &written, plaintext.data(),
                                        static_cast<int>(plaintext.size())) == 1 &&
                      EVP_EncryptFinal_ex(context.get(), out.data() + written, &rest) == 1 &&
                      static_cast<std::size_t>(written + rest) == plaintext.size() &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, authentication_tag_size,
                                          out.data() + plaintext.size()) == 1;
    if (!good) return fail("crypto.encryption");
    return out;
}

std::optional<Bytes> decrypt(const EncryptionKey& key, const Nonce& nonce, ByteView ciphertext) {
    if (ciphertext.size() < authentication_tag_size || !fits(ciphertext.size())) return std::nullopt;
    const ErrorQueueGuard guard;
    const CipherContextOwner context(EVP_CIPHER_CTX_new());
    const auto text = ciphertext.first(ciphertext.size() - authentication_tag_size);
    std::array<std::uint8_t, authentication_tag_size> tag{};
    std::copy(ciphertext.end() - authentication_tag_size, ciphertext.end(), tag.begin());
    Bytes out(ciphertext.size());  // never empty, so that there is a place to point at
    int written = 0;
    int rest = 0;
    const bool good =
        context && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce.data()) == 1 &&
        EVP_DecryptUpdate(context.get(), out.data(), &written, text.data(), static_cast<int>(text.size())) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, authentication_tag_size, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), out.data() + written, &rest) == 1 &&
        static_cast<std::size_t>(written + rest) == text.size();
    if (!good) return std::nullopt;
    out.resize(text.size());
    return out;
}

}  // namespace sjcode::crypto
