// Whoever fetches proofs that certificates were not revoked: OCSP responses (RFC 6960) and revocation lists (RFC 5280,
// section 5). The library opens no connection; the caller hands these in.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <string>
#include <vector>

namespace sjcode {

/// Asks an OCSP responder. Must be callable from any thread.
class OcspClient {
public:
    virtual ~OcspClient() = default;
    /// Gets the address that the certificate in question names (http or https; whoever made the certificate chose it)
    /// and a DER OCSPRequest (over HTTP: POST as application/ocsp-request). Returns the body of the answer, an
    /// OCSPResponse, unchecked: the library checks it. An answer is some kilobytes; more than a megabyte may be
    /// refused. Fails with a code of the caller's where nothing came, came in time, or came whole.
    virtual Result<Bytes> request(const std::string& url, ByteView ocsp_request) const = 0;
};

/// Fetches revocation lists. Must be callable from any thread.
class CrlClient {
public:
    virtual ~CrlClient() = default;
    /// What stands at an address that a certificate names: a CertificateList, or an issuer's certificate, unchecked. A
    /// list may have megabytes; more than 16 may be refused. Fails as OcspClient does.
    virtual Result<Bytes> fetch(const std::string& url) const = 0;
};

/// Both clients must outlive what uses them.
struct RevocationClients {
    const OcspClient& ocsp;
    const CrlClient& crl;
    /// DER certificates that lead from signers to their roots, where neither the signatures hold them nor an address in
    /// a certificate gives them.
    std::vector<Bytes> certificates{};
};

}  // namespace sjcode
