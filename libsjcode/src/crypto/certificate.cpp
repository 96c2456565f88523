#include "sjcode/certificate.h"

#include "base/civil_time.h"
#include "base/try.h"
#include "base/unicode.h"
#include "crypto/certificate_state.h"
#include "crypto/key_state.h"

#include <openssl/pem.h>

#include <ctime>
#include <limits>
#include <optional>

namespace sjcode {
namespace {

using namespace crypto;

/// A field of the subject; empty where it is missing. Twice the same field would leave it to chance which one is
/// believed, so that is an error.
Result<std::string> subject_field(const X509* certificate, int field) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int index = X509_NAME_get_index_by_NID(subject, field, -1);
    if (index < 0) return std::string();
    if (X509_NAME_get_index_by_NID(subject, field, index) >= 0) return fail("certificate.format");
    const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index));
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, value);
    if (size < 0) return fail("certificate.format");
    std::string result(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
    OPENSSL_free(text);
    // A zero byte makes programs disagree about where the name ends.
    if (!unicode::is_utf8(result) || result.find('\0') != std::string::npos) return fail("certificate.format");
    return result;
}

Result<std::vector<std::string>> host_names(const X509* certificate) {
    int critical = 0;
    const GeneralNamesOwner names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, &critical, nullptr)));
    std::vector<std::string> hosts;
    // −1: not there; anything else without names is there and broken, or there twice.
    if (!names) {
        if (critical == -1) return hosts;
        return fail("certificate.format");
    }
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        int type = 0;
        const auto* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type);
        if (type != GEN_DNS) continue;
        const auto* name = static_cast<const ASN1_IA5STRING*>(value);
        std::string host;
        for (const auto byte :
             std::span(ASN1_STRING_get0_data(name), static_cast<std::size_t>(ASN1_STRING_length(name)))) {
            if (byte <= 0x20 || byte >= 0x7F) return fail("certificate.format");
            host.push_back(static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte));
        }
        hosts.push_back(std::move(host));
    }
    return hosts;
}

std::optional<UnixTime> unix_time(const ASN1_TIME* time) {
    std::tm fields{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &fields) != 1) return std::nullopt;
    const auto day = days_from_civil({fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday});
    return day * 86'400 + UnixTime{fields.tm_hour} * 3'600 + UnixTime{fields.tm_min} * 60 + fields.tm_sec;
}

Result<Certificate> certificate_from_der(ByteView der) {
    const auto* at = der.data();
    const CertificateOwner certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate || at != der.data() + der.size()) return fail("certificate.format");
    return certificate_of(certificate.get());
}

Result<Certificate> certificate_from_pem(ByteView pem) {
    if (pem.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return fail("certificate.format");
    const BioOwner memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Passphrase none({});
    const CertificateOwner certificate(PEM_read_bio_X509(memory.get(), nullptr, Passphrase::give, &none));
    if (!certificate) return fail("certificate.format");
    return certificate_of(certificate.get());
}

}  // namespace

namespace crypto {

Result<Certificate> certificate_of(const X509* certificate) {
    const ErrorQueueGuard guard;
    const auto key_der =
        der_of([&](unsigned char** at) { return i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), at); });
    SJCODE_TRY(auto key, PublicKey::from_der(key_der));
    InstitutionIdentity identity;
    SJCODE_TRY(identity.licence, subject_field(certificate, NID_serialNumber));
    SJCODE_TRY(identity.name, subject_field(certificate, NID_organizationName));
    SJCODE_TRY(identity.short_name, subject_field(certificate, NID_organizationalUnitName));
    SJCODE_TRY(identity.hosts, host_names(certificate));
    const auto not_before = unix_time(X509_get0_notBefore(certificate));
    const auto not_after = unix_time(X509_get0_notAfter(certificate));
    auto der = der_of([&](unsigned char** at) { return i2d_X509(certificate, at); });
    if (!not_before || !not_after || der.empty()) return fail("certificate.format");
    return Certificate(std::make_shared<const Certificate::State>(
        Certificate::State{std::move(der), std::move(identity), std::move(key), *not_before, *not_after}));
}

}  // namespace crypto

Result<Certificate> Certificate::parse(ByteView pem_or_der) {
    const ErrorQueueGuard guard;
    return as_text(pem_or_der).find("-----BEGIN ") == std::string_view::npos ? certificate_from_der(pem_or_der)
                                                                             : certificate_from_pem(pem_or_der);
}

Result<Certificate> Certificate::from_pkcs12(ByteView pkcs12, std::string_view passphrase) {
    auto opened = open_pkcs12(pkcs12, passphrase);
    if (!opened) return fail(opened.error().code == "key.format" ? "certificate.format" : opened.error().code);
    if (!opened->certificate) return fail("certificate.format");
    return certificate_of(opened->certificate.get());
}

const InstitutionIdentity& Certificate::identity() const noexcept {
    return state_->identity;
}
const PublicKey& Certificate::public_key() const noexcept {
    return state_->public_key;
}
UnixTime Certificate::not_before() const noexcept {
    return state_->not_before;
}
UnixTime Certificate::not_after() const noexcept {
    return state_->not_after;
}
Digest Certificate::fingerprint() const {
    return digest(DigestAlgorithm::sha256, state_->der);
}
const Bytes& Certificate::der() const noexcept {
    return state_->der;
}

std::string Certificate::to_pem() const {
    const ErrorQueueGuard guard;
    const BioOwner memory(BIO_new(BIO_s_mem()));
    const auto size = static_cast<long>(state_->der.size());
    if (!memory || PEM_write_bio(memory.get(), PEM_STRING_X509, "", state_->der.data(), size) <= 0) return {};
    return std::string(as_text(content(memory.get())));
}

}  // namespace sjcode
