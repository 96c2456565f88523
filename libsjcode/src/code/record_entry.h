// One entry of a record: what may stand under which key. docs/code-format.md, section 5.
#pragma once

#include "code/cbor.h"
#include "sjcode/record.h"

namespace sjcode::record {

inline constexpr std::uint32_t fixed_entries = 12;
inline constexpr std::uint32_t first_extension = 64;
inline constexpr std::uint32_t last_extension = 999;
inline constexpr std::uint32_t page_base = 1'000;  ///< page i has key 1000 + i
inline constexpr std::size_t salt_size = 16;

constexpr bool is_fixed(std::uint64_t key) noexcept {
    return key >= 1 && key <= fixed_entries;
}
constexpr bool is_extension(std::uint64_t key) noexcept {
    return key >= first_extension && key <= last_extension;
}
constexpr bool is_page(std::uint64_t key) noexcept {
    return key > page_base && key <= 0xFFFF'FFFF;
}

/// "opinion", "page 3", "extension 64": as messages and JSON name an entry.
std::string entry_name(std::uint32_t key);

/// Takes `[salt, key, value]` apart, checks it by itself, and puts the value where it belongs: a page's digest is
/// appended to `values.pages`. Returns the key. Errors: "record.structure", "record.salt", "record.key", "record.null",
/// "record.value".
Result<std::uint32_t> read_entry(cbor::Reader& reader, RecordValues& values);

/// Writes the value of a fixed key; null where it is absent.
void write_value(cbor::Writer& writer, RecordKey key, const RecordValues& values);

}  // namespace sjcode::record
