// Unicode, as far as the format needs it (Unicode 15.0, by utf8proc).
#pragma once

#include "sjcode/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::unicode {

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;

/// Code points of strict UTF-8, or nothing.
std::optional<std::u32string> decode(std::string_view text);
std::string encode(std::u32string_view code_points);

/// Normal forms; nothing where the text is no UTF-8.
std::optional<std::string> nfc(std::string_view text);
std::optional<std::string> nfkc(std::string_view text);

/// A code or number as it is compared, however it was typed: ASCII for the full-width forms U+FF01 to U+FF5E, upper
/// case of ASCII letters, no white space. What is no UTF-8 stays as it is.
std::string typed_code(std::string_view text);

/// Property White_Space.
bool is_white_space(char32_t c) noexcept;
/// General categories Cc and Cf.
bool is_control_or_format(char32_t c) noexcept;
/// Whether a text has one of these, or is no UTF-8.
bool has_invisible(std::string_view text);

}  // namespace sjcode::unicode
