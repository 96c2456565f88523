#include "crypto/seal_scheme.h"

#include "base/try.h"
#include "crypto/key_state.h"
#include "crypto/message_digest.h"
#include "crypto/sm2_user_id.h"

#include <openssl/rsa.h>

#include <algorithm>

namespace sjcode::crypto {
namespace {

constexpr int fewest_rsa_bits = 2'048;
/// OpenSSL verifies no longer ones.
constexpr int most_rsa_bits = 16'384;

bool is_rsa(const EVP_PKEY* key) noexcept {
    return EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "RSA-PSS") == 1;
}

Result<void> check_rsa(const EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < fewest_rsa_bits || bits > most_rsa_bits) return fail("seal.key-size", {{"bits", std::to_string(bits)}});
    return {};
}

SealDigest usual_digest(SealAlgorithm algorithm) noexcept {
    if (algorithm == SealAlgorithm::ed25519) return SealDigest::sha512;
    return algorithm == SealAlgorithm::sm2 ? SealDigest::sm3 : SealDigest::sha256;
}

bool goes_with(SealDigest digest, SealAlgorithm algorithm) noexcept {
    if (algorithm == SealAlgorithm::ed25519 || algorithm == SealAlgorithm::sm2)
        return digest == usual_digest(algorithm);
    return digest != SealDigest::sm3;
}

const char* digest_name(const SealScheme& scheme) noexcept {
    // RFC 8032 hashes inside.
    return scheme.algorithm == SealAlgorithm::ed25519 ? nullptr : name(method_of(scheme.digest)).data();
}

bool set_up(EVP_PKEY_CTX* context, const SealScheme& scheme) {
    if (scheme.algorithm == SealAlgorithm::sm2)
        return EVP_PKEY_CTX_set1_id(context, sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) == 1;
    if (scheme.algorithm == SealAlgorithm::rsa_pkcs1)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    if (scheme.algorithm == SealAlgorithm::rsa_pss)
        return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
    return true;
}

DigestContextOwner make_ready(EVP_PKEY* key, const SealScheme& scheme, decltype(&EVP_DigestVerifyInit_ex) initialise) {
    DigestContextOwner context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;  // belongs to `context`
    if (!context || initialise(context.get(), &key_context, digest_name(scheme), nullptr, nullptr, key, nullptr) != 1 ||
        !set_up(key_context, scheme))
        return {};
    return context;
}

/// The key of a PublicKey or PrivateKey, shared with it.
KeyOwner shared_key(const KeyOwner& key) {
    EVP_PKEY_up_ref(key.get());
    return KeyOwner(key.get());
}

}  // namespace

SealAlgorithm usual_seal_algorithm(const EVP_PKEY* key) noexcept {
    if (EVP_PKEY_is_a(key, "ED25519") == 1) return SealAlgorithm::ed25519;
    if (EVP_PKEY_is_a(key, "SM2") == 1) return SealAlgorithm::sm2;
    if (EVP_PKEY_is_a(key, "RSA-PSS") == 1) return SealAlgorithm::rsa_pss;
    if (EVP_PKEY_is_a(key, "RSA") == 1) return SealAlgorithm::rsa_pkcs1;
    return SealAlgorithm::ecdsa_p256;
}

Result<KeyOwner> sealing_key_of(ByteView certificate) {
    const ErrorQueueGuard guard;
    const auto* at = certificate.data();
    const CertificateOwner parsed(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
    if (!parsed || at != certificate.data() + certificate.size()) return fail("certificate.format");
    return sealing_public_key(
        der_of([&](unsigned char** to) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed.get()), to); }));
}

Result<KeyOwner> sealing_public_key(ByteView subject_public_key_info) {
    const ErrorQueueGuard guard;
    const auto* at = subject_public_key_info.data();
    KeyOwner key(d2i_PUBKEY(nullptr, &at, static_cast<long>(subject_public_key_info.size())));
    if (!key) return fail("key.format");
    if (is_rsa(key.get())) {
        SJCODE_CHECK(check_rsa(key.get()));
        return key;
    }
    SJCODE_TRY(const auto known, PublicKey::from_der(subject_public_key_info));
    return shared_key(known.state().key);
}

Result<void> put_own_first(std::vector<Bytes>& certificates, const EVP_PKEY* key) {
    for (auto own = certificates.begin(); own != certificates.end(); ++own) {
        const auto certified = sealing_key_of(*own);
        if (!certified || EVP_PKEY_eq(certified->get(), key) != 1) continue;
        std::rotate(certificates.begin(), own, own + 1);
        return {};
    }
    return fail("seal.certificate");
}

Result<KeyOwner> sealing_private_key(KeyOwner key) {
    const ErrorQueueGuard guard;
    if (!key) return fail("key.format");
    if (is_rsa(key.get())) {
        SJCODE_CHECK(check_rsa(key.get()));
        const KeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
        if (!context || EVP_PKEY_pairwise_check(context.get()) != 1) return fail("key.format");
        return key;
    }
    SJCODE_TRY(const auto known, private_key_of(std::move(key)));
    return shared_key(known.state().key);
}

Result<SealScheme> scheme_of(const EVP_PKEY* key, const SealMethod& method) {
    const auto usual = usual_seal_algorithm(key);
    const auto algorithm = method.algorithm.value_or(usual);
    const bool pss_with_any_rsa_key = usual == SealAlgorithm::rsa_pkcs1 && algorithm == SealAlgorithm::rsa_pss;
    if (algorithm != usual && !pss_with_any_rsa_key) return fail("seal.algorithm");
    const auto digest = method.digest.value_or(usual_digest(algorithm));
    if (!goes_with(digest, algorithm)) return fail("seal.digest");
    return SealScheme{algorithm, digest};
}

Result<Bytes> sign(EVP_PKEY* key, const SealScheme& scheme, ByteView message) {
    const ErrorQueueGuard guard;
    return sign_leaving_errors(key, scheme, message);
}

Result<Bytes> sign_leaving_errors(EVP_PKEY* key, const SealScheme& scheme, ByteView message) {
    const auto context = make_ready(key, scheme, EVP_DigestSignInit_ex);
    std::size_t size = 0;
    if (!context || EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1)
        return fail("key.sign");
    Bytes signature(size);
    if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        return fail("key.sign");
    signature.resize(std::min(size, signature.size()));
    return signature;
}

bool verify(EVP_PKEY* key, const SealScheme& scheme, ByteView message, ByteView signature) {
    const ErrorQueueGuard guard;
    const auto context = make_ready(key, scheme, EVP_DigestVerifyInit_ex);
    return context &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

}  // namespace sjcode::crypto
