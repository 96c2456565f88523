// Text of documents, as a verdict shows it.
#pragma once

#include "sjcode/terminal_text.h"

#include <string>
#include <string_view>

namespace sjcode::verify {

/// Control and format characters of foreign text replaced by U+FFFD, so that it can neither move a cursor nor turn the
/// reading direction; line ends stay where `keep_lines`.
std::string harmless(std::string_view text, bool keep_lines = false);

}  // namespace sjcode::verify
