// A certificate that an institution makes for itself, for trials and for trust records kept as a folder.
#include "base/try.h"
#include "base/unicode.h"
#include "crypto/certificate_state.h"
#include "crypto/key_state.h"

#include <array>
#include <string>

namespace sjcode {
namespace {

using namespace crypto;

constexpr std::size_t longest_name = 64;  // ub-organization-name and its like, RFC 5280 appendix A.1
constexpr std::size_t longest_host = 253;
constexpr UnixTime end_of_9999 = 253'402'300'799;

Unexpected refuse(std::string field) {
    return fail("certificate.identity", {{"field", std::move(field)}});
}

Result<void> check_name(std::string_view value, const char* field) {
    const auto characters = unicode::decode(value);
    if (!characters || characters->empty() || characters->size() > longest_name) return refuse(field);
    for (const auto c : *characters)
        if (unicode::is_control_or_format(c)) return refuse(field);
    return {};
}

Result<void> check_identity(const InstitutionIdentity& identity) {
    SJCODE_CHECK(check_name(identity.licence, "licence"));
    SJCODE_CHECK(check_name(identity.name, "name"));
    SJCODE_CHECK(check_name(identity.short_name, "short_name"));
    // Whether it is a host as the format wants it, whoever makes the certificate has asked before: what may stand in
    // a dNSName at all is asked here.
    for (const auto& host : identity.hosts) {
        if (host.empty() || host.size() > longest_host) return refuse("hosts");
        for (const char c : host)
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '.') return refuse("hosts");
    }
    return {};
}

bool add_name(X509_NAME* subject, int field, const std::string& value) {
    return X509_NAME_add_entry_by_NID(subject, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.data()),
                                      static_cast<int>(value.size()), -1, 0) == 1;
}

bool set_names(X509* certificate, const InstitutionIdentity& identity) {
    X509_NAME* subject = X509_get_subject_name(certificate);
    return add_name(subject, NID_countryName, "CN") && add_name(subject, NID_organizationName, identity.name) &&
           add_name(subject, NID_organizationalUnitName, identity.short_name) &&
           add_name(subject, NID_serialNumber, identity.licence) &&
           // Programs that show who signed a PDF show the common name.
           add_name(subject, NID_commonName, identity.name) && X509_set_issuer_name(certificate, subject) == 1;
}

Result<void> set_serial_number(X509* certificate, const RandomSource& random) {
    std::array<std::uint8_t, 16> serial{};
    SJCODE_CHECK(random(serial));
    serial[0] &= 0x7F;      // RFC 5280, section 4.1.2.2: positive,
    serial.back() |= 0x01;  // and not zero
    const BignumOwner number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    if (!number || BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) == nullptr)
        return fail("certificate.format");
    return {};
}

bool add_extension(X509* certificate, int extension, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionOwner made(X509V3_EXT_conf_nid(nullptr, &context, extension, value.c_str()));
    return made && X509_add_ext(certificate, made.get(), -1) == 1;
}

bool add_extensions(X509* certificate, const InstitutionIdentity& identity) {
    std::string hosts;
    for (const auto& host : identity.hosts) hosts += (hosts.empty() ? "DNS:" : ",DNS:") + host;
    return add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
           add_extension(certificate, NID_subject_key_identifier, "hash") &&
           (hosts.empty() || add_extension(certificate, NID_subject_alt_name, hosts));
}

bool set_validity(X509* certificate, UnixTime not_before, UnixTime not_after) {
    // ASN1_TIME_adj with days and seconds, since time_t may be narrower than our times.
    const auto set = [](ASN1_TIME* time, UnixTime value) {
        return ASN1_TIME_adj(time, 0, static_cast<int>(value / 86'400), static_cast<long>(value % 86'400)) != nullptr;
    };
    return set(X509_getm_notBefore(certificate), not_before) && set(X509_getm_notAfter(certificate), not_after);
}

}  // namespace

Result<Certificate> Certificate::self_signed(const PrivateKey& key, const InstitutionIdentity& identity,
                                             UnixTime not_before, UnixTime not_after, const RandomSource& random) {
    const ErrorQueueGuard guard;
    SJCODE_CHECK(check_identity(identity));
    if (not_before < 0 || not_after <= not_before || not_after > end_of_9999) return fail("certificate.validity");
    const CertificateOwner certificate(X509_new());
    if (!certificate) return fail("certificate.format");
    SJCODE_CHECK(set_serial_number(certificate.get(), random));
    // The context is the key's own, with SM2's user id set: as GM/T 0015 signs certificates.
    const auto signing = copy_of(key.state().signing);
    if (!signing || X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
        !set_names(certificate.get(), identity) || !set_validity(certificate.get(), not_before, not_after) ||
        X509_set_pubkey(certificate.get(), key.state().key.get()) != 1 ||
        !add_extensions(certificate.get(), identity) || X509_sign_ctx(certificate.get(), signing.get()) <= 0)
        return fail("certificate.format");
    return certificate_of(certificate.get());
}

}  // namespace sjcode
