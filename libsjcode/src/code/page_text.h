// The text of a page as its digest takes it: docs/code-format.md, section 5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// Without White_Space, Cc and Cf characters, in NFC; nothing where the text is no UTF-8.
std::optional<std::string> normalised_page_text(std::string_view text);

}  // namespace sjcode
