// A page as it is seen: points and millimetres from its lower left corner, and where ink is.
#pragma once

#include "sjcode/qr.h"

#include "pdf/page_tree.h"

namespace sjcode {

constexpr double points_per_mm = 72.0 / 25.4;

/// A rectangle of default user space as it lies on the seen page, in points from its lower left corner.
pdf::Box seen_box(const pdf::Page& page, const pdf::Box& user_space);

/// The share of pixels within a box of the seen page (in points) that are darker than paper, 0 to 1. The box is cut to
/// the image.
double ink_share(const GreyImage& image, const pdf::Page& page, const pdf::Box& box);

}  // namespace sjcode
