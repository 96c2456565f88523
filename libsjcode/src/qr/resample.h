// Grey images made from grey images: other sizes, other contrast.
#pragma once

#include "sjcode/qr.h"

namespace sjcode::qr {

/// A copy without padding.
GreyImage copy(const GreyImageView& image);

/// `factor` (at least 2) times as large, by cubic interpolation.
GreyImage enlarge(const GreyImageView& image, int factor);

/// One `factor`-th (at least 2) of the size: the mean of each square; an incomplete last row or column is left out.
GreyImage shrink(const GreyImageView& image, int factor);

/// Black and white: black where a pixel is at most `percent` of the mean of the square of `2 × radius + 1` pixels
/// around it. A low percentage lets coloured seals and shadows vanish and keeps black print.
GreyImage local_threshold(const GreyImageView& image, int radius, int percent);

/// The darkest or brightest of the 3 × 3 neighbours of each pixel: closes gaps in print, or takes specks away.
enum class Extreme { darkest, brightest };
GreyImage neighbourhood(const GreyImageView& image, Extreme extreme);

/// The mean of the 3 × 3 neighbours, three times over: takes away noise and the dots of a printing screen.
GreyImage smooth(const GreyImageView& image);

/// Details stronger by the difference from the surroundings (of `radius` pixels).
GreyImage sharpen(const GreyImageView& image, int radius);

/// Black for white.
GreyImage invert(const GreyImageView& image);

/// Turned by an eighth of a turn, on white; `shift` is where the old origin lies in the new image.
struct Turned {
    GreyImage image;
    double shift_x = 0;
    double shift_y = 0;
};
Turned turn_by_eighth(const GreyImageView& image);

/// Paints the quadrilateral (corners in order, a little enlarged) white.
void erase(GreyImage& image, const std::array<std::array<int, 2>, 4>& corners);

}  // namespace sjcode::qr
