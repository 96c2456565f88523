// Reads ASN.1's basic and distinguished encodings (X.690) within limits, of bytes from anybody.
#pragma once

#include "base/byte_reader.h"
#include "sjcode/result.h"

#include <optional>
#include <string>

namespace sjcode::crypto::der {

// Identifier octets
inline constexpr std::uint8_t boolean = 0x01;
inline constexpr std::uint8_t integer = 0x02;
inline constexpr std::uint8_t bit_string = 0x03;
inline constexpr std::uint8_t octet_string = 0x04;
inline constexpr std::uint8_t object_identifier = 0x06;
inline constexpr std::uint8_t utc_time = 0x17;
inline constexpr std::uint8_t generalized_time = 0x18;
inline constexpr std::uint8_t sequence = 0x30;
inline constexpr std::uint8_t set = 0x31;
/// [number], constructed; numbers below 31.
constexpr std::uint8_t tagged(unsigned number) noexcept {
    return static_cast<std::uint8_t>(0xA0 | number);
}
/// [number] IMPLICIT of a primitive type.
constexpr std::uint8_t tagged_primitive(unsigned number) noexcept {
    return static_cast<std::uint8_t>(0x80 | number);
}

struct Limits {
    std::size_t size = 16u << 20;  ///< a message that carries revocation lists has megabytes
    std::size_t depth = 48;
};

/// How the first element of some bytes is encoded.
struct Encoding {
    std::size_t size;  ///< of the element; what follows is not looked at
    bool is_der;       ///< as far as that can be told without the types: of tagged sets the order is not looked at
    bool is_definite;  ///< no indefinite length, no string in pieces: a Reader can read it
};

/// Walks through all of the first element. Errors: "cms.format" (no such encoding), "cms.limit" ({limit}).
Result<Encoding> examine(ByteView bytes, const Limits& limits = {});

/// The element, which examine() has passed, with definite lengths and strings in one piece. What needs no change is
/// copied to the byte, so that certificates inside keep what their issuer signed.
Bytes definite(ByteView element);

struct Element {
    std::uint8_t identifier;
    ByteView content;
    ByteView whole;
};

/// Reads the elements that stand one after the other in some bytes, of definite length each.
class Reader {
public:
    explicit Reader(ByteView bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] bool at_end() const noexcept { return bytes_.empty(); }
    /// The next element, or nothing at the end and where there is none; then the reader does not move.
    std::optional<Element> next() noexcept;
    /// The same, where it has this identifier.
    std::optional<Element> next(std::uint8_t identifier) noexcept;
    [[nodiscard]] std::optional<std::uint8_t> peek() const noexcept;

private:
    ByteView bytes_;
};

/// The dotted form of an OBJECT IDENTIFIER's content; empty where it is none, or has arcs of 2^63 and more.
std::string dotted(ByteView content);

/// An element around some content.
Bytes element(std::uint8_t identifier, ByteView content);

/// The same elements in the order of DER (X.690, 11.6).
Bytes sorted(ByteView elements);

}  // namespace sjcode::crypto::der
