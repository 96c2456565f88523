// Which certificate a CMS signer means.
#pragma once

#include "crypto/signed_data_read.h"

namespace sjcode::crypto {

/// Those of the certificates that the signer's identifier names, each once.
std::vector<Bytes> certificates_of(const SignerInfo& signer, const std::vector<Bytes>& certificates);

/// True if the signer's identifier writes the issuer as the certificate does, to the byte, or gives the key instead.
bool writes_issuer_alike(const SignerInfo& signer, ByteView certificate);

/// True if the value of signing-certificate (RFC 2634, section 5.4) or signing-certificate-v2 (RFC 5035) names this
/// certificate first: by its digest, and by issuer and serial number where they are given.
bool names_certificate_v1(ByteView value, ByteView certificate);
bool names_certificate_v2(ByteView value, ByteView certificate);

}  // namespace sjcode::crypto
