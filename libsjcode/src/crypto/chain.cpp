#include "crypto/chain.h"

#include "crypto/openssl.h"
#include "crypto/signature_verification.h"
#include "crypto/signed_data_read.h"
#include "crypto/sm2_user_id.h"
#include "crypto/timestamp_info.h"

#include <algorithm>
#include <limits>

namespace sjcode::crypto {
namespace {

using StoreOwner = Owner<X509_STORE, X509_STORE_free>;
using StoreContextOwner = Owner<X509_STORE_CTX, X509_STORE_CTX_free>;
using OctetStringOwner = Owner<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;

void free_certificates(STACK_OF(X509) * certificates) noexcept {
    sk_X509_pop_free(certificates, X509_free);
}
using StackOwner = Owner<STACK_OF(X509), free_certificates>;

constexpr int longest_path = 10;
constexpr std::size_t most_certificates = 256;

std::string text(const X509_NAME* name) {
    const BioOwner memory(BIO_new(BIO_s_mem()));
    constexpr unsigned long form = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!memory || X509_NAME_print_ex(memory.get(), name, 0, form) < 0) return {};
    return std::string(as_text(content(memory.get())));
}

ChainCheck fault(std::string code, const X509* certificate = nullptr) {
    ChainCheck check{std::move(code)};
    if (certificate != nullptr) check.parameters["subject"] = text(X509_get_subject_name(certificate));
    return check;
}

/// Parses, and sets the user id that an SM2 signature of the certificate is made with.
CertificateOwner prepare(ByteView der) {
    auto certificate = parse_certificate(der);
    if (!certificate || X509_get_signature_nid(certificate.get()) != NID_SM2_with_SM3) return certificate;
    OctetStringOwner id(ASN1_OCTET_STRING_new());
    if (!id || ASN1_OCTET_STRING_set(id.get(), reinterpret_cast<const unsigned char*>(sm2_user_id.data()),
                                     static_cast<int>(sm2_user_id.size())) != 1)
        return {};
    X509_set0_distinguishing_id(certificate.get(), id.release());
    return certificate;
}

bool may_sign(X509* certificate, ByteView der, ChainPurpose purpose) {
    // Without the extension OpenSSL sets all the bits.
    if ((X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) return false;
    return purpose == ChainPurpose::document || is_timestamping_certificate(der);
}

std::optional<UnixTime> instant(const ASN1_TIME* time) {
    return read_time(der_of([&](unsigned char** at) { return i2d_ASN1_TIME(time, at); }));
}

/// At the anchor itself nothing is left to verify but its dates.
ChainCheck check_trusted_signer(X509* certificate, ByteView der, UnixTime time) {
    const auto not_before = instant(X509_get0_notBefore(certificate));
    const auto not_after = instant(X509_get0_notAfter(certificate));
    if (!not_before || !not_after) return fault("chain.format");
    auto check = time < *not_before  ? fault("chain.not-yet-valid", certificate)
                 : time > *not_after ? fault("chain.expired", certificate)
                                     : ChainCheck();
    check.path.emplace_back(der.begin(), der.end());
    return check;
}

const char* code_of(int error) noexcept {
    switch (error) {
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_CERT_UNTRUSTED:
            return "chain.no-anchor";
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "chain.expired";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "chain.not-yet-valid";
        case X509_V_ERR_INVALID_CA:
        case X509_V_ERR_INVALID_NON_CA:
            return "chain.not-ca";
        case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        case X509_V_ERR_CERT_CHAIN_TOO_LONG:
            return "chain.too-long";
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
        case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY:
            return "chain.signature";
        case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        case X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE:
            return "chain.key-usage";
        default:
            // Name constraints, policies, critical extensions that nobody here knows.
            return "chain.constraint";
    }
}

/// OpenSSL's verification with what was given, and nothing of the machine's.
class Verification {
public:
    Verification(X509* signer, const std::vector<Bytes>& others, const std::vector<Bytes>& anchors, UnixTime time)
        : store_(X509_STORE_new()), others_(sk_X509_new_null()), context_(X509_STORE_CTX_new()) {
        if (!store_ || !others_ || !context_) return;
        for (const auto& anchor : anchors)
            if (const auto certificate = prepare(anchor)) X509_STORE_add_cert(store_.get(), certificate.get());
        for (const auto& other : others)
            if (auto certificate = prepare(other); certificate && sk_X509_push(others_.get(), certificate.get()) > 0)
                (void)certificate.release();
        if (X509_STORE_CTX_init(context_.get(), store_.get(), signer, others_.get()) != 1) return;
        X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context_.get());
        X509_VERIFY_PARAM_set_time(parameters, time);
        X509_VERIFY_PARAM_set_depth(parameters, longest_path);
        // An anchor need not be a root: the trust records may name an issuer.
        X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
        is_ready_ = true;
    }

    ChainCheck run() {
        if (!is_ready_) return fault("chain.format");
        const bool holds = X509_verify_cert(context_.get()) == 1;
        auto check = holds ? check_issuers() : failure();
        const STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context_.get());
        for (int i = 0; i < sk_X509_num(path); ++i)
            check.path.push_back(der_of([&](unsigned char** at) { return i2d_X509(sk_X509_value(path, i), at); }));
        return check;
    }

private:
    ChainCheck failure() {
        return fault(code_of(X509_STORE_CTX_get_error(context_.get())),
                     X509_STORE_CTX_get_current_cert(context_.get()));
    }

    /// OpenSSL lets old certificates without basic constraints issue others.
    ChainCheck check_issuers() {
        const STACK_OF(X509)* path = X509_STORE_CTX_get0_chain(context_.get());
        for (int i = 1; i + 1 < sk_X509_num(path); ++i)
            if ((X509_get_extension_flags(sk_X509_value(path, i)) & EXFLAG_CA) == 0)
                return fault("chain.not-ca", sk_X509_value(path, i));
        return {};
    }

    StoreOwner store_;
    StackOwner others_;
    StoreContextOwner context_;
    bool is_ready_ = false;
};

}  // namespace

ChainCheck check_chain(ByteView signer, const std::vector<Bytes>& others, const std::vector<Bytes>& anchors,
                       UnixTime time, ChainPurpose purpose) {
    const ErrorQueueGuard guard;
    const auto certificate = prepare(signer);
    if (!certificate || others.size() > most_certificates) return fault("chain.format");
    const auto is_signer = [&](const Bytes& anchor) {
        return std::equal(anchor.begin(), anchor.end(), signer.begin(), signer.end());
    };
    auto check = std::any_of(anchors.begin(), anchors.end(), is_signer)
                     ? check_trusted_signer(certificate.get(), signer, time)
                     : Verification(certificate.get(), others, anchors, time).run();
    if (check.holds() && !may_sign(certificate.get(), signer, purpose)) {
        auto path = std::move(check.path);
        check = fault("chain.key-usage", certificate.get());
        check.path = std::move(path);
    }
    return check;
}

bool is_issued_by(ByteView certificate, ByteView issuer) {
    const ErrorQueueGuard guard;
    const auto parsed = prepare(certificate);
    const auto parsed_issuer = prepare(issuer);
    if (!parsed || !parsed_issuer) return false;
    const bool is_own = std::equal(certificate.begin(), certificate.end(), issuer.begin(), issuer.end());
    const bool is_authority = (X509_get_extension_flags(parsed_issuer.get()) & EXFLAG_CA) != 0;
    if (X509_NAME_cmp(X509_get_issuer_name(parsed.get()), X509_get_subject_name(parsed_issuer.get())) != 0 ||
        !(is_own || (is_authority && X509_check_issued(parsed_issuer.get(), parsed.get()) == X509_V_OK)))
        return false;
    const auto key = any_key_of(parsed_issuer.get());
    return key && X509_verify(parsed.get(), key.get()) == 1;
}

std::optional<CertificateSummary> summarize(ByteView der) {
    const ErrorQueueGuard guard;
    const auto certificate = parse_certificate(der);
    if (!certificate) return std::nullopt;
    const auto not_before = instant(X509_get0_notBefore(certificate.get()));
    const auto not_after = instant(X509_get0_notAfter(certificate.get()));
    if (!not_before || !not_after) return std::nullopt;
    const X509_NAME* subject = X509_get_subject_name(certificate.get());
    const X509_NAME* issuer = X509_get_issuer_name(certificate.get());
    CertificateSummary summary{{}, text(subject), text(issuer), {}, *not_before, *not_after};
    const auto* serial = X509_get0_serialNumber(certificate.get());
    summary.serial = to_hex({ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
    summary.is_self_issued = X509_NAME_cmp(subject, issuer) == 0;
    int place = -1;
    for (int next = place; (next = X509_NAME_get_index_by_NID(subject, NID_commonName, next)) >= 0;) place = next;
    unsigned char* name = nullptr;
    const int size =
        place < 0 ? -1 : ASN1_STRING_to_UTF8(&name, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place)));
    if (size >= 0) summary.common_name.assign(reinterpret_cast<const char*>(name), static_cast<std::size_t>(size));
    OPENSSL_free(name);
    return summary;
}

}  // namespace sjcode::crypto
