// The strategy around the engine: in which sizes and contrasts an image is tried.
#include "qr/read.h"

#include "qr/finder.h"
#include "qr/read_zxing.h"
#include "qr/resample.h"
#include "sjcode/qr.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sjcode {
namespace {

using qr::Threshold;

constexpr std::int64_t kMostPixels = 200'000'000;  // of an image that is accepted
constexpr std::int64_t kManyPixels = 40'000'000;   // of an image that a pass makes; larger ones are shrunk first

std::int64_t pixel_count(const GreyImageView& image) {
    return std::int64_t{image.width} * image.height;
}

/// Gathers what the passes find, by content, in coordinates of the image that was handed in.
class Reader {
public:
    explicit Reader(const GreyImageView& image) {
        int factor = 1;
        while (pixel_count(image) / (std::int64_t{factor} * factor) > kManyPixels) ++factor;
        scale_ = factor;
        base_ = factor == 1 ? qr::copy(image) : qr::shrink(image, factor);
        // Beyond the working size a small symbol on a large sheet is still seen at full size, once.
        if (factor > 1) take(qr::engine_read(image, Threshold::local), [](double x, double y) { return at(x, y); });
    }

    void as_it_is() { engine(base_.view(), 1, Threshold::local); }
    /// Larger for small modules, smaller for coarse print and noise.
    void usual_sizes() {
        engine(base_.view(), 1, Threshold::global);
        enlarged(2, Threshold::local);
        shrunk(2, Threshold::local);
    }
    void other_sizes() {
        enlarged(3, Threshold::local);
        enlarged(2, Threshold::global);
        shrunk(3, Threshold::local);
        shrunk(4, Threshold::local);
        engine(base_.view(), 1, Threshold::fixed);
    }
    /// Seals, shadows, faint or smeared print.
    void other_contrasts() {
        for (const int percent : {55, 75, 90}) {
            engine(qr::local_threshold(base_.view(), radius(), percent).view(), 1, Threshold::fixed);
            if (shrinkable(2)) {
                const auto half = qr::shrink(base_.view(), 2);
                engine(qr::local_threshold(half.view(), radius() / 2 + 1, percent).view(), 2, Threshold::fixed);
            }
        }
        engine(qr::smooth(base_.view()).view(), 1, Threshold::local);
        engine(qr::sharpen(base_.view(), 3).view(), 1, Threshold::local);
        engine(qr::neighbourhood(base_.view(), qr::Extreme::darkest).view(), 1, Threshold::local);
        engine(qr::neighbourhood(base_.view(), qr::Extreme::brightest).view(), 1, Threshold::local);
    }
    void other_ways() {
        constexpr double kRoot = std::numbers::sqrt2 / 2;
        const auto turned = qr::turn_by_eighth(base_.view());
        take(qr::engine_read(turned.image.view(), Threshold::local), [&](double x, double y) {
            const double u = x - turned.shift_x;
            return at((u + y) * kRoot * scale_, (y - u) * kRoot * scale_);
        });
        engine(qr::invert(base_.view()).view(), 1, Threshold::local);
    }

    /// Something was found, and nothing that looks like a symbol is left.
    bool complete() {
        if (found_.empty()) return false;
        erase_found();
        return !qr::may_hold_symbol(base_.view());
    }
    std::vector<ReadSymbol> release() { return std::move(found_); }

private:
    /// Paints what was found white, so that the next passes look at the rest.
    void erase_found() {
        for (; erased_ < found_.size(); ++erased_) {
            auto corners = found_[erased_].corners;
            for (auto& corner : corners)
                for (auto& coordinate : corner) coordinate = static_cast<int>(coordinate / scale_);
            qr::erase(base_, corners);
        }
    }

    static std::array<int, 2> at(double x, double y) {
        return {static_cast<int>(std::lround(x)), static_cast<int>(std::lround(y))};
    }

    template <class Map>
    void take(std::vector<ReadSymbol> symbols, Map map) {
        for (auto& symbol : symbols) {
            const auto same = [&](const ReadSymbol& other) { return other.bytes == symbol.bytes; };
            if (std::any_of(found_.begin(), found_.end(), same)) continue;
            for (auto& corner : symbol.corners) corner = map(corner[0], corner[1]);
            found_.push_back(std::move(symbol));
        }
    }
    /// One pass over an image of which one pixel is `size` pixels of the working image.
    void engine(const GreyImageView& image, double size, Threshold threshold) {
        const double scale = size * scale_;
        // Pixel centres, not corners, correspond.
        const auto map = [scale](double x, double y) { return at((x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5); };
        take(qr::engine_read(image, threshold), map);
    }
    void enlarged(int factor, Threshold threshold) {
        if (pixel_count(base_.view()) * factor * factor > kManyPixels) return;
        engine(qr::enlarge(base_.view(), factor).view(), 1.0 / factor, threshold);
    }
    [[nodiscard]] bool shrinkable(int factor) const { return std::min(base_.width, base_.height) >= 100 * factor; }
    void shrunk(int factor, Threshold threshold) {
        if (shrinkable(factor)) engine(qr::shrink(base_.view(), factor).view(), factor, threshold);
    }
    /// Of the neighbourhood that a threshold looks at: some modules of a symbol that fills a part of the image.
    [[nodiscard]] int radius() const { return std::clamp(std::min(base_.width, base_.height) / 40, 8, 60); }

    double scale_ = 1;
    GreyImage base_;
    std::vector<ReadSymbol> found_;
    std::size_t erased_ = 0;
};

}  // namespace

Result<qr::Reading> qr::read(const GreyImageView& image, Effort effort) {
    if (image.pixels == nullptr || image.width <= 0 || image.height <= 0 || image.stride < image.width ||
        pixel_count(image) > kMostPixels)
        return fail("image.size", {{"width", std::to_string(image.width)}, {"height", std::to_string(image.height)}});

    Reader reader(image);
    reader.as_it_is();
    bool complete = reader.complete();
    // In a photograph what is left may be too faint to be seen as a symbol: the usual sizes are always tried.
    if (!complete || effort == Effort::thorough) {
        reader.usual_sizes();
        complete = reader.complete();
    }
    if (effort == Effort::thorough)
        for (const auto step : {&Reader::other_sizes, &Reader::other_contrasts, &Reader::other_ways}) {
            if (complete) break;
            (reader.*step)();
            complete = reader.complete();
        }
    return Reading{reader.release(), complete};
}

Result<std::vector<ReadSymbol>> read_qr(const GreyImageView& image) {
    auto reading = qr::read(image, qr::Effort::thorough);
    if (!reading) return Unexpected(std::move(reading).error());
    return std::move(reading->symbols);
}

}  // namespace sjcode
