#include "crypto/signature_verification.h"

#include "crypto/key_state.h"
#include "crypto/object_identifiers.h"
#include "crypto/sm2_user_id.h"

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <limits>

namespace sjcode::crypto {
namespace {

enum class Kind { unknown, rsa_pkcs1, rsa_pss, ecdsa, dsa, ed25519, ed448, sm2 };

struct Scheme {
    Kind kind = Kind::unknown;
    std::optional<DigestMethod> digest{};
    std::optional<DigestMethod> mask_digest{};  ///< of PSS
    int salt_length = 0;                        ///< of PSS
};

using ObjectOwner = Owner<ASN1_OBJECT, ASN1_OBJECT_free>;
using PssOwner = Owner<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free>;
using AlgorithmOwner = Owner<X509_ALGOR, X509_ALGOR_free>;

std::optional<DigestMethod> method_of_object(const ASN1_OBJECT* object) {
    std::array<char, 80> text{};
    const int size = OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
    if (size <= 0 || static_cast<std::size_t>(size) >= text.size()) return std::nullopt;
    return digest_method({text.data(), static_cast<std::size_t>(size)});
}

/// A digest of PSS-params; absent, it is SHA-1 (RFC 4055, section 3.1).
std::optional<DigestMethod> method_of_algorithm(const X509_ALGOR* algorithm) {
    if (algorithm == nullptr) return DigestMethod::sha1;
    const ASN1_OBJECT* object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    return method_of_object(object);
}

std::optional<DigestMethod> mask_method(const X509_ALGOR* generator) {
    if (generator == nullptr) return DigestMethod::sha1;
    const ASN1_OBJECT* object = nullptr;
    int type = 0;
    const void* value = nullptr;
    X509_ALGOR_get0(&object, &type, &value, generator);
    if (OBJ_obj2nid(object) != NID_mgf1 || type != V_ASN1_SEQUENCE) return std::nullopt;
    const auto* packed = static_cast<const ASN1_STRING*>(value);
    const AlgorithmOwner inner(static_cast<X509_ALGOR*>(ASN1_item_unpack(packed, ASN1_ITEM_rptr(X509_ALGOR))));
    if (!inner) return std::nullopt;
    return method_of_algorithm(inner.get());
}

Scheme pss_scheme(ByteView parameters) {
    const auto* at = parameters.data();
    const PssOwner pss(d2i_RSA_PSS_PARAMS(nullptr, &at, static_cast<long>(parameters.size())));
    if (!pss) return {};
    Scheme scheme{Kind::rsa_pss, method_of_algorithm(pss->hashAlgorithm), mask_method(pss->maskGenAlgorithm)};
    std::int64_t salt = 20;
    std::int64_t trailer = 1;
    const bool readable = (pss->saltLength == nullptr || ASN1_INTEGER_get_int64(&salt, pss->saltLength) == 1) &&
                          (pss->trailerField == nullptr || ASN1_INTEGER_get_int64(&trailer, pss->trailerField) == 1);
    if (!scheme.digest || !scheme.mask_digest || !readable || trailer != 1 || salt < 0 || salt > 1'024) return {};
    scheme.salt_length = static_cast<int>(salt);
    return scheme;
}

Kind kind_of(int key_type) noexcept {
    switch (key_type) {
        case NID_rsaEncryption:
            return Kind::rsa_pkcs1;
        case NID_X9_62_id_ecPublicKey:
            return Kind::ecdsa;
        case NID_dsa:
            return Kind::dsa;
        case NID_ED25519:
            return Kind::ed25519;
        case NID_ED448:
            return Kind::ed448;
        case NID_sm2:
            return Kind::sm2;
        default:
            return Kind::unknown;
    }
}

bool is_edwards(Kind kind) noexcept {
    return kind == Kind::ed25519 || kind == Kind::ed448;
}

Scheme scheme_of(const AlgorithmIdentifier& algorithm, std::optional<DigestMethod> declared) {
    if (algorithm.identifier == oid::rsa_pss) return pss_scheme(algorithm.parameters);
    if (algorithm.identifier == oid::sm2_signature || algorithm.identifier == oid::sm2_with_sm3)
        return {Kind::sm2, DigestMethod::sm3};
    const ObjectOwner object(OBJ_txt2obj(algorithm.identifier.c_str(), 1));
    if (!object) return {};
    const int named = OBJ_obj2nid(object.get());
    int digest = NID_undef;
    int key_type = NID_undef;
    if (OBJ_find_sigid_algs(named, &digest, &key_type) != 1) return {kind_of(named), declared};
    if (is_edwards(kind_of(key_type))) return {kind_of(key_type)};
    return {kind_of(key_type), method_of_object(OBJ_nid2obj(digest))};
}

bool fits(Kind kind, const EVP_PKEY* key) noexcept {
    const auto is = [&](const char* type) { return EVP_PKEY_is_a(key, type) == 1; };
    switch (kind) {
        case Kind::rsa_pkcs1:
            return is("RSA");
        case Kind::rsa_pss:
            return is("RSA") || is("RSA-PSS");
        case Kind::ecdsa:
            return is("EC");
        case Kind::dsa:
            return is("DSA");
        case Kind::ed25519:
            return is("ED25519");
        case Kind::ed448:
            return is("ED448");
        case Kind::sm2:
            return is("SM2");
        case Kind::unknown:
            return false;
    }
    return false;
}

DigestOwner fetch(DigestMethod method) {
    return DigestOwner(EVP_MD_fetch(nullptr, name(method).data(), nullptr));
}

bool set_padding(EVP_PKEY_CTX* context, const Scheme& scheme) {
    if (scheme.kind == Kind::rsa_pkcs1) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    if (scheme.kind != Kind::rsa_pss) return true;
    const auto mask = fetch(*scheme.mask_digest);
    return mask && EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md(context, mask.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(context, scheme.salt_length) == 1;
}

SignatureResult check_digest(EVP_PKEY* key, const Scheme& scheme, const SignedBytes& bytes, ByteView signature) {
    const KeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const auto method = fetch(*scheme.digest);
    if (!context || !method || EVP_PKEY_verify_init(context.get()) != 1 || !set_padding(context.get(), scheme) ||
        EVP_PKEY_CTX_set_signature_md(context.get(), method.get()) != 1)
        return SignatureResult::unsupported;
    const auto digest = bytes.digest(*scheme.digest);
    const bool valid =
        digest.size() == size_of(*scheme.digest) &&
        EVP_PKEY_verify(context.get(), signature.data(), signature.size(), digest.data(), digest.size()) == 1;
    return valid ? SignatureResult::valid : SignatureResult::invalid;
}

/// Algorithms that do not sign a plain digest of the message.
SignatureResult check_message(EVP_PKEY* key, const Scheme& scheme, ByteView message, ByteView signature) {
    const DigestContextOwner context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;  // belongs to `context`
    const char* digest = scheme.kind == Kind::sm2 ? "SM3" : nullptr;
    if (!context || EVP_DigestVerifyInit_ex(context.get(), &key_context, digest, nullptr, nullptr, key, nullptr) != 1)
        return SignatureResult::unsupported;
    if (scheme.kind == Kind::sm2 &&
        EVP_PKEY_CTX_set1_id(key_context, sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) != 1)
        return SignatureResult::unsupported;
    const bool valid =
        EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    return valid ? SignatureResult::valid : SignatureResult::invalid;
}

bool is_named_curve(const EVP_PKEY* key) {
    int is_explicit = 0;
    return EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit) != 1 ||
           is_explicit == 0;
}

bool is_on_sm2_curve(const EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1 &&
           std::string_view(group.data(), size) == "SM2";
}

/// As of type SM2: some decoders say EC, and with that OpenSSL would compute ECDSA.
KeyOwner sm2_key(const X509* certificate) {
    const auto der = der_of([&](unsigned char** at) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), at); });
    const auto known = PublicKey::from_der(der);
    if (!known) return {};
    EVP_PKEY_up_ref(known->state().key.get());
    return KeyOwner(known->state().key.get());
}

}  // namespace

KeyOwner any_key_of(const X509* certificate) {
    const ErrorQueueGuard guard;
    KeyOwner key(X509_get_pubkey(const_cast<X509*>(certificate)));
    if (!key) return {};
    const bool is_curve = EVP_PKEY_is_a(key.get(), "EC") == 1 || EVP_PKEY_is_a(key.get(), "SM2") == 1;
    if (!is_curve) return key;
    if (!is_named_curve(key.get())) return {};
    return is_on_sm2_curve(key.get()) ? sm2_key(certificate) : std::move(key);
}

CertificateOwner parse_certificate(ByteView der) {
    const ErrorQueueGuard guard;
    if (der.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return {};
    const auto* at = der.data();
    CertificateOwner certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    return at == der.data() + der.size() ? std::move(certificate) : CertificateOwner();
}

KeyDescription describe(const EVP_PKEY* key) {
    KeyDescription description;
    const char* type = EVP_PKEY_get0_type_name(key);
    description.algorithm = type == nullptr ? "" : type;
    std::transform(description.algorithm.begin(), description.algorithm.end(), description.algorithm.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (description.algorithm == "rsa-pss") description.algorithm = "rsa";
    description.bits = EVP_PKEY_get_bits(key);
    const bool is_modular = description.algorithm == "rsa" || description.algorithm == "dsa";
    description.is_weak = description.bits < (is_modular ? 2'048 : 224);
    description.is_broken = description.bits < (is_modular ? 1'024 : 160);
    return description;
}

SignedBytes signed_bytes(ByteView message) {
    return {[message](DigestMethod method) { return digest_of(method, message); }, message};
}

SignatureCheck check_signature(EVP_PKEY* key, const AlgorithmIdentifier& algorithm,
                               std::optional<DigestMethod> declared, const SignedBytes& bytes, ByteView signature) {
    const ErrorQueueGuard guard;
    auto scheme = scheme_of(algorithm, declared);
    // Some name the key's kind only: then the curve says which algorithm it is.
    if (scheme.kind == Kind::ecdsa && EVP_PKEY_is_a(key, "SM2") == 1 && scheme.digest == DigestMethod::sm3)
        scheme.kind = Kind::sm2;
    if (!fits(scheme.kind, key)) return {SignatureResult::unsupported, scheme.digest};
    if (is_edwards(scheme.kind) || scheme.kind == Kind::sm2) {
        if (!bytes.message) return {SignatureResult::unsupported, scheme.digest};
        return {check_message(key, scheme, *bytes.message, signature), scheme.digest};
    }
    if (!scheme.digest) return {SignatureResult::unsupported};
    return {check_digest(key, scheme, bytes, signature), scheme.digest};
}

}  // namespace sjcode::crypto
