#include "qr/finder.h"

#include "qr/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace sjcode::qr {
namespace {

/// Five runs, dark first; their sum is seven modules of a finder pattern.
using Runs = std::array<int, 5>;

bool finder_like(const Runs& runs) {
    int sum = 0;
    for (const int run : runs) {
        if (run == 0) return false;
        sum += run;
    }
    if (sum < 7) return false;
    const double module = sum / 7.0;
    const double tolerance = module * 0.7;
    return std::abs(runs[0] - module) < tolerance && std::abs(runs[1] - module) < tolerance &&
           std::abs(runs[2] - 3 * module) < 2 * tolerance && std::abs(runs[3] - module) < tolerance &&
           std::abs(runs[4] - module) < tolerance;
}

int sum_of(const Runs& runs) {
    return runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
}

struct Crossing {
    double middle;  ///< along the direction, in steps from the start
    int length;
};

/// The runs through (x, y) along a direction, where they look like a finder pattern.
std::optional<Crossing> cross(const GreyImageView& image, int x, int y, int step_x, int step_y, int longest) {
    const auto dark = [&](int step) -> std::optional<bool> {
        const int u = x + step * step_x;
        const int v = y + step * step_y;
        if (u < 0 || v < 0 || u >= image.width || v >= image.height) return std::nullopt;
        return image.pixels[static_cast<std::size_t>(v) * static_cast<std::size_t>(image.stride) +
                            static_cast<std::size_t>(u)] == 0;
    };
    if (dark(0) != true) return std::nullopt;
    // Half of the middle, then light, then dark, on either side.
    std::array<int, 3> forward{};
    std::array<int, 3> backward{};
    for (auto* side : {&forward, &backward}) {
        const int sign = side == &forward ? 1 : -1;
        int step = side == &forward ? 0 : -1;
        for (std::size_t run = 0; run < 3; ++run)
            while (dark(step) == (run != 1) && (*side)[run] <= longest) {
                ++(*side)[run];
                step += sign;
            }
    }
    const Runs runs{backward[2], backward[1], backward[0] + forward[0], forward[1], forward[2]};
    if (!finder_like(runs)) return std::nullopt;
    return Crossing{(forward[0] - backward[0] - 1) / 2.0, sum_of(runs)};
}

struct Candidate {
    Finder finder;
    int rows;
};

void add(std::vector<Candidate>& candidates, const Finder& found) {
    for (auto& [finder, rows] : candidates) {
        if (std::hypot(finder.x - found.x, finder.y - found.y) > 2.5 * finder.module) continue;
        const double old_share = rows / (rows + 1.0);
        finder.x = finder.x * old_share + found.x * (1 - old_share);
        finder.y = finder.y * old_share + found.y * (1 - old_share);
        finder.module = finder.module * old_share + found.module * (1 - old_share);
        ++rows;
        return;
    }
    candidates.push_back({found, 1});
}

void scan_row(const GreyImageView& image, int y, std::vector<Candidate>& candidates) {
    constexpr std::size_t kMostCandidates = 2000;
    const auto* row = image.pixels + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.stride);
    Runs runs{};
    std::size_t run = 0;
    for (int x = 0; x <= image.width; ++x) {
        const bool end = x == image.width;
        const bool dark = !end && row[x] == 0;
        const bool run_is_dark = run % 2 == 0;
        if (!end && dark == run_is_dark) {
            ++runs.at(run);
            continue;
        }
        if (run < 4) {
            if (run == 0 && runs[0] == 0) continue;  // light before the first dark pixel
            ++run;
            if (!end) ++runs.at(run);
            continue;
        }
        if (finder_like(runs) && candidates.size() < kMostCandidates) {
            const int length = sum_of(runs);
            const double middle_x = x - runs[4] - runs[3] - runs[2] / 2.0 - 0.5;
            const int column = static_cast<int>(std::lround(middle_x));
            if (const auto vertical = cross(image, column, y, 0, 1, length)) {
                const double middle_y = y + vertical->middle;
                const int line = static_cast<int>(std::lround(middle_y));
                const auto horizontal = cross(image, column, line, 1, 0, length);
                const bool alike = vertical->length < 2 * length && length < 2 * vertical->length;
                if (alike && horizontal &&
                    (cross(image, column, line, 1, 1, length) || cross(image, column, line, 1, -1, length)))
                    add(candidates, {column + horizontal->middle, middle_y, (length + vertical->length) / 14.0});
            }
        }
        // The next pattern may begin at the third of these runs.
        runs = {runs[2], runs[3], runs[4], end ? 0 : 1, 0};
        run = 3;
    }
}

}  // namespace

std::vector<Finder> find_finders(const GreyImageView& image, std::size_t most) {
    std::vector<Candidate> candidates;
    for (int y = 0; y < image.height; ++y) scan_row(image, y, candidates);
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.rows > b.rows; });
    std::vector<Finder> finders;
    for (const auto& [finder, rows] : candidates) {
        if (rows < 2 || finders.size() == most) break;
        finders.push_back(finder);
    }
    return finders;
}

bool may_hold_symbol(const GreyImageView& image) {
    constexpr std::size_t kEnough = 2;
    constexpr int kPercent = 80;
    const int radius = std::clamp(std::min(image.width, image.height) / 40, 8, 60);
    if (find_finders(local_threshold(image, radius, kPercent).view(), kEnough).size() >= kEnough) return true;
    // Coarse symbols in large images: smaller, they lose their noise, and the neighbourhood covers more of them.
    if (std::min(image.width, image.height) < 400) return false;
    const auto small = shrink(image, 3);
    return find_finders(local_threshold(small.view(), radius, kPercent).view(), kEnough).size() >= kEnough;
}

}  // namespace sjcode::qr
