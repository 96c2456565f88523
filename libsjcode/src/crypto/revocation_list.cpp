#include "crypto/openssl.h"
#include "crypto/revocation.h"
#include "crypto/signature_verification.h"
#include "crypto/signed_element.h"

#include <algorithm>

namespace sjcode::crypto {
namespace {

using ListOwner = Owner<X509_CRL, X509_CRL_free>;
using PointOwner = Owner<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;
using PointsOwner = Owner<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;

std::optional<UnixTime> instant(const ASN1_TIME* time) {
    if (time == nullptr) return std::nullopt;
    return read_time(der_of([&](unsigned char** at) { return i2d_ASN1_TIME(time, at); }));
}

ListOwner parse(ByteView bytes) {
    const auto encoding = der::examine(bytes);
    if (!encoding || encoding->size != bytes.size() || !encoding->is_definite) return {};
    const auto* at = bytes.data();
    ListOwner list(d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())));
    return at == bytes.data() + bytes.size() ? std::move(list) : ListOwner();
}

bool has_unknown_critical_extension(const X509_CRL* list) {
    for (int i = 0; i < X509_CRL_get_ext_count(list); ++i) {
        X509_EXTENSION* extension = X509_CRL_get_ext(list, i);
        if (X509_EXTENSION_get_critical(extension) != 1) continue;
        const int name = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
        if (name != NID_issuing_distribution_point && name != NID_authority_key_identifier && name != NID_crl_number)
            return true;
    }
    return false;
}

/// Names of one point that are both full (RFC 5280, 6.3.3 b 2 i).
bool have_common_name(const DIST_POINT_NAME* a, const DIST_POINT_NAME* b) {
    constexpr int full = 0;
    if (a == nullptr || b == nullptr || a->type != full || b->type != full) return false;
    for (int i = 0; i < sk_GENERAL_NAME_num(a->name.fullname); ++i)
        for (int k = 0; k < sk_GENERAL_NAME_num(b->name.fullname); ++k)
            if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(a->name.fullname, i),
                                 sk_GENERAL_NAME_value(b->name.fullname, k)) == 0)
                return true;
    return false;
}

/// A part of the issuer's certificates: those that name the same point.
bool is_for_point(const ISSUING_DIST_POINT* scope, const X509* certificate) {
    if (scope->distpoint == nullptr) return true;
    const PointsOwner points(
        static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(certificate, NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i)
        if (have_common_name(scope->distpoint, sk_DIST_POINT_value(points.get(), i)->distpoint)) return true;
    return false;
}

bool is_in_scope(const X509_CRL* list, X509* certificate) {
    if (X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0 || has_unknown_critical_extension(list)) return false;
    int critical = 0;
    const PointOwner scope(static_cast<ISSUING_DIST_POINT*>(
        X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, &critical, nullptr)));
    // −1: it is not there; then the list is of all certificates of the issuer.
    if (!scope) return critical == -1;
    const bool is_authority = (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
    return scope->indirectCRL <= 0 && scope->onlyattr <= 0 && scope->onlysomereasons == nullptr &&
           !(scope->onlyuser > 0 && is_authority) && !(scope->onlyCA > 0 && !is_authority) &&
           is_for_point(scope.get(), certificate);
}

}  // namespace

Result<RevocationProof> read_revocation_list(ByteView list, ByteView certificate, ByteView issuer) {
    const ErrorQueueGuard guard;
    const auto parsed = parse_certificate(certificate);
    const auto parsed_issuer = parse_certificate(issuer);
    if (!parsed || !parsed_issuer) return fail("certificate.format");
    const auto read = parse(list);
    const auto outer = der::Reader(list).next(der::sequence);
    const auto signed_by = outer ? read_signed_element(outer->content) : std::nullopt;
    if (!read || !signed_by || !signed_by->rest.empty()) return fail("crl.format");
    if (X509_NAME_cmp(X509_CRL_get_issuer(read.get()), X509_get_subject_name(parsed_issuer.get())) != 0 ||
        (X509_get_key_usage(parsed_issuer.get()) & KU_CRL_SIGN) == 0)
        return fail("crl.issuer");
    if (!is_signed_by(*signed_by, parsed_issuer.get())) return fail("crl.signature");
    if (!is_in_scope(read.get(), parsed.get())) return fail("crl.scope");
    RevocationProof proof;
    const auto from = instant(X509_CRL_get0_lastUpdate(read.get()));
    proof.next_update = instant(X509_CRL_get0_nextUpdate(read.get()));
    // RFC 5280 (5.1.2.5) wants it: without it nobody knows how old a list may be.
    if (!from || !proof.next_update) return fail("crl.format");
    proof.this_update = *from;
    X509_REVOKED* entry = nullptr;
    if (X509_CRL_get0_by_serial(read.get(), &entry, X509_get0_serialNumber(parsed.get())) == 1) {
        proof.revoked = instant(X509_REVOKED_get0_revocationDate(entry));
        if (!proof.revoked) return fail("crl.format");
    }
    return proof;
}

bool is_revocation_list(ByteView bytes) {
    const ErrorQueueGuard guard;
    return parse(bytes) != nullptr;
}

}  // namespace sjcode::crypto
