// Proofs that a certificate was, or was not, revoked: OCSP responses (RFC 6960) and revocation lists (RFC 5280,
// section 5), of anybody. Nothing of them is believed before its signature is verified.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sjcode::crypto {

/// Where a certificate says that proofs, and its issuer's certificate, are to be had; http and https only.
struct RevocationSources {
    std::vector<std::string> responders{};
    std::vector<std::string> lists{};
    std::vector<std::string> issuers{};
};
RevocationSources revocation_sources(ByteView certificate);

/// What a proof says of one certificate.
struct RevocationProof {
    UnixTime this_update = 0;
    std::optional<UnixTime> next_update{};
    std::optional<UnixTime> revoked{};  ///< since when; nothing where it was good
    Bytes responder{};  ///< certificate that the issuer gave its responder; empty where it signed itself
    /// The responder's certificate does not say that it needs no proof of its own (id-pkix-ocsp-nocheck).
    bool responder_needs_proof = false;

    /// Whether it says something about that time: made before or after it, and not outdated by then.
    [[nodiscard]] bool covers(UnixTime time) const noexcept { return !next_update || *next_update >= time; }
};

/// The DER OCSPRequest about a certificate: one, without a nonce, since few responders answer those.
/// Error: "certificate.format".
Result<Bytes> make_ocsp_request(ByteView certificate, ByteView issuer);

/// Signed by the issuer or by a responder that it named for this (RFC 6960, 4.2.2.2), about that certificate.
/// Errors: "certificate.format", "ocsp.format", "ocsp.refused" ({status}), "ocsp.signature", "ocsp.responder",
/// "ocsp.other-certificate", "ocsp.unknown" (the responder does not know the certificate).
Result<RevocationProof> read_ocsp_response(ByteView response, ByteView certificate, ByteView issuer);

/// A whole list of the issuer's own for that kind of certificate; neither a delta nor an indirect one.
/// Errors: "certificate.format", "crl.format", "crl.issuer", "crl.signature", "crl.scope".
Result<RevocationProof> read_revocation_list(ByteView list, ByteView certificate, ByteView issuer);

/// Whether bytes are an OCSPResponse, or a CertificateList, and nothing besides: says nothing of what it is worth.
bool is_ocsp_response(ByteView bytes);
bool is_revocation_list(ByteView bytes);
bool is_certificate(ByteView bytes);

}  // namespace sjcode::crypto
