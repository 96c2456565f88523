// The pages of a document (ISO 32000-2, 7.7.3), with what they inherit.
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"

#include <vector>

namespace sjcode::pdf {

/// A rectangle in default user space, corners ordered.
struct Box {
    double left = 0;
    double bottom = 0;
    double right = 0;
    double top = 0;
    [[nodiscard]] double width() const noexcept { return right - left; }
    [[nodiscard]] double height() const noexcept { return top - bottom; }
    friend bool operator==(const Box&, const Box&) = default;
};

struct Page {
    Reference id;
    ObjectPointer object;    ///< the page's own dictionary
    SharedObject resources;  ///< own or inherited, not resolved; null where there are none
    Box media;
    Box crop;           ///< what is seen: the crop box within the media box
    int rotate = 0;     ///< 0, 90, 180 or 270 degrees clockwise
    double unit = 1.0;  ///< /UserUnit: 1/72 inch times this

    /// Size as seen, in points of 1/72 inch.
    [[nodiscard]] double seen_width() const noexcept {
        return (rotate % 180 == 0 ? crop.width() : crop.height()) * unit;
    }
    [[nodiscard]] double seen_height() const noexcept {
        return (rotate % 180 == 0 ? crop.height() : crop.width()) * unit;
    }
};

/// All pages in order. A page object that the tree names twice stands twice in the list.
/// Errors: "pdf.damaged", "pdf.limit", "pdf.no-pages".
Result<std::vector<Page>> read_pages(Document& document);

/// The number (from 1) of the first page that is the object `id`; 0 where none is.
std::uint32_t first_page_number(const std::vector<Page>& pages, Reference id);

/// A rectangle object, resolved; nothing where it is none.
Result<std::optional<Box>> read_box(Document& document, const Object& object);

}  // namespace sjcode::pdf
