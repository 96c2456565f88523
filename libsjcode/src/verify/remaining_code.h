// Finds codes that lie in a PDF's bytes though no reader reaches them.
#pragma once

#include "sjcode/verify.h"

#include <vector>

namespace sjcode {

/// Codes, with their records, in annotations of ours that were freed, or lie in a file whose structure is lost: found
/// by their names in the bytes, of page 0. Only what decodes as a code counts. That one is found says that something
/// was altered, and is never a way to pass.
std::vector<CarriedCode> find_remaining_codes(ByteView pdf);

}  // namespace sjcode
