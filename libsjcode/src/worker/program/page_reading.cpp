#include "worker/program/page_reading.h"

#include "qr/read.h"

#include <algorithm>
#include <cmath>

namespace sjcode::worker {
namespace {

constexpr double kCornerDpi = 300;

void merge(std::vector<ReadSymbol>& to, std::vector<ReadSymbol> from, double scale) {
    for (auto& symbol : from) {
        const auto same = [&](const ReadSymbol& other) { return other.bytes == symbol.bytes; };
        if (std::any_of(to.begin(), to.end(), same)) continue;
        for (auto& corner : symbol.corners)
            for (auto& coordinate : corner) coordinate = static_cast<int>(std::lround(coordinate * scale));
        to.push_back(std::move(symbol));
    }
}

std::vector<ReadSymbol> read(const TwoGreys& image, qr::Effort effort) {
    std::vector<ReadSymbol> symbols;
    for (const auto* channel : {&image.grey, image.brightest ? &*image.brightest : nullptr}) {
        if (channel == nullptr) continue;
        if (auto found = qr::read(channel->view(), symbols.empty() ? effort : qr::Effort::quick))
            merge(symbols, *std::move(found), 1);
    }
    return symbols;
}

}  // namespace

TwoGreys grey_and_brightest(ByteView rgb, int width, int height) {
    const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    TwoGreys image;
    image.grey = {Bytes(count), width, height};
    GreyImage brightest{Bytes(count), width, height};
    bool colourful = false;
    for (std::size_t i = 0; i < count; ++i) {
        const unsigned red = rgb[3 * i];
        const unsigned green = rgb[3 * i + 1];
        const unsigned blue = rgb[3 * i + 2];
        image.grey.pixels[i] = static_cast<std::uint8_t>((77 * red + 150 * green + 29 * blue + 128) >> 8);
        brightest.pixels[i] = static_cast<std::uint8_t>(std::max({red, green, blue}));
        // Less than that is what cameras and JPEG make of grey.
        if (brightest.pixels[i] > image.grey.pixels[i] + 16) colourful = true;
    }
    if (colourful) image.brightest = std::move(brightest);
    return image;
}

std::vector<ReadSymbol> read_image(const TwoGreys& image) { return read(image, qr::Effort::thorough); }

std::vector<ReadSymbol> read_page(const std::function<TwoGreys(double& dpi)>& render) {
    std::vector<ReadSymbol> symbols;
    for (const double wanted : {150.0, 300.0, 200.0, 100.0, 450.0}) {
        const bool found_before = !symbols.empty();
        double dpi = wanted;
        const auto image = render(dpi);
        merge(symbols, read(image, qr::Effort::quick), kCornerDpi / dpi);
        // One resolution more than the first that shows a symbol: a denser one may stand beside it.
        if (found_before) return symbols;
    }
    if (!symbols.empty()) return symbols;
    // A scanned page, perhaps: where there is something like a symbol, everything is tried.
    double dpi = 300;
    const auto image = render(dpi);
    if (qr::may_hold_symbol(image.grey.view())) merge(symbols, read(image, qr::Effort::thorough), kCornerDpi / dpi);
    return symbols;
}

}  // namespace sjcode::worker
