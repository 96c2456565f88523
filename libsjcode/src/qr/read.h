// How hard an image is read: the worker reads many pages, and most have no symbol.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/result.h"

#include <vector>

namespace sjcode::qr {

enum class Effort {
    quick,     ///< a few sizes: enough for what was rendered
    thorough,  ///< everything: photographs and scans
};

/// As read_qr().
Result<std::vector<ReadSymbol>> read(const GreyImageView& image, Effort effort);

/// Whether there are at least three places that look like finder patterns.
bool may_hold_symbol(const GreyImageView& image);

}  // namespace sjcode::qr
