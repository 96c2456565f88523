// Where stamps go: docs/issue.md, "Place".
#pragma once

#include "sjcode/issue.h"
#include "sjcode/result.h"
#include "sjcode/worker.h"

#include "pdf/document.h"
#include "pdf/page_tree.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace sjcode {

struct StampSize {
    double width;   ///< points
    double height;  ///< points
};

/// Finds places on the pages of one document. Judges what is free on the rendered page and by its annotations.
class Placer {
public:
    Placer(pdf::Document& document, const std::vector<pdf::Page>& pages, WorkerSession& session)
        : document_(document), pages_(pages), session_(session) {}

    /// The pages that the main symbol goes to. With Pages::first_free only the first one that has room for `size`.
    /// Errors: "place.page" ({page}, {pages}), "place.occupied" ({page}), "place.none-free" ({pages}),
    /// "place.too-small" ({page}), those of the worker.
    Result<std::vector<PlacedStamp>> place(const Placement& placement, const StampSize& size);

    /// A place on one page (from 1) by the same rules.
    Result<PlacedStamp> place_on(std::uint32_t page, const Placement& placement, const StampSize& size);

private:
    Result<bool> is_free(std::uint32_t page, const pdf::Box& box);

    pdf::Document& document_;
    const std::vector<pdf::Page>& pages_;
    WorkerSession& session_;
    std::uint32_t rendered_page_ = 0;  ///< the page that image_ shows, or 0
    GreyImage image_;
};

}  // namespace sjcode
