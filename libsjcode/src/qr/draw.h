// Symbols before they are drawn.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/result.h"

#include <cstddef>

namespace sjcode::qr {

/// A symbol of the version that draw_qr would choose for as many bytes and digits, without its modules: for those who
/// only need its size. Error: "qr.too-large".
Result<QrSymbol> blank_symbol(std::size_t byte_count, std::size_t digit_count, QrLevel level, int version_limit);

}  // namespace sjcode::qr
