// Text in columns of a terminal, where a Chinese character takes two. Texts are UTF-8; bytes that are none count as one
// column each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// Columns that a text takes: 2 for each wide or full-width character (UAX #11), 0 for a combining mark.
std::size_t display_width(std::string_view text);

/// `text` and spaces up to `width` columns.
std::string padded(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken at line ends, between Chinese characters and at spaces, never before a
/// closing mark. A word that is longer is broken anywhere.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Control and format characters of foreign text replaced by U+FFFD, so that it can neither move a cursor, begin a line
/// nor turn the reading direction; line ends stay where `keep_lines`. Bytes that are no UTF-8 become U+FFFD too.
std::string harmless(std::string_view text, bool keep_lines = false);

}  // namespace sjcode
