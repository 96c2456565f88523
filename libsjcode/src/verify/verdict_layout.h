// Text of documents, as a verdict shows it.
#pragma once

#include "sjcode/terminal_text.h"

#include <string>
#include <string_view>

namespace sjcode::verify {

/// The characters of a text; each byte of foreign bytes that are no UTF-8 becomes U+FFFD.
std::u32string characters(std::string_view text);

/// Whether a line may end between two characters.
bool may_break(char32_t before, char32_t after) noexcept;

}  // namespace sjcode::verify
