#include "crypto/signing_certificate.h"

#include "crypto/der.h"
#include "crypto/signature_verification.h"

#include <algorithm>

namespace sjcode::crypto {
namespace {

using der::Reader;

using NameOwner = Owner<X509_NAME, X509_NAME_free>;

bool equal(ByteView a, ByteView b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Names are compared as RFC 5280 (7.1) does: signers write the issuer with other string types than the certificate.
bool is_issuer(ByteView name, const X509* certificate) {
    const auto* at = name.data();
    const NameOwner parsed(d2i_X509_NAME(nullptr, &at, static_cast<long>(name.size())));
    return parsed && X509_NAME_cmp(parsed.get(), X509_get_issuer_name(certificate)) == 0;
}

bool has_serial(ByteView serial, const X509* certificate) {
    const auto der =
        der_of([&](unsigned char** at) { return i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), at); });
    return der == der::element(der::integer, serial);
}

bool has_key_identifier(ByteView identifier, X509* certificate) {
    const auto* own = X509_get0_subject_key_id(certificate);
    return own != nullptr &&
           equal(identifier, {ASN1_STRING_get0_data(own), static_cast<std::size_t>(ASN1_STRING_length(own))});
}

bool is_named(const SignerInfo& signer, ByteView der) {
    const auto certificate = parse_certificate(der);
    if (!certificate) return false;
    if (!signer.subject_key_identifier.empty())
        return has_key_identifier(signer.subject_key_identifier, certificate.get());
    return has_serial(signer.serial, certificate.get()) && is_issuer(signer.issuer, certificate.get());
}

/// IssuerSerial (RFC 5035): the issuer as GeneralNames with one directory name.
bool names_issuer(ByteView content, ByteView der) {
    Reader reader(content);
    const auto names = reader.next(der::sequence);
    const auto serial = reader.next(der::integer);
    const auto certificate = parse_certificate(der);
    if (!names || !serial || !certificate || !has_serial(serial->content, certificate.get())) return false;
    const auto directory = Reader(names->content).next(der::tagged(4));
    return directory && is_issuer(directory->content, certificate.get());
}

/// SEQUENCE { certs SEQUENCE OF ESSCertID…, policies }: the first identifier is the signer's own.
std::optional<der::Element> first_identifier(ByteView value) {
    const auto outer = Reader(value).next(der::sequence);
    if (!outer) return std::nullopt;
    const auto identifiers = Reader(outer->content).next(der::sequence);
    return identifiers ? Reader(identifiers->content).next(der::sequence) : std::nullopt;
}

bool names_certificate(Reader reader, DigestMethod method, ByteView certificate) {
    const auto hash = reader.next(der::octet_string);
    if (!hash || !equal(hash->content, digest_of(method, certificate))) return false;
    if (reader.at_end()) return true;
    const auto issuer = reader.next(der::sequence);
    return issuer && reader.at_end() && names_issuer(issuer->content, certificate);
}

}  // namespace

std::vector<Bytes> certificates_of(const SignerInfo& signer, const std::vector<Bytes>& certificates) {
    const ErrorQueueGuard guard;
    std::vector<Bytes> found;
    for (const auto& certificate : certificates)
        if (is_named(signer, certificate) && std::find(found.begin(), found.end(), certificate) == found.end())
            found.push_back(certificate);
    return found;
}

bool writes_issuer_alike(const SignerInfo& signer, ByteView certificate) {
    const ErrorQueueGuard guard;
    if (!signer.subject_key_identifier.empty()) return true;
    const auto parsed = parse_certificate(certificate);
    return parsed && signer.issuer == der_of([&](unsigned char** at) {
                         return i2d_X509_NAME(X509_get_issuer_name(parsed.get()), at);
                     });
}

bool names_certificate_v1(ByteView value, ByteView certificate) {
    const ErrorQueueGuard guard;
    const auto identifier = first_identifier(value);
    return identifier && names_certificate(Reader(identifier->content), DigestMethod::sha1, certificate);
}

bool names_certificate_v2(ByteView value, ByteView certificate) {
    const ErrorQueueGuard guard;
    const auto identifier = first_identifier(value);
    if (!identifier) return false;
    Reader reader(identifier->content);
    auto method = std::optional(DigestMethod::sha256);
    if (const auto algorithm = reader.next(der::sequence)) {
        const auto read = read_algorithm(algorithm->whole);
        method = read ? digest_method(read->identifier) : std::nullopt;
    }
    return method && names_certificate(reader, *method, certificate);
}

}  // namespace sjcode::crypto
