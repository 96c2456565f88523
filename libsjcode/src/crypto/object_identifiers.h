// Object identifiers of signatures, in the dotted form.
#pragma once

#include <string_view>

namespace sjcode::crypto::oid {

// Content types: RFC 5652, GM/T 0010 (its own of the same meaning, for SM2), RFC 3161
inline constexpr std::string_view data = "1.2.840.113549.1.7.1";
inline constexpr std::string_view signed_data = "1.2.840.113549.1.7.2";
inline constexpr std::string_view sm2_data = "1.2.156.10197.6.1.4.2.1";
inline constexpr std::string_view sm2_signed_data = "1.2.156.10197.6.1.4.2.2";
inline constexpr std::string_view timestamp_info = "1.2.840.113549.1.9.16.1.4";

// Attributes: RFC 5652, RFC 5035, RFC 3161
inline constexpr std::string_view content_type = "1.2.840.113549.1.9.3";
inline constexpr std::string_view message_digest = "1.2.840.113549.1.9.4";
inline constexpr std::string_view signing_time = "1.2.840.113549.1.9.5";
inline constexpr std::string_view signing_certificate = "1.2.840.113549.1.9.16.2.12";
inline constexpr std::string_view signing_certificate_v2 = "1.2.840.113549.1.9.16.2.47";
inline constexpr std::string_view signature_timestamp = "1.2.840.113549.1.9.16.2.14";

// Signature algorithms: RFC 8017, RFC 5758, RFC 8410, GM/T 0006
inline constexpr std::string_view rsa = "1.2.840.113549.1.1.1";
inline constexpr std::string_view rsa_pss = "1.2.840.113549.1.1.10";
inline constexpr std::string_view mgf1 = "1.2.840.113549.1.1.8";
inline constexpr std::string_view rsa_sha256 = "1.2.840.113549.1.1.11";
inline constexpr std::string_view rsa_sha384 = "1.2.840.113549.1.1.12";
inline constexpr std::string_view rsa_sha512 = "1.2.840.113549.1.1.13";
inline constexpr std::string_view ec_key = "1.2.840.10045.2.1";
inline constexpr std::string_view ecdsa_sha256 = "1.2.840.10045.4.3.2";
inline constexpr std::string_view ecdsa_sha384 = "1.2.840.10045.4.3.3";
inline constexpr std::string_view ecdsa_sha512 = "1.2.840.10045.4.3.4";
inline constexpr std::string_view dsa_key = "1.2.840.10040.4.1";
inline constexpr std::string_view ed25519 = "1.3.101.112";
inline constexpr std::string_view sm2_signature = "1.2.156.10197.1.301.1";
inline constexpr std::string_view sm2_with_sm3 = "1.2.156.10197.1.501";

// Digests
inline constexpr std::string_view md5 = "1.2.840.113549.2.5";
inline constexpr std::string_view ripemd160 = "1.3.36.3.2.1";
inline constexpr std::string_view sha1 = "1.3.14.3.2.26";
inline constexpr std::string_view sha224 = "2.16.840.1.101.3.4.2.4";
inline constexpr std::string_view sha256 = "2.16.840.1.101.3.4.2.1";
inline constexpr std::string_view sha384 = "2.16.840.1.101.3.4.2.2";
inline constexpr std::string_view sha512 = "2.16.840.1.101.3.4.2.3";
inline constexpr std::string_view sha3_256 = "2.16.840.1.101.3.4.2.8";
inline constexpr std::string_view sha3_384 = "2.16.840.1.101.3.4.2.9";
inline constexpr std::string_view sha3_512 = "2.16.840.1.101.3.4.2.10";
inline constexpr std::string_view sm3 = "1.2.156.10197.1.401";

}  // namespace sjcode::crypto::oid
