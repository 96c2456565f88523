#include "issue/placement.h"

#include "base/try.h"
#include "issue/page_view.h"
#include "pdf/stamp_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sjcode {
namespace {

constexpr double margin_mm = 8.0;
// The cross-page seal (骑缝章) is put over the fanned right edges.
constexpr double right_margin_mm = 22.0;
constexpr double render_dpi = 100.0;
// Specks of dust on a scan are no content.
constexpr double most_ink = 0.0008;
constexpr double clearance = 1.0 * points_per_mm;

constexpr std::array default_corners = {Corner::bottom_left, Corner::bottom_right, Corner::top_left};

/// Down to a whole number of modules.
double whole_modules(double length) noexcept {
    return std::floor(length / pdf::module_size) * pdf::module_size;
}

/// Lower left corner of a stamp in a corner of the seen page, in points. Where the page has no room for the margins
/// they shrink evenly. Renderers put the first dot at the upper left corner of the page: counted from there, the stamp
/// lies on whole modules, so that the edges of modules are edges of dots wherever a module is a whole number of dots.
pdf::Box corner_box(const pdf::Page& page, Corner corner, const StampSize& size) {
    const double room_x = page.seen_width() - size.width;
    const double room_y = page.seen_height() - size.height;
    const bool right = corner == Corner::bottom_right || corner == Corner::top_right;
    const bool top = corner == Corner::top_left || corner == Corner::top_right;
    const double margin_x = std::min((right ? right_margin_mm : margin_mm) * points_per_mm, room_x / 2);
    const double margin_y = std::min(margin_mm * points_per_mm, room_y / 2);
    const double x = whole_modules(right ? room_x - margin_x : margin_x);
    const double y = room_y - whole_modules(top ? margin_y : room_y - margin_y);
    return {x, y, x + size.width, y + size.height};
}

PlacedStamp placed(std::uint32_t page, std::optional<Corner> corner, const pdf::Box& box) {
    return {page,
            corner,
            box.left / points_per_mm,
            box.bottom / points_per_mm,
            box.width() / points_per_mm,
            box.height() / points_per_mm};
}

bool overlaps(const pdf::Box& a, const pdf::Box& b) noexcept {
    return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

}  // namespace

std::string_view name(Corner corner) noexcept {
    switch (corner) {
        case Corner::bottom_left:
            return "bottom-left";
        case Corner::bottom_right:
            return "bottom-right";
        case Corner::top_left:
            return "top-left";
        case Corner::top_right:
            return "top-right";
    }
    return "";
}

std::optional<Corner> corner(std::string_view text) noexcept {
    for (const auto c : {Corner::bottom_left, Corner::bottom_right, Corner::top_left, Corner::top_right})
        if (name(c) == text) return c;
    return std::nullopt;
}

Result<std::vector<PlacedStamp>> Placer::place(const Placement& placement, const StampSize& size) {
    const auto count = static_cast<std::uint32_t>(pages_.size());
    std::vector<std::uint32_t> wanted;
    switch (placement.pages) {
        case Placement::Pages::first_free:
            break;
        case Placement::Pages::first:
            wanted = {1};
            break;
        case Placement::Pages::last:
            wanted = {count};
            break;
        case Placement::Pages::number:
            wanted = {placement.page};
            break;
        case Placement::Pages::all:
            for (std::uint32_t page = 1; page <= count; ++page) wanted.push_back(page);
            break;
    }
    if (placement.pages == Placement::Pages::first_free) {
        if (placement.force) wanted = {1};
        bool room = placement.force;
        for (std::uint32_t page = 1; page <= count && wanted.empty(); ++page) {
            auto found = place_on(page, placement, size);
            if (found) return std::vector<PlacedStamp>{*found};
            if (found.error().code == "place.occupied")
                room = true;
            else if (found.error().code != "place.too-small")
                return Unexpected(std::move(found).error());
        }
        if (!room) return fail("place.too-small", {{"page", "1"}});
        if (wanted.empty()) return fail("place.none-free", {{"pages", std::to_string(count)}});
    }
    std::vector<PlacedStamp> places;
    for (const auto page : wanted) {
        // A page object that the tree names twice is stamped once, and shows its stamp in both places.
        const bool twice =
            page >= 1 && page <= count && std::any_of(places.begin(), places.end(), [&](const PlacedStamp& other) {
                return pages_[other.page - 1].id == pages_[page - 1].id;
            });
        if (twice) continue;
        SJCODE_TRY(auto found, place_on(page, placement, size));
        places.push_back(found);
    }
    return places;
}

Result<PlacedStamp> Placer::place_on(std::uint32_t number, const Placement& placement, const StampSize& size) {
    if (number < 1 || number > pages_.size())
        return fail("place.page", {{"page", std::to_string(number)}, {"pages", std::to_string(pages_.size())}});
    const auto& page = pages_[number - 1];
    const auto too_small = [&] { return fail("place.too-small", {{"page", std::to_string(number)}}); };
    if (page.seen_width() < size.width || page.seen_height() < size.height) return too_small();

    std::vector<std::pair<std::optional<Corner>, pdf::Box>> candidates;
    if (placement.position) {
        const double x = placement.position->x_mm * points_per_mm;
        const double y = placement.position->y_mm * points_per_mm;
        const pdf::Box box{x, y, x + size.width, y + size.height};
        if (x < 0 || y < 0 || box.right > page.seen_width() || box.top > page.seen_height())
            return fail("place.outside", {{"page", std::to_string(number)}});
        candidates.emplace_back(std::nullopt, box);
    } else if (placement.corner) {
        candidates.emplace_back(placement.corner, corner_box(page, *placement.corner, size));
    } else {
        for (const auto choice : default_corners) candidates.emplace_back(choice, corner_box(page, choice, size));
    }
    if (placement.force) return placed(number, candidates.front().first, candidates.front().second);
    for (const auto& [choice, box] : candidates) {
        SJCODE_TRY(const bool is_clear, is_free(number, box));
        if (is_clear) return placed(number, choice, box);
    }
    return fail("place.occupied", {{"page", std::to_string(number)}});
}

Result<bool> Placer::is_free(std::uint32_t number, const pdf::Box& box) {
    const auto& page = pages_[number - 1];
    const pdf::Box wide{box.left - clearance, box.bottom - clearance, box.right + clearance, box.top + clearance};
    // An empty form field or a link leaves no ink, yet the place is taken.
    SJCODE_TRY(const auto annotations, document_.get(*page.object->dictionary(), "Annots"));
    if (const auto* list = annotations->value.as<pdf::Array>())
        for (const auto& element : *list) {
            SJCODE_TRY(const auto annotation, document_.resolve(element));
            const auto* dictionary = annotation->dictionary();
            const auto* rectangle = dictionary == nullptr ? nullptr : dictionary->find("Rect");
            if (rectangle == nullptr) continue;
            SJCODE_TRY(const auto user_space, pdf::read_box(document_, *rectangle));
            if (user_space && overlaps(seen_box(page, *user_space), wide)) return false;
        }
    if (rendered_page_ != number) {
        SJCODE_TRY(image_, session_.page_image(number, render_dpi, Annotations::keep));
        rendered_page_ = number;
    }
    return ink_share(image_, page, wide) <= most_ink;
}

}  // namespace sjcode
