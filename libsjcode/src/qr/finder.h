// Finder patterns (ISO/IEC 18004, 6.3.3): the squares in three corners of a symbol.
#pragma once

#include "sjcode/qr.h"

#include <vector>

namespace sjcode::qr {

struct Finder {
    double x;
    double y;
    double module;  ///< size of a module in pixels
};

/// Places that look like a finder pattern in a black and white image (0 and 255), by the proportions 1:1:3:1:1 along
/// the rows, the columns and one diagonal. At most `most`, those seen on the most rows first.
std::vector<Finder> find_finders(const GreyImageView& image, std::size_t most);

/// Whether there are places that look like finder patterns, at least two: a symbol has three, of which one may be in a
/// bad state. For black on white, as small as 1.6 pixels a module.
bool may_hold_symbol(const GreyImageView& image);

}  // namespace sjcode::qr
