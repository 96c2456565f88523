// Looks for symbols in coloured images and in pages that can be rendered at any resolution.
#pragma once

#include "sjcode/qr.h"

#include <functional>
#include <optional>
#include <vector>

namespace sjcode::worker {

/// A coloured image as the reader takes it.
struct TwoGreys {
    GreyImage grey;
    std::optional<GreyImage> brightest;  ///< the largest of red, green, blue: a coloured seal over black print
                                         ///< vanishes; nothing where the image has no colour
};

TwoGreys grey_and_brightest(ByteView rgb, int width, int height);

/// All symbols of an image.
std::vector<ReadSymbol> read_image(const TwoGreys& image);

/// All symbols of a page, their corners in pixels at 300 dpi. `render` makes the page at a resolution in dpi, and may
/// change it to a lower one.
std::vector<ReadSymbol> read_page(const std::function<TwoGreys(double& dpi)>& render);

}  // namespace sjcode::worker
