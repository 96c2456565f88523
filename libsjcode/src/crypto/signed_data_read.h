// Takes a CMS SignedData (RFC 5652, and PKCS #7 before it) of anybody apart. Reading believes nothing: what is right
// and wrong about it is said by signed_data_check.h.
#pragma once

#include "crypto/message_digest.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <optional>
#include <string>
#include <vector>

namespace sjcode::crypto {

struct AlgorithmIdentifier {
    std::string identifier;  ///< dotted
    Bytes parameters{};      ///< whole element; empty where absent
};

struct Attribute {
    std::string type;  ///< dotted
    std::vector<Bytes> values{};
};

struct SignerInfo {
    unsigned version = 0;            ///< 1 or 3; 255 for what is out of range
    Bytes issuer{};                  ///< DER Name, empty where the key identifier is given instead
    Bytes serial{};                  ///< content of the INTEGER
    Bytes subject_key_identifier{};  ///< empty where issuer and serial number are given
    AlgorithmIdentifier digest_algorithm{};
    bool has_signed_attributes = false;
    bool are_attributes_ordered = true;  ///< as DER wants a SET OF
    /// The signed attributes as what is signed: with the tag of a SET. As they came, and in order.
    Bytes signed_attributes{};
    Bytes ordered_attributes{};
    std::vector<Attribute> attributes{};
    AlgorithmIdentifier signature_algorithm{};
    Bytes signature{};
    std::vector<Attribute> unsigned_attributes{};
};

struct SignedData {
    std::string type;      ///< SignedData's own identifier: RFC 5652's or GM/T 0010's
    std::size_t size = 0;  ///< bytes that the message takes; what follows is not looked at
    bool is_der = false;
    unsigned version = 0;        ///< 1 to 5; 255 for what is out of range
    std::string content_type{};  ///< of the encapsulated content
    std::optional<Bytes> content{};
    std::vector<AlgorithmIdentifier> digest_algorithms{};
    std::vector<Bytes> certificates{};
    std::size_t revocation_lists = 0;
    std::vector<SignerInfo> signers{};
};

/// Limits: 16 MiB, depth 48, 64 certificates, 16 signers, 64 attributes of each kind.
/// Errors: "cms.format", "cms.limit" ({limit}).
Result<SignedData> read_signed_data(ByteView bytes);

/// How often an attribute stands there, and the values of all of them.
struct Found {
    std::size_t count = 0;
    std::vector<ByteView> values{};
};
Found find(const std::vector<Attribute>& attributes, std::string_view type);

/// Nothing for a digest that is not known.
std::optional<DigestMethod> digest_method(std::string_view identifier) noexcept;

/// SEQUENCE { identifier, parameters OPTIONAL }; nothing where it is none.
std::optional<AlgorithmIdentifier> read_algorithm(ByteView element);

/// UTCTime or GeneralizedTime with Z, as RFC 5280 has them; fractions of a second are left out.
std::optional<UnixTime> read_time(ByteView element);

}  // namespace sjcode::crypto
