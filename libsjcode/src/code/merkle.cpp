#include "code/merkle.h"

#include <array>
#include <bit>

namespace sjcode::merkle {
namespace {

Digest node_digest(DigestAlgorithm algorithm, const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 1 + 2 * sizeof(Digest)> bytes{0x01};
    auto at = std::copy(left.begin(), left.end(), bytes.begin() + 1);
    std::copy(right.begin(), right.end(), at);
    return digest(algorithm, bytes);
}

/// The greatest power of two below `count`, which must be at least 2: where a tree divides.
std::uint64_t division(std::uint64_t count) noexcept {
    return std::bit_floor(count - 1);
}

}  // namespace

Digest leaf_digest(DigestAlgorithm algorithm, ByteView entry) {
    static constexpr std::array<std::uint8_t, 1> prefix{0x00};
    return Hasher(algorithm).update(prefix).update(entry).finish();
}

Digest root(DigestAlgorithm algorithm, std::span<const Digest> leaves) {
    if (leaves.empty()) return digest(algorithm, {});
    // Level by level: neighbours are joined, and an odd one at the end moves up as it is. That gives the same tree as
    // the standard's recursion at the greatest power of two.
    std::vector<Digest> level(leaves.begin(), leaves.end());
    while (level.size() > 1) {
        std::size_t filled = 0;
        for (std::size_t i = 0; i + 1 < level.size(); i += 2)
            level[filled++] = node_digest(algorithm, level[i], level[i + 1]);
        if (level.size() % 2 == 1) level[filled++] = level.back();
        level.resize(filled);
    }
    return level.front();
}

std::vector<Digest> inclusion_path(DigestAlgorithm algorithm, std::span<const Digest> leaves, std::uint64_t index) {
    std::vector<Digest> path;
    if (index >= leaves.size()) return path;
    // From the root down, so the path comes out reversed.
    while (leaves.size() > 1) {
        const auto left = static_cast<std::size_t>(division(leaves.size()));
        if (index < left) {
            path.push_back(root(algorithm, leaves.subspan(left)));
            leaves = leaves.first(left);
        } else {
            path.push_back(root(algorithm, leaves.first(left)));
            leaves = leaves.subspan(left);
            index -= left;
        }
    }
    return {path.rbegin(), path.rend()};
}

std::size_t path_length(std::uint64_t index, std::uint64_t count) noexcept {
    std::size_t length = 0;
    for (; count > 1; ++length) {
        const auto left = division(count);
        if (index < left) {
            count = left;
        } else {
            index -= left;
            count -= left;
        }
    }
    return length;
}

Result<Digest> root_from_path(DigestAlgorithm algorithm, const Digest& leaf, std::uint64_t index, std::uint64_t count,
                              std::span<const Digest> path) {
    if (index >= count) return fail("merkle.index");
    if (path.size() != path_length(index, count)) return fail("merkle.path");
    // fn and sn of the standard.
    std::uint64_t position = index;
    std::uint64_t last = count - 1;
    Digest result = leaf;
    for (const auto& sibling : path) {
        if (position % 2 == 1 || position == last) {
            result = node_digest(algorithm, sibling, result);
            while (position % 2 == 0 && position != 0) {
                position >>= 1;
                last >>= 1;
            }
        } else {
            result = node_digest(algorithm, result, sibling);
        }
        position >>= 1;
        last >>= 1;
    }
    return result;
}

}  // namespace sjcode::merkle
