// Deterministic CBOR: docs/code-format.md, section 3 (RFC 8949, section 4.2.1).
//
// Reading is in two steps. open() checks everything that section 3 asks of an encoding, at once and without allocating;
// what it returns is then read by type. So no length that the input claims is ever believed before its bytes were seen.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sjcode::cbor {

inline constexpr std::size_t code_limit = 4'096;
inline constexpr std::size_t record_limit = 1'048'576;
inline constexpr int maximum_depth = 8;  ///< arrays, maps and tags in one another

/// Which order the keys of a map may stand in. Ours ascend; a token that others made by a standard need not.
enum class KeyOrder { ascending, any };
/// With KeyOrder::any, a map of more pairs must ascend all the same, so that equal keys are found in linear time.
inline constexpr std::size_t most_unordered_pairs = 32;

enum class Type { unsigned_integer, negative_integer, byte_string, text_string, array, map, tag, null, none };

/// Reads one item after the other from bytes that open() has checked. A read of another type than the one that is there
/// gives nothing and does not move. Borrows the bytes.
class Reader {
public:
    /// The type of the next item; none at the end.
    [[nodiscard]] Type type() const noexcept;
    [[nodiscard]] bool at_end() const noexcept { return position_ == bytes_.size(); }

    std::optional<std::uint64_t> unsigned_integer() noexcept;
    /// Either sign; nothing too for what does not fit.
    std::optional<std::int64_t> integer() noexcept;
    std::optional<ByteView> byte_string() noexcept;
    /// Valid UTF-8.
    std::optional<std::string_view> text_string() noexcept;
    /// Enters an array: its number of items, which follow.
    std::optional<std::uint64_t> array() noexcept;
    /// Enters a map: its number of pairs; key and value of each follow, in ascending order of the keys' bytes.
    std::optional<std::uint64_t> map() noexcept;
    /// Enters a tag: its number; what it stands before follows.
    std::optional<std::uint64_t> tag() noexcept;
    bool null() noexcept;
    /// The bytes of the whole next item; empty at the end.
    ByteView item() noexcept;

private:
    friend Result<Reader> open(ByteView bytes, std::size_t limit, KeyOrder order);
    friend Reader reader_of(ByteView item) noexcept;
    explicit Reader(ByteView bytes) noexcept : bytes_(bytes) {}

    std::optional<std::uint64_t> head(Type wanted) noexcept;
    std::optional<ByteView> string(Type wanted) noexcept;

    ByteView bytes_;
    std::size_t position_ = 0;
};

/// Checks that the bytes are one item in the encoding of section 3, of at most `limit` bytes.
/// Errors, with the offset: "cbor.size", "cbor.truncated", "cbor.not-shortest", "cbor.indefinite", "cbor.reserved",
/// "cbor.float", "cbor.simple" (any but null), "cbor.tag", "cbor.depth", "cbor.utf8", "cbor.unsorted-keys",
/// "cbor.duplicate-key", "cbor.trailing".
Result<Reader> open(ByteView bytes, std::size_t limit, KeyOrder order = KeyOrder::ascending);

/// Reads an item that Reader::item() gave.
Reader reader_of(ByteView item) noexcept;

/// Writes items one after the other. The caller writes as many items as array() and map() announce, map keys ascending.
class Writer {
public:
    Writer& unsigned_integer(std::uint64_t value);
    Writer& integer(std::int64_t value);
    Writer& byte_string(ByteView value);
    /// `value` must be valid UTF-8.
    Writer& text_string(std::string_view value);
    Writer& array(std::uint64_t count);
    Writer& map(std::uint64_t pairs);
    Writer& tag(std::uint64_t number);
    Writer& null();
    /// An item that is encoded already.
    Writer& item(ByteView encoded);

    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    Bytes take() noexcept { return std::move(bytes_); }

private:
    void head(unsigned major, std::uint64_t argument);
    Bytes bytes_;
};

}  // namespace sjcode::cbor
