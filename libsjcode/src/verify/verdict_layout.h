// Text of documents, as a verdict shows it.
#pragma once

#include "sjcode/terminal_text.h"

#include <string>
#include <string_view>

namespace sjcode::verify {

/// Control and format characters of foreign text replaced by U+FFFD, so that it can neither move a cursor nor turn the
/// reading direction; line ends stay where `keep_lines`.
std::string harmless(std::string_view text, bool keep_lines = false);

/// The characters of a text; each byte of foreign bytes that are no UTF-8 becomes U+FFFD.
std::u32string characters(std::string_view text);

/// Whether a line may end between two characters.
bool may_break(char32_t before, char32_t after) noexcept;

}  // namespace sjcode::verify
