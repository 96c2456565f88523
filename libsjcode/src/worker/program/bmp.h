// Reads BMP, as scanning programs write it: uncompressed, 1, 4, 8, 24 or 32 bits.
#pragma once

#include "sjcode/bytes.h"

namespace sjcode::worker {

struct Bitmap {
    Bytes rgb;  ///< rows from the top, three bytes a pixel
    int width = 0;
    int height = 0;
};

bool is_bmp(ByteView file) noexcept;
/// Throws Refusal.
Bitmap read_bmp(ByteView file);

}  // namespace sjcode::worker
