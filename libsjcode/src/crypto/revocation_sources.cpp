#include "crypto/openssl.h"
#include "crypto/revocation.h"
#include "crypto/signature_verification.h"

namespace sjcode::crypto {
namespace {

using AccessOwner = Owner<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using PointsOwner = Owner<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;

constexpr std::size_t most_addresses = 8;
constexpr std::size_t longest_address = 2'048;

void add_address(const GENERAL_NAME* name, std::vector<std::string>& addresses) {
    int type = 0;
    const auto* value = static_cast<const ASN1_IA5STRING*>(GENERAL_NAME_get0_value(name, &type));
    if (type != GEN_URI || addresses.size() >= most_addresses) return;
    std::string address(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                        static_cast<std::size_t>(ASN1_STRING_length(value)));
    // Whoever made the certificate chose it; nothing but the web is asked (LDAP is named besides, often).
    const bool is_web = address.starts_with("http://") || address.starts_with("https://");
    bool is_plain = is_web && address.size() <= longest_address;
    for (const char c : address) is_plain &= c > 0x20 && c < 0x7F;
    if (is_plain) addresses.push_back(std::move(address));
}

}  // namespace

RevocationSources revocation_sources(ByteView certificate) {
    const ErrorQueueGuard guard;
    RevocationSources sources;
    const auto parsed = parse_certificate(certificate);
    if (!parsed) return sources;
    const AccessOwner access(
        static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(parsed.get(), NID_info_access, nullptr, nullptr)));
    for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const auto* one = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        const int method = OBJ_obj2nid(one->method);
        if (method == NID_ad_OCSP) add_address(one->location, sources.responders);
        if (method == NID_ad_ca_issuers) add_address(one->location, sources.issuers);
    }
    const PointsOwner points(
        static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(parsed.get(), NID_crl_distribution_points, nullptr, nullptr)));
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
        const auto* point = sk_DIST_POINT_value(points.get(), i);
        // Lists of others than the issuer, or of some reasons only, are not used.
        if (point->distpoint == nullptr || point->distpoint->type != 0 || point->CRLissuer != nullptr ||
            point->reasons != nullptr)
            continue;
        for (int k = 0; k < sk_GENERAL_NAME_num(point->distpoint->name.fullname); ++k)
            add_address(sk_GENERAL_NAME_value(point->distpoint->name.fullname, k), sources.lists);
    }
    return sources;
}

bool is_certificate(ByteView bytes) {
    return parse_certificate(bytes) != nullptr;
}

}  // namespace sjcode::crypto
