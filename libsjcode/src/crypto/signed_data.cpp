// OpenSSL's CMS functions sign neither with Ed25519 nor with SM2, so the structures are described here with its ASN.1
// templates, and all algorithms go one way. The templates write DER: shortest lengths, sets in order.
#include "crypto/signed_data.h"

#include "base/try.h"
#include "crypto/der.h"
#include "crypto/message_digest.h"
#include "crypto/object_identifiers.h"
#include "crypto/openssl.h"
#include "crypto/seal_scheme.h"

#include <openssl/asn1t.h>
#include <openssl/rsa.h>

#include <string>

namespace sjcode::crypto {
namespace {

struct SignerIdentifierForm {
    X509_NAME* issuer;
    ASN1_INTEGER* serial;
};

struct SignerForm {
    ASN1_INTEGER* version;
    SignerIdentifierForm* identifier;
    X509_ALGOR* digest_algorithm;
    STACK_OF(X509_ATTRIBUTE) * signed_attributes;
    X509_ALGOR* signature_algorithm;
    ASN1_OCTET_STRING* signature;
    STACK_OF(X509_ATTRIBUTE) * unsigned_attributes;
};
DEFINE_STACK_OF(SignerForm)

struct ContentForm {
    ASN1_OBJECT* type;
};

struct SignedDataForm {
    ASN1_INTEGER* version;
    STACK_OF(X509_ALGOR) * digest_algorithms;
    ContentForm* content;
    STACK_OF(ASN1_TYPE) * certificates;  ///< as they came, to the byte
    STACK_OF(SignerForm) * signers;
};

struct ContentInfoForm {
    ASN1_OBJECT* type;
    SignedDataForm* content;
};

struct CertificateHashForm {  // ESSCertIDv2, without the issuer: EN 319 122-1 advises against it
    X509_ALGOR* algorithm;    ///< absent for SHA-256, the default
    ASN1_OCTET_STRING* hash;
};
DEFINE_STACK_OF(CertificateHashForm)

struct SigningCertificateForm {
    STACK_OF(CertificateHashForm) * certificates;
};

// clang-format off
ASN1_SEQUENCE(SignerIdentifierForm) = {
    ASN1_SIMPLE(SignerIdentifierForm, issuer, X509_NAME),
    ASN1_SIMPLE(SignerIdentifierForm, serial, ASN1_INTEGER)
} static_ASN1_SEQUENCE_END(SignerIdentifierForm)

ASN1_SEQUENCE(SignerForm) = {
    ASN1_SIMPLE(SignerForm, version, ASN1_INTEGER),
    ASN1_SIMPLE(SignerForm, identifier, SignerIdentifierForm),
    ASN1_SIMPLE(SignerForm, digest_algorithm, X509_ALGOR),
    ASN1_IMP_SET_OF(SignerForm, signed_attributes, X509_ATTRIBUTE, 0),
    ASN1_SIMPLE(SignerForm, signature_algorithm, X509_ALGOR),
    ASN1_SIMPLE(SignerForm, signature, ASN1_OCTET_STRING),
    ASN1_IMP_SET_OF_OPT(SignerForm, unsigned_attributes, X509_ATTRIBUTE, 1)
} static_ASN1_SEQUENCE_END(SignerForm)

ASN1_SEQUENCE(ContentForm) = {
    ASN1_SIMPLE(ContentForm, type, ASN1_OBJECT)
} static_ASN1_SEQUENCE_END(ContentForm)

ASN1_SEQUENCE(SignedDataForm) = {
    ASN1_SIMPLE(SignedDataForm, version, ASN1_INTEGER),
    ASN1_SET_OF(SignedDataForm, digest_algorithms, X509_ALGOR),
    ASN1_SIMPLE(SignedDataForm, content, ContentForm),
    ASN1_IMP_SET_OF(SignedDataForm, certificates, ASN1_ANY, 0),
    ASN1_SET_OF(SignedDataForm, signers, SignerForm)
} static_ASN1_SEQUENCE_END(SignedDataForm)

ASN1_SEQUENCE(ContentInfoForm) = {
    ASN1_SIMPLE(ContentInfoForm, type, ASN1_OBJECT),
    ASN1_EXP(ContentInfoForm, content, SignedDataForm, 0)
} static_ASN1_SEQUENCE_END(ContentInfoForm)

ASN1_SEQUENCE(CertificateHashForm) = {
    ASN1_OPT(CertificateHashForm, algorithm, X509_ALGOR),
    ASN1_SIMPLE(CertificateHashForm, hash, ASN1_OCTET_STRING)
} static_ASN1_SEQUENCE_END(CertificateHashForm)

ASN1_SEQUENCE(SigningCertificateForm) = {
    ASN1_SEQUENCE_OF(SigningCertificateForm, certificates, CertificateHashForm)
} static_ASN1_SEQUENCE_END(SigningCertificateForm)

/// What is signed: the attributes as a SET OF, not with the tag [0] that they have in the message (RFC 5652, 5.4).
ASN1_ITEM_TEMPLATE(AttributesForm) =
    ASN1_EX_TEMPLATE_TYPE(ASN1_TFLG_SET_OF, 0, attributes, X509_ATTRIBUTE)
static_ASN1_ITEM_TEMPLATE_END(AttributesForm)
    // clang-format on

    struct FreeForm {
    void operator()(ContentInfoForm* form) const noexcept {
        ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(form), ASN1_ITEM_rptr(ContentInfoForm));
    }
    void operator()(SigningCertificateForm* form) const noexcept {
        ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(form), ASN1_ITEM_rptr(SigningCertificateForm));
    }
    void operator()(SignerForm* form) const noexcept {
        ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(form), ASN1_ITEM_rptr(SignerForm));
    }
    void operator()(CertificateHashForm* form) const noexcept {
        ASN1_item_free(reinterpret_cast<ASN1_VALUE*>(form), ASN1_ITEM_rptr(CertificateHashForm));
    }
};
template <class Form>
using FormOwner = std::unique_ptr<Form, FreeForm>;

template <class Form>
FormOwner<Form> new_form(const ASN1_ITEM* item) {
    return FormOwner<Form>(reinterpret_cast<Form*>(ASN1_item_new(item)));
}

Bytes encode(const void* form, const ASN1_ITEM* item) {
    return der_of([&](unsigned char** at) { return ASN1_item_i2d(static_cast<const ASN1_VALUE*>(form), at, item); });
}

using ObjectOwner = Owner<ASN1_OBJECT, ASN1_OBJECT_free>;
using AttributeOwner = Owner<X509_ATTRIBUTE, X509_ATTRIBUTE_free>;
using AnyOwner = Owner<ASN1_TYPE, ASN1_TYPE_free>;
using StringOwner = Owner<ASN1_STRING, ASN1_STRING_free>;
using AlgorithmOwner = Owner<X509_ALGOR, X509_ALGOR_free>;
using PssOwner = Owner<RSA_PSS_PARAMS, RSA_PSS_PARAMS_free>;

/// With the numeric form alone OpenSSL makes objects that it has no name for.
ObjectOwner object(std::string_view identifier) {
    return ObjectOwner(OBJ_txt2obj(std::string(identifier).c_str(), 1));
}

bool set_object(ASN1_OBJECT*& field, std::string_view identifier) {
    ASN1_OBJECT_free(field);
    field = object(identifier).release();
    return field != nullptr;
}

bool set_algorithm(X509_ALGOR* algorithm, std::string_view identifier, int parameter_type) {
    auto named = object(identifier);
    if (!named || X509_ALGOR_set0(algorithm, named.get(), parameter_type, nullptr) != 1) return false;
    (void)named.release();
    return true;
}

std::string_view digest_identifier(SealDigest digest) noexcept {
    switch (digest) {
        case SealDigest::sha256:
            return oid::sha256;
        case SealDigest::sha384:
            return oid::sha384;
        case SealDigest::sha512:
            return oid::sha512;
        case SealDigest::sm3:
            return oid::sm3;
    }
    return {};
}

/// RFC 5754, section 2: without parameters.
bool set_digest(X509_ALGOR* algorithm, SealDigest digest) {
    return set_algorithm(algorithm, digest_identifier(digest), V_ASN1_UNDEF);
}

std::string_view by_digest(SealDigest digest, std::string_view sha256, std::string_view sha384,
                           std::string_view sha512) noexcept {
    if (digest == SealDigest::sha384) return sha384;
    return digest == SealDigest::sha512 ? sha512 : sha256;
}

/// RSASSA-PSS-params (RFC 4055, section 3.1).
bool set_pss(X509_ALGOR* algorithm, SealDigest digest) {
    const PssOwner pss(RSA_PSS_PARAMS_new());
    AlgorithmOwner mask_digest(X509_ALGOR_new());
    if (!pss || !mask_digest || !set_digest(mask_digest.get(), digest)) return false;
    pss->hashAlgorithm = X509_ALGOR_new();
    pss->maskGenAlgorithm = X509_ALGOR_new();
    pss->saltLength = ASN1_INTEGER_new();
    const auto salt = static_cast<long>(size_of(method_of(digest)));
    if (!pss->hashAlgorithm || !pss->maskGenAlgorithm || !pss->saltLength || !set_digest(pss->hashAlgorithm, digest) ||
        ASN1_INTEGER_set(pss->saltLength, salt) != 1)
        return false;
    StringOwner mask(ASN1_item_pack(mask_digest.get(), ASN1_ITEM_rptr(X509_ALGOR), nullptr));
    auto generator = object(oid::mgf1);
    if (!mask || !generator ||
        X509_ALGOR_set0(pss->maskGenAlgorithm, generator.get(), V_ASN1_SEQUENCE, mask.get()) != 1)
        return false;
    (void)generator.release();
    (void)mask.release();
    StringOwner packed(ASN1_item_pack(pss.get(), ASN1_ITEM_rptr(RSA_PSS_PARAMS), nullptr));
    auto named = object(oid::rsa_pss);
    if (!packed || !named || X509_ALGOR_set0(algorithm, named.get(), V_ASN1_SEQUENCE, packed.get()) != 1) return false;
    (void)named.release();
    (void)packed.release();
    return true;
}

bool set_signature_algorithm(X509_ALGOR* algorithm, const SealSigner& signer) {
    switch (signer.algorithm()) {
        case SealAlgorithm::ed25519:
            return set_algorithm(algorithm, oid::ed25519, V_ASN1_UNDEF);
        case SealAlgorithm::sm2:
            // GM/T 0010, section 6.4. Some readers know sm2-with-sm3 only, and the standard's they must know.
            return set_algorithm(algorithm, oid::sm2_signature, V_ASN1_UNDEF);
        case SealAlgorithm::ecdsa_p256:
            return set_algorithm(algorithm,
                                 by_digest(signer.digest(), oid::ecdsa_sha256, oid::ecdsa_sha384, oid::ecdsa_sha512),
                                 V_ASN1_UNDEF);
        case SealAlgorithm::rsa_pkcs1:
            return set_algorithm(
                algorithm, by_digest(signer.digest(), oid::rsa_sha256, oid::rsa_sha384, oid::rsa_sha512), V_ASN1_NULL);
        case SealAlgorithm::rsa_pss:
            return set_pss(algorithm, signer.digest());
    }
    return false;
}

bool add_attribute(STACK_OF(X509_ATTRIBUTE) * attributes, std::string_view identifier, int type, const void* value,
                   std::size_t size) {
    const auto named = object(identifier);
    if (!named) return false;
    // An object is copied as such, anything else as `size` bytes.
    const int length = type == V_ASN1_OBJECT ? -1 : static_cast<int>(size);
    AttributeOwner attribute(X509_ATTRIBUTE_create_by_OBJ(nullptr, named.get(), type, value, length));
    if (!attribute || sk_X509_ATTRIBUTE_push(attributes, attribute.get()) <= 0) return false;
    (void)attribute.release();
    return true;
}

/// signing-certificate-v2 (RFC 5035): without it, another certificate over the same key could be put in place.
Bytes signing_certificate(const SealSigner& signer) {
    const auto form = new_form<SigningCertificateForm>(ASN1_ITEM_rptr(SigningCertificateForm));
    auto hash = new_form<CertificateHashForm>(ASN1_ITEM_rptr(CertificateHashForm));
    if (!form || !hash) return {};
    if (signer.digest() != SealDigest::sha256) {
        hash->algorithm = X509_ALGOR_new();
        if (!hash->algorithm || !set_digest(hash->algorithm, signer.digest())) return {};
    }
    const auto value = digest_of(method_of(signer.digest()), signer.certificates().front());
    if (ASN1_OCTET_STRING_set(hash->hash, value.data(), static_cast<int>(value.size())) != 1 ||
        sk_CertificateHashForm_push(form->certificates, hash.get()) <= 0)
        return {};
    (void)hash.release();
    return encode(form.get(), ASN1_ITEM_rptr(SigningCertificateForm));
}

bool is_sm2(const SealSigner& signer) {
    return signer.algorithm() == SealAlgorithm::sm2;
}

bool set_signed_attributes(SignerForm* form, const SealSigner& signer, ByteView external_digest) {
    const auto type = object(is_sm2(signer) ? oid::sm2_data : oid::data);
    const auto certificate = signing_certificate(signer);
    auto* attributes = form->signed_attributes;
    return type && !certificate.empty() && add_attribute(attributes, oid::content_type, V_ASN1_OBJECT, type.get(), 0) &&
           add_attribute(attributes, oid::message_digest, V_ASN1_OCTET_STRING, external_digest.data(),
                         external_digest.size()) &&
           add_attribute(attributes, oid::signing_certificate_v2, V_ASN1_SEQUENCE, certificate.data(),
                         certificate.size());
}

/// Read from the certificate's DER (RFC 5280, 4.1): OpenSSL's own reader decodes the public key, too, which takes
/// longer than making the whole message.
bool set_identifier(SignerIdentifierForm* form, ByteView certificate) {
    const auto outer = der::Reader(certificate).next(der::sequence);
    const auto body = outer ? der::Reader(outer->content).next(der::sequence) : std::nullopt;
    if (!body) return false;
    der::Reader fields(body->content);
    fields.next(der::tagged(0));  // version
    const auto serial = fields.next(der::integer);
    const auto algorithm = fields.next(der::sequence);
    const auto issuer = fields.next(der::sequence);
    if (!serial || !algorithm || !issuer) return false;
    const auto* at = serial->whole.data();
    if (d2i_ASN1_INTEGER(&form->serial, &at, static_cast<long>(serial->whole.size())) == nullptr) return false;
    at = issuer->whole.data();
    return d2i_X509_NAME(&form->issuer, &at, static_cast<long>(issuer->whole.size())) != nullptr;
}

bool add_certificate(STACK_OF(ASN1_TYPE) * certificates, ByteView der) {
    StringOwner raw(ASN1_STRING_type_new(V_ASN1_SEQUENCE));
    AnyOwner any(ASN1_TYPE_new());
    if (!raw || !any || ASN1_STRING_set(raw.get(), der.data(), static_cast<int>(der.size())) != 1) return false;
    ASN1_TYPE_set(any.get(), V_ASN1_SEQUENCE, raw.release());
    if (sk_ASN1_TYPE_push(certificates, any.get()) <= 0) return false;
    (void)any.release();
    return true;
}

/// All but the signature.
bool fill_signer(SignerForm* form, const SealSigner& signer, ByteView external_digest) {
    return ASN1_INTEGER_set(form->version, 1) == 1 && set_identifier(form->identifier, signer.certificates().front()) &&
           set_digest(form->digest_algorithm, signer.digest()) &&
           set_signed_attributes(form, signer, external_digest) &&
           set_signature_algorithm(form->signature_algorithm, signer);
}

bool fill(ContentInfoForm* form, const SealSigner& signer, FormOwner<SignerForm> filled) {
    auto* data = form->content;
    AlgorithmOwner digest(X509_ALGOR_new());
    if (!set_object(form->type, is_sm2(signer) ? oid::sm2_signed_data : oid::signed_data) ||
        ASN1_INTEGER_set(data->version, 1) != 1 || !digest || !set_digest(digest.get(), signer.digest()) ||
        !set_object(data->content->type, is_sm2(signer) ? oid::sm2_data : oid::data))
        return false;
    for (const auto& certificate : signer.certificates())
        if (!add_certificate(data->certificates, certificate)) return false;
    if (sk_X509_ALGOR_push(data->digest_algorithms, digest.get()) <= 0) return false;
    (void)digest.release();
    if (sk_SignerForm_push(data->signers, filled.get()) <= 0) return false;
    (void)filled.release();
    return true;
}

/// The whole message; `sign` gives the signature over what it gets.
template <class Sign>
Result<Bytes> assemble(const SealSigner& signer, ByteView external_digest, Sign&& sign) {
    const ErrorQueueGuard guard;
    if (external_digest.size() != size_of(method_of(signer.digest()))) return fail("seal.digest");
    if (signer.certificates().empty()) return fail("certificate.format");
    const auto form = new_form<ContentInfoForm>(ASN1_ITEM_rptr(ContentInfoForm));
    auto filled = new_form<SignerForm>(ASN1_ITEM_rptr(SignerForm));
    if (!form || !filled || !fill_signer(filled.get(), signer, external_digest)) return fail("certificate.format");
    SJCODE_TRY(const Bytes signature, sign(encode(filled->signed_attributes, ASN1_ITEM_rptr(AttributesForm))));
    if (ASN1_OCTET_STRING_set(filled->signature, signature.data(), static_cast<int>(signature.size())) != 1 ||
        !fill(form.get(), signer, std::move(filled)))
        return fail("certificate.format");
    return encode(form.get(), ASN1_ITEM_rptr(ContentInfoForm));
}

FormOwner<ContentInfoForm> read(ByteView signed_data) {
    const auto* at = signed_data.data();
    FormOwner<ContentInfoForm> form(reinterpret_cast<ContentInfoForm*>(
        ASN1_item_d2i(nullptr, &at, static_cast<long>(signed_data.size()), ASN1_ITEM_rptr(ContentInfoForm))));
    if (!form || at != signed_data.data() + signed_data.size() || sk_SignerForm_num(form->content->signers) != 1)
        return {};
    return form;
}

/// As many bytes as the signer's longest signature has.
Result<Bytes> longest_signature(const SealSigner& signer) {
    switch (signer.algorithm()) {
        case SealAlgorithm::ed25519:
            return Bytes(64);
        case SealAlgorithm::ecdsa_p256:
        case SealAlgorithm::sm2:
            return Bytes(72);  // two integers of 33 bytes in DER
        case SealAlgorithm::rsa_pkcs1:
        case SealAlgorithm::rsa_pss:
            break;
    }
    // Only RSA keys have many sizes; reading one from a certificate takes longer than the rest of this.
    SJCODE_TRY(const auto key, sealing_key_of(signer.certificates().front()));
    return Bytes(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())));
}

}  // namespace

Result<Bytes> make_signed_data(const SealSigner& signer, ByteView external_digest) {
    return assemble(signer, external_digest, [&](ByteView attributes) { return signer.sign(attributes); });
}

Result<std::size_t> signed_data_size_bound(const SealSigner& signer) {
    if (signer.certificates().empty()) return fail("certificate.format");
    SJCODE_TRY(const Bytes longest, longest_signature(signer));
    const Bytes external_digest(size_of(method_of(signer.digest())));
    SJCODE_TRY(const auto made, assemble(signer, external_digest, [&](ByteView) -> Result<Bytes> { return longest; }));
    return made.size();
}

Result<Bytes> signature_value(ByteView signed_data) {
    const ErrorQueueGuard guard;
    const auto form = read(signed_data);
    if (!form) return fail("certificate.format");
    const auto* signature = sk_SignerForm_value(form->content->signers, 0)->signature;
    const auto* data = ASN1_STRING_get0_data(signature);
    return Bytes(data, data + ASN1_STRING_length(signature));
}

Result<Bytes> add_signature_timestamp(ByteView signed_data, ByteView token) {
    const ErrorQueueGuard guard;
    const auto form = read(signed_data);
    if (!form) return fail("certificate.format");
    auto* signer = sk_SignerForm_value(form->content->signers, 0);
    if (signer->unsigned_attributes == nullptr) signer->unsigned_attributes = sk_X509_ATTRIBUTE_new_null();
    if (signer->unsigned_attributes == nullptr || !add_attribute(signer->unsigned_attributes, oid::signature_timestamp,
                                                                 V_ASN1_SEQUENCE, token.data(), token.size()))
        return fail("certificate.format");
    return encode(form.get(), ASN1_ITEM_rptr(ContentInfoForm));
}

}  // namespace sjcode::crypto
