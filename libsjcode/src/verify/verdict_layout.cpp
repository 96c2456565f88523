#include "verify/verdict_layout.h"

#include "base/unicode.h"

#include <algorithm>
#include <utility>

namespace sjcode {
namespace {

/// Wide and full-width blocks of EastAsianWidth.txt, in whole blocks.
constexpr std::pair<char32_t, char32_t> wide_blocks[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x4DBF},   {0x4E00, 0xA4CF},  {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},  {0xFFE0, 0xFFE6}, {0x16FE0, 0x18DFF},
    {0x1B000, 0x1B2FF}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

bool is_wide(char32_t c) noexcept {
    return std::any_of(std::begin(wide_blocks), std::end(wide_blocks),
                       [&](const auto& block) { return c >= block.first && c <= block.second; });
}

bool is_combining(char32_t c) noexcept {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0xE0100 && c <= 0xE01EF);
}

std::size_t width_of(char32_t c) noexcept {
    if (is_combining(c)) return 0;
    return is_wide(c) ? 2 : 1;
}

std::size_t width_of(std::u32string_view text) noexcept {
    std::size_t width = 0;
    for (const auto c : text) width += width_of(c);
    return width;
}

bool may_not_begin_a_line(char32_t c) noexcept {
    return std::u32string_view(U"，。、；：！？）》」』】〕”’％,.;:!?)%").find(c) != std::u32string_view::npos;
}

}  // namespace

namespace verify {

std::u32string characters(std::string_view text) {
    if (auto code_points = unicode::decode(text)) return *std::move(code_points);
    std::u32string result;
    for (const char c : text)
        result.push_back(static_cast<unsigned char>(c) < 0x80 ? static_cast<char32_t>(c) : U'\uFFFD');
    return result;
}

bool may_break(char32_t before, char32_t after) noexcept {
    if (may_not_begin_a_line(after) ||
        std::u32string_view(U"（《「『【〔“‘(").find(before) != std::u32string_view::npos)
        return false;
    return before == U' ' || is_wide(before) || is_wide(after);
}

}  // namespace verify

using verify::characters;
using verify::may_break;

std::size_t display_width(std::string_view text) {
    return width_of(characters(text));
}

std::string padded(std::string_view text, std::size_t width) {
    const auto own = display_width(text);
    return std::string(text) + std::string(width > own ? width - own : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    const auto add = [&](std::u32string_view line) {
        while (!line.empty() && line.back() == U' ') line.remove_suffix(1);
        lines.push_back(unicode::encode(line));
    };
    std::u32string line;
    std::size_t last_break = 0;  // in `line`; 0: none
    for (const auto c : characters(text)) {
        if (c == U'\n') {
            add(std::exchange(line, {}));
            last_break = 0;
            continue;
        }
        if (!line.empty() && may_break(line.back(), c)) last_break = line.size();
        if (!line.empty() && c != U' ' && width_of(line) + width_of(c) > width) {
            const auto end = last_break > 0 ? last_break : line.size();
            add(std::u32string_view(line).substr(0, end));
            line.erase(0, end);
            last_break = 0;
        }
        if (c == U' ' && line.empty() && !lines.empty()) continue;
        line.push_back(c);
    }
    add(line);
    return lines;
}

std::string harmless(std::string_view text, bool keep_lines) {
    auto code_points = characters(text);
    // One line end for all forms.
    std::u32string result;
    for (std::size_t i = 0; i < code_points.size(); ++i) {
        auto c = code_points[i];
        if (keep_lines && c == U'\r') {
            if (i + 1 < code_points.size() && code_points[i + 1] == U'\n') continue;
            c = U'\n';
        }
        const bool line_end = keep_lines && c == U'\n';
        const bool separator = c == U'\u2028' || c == U'\u2029';
        result.push_back(!line_end && (separator || unicode::is_control_or_format(c)) ? U'\uFFFD' : c);
    }
    return unicode::encode(result);
}

}  // namespace sjcode
