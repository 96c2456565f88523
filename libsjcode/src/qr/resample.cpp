#include "qr/resample.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>
#include <numeric>

namespace sjcode::qr {
namespace {

std::size_t index(int value) {
    return static_cast<std::size_t>(value);
}

GreyImage blank(int width, int height) {
    GreyImage image;
    image.width = width;
    image.height = height;
    image.pixels.assign(index(width) * index(height), 255);
    return image;
}

const std::uint8_t* row_of(const GreyImageView& image, int y) {
    return image.pixels + index(y) * index(image.stride);
}
std::uint8_t* row_of(GreyImage& image, int y) {
    return image.pixels.data() + index(y) * index(image.width);
}

std::uint8_t clamp_grey(int value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

/// Weights of Catmull-Rom's cubic, in 128ths.
constexpr int kWeightBits = 7;

/// Where an enlarged pixel comes from: four samples from `offset` on, with their weights.
struct Phase {
    int offset;
    std::array<int, 4> weights;
};

std::vector<Phase> phases(int factor) {
    std::vector<Phase> all;
    for (int i = 0; i < factor; ++i) {
        const float position = (static_cast<float>(i) + 0.5F) / static_cast<float>(factor) - 0.5F;
        const float whole = std::floor(position);
        const float t = position - whole;
        const float t2 = t * t;
        const float t3 = t2 * t;
        const auto fixed = [](float weight) { return static_cast<int>(std::lround(weight * (1 << kWeightBits))); };
        Phase phase{static_cast<int>(whole) - 1,
                    {fixed(-0.5F * t + t2 - 0.5F * t3), fixed(1.0F - 2.5F * t2 + 1.5F * t3),
                     fixed(0.5F * t + 2.0F * t2 - 1.5F * t3), 0}};
        phase.weights[3] = (1 << kWeightBits) - phase.weights[0] - phase.weights[1] - phase.weights[2];
        all.push_back(phase);
    }
    return all;
}

/// Sums of all pixels above and to the left, one row and column of zeros first. 32 bits wrap around beyond 16 million
/// pixels, and differences over small squares come out right all the same.
std::vector<std::uint32_t> integral(const GreyImageView& image) {
    const std::size_t pitch = index(image.width) + 1;
    std::vector<std::uint32_t> sums(pitch * (index(image.height) + 1), 0);
    for (int y = 0; y < image.height; ++y) {
        const auto* from = row_of(image, y);
        const auto* above = sums.data() + index(y) * pitch;
        auto* to = sums.data() + (index(y) + 1) * pitch;
        std::uint32_t row_sum = 0;
        for (std::size_t x = 0; x < index(image.width); ++x) {
            row_sum += from[x];
            to[x + 1] = above[x + 1] + row_sum;
        }
    }
    return sums;
}

/// Calls `each(x, y, mean)` with the mean of the square around every pixel.
template <class Each>
void for_each_mean(const GreyImageView& image, int radius, Each each) {
    const auto sums = integral(image);
    const std::size_t pitch = index(image.width) + 1;
    for (int y = 0; y < image.height; ++y) {
        const int top = std::max(0, y - radius);
        const int bottom = std::min(image.height, y + radius + 1);
        const auto* upper = sums.data() + index(top) * pitch;
        const auto* lower = sums.data() + index(bottom) * pitch;
        for (int x = 0; x < image.width; ++x) {
            const int left = std::max(0, x - radius);
            const int right = std::min(image.width, x + radius + 1);
            const std::uint32_t sum = lower[right] - lower[left] - upper[right] + upper[left];
            const auto count = static_cast<std::uint32_t>((right - left) * (bottom - top));
            each(x, y, sum / count);
        }
    }
}

GreyImage mean_of_nine(const GreyImageView& image) {
    GreyImage result = blank(image.width, image.height);
    for_each_mean(image, 1,
                  [&](int x, int y, std::uint32_t mean) { row_of(result, y)[x] = static_cast<std::uint8_t>(mean); });
    return result;
}

}  // namespace

GreyImage copy(const GreyImageView& image) {
    GreyImage result = blank(image.width, image.height);
    for (int y = 0; y < image.height; ++y) std::memcpy(row_of(result, y), row_of(image, y), index(image.width));
    return result;
}

GreyImage enlarge(const GreyImageView& image, int factor) {
    constexpr int kMargin = 2;  // columns repeated on either side, so that no sample lies outside
    const auto steps = phases(factor);
    GreyImage result = blank(image.width * factor, image.height * factor);
    std::vector<int> line(index(image.width) + 2 * index(kMargin));
    for (int y = 0; y < result.height; ++y) {
        const auto& vertical = steps.at(index(y % factor));
        std::array<const std::uint8_t*, 4> rows{};
        for (int i = 0; i < 4; ++i)
            rows.at(index(i)) = row_of(image, std::clamp(y / factor + vertical.offset + i, 0, image.height - 1));
        auto* const middle = line.data() + kMargin;
        const auto [w0, w1, w2, w3] = vertical.weights;
        for (std::size_t x = 0; x < index(image.width); ++x)
            middle[x] = w0 * rows[0][x] + w1 * rows[1][x] + w2 * rows[2][x] + w3 * rows[3][x];
        for (int i = 1; i <= kMargin; ++i) {
            *(middle - i) = middle[0];
            middle[image.width - 1 + i] = middle[image.width - 1];
        }
        auto* const to = row_of(result, y);
        for (int phase = 0; phase < factor; ++phase) {
            const auto& horizontal = steps[index(phase)];
            const auto [h0, h1, h2, h3] = horizontal.weights;
            const int* from = middle + horizontal.offset;
            for (int x = 0; x < image.width; ++x, ++from) {
                const int sum = h0 * from[0] + h1 * from[1] + h2 * from[2] + h3 * from[3];
                constexpr int kHalf = 1 << (2 * kWeightBits - 1);
                to[x * factor + phase] = clamp_grey((sum + kHalf) >> (2 * kWeightBits));
            }
        }
    }
    return result;
}

GreyImage shrink(const GreyImageView& image, int factor) {
    GreyImage result = blank(image.width / factor, image.height / factor);
    std::vector<std::uint32_t> sums(index(result.width));
    for (int y = 0; y < result.height; ++y) {
        std::fill(sums.begin(), sums.end(), 0U);
        for (int i = 0; i < factor; ++i) {
            const auto* from = row_of(image, y * factor + i);
            for (auto& sum : sums) {
                sum = std::accumulate(from, from + factor, sum);
                from += factor;
            }
        }
        auto* to = row_of(result, y);
        const auto count = static_cast<std::uint32_t>(factor * factor);
        for (const auto sum : sums) *to++ = static_cast<std::uint8_t>((sum + count / 2) / count);
    }
    return result;
}

GreyImage local_threshold(const GreyImageView& image, int radius, int percent) {
    GreyImage result = blank(image.width, image.height);
    for_each_mean(image, radius, [&](int x, int y, std::uint32_t mean) {
        if (row_of(image, y)[x] * 100U <= mean * static_cast<std::uint32_t>(percent)) row_of(result, y)[x] = 0;
    });
    return result;
}

GreyImage neighbourhood(const GreyImageView& image, Extreme extreme) {
    const auto pick = [extreme](std::uint8_t a, std::uint8_t b) {
        return extreme == Extreme::darkest ? std::min(a, b) : std::max(a, b);
    };
    GreyImage result = blank(image.width, image.height);
    for (int y = 0; y < image.height; ++y) {
        const auto* above = row_of(image, std::max(0, y - 1));
        const auto* here = row_of(image, y);
        const auto* below = row_of(image, std::min(image.height - 1, y + 1));
        auto* to = row_of(result, y);
        const auto vertical = [&](int x) { return pick(pick(above[x], here[x]), below[x]); };
        for (int x = 0; x < image.width; ++x)
            to[x] = pick(pick(vertical(std::max(0, x - 1)), vertical(x)), vertical(std::min(image.width - 1, x + 1)));
    }
    return result;
}

GreyImage smooth(const GreyImageView& image) {
    return mean_of_nine(mean_of_nine(mean_of_nine(image).view()).view());
}

GreyImage sharpen(const GreyImageView& image, int radius) {
    GreyImage result = blank(image.width, image.height);
    for_each_mean(image, radius, [&](int x, int y, std::uint32_t mean) {
        const int here = row_of(image, y)[x];
        const int sharper = here + 2 * (here - static_cast<int>(mean));
        row_of(result, y)[x] = clamp_grey(sharper);
    });
    return result;
}

GreyImage invert(const GreyImageView& image) {
    GreyImage result = copy(image);
    for (auto& pixel : result.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    return result;
}

Turned turn_by_eighth(const GreyImageView& image) {
    constexpr double kRoot = std::numbers::sqrt2 / 2;
    Turned turned;
    // x' = (x − y) · √½ + shift, y' = (x + y) · √½
    turned.shift_x = image.height * kRoot;
    const int size = static_cast<int>((image.width + image.height) * kRoot) + 1;
    turned.image = blank(size, size);
    for (int y = 0; y < size; ++y) {
        auto* to = row_of(turned.image, y);
        for (int x = 0; x < size; ++x) {
            const double u = x - turned.shift_x;
            const double from_x = (u + y) * kRoot;
            const double from_y = (y - u) * kRoot;
            const int left = static_cast<int>(std::floor(from_x));
            const int top = static_cast<int>(std::floor(from_y));
            if (left < 0 || top < 0 || left + 1 >= image.width || top + 1 >= image.height) continue;
            const auto part_x = static_cast<float>(from_x - left);
            const auto part_y = static_cast<float>(from_y - top);
            const auto* upper = row_of(image, top) + left;
            const auto* lower = row_of(image, top + 1) + left;
            const float above = static_cast<float>(upper[0]) * (1 - part_x) + static_cast<float>(upper[1]) * part_x;
            const float below = static_cast<float>(lower[0]) * (1 - part_x) + static_cast<float>(lower[1]) * part_x;
            to[x] = clamp_grey(static_cast<int>(above * (1 - part_y) + below * part_y + 0.5F));
        }
    }
    return turned;
}

void erase(GreyImage& image, const std::array<std::array<int, 2>, 4>& corners) {
    constexpr double kEnlarged = 1.04;
    std::array<std::array<double, 2>, 4> points{};
    double middle_x = 0;
    double middle_y = 0;
    for (const auto& corner : corners) {
        middle_x += corner[0] / 4.0;
        middle_y += corner[1] / 4.0;
    }
    double top = std::numeric_limits<double>::max();
    double bottom = std::numeric_limits<double>::lowest();
    for (std::size_t i = 0; i < corners.size(); ++i) {
        points[i] = {middle_x + (corners[i][0] - middle_x) * kEnlarged,
                     middle_y + (corners[i][1] - middle_y) * kEnlarged};
        top = std::min(top, points[i][1]);
        bottom = std::max(bottom, points[i][1]);
    }
    const int first = static_cast<int>(std::clamp(std::floor(top), 0.0, static_cast<double>(image.height)));
    const int last = static_cast<int>(std::clamp(std::ceil(bottom), -1.0, image.height - 1.0));
    for (int y = first; y <= last; ++y) {
        double left = std::numeric_limits<double>::max();
        double right = std::numeric_limits<double>::lowest();
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto& a = points[i];
            const auto& b = points[(i + 1) % points.size()];
            if (std::min(a[1], b[1]) > y || std::max(a[1], b[1]) < y) continue;
            const double part = a[1] == b[1] ? 0 : (y - a[1]) / (b[1] - a[1]);
            const double x = a[0] + part * (b[0] - a[0]);
            left = std::min(left, x);
            right = std::max(right, x);
        }
        if (left > right) continue;
        const int from = static_cast<int>(std::clamp(std::floor(left), 0.0, static_cast<double>(image.width)));
        const int to = static_cast<int>(std::clamp(std::ceil(right) + 1, 0.0, static_cast<double>(image.width)));
        if (from < to) std::fill(row_of(image, y) + from, row_of(image, y) + to, std::uint8_t{255});
    }
}

}  // namespace sjcode::qr
