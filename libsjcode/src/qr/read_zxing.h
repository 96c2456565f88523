// The seam to the engine that reads QR symbols.
#pragma once

#include "sjcode/qr.h"

#include <vector>

namespace sjcode::qr {

/// How the engine turns grey into black and white.
enum class Threshold {
    local,   ///< against the neighbourhood: photographs, shadows
    global,  ///< one for the image, from its histogram
    fixed,   ///< the middle grey: images that are black and white already
};

/// All symbols that the engine reads in the image, taken as it is.
std::vector<ReadSymbol> engine_read(const GreyImageView& image, Threshold threshold);

}  // namespace sjcode::qr
