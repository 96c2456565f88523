#include "base/try.h"
#include "crypto/chain.h"
#include "crypto/openssl.h"
#include "crypto/revocation.h"
#include "crypto/signature_verification.h"
#include "crypto/signed_element.h"

#include <openssl/ocsp.h>

#include <algorithm>
#include <array>

namespace sjcode::crypto {
namespace {

using der::Reader;

using RequestOwner = Owner<OCSP_REQUEST, OCSP_REQUEST_free>;
using ResponseOwner = Owner<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicOwner = Owner<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using IdentifierOwner = Owner<OCSP_CERTID, OCSP_CERTID_free>;

constexpr std::size_t largest_response = 1u << 20;
constexpr int most_answers = 4'096;
constexpr std::uint8_t enumerated = 0x0A;

std::optional<UnixTime> instant(const ASN1_GENERALIZEDTIME* time) {
    if (time == nullptr) return std::nullopt;
    return read_time(der_of([&](unsigned char** at) { return i2d_ASN1_GENERALIZEDTIME(time, at); }));
}

ResponseOwner parse(ByteView bytes) {
    const auto encoding = der::examine(bytes, {largest_response, 48});
    if (!encoding || encoding->size != bytes.size() || !encoding->is_definite) return {};
    const auto* at = bytes.data();
    ResponseOwner response(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(bytes.size())));
    return at == bytes.data() + bytes.size() ? std::move(response) : ResponseOwner();
}

/// The BasicOCSPResponse as it came, since that is what was signed.
std::optional<SignedElement> signed_part(ByteView response) {
    const auto outer = Reader(response).next(der::sequence);
    if (!outer) return std::nullopt;
    Reader reader(outer->content);
    (void)reader.next(enumerated);
    const auto tagged = reader.next(der::tagged(0));
    const auto bytes = tagged ? Reader(tagged->content).next(der::sequence) : std::nullopt;
    if (!bytes) return std::nullopt;
    Reader inner(bytes->content);
    (void)inner.next(der::object_identifier);
    const auto octets = inner.next(der::octet_string);
    const auto basic = octets ? Reader(octets->content).next(der::sequence) : std::nullopt;
    if (!basic || basic->whole.size() != octets->content.size()) return std::nullopt;
    return read_signed_element(basic->content);
}

bool is_responder(const OCSP_BASICRESP* basic, X509* certificate) {
    const ASN1_OCTET_STRING* key = nullptr;
    const X509_NAME* name = nullptr;
    if (OCSP_resp_get0_id(basic, &key, &name) != 1) return false;
    if (name != nullptr) return X509_NAME_cmp(name, X509_get_subject_name(certificate)) == 0;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    return key != nullptr && X509_pubkey_digest(certificate, EVP_sha1(), digest.data(), &size) == 1 &&
           std::equal(digest.begin(), digest.begin() + size, ASN1_STRING_get0_data(key),
                      ASN1_STRING_get0_data(key) + ASN1_STRING_length(key));
}

bool may_answer(X509* certificate, UnixTime time) {
    const auto not_before =
        read_time(der_of([&](unsigned char** at) { return i2d_ASN1_TIME(X509_get0_notBefore(certificate), at); }));
    const auto not_after =
        read_time(der_of([&](unsigned char** at) { return i2d_ASN1_TIME(X509_get0_notAfter(certificate), at); }));
    return (X509_get_extension_flags(certificate) & EXFLAG_INVALID) == 0 &&
           (X509_get_extension_flags(certificate) & EXFLAG_XKUSAGE) != 0 &&
           (X509_get_extended_key_usage(certificate) & XKU_OCSP_SIGN) != 0 &&
           (X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0 && not_before &&
           not_after && *not_before <= time && time <= *not_after;
}

/// Who signed, as far as the issuer lets it: the issuer itself, or whom it named.
Result<void> check_signer(const OCSP_BASICRESP* basic, const SignedElement& signed_by, X509* issuer,
                          ByteView issuer_der, UnixTime produced, RevocationProof& proof) {
    if (is_responder(basic, issuer)) {
        if (is_signed_by(signed_by, issuer)) return {};
        return fail("ocsp.signature");
    }
    const auto* others = OCSP_resp_get0_certs(basic);
    for (int i = 0; i < sk_X509_num(others); ++i) {
        X509* candidate = sk_X509_value(others, i);
        if (!is_responder(basic, candidate)) continue;
        auto der = der_of([&](unsigned char** at) { return i2d_X509(candidate, at); });
        if (!is_issued_by(der, issuer_der) || !may_answer(candidate, produced)) return fail("ocsp.responder");
        if (!is_signed_by(signed_by, candidate)) return fail("ocsp.signature");
        proof.responder = std::move(der);
        proof.responder_needs_proof = X509_get_ext_by_NID(candidate, NID_id_pkix_OCSP_noCheck, -1) < 0;
        return {};
    }
    return fail("ocsp.responder");
}

/// The identifiers are compared by the digest that the answer uses; which that is makes no difference to what is meant.
bool is_about(const OCSP_SINGLERESP* answer, const X509* certificate, const X509* issuer) {
    const auto* stated = OCSP_SINGLERESP_get0_id(answer);
    ASN1_OBJECT* digest = nullptr;
    if (OCSP_id_get0_info(nullptr, &digest, nullptr, nullptr, const_cast<OCSP_CERTID*>(stated)) != 1) return false;
    const auto* method = EVP_get_digestbyobj(digest);
    if (method == nullptr) return false;
    const IdentifierOwner own(OCSP_cert_to_id(method, certificate, issuer));
    return own && OCSP_id_cmp(own.get(), stated) == 0;
}

Result<void> read_answer(OCSP_SINGLERESP* answer, RevocationProof& proof) {
    int reason = 0;
    ASN1_GENERALIZEDTIME* revoked = nullptr;
    ASN1_GENERALIZEDTIME* this_update = nullptr;
    ASN1_GENERALIZEDTIME* next_update = nullptr;
    const int status = OCSP_single_get0_status(answer, &reason, &revoked, &this_update, &next_update);
    const auto from = instant(this_update);
    // A critical extension that nobody here knows might say that the answer means something else.
    if (!from || OCSP_SINGLERESP_get_ext_by_critical(answer, 1, -1) >= 0) return fail("ocsp.format");
    proof.this_update = *from;
    proof.next_update = instant(next_update);
    if (next_update != nullptr && !proof.next_update) return fail("ocsp.format");
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        proof.revoked = instant(revoked);
        if (!proof.revoked) return fail("ocsp.format");
        return {};
    }
    if (status != V_OCSP_CERTSTATUS_GOOD) return fail("ocsp.unknown");
    return {};
}

}  // namespace

Result<Bytes> make_ocsp_request(ByteView certificate, ByteView issuer) {
    const ErrorQueueGuard guard;
    const auto parsed = parse_certificate(certificate);
    const auto parsed_issuer = parse_certificate(issuer);
    const RequestOwner request(OCSP_REQUEST_new());
    if (!parsed || !parsed_issuer || !request) return fail("certificate.format");
    // By SHA-1, as every responder knows it (RFC 5019, 2.1.1): it names the certificate, and protects nothing.
    IdentifierOwner identifier(OCSP_cert_to_id(EVP_sha1(), parsed.get(), parsed_issuer.get()));
    if (!identifier || OCSP_request_add0_id(request.get(), identifier.get()) == nullptr)
        return fail("certificate.format");
    (void)identifier.release();
    auto der = der_of([&](unsigned char** at) { return i2d_OCSP_REQUEST(request.get(), at); });
    if (der.empty()) return fail("certificate.format");
    return der;
}

Result<RevocationProof> read_ocsp_response(ByteView response, ByteView certificate, ByteView issuer) {
    const ErrorQueueGuard guard;
    const auto parsed = parse_certificate(certificate);
    const auto parsed_issuer = parse_certificate(issuer);
    if (!parsed || !parsed_issuer) return fail("certificate.format");
    const auto read = parse(response);
    if (!read) return fail("ocsp.format");
    if (const int status = OCSP_response_status(read.get()); status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return fail("ocsp.refused", {{"status", std::to_string(status)}});
    const BasicOwner basic(OCSP_response_get1_basic(read.get()));
    const auto signed_by = signed_part(response);
    if (!basic || !signed_by || OCSP_BASICRESP_get_ext_by_critical(basic.get(), 1, -1) >= 0) return fail("ocsp.format");
    const auto produced = instant(OCSP_resp_get0_produced_at(basic.get()));
    if (!produced) return fail("ocsp.format");
    RevocationProof proof;
    SJCODE_CHECK(check_signer(basic.get(), *signed_by, parsed_issuer.get(), issuer, *produced, proof));
    const int count = OCSP_resp_count(basic.get());
    for (int i = 0; i < count && i < most_answers; ++i) {
        auto* answer = OCSP_resp_get0(basic.get(), i);
        if (!is_about(answer, parsed.get(), parsed_issuer.get())) continue;
        SJCODE_CHECK(read_answer(answer, proof));
        return proof;
    }
    return fail("ocsp.other-certificate");
}

bool is_ocsp_response(ByteView bytes) {
    const ErrorQueueGuard guard;
    return parse(bytes) != nullptr;
}

}  // namespace sjcode::crypto
