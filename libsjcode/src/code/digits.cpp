// Bytes as decimal digits and back: docs/code-format.md, section 7.
#include "base/byte_reader.h"
#include "sjcode/symbol_url.h"

#include <algorithm>
#include <array>

namespace sjcode {
namespace {

constexpr std::size_t group_bytes = 7;
/// How many digits stand for so many bytes: as few as can hold them.
constexpr std::array<std::size_t, group_bytes + 1> width{0, 3, 5, 8, 10, 13, 15, 17};
constexpr std::size_t group_digits = width[group_bytes];

std::uint64_t value_of(std::string_view digits) noexcept {
    std::uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
    return value;
}

}  // namespace

std::string encode_digits(ByteView bytes) {
    std::string digits;
    digits.reserve((bytes.size() / group_bytes + 1) * group_digits);
    ByteReader reader(bytes);
    while (!reader.at_end()) {
        const auto count = std::min(group_bytes, reader.remaining());
        auto value = reader.big_endian(count).value_or(0);
        std::array<char, group_digits> group{};
        for (std::size_t i = width[count]; i-- > 0; value /= 10) group[i] = static_cast<char>('0' + value % 10);
        digits.append(group.data(), width[count]);
    }
    return digits;
}

Result<Bytes> decode_digits(std::string_view digits) {
    if (digits.empty()) return fail("digits.empty");
    for (const char c : digits)
        if (c < '0' || c > '9') return fail("digits.character");
    const auto tail = digits.size() % group_digits;
    const auto tail_bytes = static_cast<std::size_t>(std::find(width.begin(), width.end(), tail) - width.begin());
    if (tail_bytes == width.size()) return fail("digits.length");
    Bytes bytes;
    bytes.reserve(digits.size() / group_digits * group_bytes + tail_bytes);
    while (!digits.empty()) {
        const auto group = digits.substr(0, group_digits);
        const auto count = group.size() == group_digits ? group_bytes : tail_bytes;
        const auto value = value_of(group);
        if (value >> (8 * count) != 0) return fail("digits.range");
        append_big_endian(bytes, value, count);
        digits.remove_prefix(group.size());
    }
    return bytes;
}

}  // namespace sjcode
