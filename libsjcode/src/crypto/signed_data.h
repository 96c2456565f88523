// Makes the CMS SignedData (RFC 5652) of a seal: detached, DER, as CAdES and PAdES B-B want it (ETSI EN 319 122-1 and
// 319 142-1, section 6.3); for SM2 with the object identifiers of GM/T 0010.
#pragma once

#include "sjcode/seal_key.h"

namespace sjcode::crypto {

/// `external_digest` is signer.digest() over the sealed bytes. The signed attributes are the content type, the digest
/// and signing-certificate-v2; there is no signing time, since PAdES has it in the PDF.
/// Errors: those of the signer, "certificate.format", "seal.digest" (not of that digest's size).
Result<Bytes> make_signed_data(const SealSigner& signer, ByteView external_digest);

/// No SignedData of this signer is larger; without a timestamp. Does not sign. Errors as make_signed_data.
Result<std::size_t> signed_data_size_bound(const SealSigner& signer);

/// The value of the only signature in what make_signed_data() gave: what a timestamp of it is over.
/// Errors: "certificate.format" where it is no such thing.
Result<Bytes> signature_value(ByteView signed_data);

/// Adds a timestamp token (RFC 3161, appendix A) as an unsigned attribute to what make_signed_data() gave.
Result<Bytes> add_signature_timestamp(ByteView signed_data, ByteView token);

}  // namespace sjcode::crypto
