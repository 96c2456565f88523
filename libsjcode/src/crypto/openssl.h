// OpenSSL's objects, each freed by its owner. Only crypto/ includes this, or any header of OpenSSL.
#pragma once

#include "sjcode/bytes.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace sjcode::crypto {

template <auto release>
struct Free {
    template <class T>
    void operator()(T* object) const noexcept {
        release(object);
    }
};
template <class T, auto release>
using Owner = std::unique_ptr<T, Free<release>>;

using BioOwner = Owner<BIO, BIO_free_all>;
using BignumOwner = Owner<BIGNUM, BN_free>;
using CertificateOwner = Owner<X509, X509_free>;
using DigestOwner = Owner<EVP_MD, EVP_MD_free>;
using DigestContextOwner = Owner<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcdsaSignatureOwner = Owner<ECDSA_SIG, ECDSA_SIG_free>;
using ExtensionOwner = Owner<X509_EXTENSION, X509_EXTENSION_free>;
using GeneralNamesOwner = Owner<GENERAL_NAMES, GENERAL_NAMES_free>;
using KeyContextOwner = Owner<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using KeyOwner = Owner<EVP_PKEY, EVP_PKEY_free>;
using Pkcs12Owner = Owner<PKCS12, PKCS12_free>;
using Pkcs8Owner = Owner<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

/// Leaves the thread's error queue as it was: what goes wrong here is told by our own codes, and an application that
/// uses OpenSSL too must not find our errors in its queue.
class ErrorQueueGuard {
public:
    ErrorQueueGuard() noexcept { ERR_set_mark(); }
    ErrorQueueGuard(const ErrorQueueGuard&) = delete;
    ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
    ~ErrorQueueGuard() { ERR_pop_to_mark(); }
};

/// What an i2d_ function writes: `encode(pointer)` returns the length and, with a pointer, writes there.
template <class Encode>
Bytes der_of(Encode&& encode) {
    const int size = encode(nullptr);
    if (size <= 0) return {};
    Bytes der(static_cast<std::size_t>(size));
    unsigned char* at = der.data();
    if (encode(&at) != size) return {};
    return der;
}

/// A view of what a memory BIO holds.
inline ByteView content(BIO* memory) noexcept {
    const char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    if (size <= 0) return {};
    return {reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
}

}  // namespace sjcode::crypto
