#include "worker/program/page_reading.h"

#include "qr/finder.h"
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

/// Both channels, the second one only where the first leaves something to be read.
qr::Reading read(const TwoGreys& image, qr::Effort effort) {
    qr::Reading all;
    for (const auto* channel : {&image.grey, image.brightest ? &*image.brightest : nullptr}) {
        if (channel == nullptr || all.complete) continue;
        if (auto reading = qr::read(channel->view(), all.symbols.empty() ? effort : qr::Effort::quick)) {
            merge(all.symbols, std::move(reading->symbols), 1);
            all.complete = reading->complete;
        }
    }
    return all;
}

bool may_hold_symbol(const TwoGreys& image) {
    return qr::may_hold_symbol(image.grey.view()) || (image.brightest && qr::may_hold_symbol(image.brightest->view()));
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

std::vector<ReadSymbol> read_image(const TwoGreys& image) {
    return read(image, qr::Effort::thorough).symbols;
}

std::vector<ReadSymbol> read_page(const std::function<TwoGreys(double& dpi)>& render) {
    std::vector<ReadSymbol> symbols;
    const auto look = [&](double dpi, qr::Effort effort, bool only_if_likely) {
        const auto image = render(dpi);
        if (only_if_likely && !may_hold_symbol(image)) return true;
        auto reading = read(image, effort);
        merge(symbols, std::move(reading.symbols), kCornerDpi / dpi);
        return reading.complete;
    };
    // Most pages have no symbol, and this is where they end: our modules have more than 3 pixels there.
    if (look(200, qr::Effort::quick, true)) return symbols;
    for (const double dpi : {300.0, 150.0, 100.0, 450.0})
        if (look(dpi, qr::Effort::quick, false)) return symbols;
    // A scanned page, perhaps, or one that only looked as if it had a symbol, or had one more.
    if (symbols.empty()) look(300, qr::Effort::thorough, false);
    return symbols;
}

}  // namespace sjcode::worker
