// Byte sequences as the API takes and returns them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// An owned sequence of bytes.
using Bytes = std::vector<std::uint8_t>;

/// A view of bytes that somebody else owns; it must not outlive them.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, without a copy. The view must not outlive the text.
inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Bytes seen as text, without a copy and without any check of the encoding.
inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal digits, two a byte.
std::string to_hex(ByteView bytes);

}  // namespace sjcode
