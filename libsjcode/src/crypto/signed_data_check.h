// What is right and wrong about the CMS message in a PDF signature, anybody's: rule B3 of the audit. Whether its
// signer is to be trusted is another question (chain.h).
#pragma once

#include "crypto/signed_data_read.h"
#include "crypto/timestamp_info.h"

#include <functional>

namespace sjcode::crypto {

/// What the SubFilter says (ISO 32000-2, 12.8.3), or where the message stands.
enum class SignedDataUse {
    cades_detached,  ///< ETSI.CAdES.detached, and sjcode's own seals
    pkcs7_detached,  ///< adbe.pkcs7.detached
    pkcs7_sha1,      ///< adbe.pkcs7.sha1: the message holds the SHA-1 digest of the bytes
    timestamp,       ///< ETSI.RFC3161, and the token of a signature timestamp
};

/// The digest of the bytes outside: of the ByteRange, or of the signature value that a timestamp is over.
using ExternalDigest = std::function<Bytes(DigestMethod)>;

struct SignedDataFault {
    bool fails;  ///< else it warns
    std::string code;
    Parameters parameters{};
};

struct SignedDataCheck {
    std::optional<SignedData> data{};       ///< nothing where it could not be read
    std::vector<SignedDataFault> faults{};  ///< in the order of reading
    std::size_t trailing = 0;               ///< bytes after the message
    bool is_trailing_zero = true;           ///< as a PDF's placeholder is filled up

    // Of the first signer; more than one is a fault.
    Bytes certificate{};                           ///< DER of the signer's; empty where it is not among those given
    std::optional<DigestMethod> message_digest{};  ///< of the bytes outside
    std::optional<DigestMethod> signature_digest{};
    std::string key_algorithm{};  ///< "rsa", "ec", "dsa", "ed25519", "ed448", "sm2"
    int key_bits = 0;
    bool is_digest_equal = false;              ///< the bytes outside are those that were signed
    bool is_signature_valid = false;           ///< under the certificate's key
    bool is_certificate_signed = false;        ///< a signing-certificate attribute names it
    std::optional<UnixTime> signing_time{};    ///< the signer's own word
    Bytes signature_timestamp{};               ///< token; empty where there is none
    std::optional<TimestampInfo> timestamp{};  ///< where the message is one

    [[nodiscard]] bool fails() const noexcept;
};

/// `contents` is the value of /Contents, zeros at its end included.
SignedDataCheck check_signed_data(ByteView contents, SignedDataUse use, const ExternalDigest& external);

/// adbe.x509.rsa_sha1: an OCTET STRING with a PKCS #1 signature, the certificates in the dictionary's /Cert, the
/// signer's first. `data` stays empty.
SignedDataCheck check_x509_rsa_sha1(ByteView contents, const std::vector<Bytes>& certificates,
                                    const ExternalDigest& external);

}  // namespace sjcode::crypto
