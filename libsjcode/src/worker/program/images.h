// Photographs and scans: PNG, JPEG, TIFF, WebP, GIF by libvips, BMP by a reader of ours.
#pragma once

#include "sjcode/bytes.h"
#include "worker/program/page_reading.h"

#include <cstdint>

namespace sjcode::worker {

/// Pages of a TIFF, 1 for any other image. Throws Refusal.
std::uint32_t image_pages(ByteView file);

/// A page, from 1, turned as its Exif says, transparent parts white. Throws Refusal.
TwoGreys load_image(ByteView file, std::uint32_t page);

}  // namespace sjcode::worker
