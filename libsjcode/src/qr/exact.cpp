#include "qr/exact.h"

#include "base/try.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string>

namespace sjcode::qr {
namespace {

constexpr int most_versions = 22;

/// ISO/IEC 18004, table 9: error correction codewords of a block, and blocks, by version.
struct Blocks {
    std::array<int, most_versions + 1> correction;
    std::array<int, most_versions + 1> count;
};
constexpr Blocks level_m = {{0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28},
                            {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17}};
constexpr Blocks level_q = {{0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30},
                            {0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23}};

Unexpected wrong() {
    return fail("qr.modules");
}

/// A grid of modules: what a function pattern wants there, or nothing for data.
class Grid {
public:
    explicit Grid(int version) : version_(version), size_(17 + 4 * version) {
        cells_.resize(static_cast<std::size_t>(size_) * static_cast<std::size_t>(size_));
        for (int i = 0; i < size_; ++i) {
            set(6, i, i % 2 == 0);
            set(i, 6, i % 2 == 0);
        }
        finder(3, 3);
        finder(3, size_ - 4);
        finder(size_ - 4, 3);
        alignment_patterns();
        version_information();
    }

    /// Format information (7.9), both copies, and the dark module.
    void format_information(unsigned level_bits, unsigned mask) {
        const unsigned data = level_bits << 3 | mask;
        unsigned remainder = data;
        for (int i = 0; i < 10; ++i) remainder = remainder << 1 ^ (remainder >> 9) * 0x537;
        const unsigned bits = (data << 10 | remainder) ^ 0x5412;
        const auto bit = [&](int i) { return (bits >> i & 1) != 0; };
        for (int i = 0; i <= 5; ++i) set(i, 8, bit(i));
        set(7, 8, bit(6));
        set(8, 8, bit(7));
        set(8, 7, bit(8));
        for (int i = 9; i < 15; ++i) set(8, 14 - i, bit(i));
        for (int i = 0; i < 8; ++i) set(8, size_ - 1 - i, bit(i));
        for (int i = 8; i < 15; ++i) set(size_ - 15 + i, 8, bit(i));
        set(size_ - 8, 8, true);
    }

    [[nodiscard]] std::optional<bool> at(int row, int column) const {
        return cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) +
                      static_cast<std::size_t>(column)];
    }
    [[nodiscard]] int size() const noexcept { return size_; }

private:
    void set(int row, int column, bool dark) {
        cells_[static_cast<std::size_t>(row) * static_cast<std::size_t>(size_) + static_cast<std::size_t>(column)] =
            dark;
    }

    void finder(int row, int column) {
        for (int y = -4; y <= 4; ++y)
            for (int x = -4; x <= 4; ++x) {
                if (row + y < 0 || row + y >= size_ || column + x < 0 || column + x >= size_) continue;
                const int distance = std::max(std::abs(x), std::abs(y));
                set(row + y, column + x, distance != 2 && distance != 4);
            }
    }

    void alignment_patterns() {
        if (version_ == 1) return;
        const int count = version_ / 7 + 2;
        const int step = (version_ * 4 + count * 2 + 1) / (count * 2 - 2) * 2;
        std::array<int, 8> centres{};
        centres[0] = 6;
        for (int i = count - 1, position = size_ - 7; i >= 1; --i, position -= step)
            centres.at(static_cast<std::size_t>(i)) = position;
        for (int i = 0; i < count; ++i)
            for (int j = 0; j < count; ++j) {
                const bool at_finder = (i == 0 && j == 0) || (i == 0 && j == count - 1) || (i == count - 1 && j == 0);
                if (at_finder) continue;
                for (int y = -2; y <= 2; ++y)
                    for (int x = -2; x <= 2; ++x)
                        set(centres.at(static_cast<std::size_t>(i)) + y, centres.at(static_cast<std::size_t>(j)) + x,
                            std::max(std::abs(x), std::abs(y)) != 1);
            }
    }

    void version_information() {
        if (version_ < 7) return;
        auto remainder = static_cast<unsigned>(version_);
        for (int i = 0; i < 12; ++i) remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25;
        const unsigned bits = static_cast<unsigned>(version_) << 12 | remainder;
        for (int i = 0; i < 18; ++i) {
            const bool dark = (bits >> i & 1) != 0;
            set(size_ - 11 + i % 3, i / 3, dark);
            set(i / 3, size_ - 11 + i % 3, dark);
        }
    }

    int version_;
    int size_;
    std::vector<std::optional<bool>> cells_;
};

bool masked(unsigned mask, int row, int column) noexcept {
    switch (mask) {
        case 0:
            return (row + column) % 2 == 0;
        case 1:
            return row % 2 == 0;
        case 2:
            return column % 3 == 0;
        case 3:
            return (row + column) % 3 == 0;
        case 4:
            return (row / 2 + column / 3) % 2 == 0;
        case 5:
            return row * column % 2 + row * column % 3 == 0;
        case 6:
            return (row * column % 2 + row * column % 3) % 2 == 0;
        default:
            return ((row + column) % 2 + row * column % 3) % 2 == 0;
    }
}

/// The codewords in the order of placement (7.7.3); nothing where a module that carries no data is wrong.
std::optional<Bytes> read_codewords(const QrSymbol& symbol, const Grid& grid, unsigned mask) {
    for (int row = 0; row < symbol.size; ++row)
        for (int column = 0; column < symbol.size; ++column)
            if (const auto wanted = grid.at(row, column); wanted && *wanted != symbol.dark(row, column))
                return std::nullopt;
    Bytes codewords;
    unsigned byte = 0;
    int bits = 0;
    for (int right = symbol.size - 1; right >= 1; right -= 2) {
        if (right == 6) right = 5;
        const bool upward = ((right + 1) & 2) == 0;
        for (int step = 0; step < symbol.size; ++step) {
            const int row = upward ? symbol.size - 1 - step : step;
            for (int column = right; column >= right - 1; --column) {
                if (grid.at(row, column)) continue;
                byte = byte << 1 | (symbol.dark(row, column) != masked(mask, row, column) ? 1U : 0U);
                if (++bits == 8) {
                    codewords.push_back(static_cast<std::uint8_t>(byte));
                    byte = 0;
                    bits = 0;
                }
            }
        }
    }
    // Remainder bits are 0 before masking.
    if (byte != 0) return std::nullopt;
    return codewords;
}

std::uint8_t multiply(std::uint8_t a, std::uint8_t b) noexcept {
    unsigned product = 0;
    for (int i = 7; i >= 0; --i) {
        product = product << 1 ^ (product >> 7) * 0x11D;
        product ^= (b >> i & 1) * unsigned{a};
    }
    return static_cast<std::uint8_t>(product);
}

/// True if the block is a codeword: the polynomial is zero at α^0 … α^(n−1).
bool is_codeword(const Bytes& block, int correction) noexcept {
    std::uint8_t root = 1;
    for (int i = 0; i < correction; ++i) {
        std::uint8_t value = 0;
        for (const auto byte : block) value = static_cast<std::uint8_t>(multiply(value, root) ^ byte);
        if (value != 0) return false;
        root = multiply(root, 2);
    }
    return true;
}

/// The data codewords, taken out of their interleaved blocks (7.6).
std::optional<Bytes> read_data(const Bytes& codewords, int correction, int blocks) {
    const auto total = static_cast<int>(codewords.size());
    const int short_length = total / blocks;
    const int long_blocks = total % blocks;
    std::vector<Bytes> split(static_cast<std::size_t>(blocks));
    std::size_t next = 0;
    const auto deal = [&](int from) {
        for (int block = from; block < blocks; ++block)
            split[static_cast<std::size_t>(block)].push_back(codewords[next++]);
    };
    for (int i = 0; i < short_length - correction; ++i) deal(0);
    if (long_blocks > 0) deal(blocks - long_blocks);
    for (int i = 0; i < correction; ++i) deal(0);
    Bytes data;
    for (const auto& block : split) {
        if (!is_codeword(block, correction)) return std::nullopt;
        data.insert(data.end(), block.begin(), block.end() - correction);
    }
    return data;
}

class BitReader {
public:
    explicit BitReader(const Bytes& bytes) : bytes_(bytes) {}
    [[nodiscard]] std::size_t left() const noexcept { return bytes_.size() * 8 - position_; }
    std::optional<unsigned> take(unsigned count) noexcept {
        if (count > left()) return std::nullopt;
        unsigned value = 0;
        for (unsigned i = 0; i < count; ++i, ++position_)
            value = value << 1 | (unsigned{bytes_[position_ / 8]} >> (7 - position_ % 8) & 1U);
        return value;
    }

private:
    const Bytes& bytes_;
    std::size_t position_ = 0;
};

bool append_digits(Bytes& content, unsigned value, int digits) {
    std::string text = std::to_string(value);
    if (static_cast<int>(text.size()) > digits) return false;
    text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
    content.insert(content.end(), text.begin(), text.end());
    return true;
}

/// Segments, terminator and padding (7.4).
Result<Bytes> read_segments(const Bytes& data, int version) {
    BitReader bits(data);
    Bytes content;
    for (;;) {
        if (bits.left() < 4) {
            if (bits.take(static_cast<unsigned>(bits.left())).value_or(0) != 0) return wrong();
            return content;
        }
        const auto mode = bits.take(4);
        if (mode == 0U) break;
        if (mode == 4U) {
            const auto count = bits.take(version <= 9 ? 8 : 16);
            for (unsigned i = 0; count && i < *count; ++i) {
                const auto byte = bits.take(8);
                if (!byte) return wrong();
                content.push_back(static_cast<std::uint8_t>(*byte));
            }
            if (!count) return wrong();
        } else if (mode == 1U) {
            const auto count = bits.take(version <= 9 ? 10 : 12);
            if (!count) return wrong();
            for (unsigned left = *count; left > 0;) {
                const unsigned digits = std::min(left, 3U);
                const auto value = bits.take(digits * 3 + 1);
                if (!value || !append_digits(content, *value, static_cast<int>(digits))) return wrong();
                left -= digits;
            }
        } else {
            return wrong();
        }
    }
    if (bits.take(static_cast<unsigned>(bits.left() % 8)).value_or(1) != 0) return wrong();
    for (unsigned pad = 0xEC; bits.left() > 0; pad ^= 0xEC ^ 0x11)
        if (bits.take(8) != pad) return wrong();
    return content;
}

}  // namespace

Result<Bytes> read_exact(const QrSymbol& symbol) {
    if (symbol.version < 1 || symbol.version > most_versions || symbol.size != 17 + 4 * symbol.version ||
        symbol.modules.size() != static_cast<std::size_t>(symbol.size) * static_cast<std::size_t>(symbol.size))
        return wrong();
    const auto version = static_cast<std::size_t>(symbol.version);
    for (const auto& [level, level_bits] : {std::pair{&level_m, 0U}, std::pair{&level_q, 3U}})
        for (unsigned mask = 0; mask < 8; ++mask) {
            Grid grid(symbol.version);
            grid.format_information(level_bits, mask);
            const auto codewords = read_codewords(symbol, grid, mask);
            if (!codewords) continue;
            const auto data = read_data(*codewords, level->correction[version], level->count[version]);
            if (!data) return wrong();
            return read_segments(*data, symbol.version);
        }
    return wrong();
}

}  // namespace sjcode::qr
