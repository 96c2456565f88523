// Writes PNG (ISO/IEC 15948): eight bits, RGB, nothing but the image.
#pragma once

#include "sjcode/bytes.h"

#include <cstdint>

namespace sjcode::worker {

/// `rgb` holds 3 × width bytes a row.
Bytes write_png(ByteView rgb, std::uint32_t width, std::uint32_t height, double dpi);

}  // namespace sjcode::worker
