#include "worker/program/pdf_pages.h"

#include "worker/program/failure.h"
#include "worker/program/lenient.h"
#include "worker/program/page_reading.h"
#include "worker/program/png.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>
#include <poppler/cpp/poppler-version.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace sjcode::worker {
namespace {

constexpr double kPointsPerInch = 72;
constexpr double kManyPixels = 40e6;  // of a page rendered to look for symbols
constexpr double kMostDpi = 2400;

double pixels_at(const poppler::page& page, double dpi) {
    const auto box = page.page_rect(poppler::crop_box);
    const double width = std::max(1.0, std::ceil(std::abs(box.width()) * dpi / kPointsPerInch));
    const double height = std::max(1.0, std::ceil(std::abs(box.height()) * dpi / kPointsPerInch));
    return width * height;
}

poppler::image rendered(const poppler::page& page, double dpi, poppler::image::format_enum format) {
    const double pixels = pixels_at(page, dpi);
    if (!(pixels <= static_cast<double>(kMostPixels)))
        throw Refusal{Failure::size, std::to_string(static_cast<std::uint64_t>(std::min(pixels, 1e18)))};
    poppler::page_renderer renderer;
    renderer.set_paper_color(0xFFFFFFFF);
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    renderer.set_image_format(format);
    auto image = renderer.render_page(&page, dpi, dpi);
    if (!image.is_valid() || image.width() <= 0 || image.height() <= 0)
        throw Refusal{Failure::document, "a page cannot be rendered"};
    // Where the bitmap does not fit into memory, poppler hands out one of a single pixel.
    if (double{1} * image.width() * image.height() < pixels / 2) throw Refusal{Failure::memory};
    return image;
}

ByteView row(const poppler::image& image, int y, std::size_t bytes) {
    const auto* start = reinterpret_cast<const std::uint8_t*>(image.const_data());
    return {start + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.bytes_per_row()), bytes};
}

/// The bytes of a row in the format rgb24, without padding.
Bytes rgb_of(const poppler::image& image) {
    Bytes rgb;
    const auto pitch = std::size_t{3} * static_cast<std::size_t>(image.width());
    rgb.reserve(pitch * static_cast<std::size_t>(image.height()));
    for (int y = 0; y < image.height(); ++y) {
        const auto bytes = row(image, y, pitch);
        rgb.insert(rgb.end(), bytes.begin(), bytes.end());
    }
    return rgb;
}

double checked_dpi(double dpi) {
    if (!(dpi > 0) || dpi > kMostDpi) throw Refusal{Failure::size, "dpi"};
    return dpi;
}

}  // namespace

PdfPages::PdfPages(ByteView document) : document_(document) {
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
}
PdfPages::~PdfPages() = default;

std::string PdfPages::version() {
    return poppler::version_string();
}

poppler::document& PdfPages::view(Annotations annotations) {
    auto& view = views_.at(static_cast<std::size_t>(annotations));
    if (!view.document) {
        if (annotations != Annotations::keep && !view.bytes && !view.unfiltered) {
            view.bytes = without_annotations(document_, annotations);
            view.unfiltered = !view.bytes;
        }
        if (view.unfiltered) return this->view(Annotations::keep);
        const ByteView bytes = view.bytes ? ByteView(*view.bytes) : document_;
        // poppler's interface takes an int; a larger document it reads through the descriptor.
        if (bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()))
            view.document.reset(poppler::document::load_from_raw_data(reinterpret_cast<const char*>(bytes.data()),
                                                                      static_cast<int>(bytes.size())));
        else if (!view.bytes)
            view.document.reset(
                poppler::document::load_from_file("/proc/self/fd/" + std::to_string(kDocumentDescriptor)));
        if (!view.document) throw Refusal{Failure::document, "poppler cannot open it"};
    }
    if (view.document->is_locked()) throw Refusal{Failure::encrypted};
    return *view.document;
}

std::unique_ptr<poppler::page> PdfPages::page(std::uint32_t number, Annotations annotations) {
    auto& document = view(annotations);
    std::unique_ptr<poppler::page> page;
    if (number >= 1 && std::int64_t{number} <= document.pages())
        page.reset(document.create_page(static_cast<int>(number - 1)));
    if (!page) throw Refusal{Failure::page, std::to_string(number)};
    return page;
}

std::uint32_t PdfPages::page_count() {
    return static_cast<std::uint32_t>(std::max(0, view(Annotations::keep).pages()));
}

std::string PdfPages::text(std::uint32_t number, Annotations annotations) {
    const auto text = page(number, annotations)->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    return {text.begin(), text.end()};
}

GreyImage PdfPages::image(std::uint32_t number, double dpi, Annotations annotations) {
    const auto image = rendered(*page(number, annotations), checked_dpi(dpi), poppler::image::format_gray8);
    GreyImage grey;
    grey.width = image.width();
    grey.height = image.height();
    const auto pitch = static_cast<std::size_t>(grey.width);
    grey.pixels.reserve(pitch * static_cast<std::size_t>(grey.height));
    for (int y = 0; y < grey.height; ++y) {
        const auto bytes = row(image, y, pitch);
        grey.pixels.insert(grey.pixels.end(), bytes.begin(), bytes.end());
    }
    return grey;
}

Bytes PdfPages::png(std::uint32_t number, double dpi) {
    const auto image = rendered(*page(number, Annotations::keep), checked_dpi(dpi), poppler::image::format_rgb24);
    return write_png(rgb_of(image), static_cast<std::uint32_t>(image.width()),
                     static_cast<std::uint32_t>(image.height()), dpi);
}

std::vector<ReadSymbol> PdfPages::symbols(std::uint32_t number) {
    const auto page = this->page(number, Annotations::keep);
    return read_page([&](double dpi) {
        const double pixels = pixels_at(*page, dpi);
        if (pixels > kManyPixels) dpi *= std::sqrt(kManyPixels / pixels);
        const auto image = rendered(*page, dpi, poppler::image::format_rgb24);
        return grey_and_brightest(rgb_of(image), image.width(), image.height());
    });
}

}  // namespace sjcode::worker
