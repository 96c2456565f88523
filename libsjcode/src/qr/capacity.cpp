#include "qr/capacity.h"

#include <array>
#include <cstdint>

namespace sjcode::qr {
namespace {

using PerVersion = std::array<std::uint8_t, kMaxVersion>;

// ISO/IEC 18004 table 9: error correction codewords of each block, and number of blocks, for L, M, Q, H.
constexpr std::array<PerVersion, 4> kCorrectionPerBlock{
    PerVersion{7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
               28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    PerVersion{10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
               26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    PerVersion{13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
               28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    PerVersion{17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
               30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
};
constexpr std::array<PerVersion, 4> kBlocks{
    PerVersion{1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
               8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    PerVersion{1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
               17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    PerVersion{1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
               23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    PerVersion{1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
               25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
};

/// All codewords of a version (table 1), by the geometry of the function patterns.
constexpr int total_codewords(int version) {
    int modules = (16 * version + 128) * version + 64;
    if (version >= 2) {
        const int alignment = version / 7 + 2;
        modules -= (25 * alignment - 10) * alignment - 55;
        if (version >= 7) modules -= 36;
    }
    return modules / 8;
}

/// Table 3: bits of the character count indicators. Versions 1–9, 10–26, 27–40.
constexpr std::size_t byte_count_bits(int version) {
    return version < 10 ? 8 : 16;
}
constexpr std::size_t digit_count_bits(int version) {
    return version < 10 ? 10 : version < 27 ? 12 : 14;
}
constexpr std::size_t kModeBits = 4;

}  // namespace

std::size_t capacity_bits(int version, QrLevel level) noexcept {
    const auto row = static_cast<std::size_t>(level);
    const auto column = static_cast<std::size_t>(version - 1);
    const int correction = kCorrectionPerBlock.at(row).at(column) * kBlocks.at(row).at(column);
    return 8 * static_cast<std::size_t>(total_codewords(version) - correction);
}

std::size_t segment_bits(std::size_t byte_count, std::size_t digit_count, int version) noexcept {
    constexpr std::array<std::size_t, 3> kRestBits{0, 4, 7};
    std::size_t bits = 0;
    if (byte_count > 0) bits += kModeBits + byte_count_bits(version) + 8 * byte_count;
    if (digit_count > 0)
        bits += kModeBits + digit_count_bits(version) + 10 * (digit_count / 3) + kRestBits.at(digit_count % 3);
    return bits;
}

std::optional<int> smallest_version(std::size_t byte_count, std::size_t digit_count, QrLevel level) noexcept {
    for (int version = 1; version <= kMaxVersion; ++version)
        if (segment_bits(byte_count, digit_count, version) <= capacity_bits(version, level)) return version;
    return std::nullopt;
}

}  // namespace sjcode::qr
