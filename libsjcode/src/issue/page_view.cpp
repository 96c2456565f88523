#include "issue/page_view.h"

#include <algorithm>
#include <cmath>

namespace sjcode {
namespace {

// A scan's paper is rarely pure white, and a thin line rendered at low resolution is rarely black.
constexpr std::uint8_t darkest_paper = 208;

}  // namespace

pdf::Box seen_box(const pdf::Page& page, const pdf::Box& box) {
    const auto& crop = page.crop;
    pdf::Box seen;
    switch (page.rotate) {
        case 90:
            seen = {box.bottom - crop.bottom, crop.right - box.right, box.top - crop.bottom, crop.right - box.left};
            break;
        case 180:
            seen = {crop.right - box.right, crop.top - box.top, crop.right - box.left, crop.top - box.bottom};
            break;
        case 270:
            seen = {crop.top - box.top, box.left - crop.left, crop.top - box.bottom, box.right - crop.left};
            break;
        default:
            seen = {box.left - crop.left, box.bottom - crop.bottom, box.right - crop.left, box.top - crop.bottom};
    }
    return {seen.left * page.unit, seen.bottom * page.unit, seen.right * page.unit, seen.top * page.unit};
}

double ink_share(const GreyImage& image, const pdf::Page& page, const pdf::Box& box) {
    const double scale_x = image.width / page.seen_width();
    const double scale_y = image.height / page.seen_height();
    const auto clamp = [](double value, int limit) { return static_cast<int>(std::clamp(value, 0.0, double(limit))); };
    const int left = clamp(std::floor(box.left * scale_x), image.width);
    const int right = clamp(std::ceil(box.right * scale_x), image.width);
    const int top = clamp(std::floor(image.height - box.top * scale_y), image.height);
    const int bottom = clamp(std::ceil(image.height - box.bottom * scale_y), image.height);
    if (right <= left || bottom <= top) return 0;
    std::size_t dark = 0;
    for (int y = top; y < bottom; ++y) {
        const auto* row = image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
        for (int x = left; x < right; ++x) dark += row[x] < darkest_paper ? 1 : 0;
    }
    return static_cast<double>(dark) / (static_cast<double>(right - left) * static_cast<double>(bottom - top));
}

}  // namespace sjcode
