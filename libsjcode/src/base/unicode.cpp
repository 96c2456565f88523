#include "base/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace sjcode::unicode {
namespace {

const utf8proc_uint8_t* data(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::optional<std::string> map(std::string_view text, int options) {
    if (!is_utf8(text)) return std::nullopt;
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(data(text), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                   static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    utf8proc_ssize_t at = 0;
    const auto size = static_cast<utf8proc_ssize_t>(text.size());
    while (at < size) {
        utf8proc_int32_t c = 0;
        const auto step = utf8proc_iterate(data(text) + at, size - at, &c);
        if (step <= 0) return false;
        at += step;
    }
    return true;
}

std::optional<std::u32string> decode(std::string_view text) {
    std::u32string result;
    utf8proc_ssize_t at = 0;
    const auto size = static_cast<utf8proc_ssize_t>(text.size());
    while (at < size) {
        utf8proc_int32_t c = 0;
        const auto step = utf8proc_iterate(data(text) + at, size - at, &c);
        if (step <= 0) return std::nullopt;
        result.push_back(static_cast<char32_t>(c));
        at += step;
    }
    return result;
}

std::string encode(std::u32string_view code_points) {
    std::string result;
    for (const auto c : code_points) {
        utf8proc_uint8_t buffer[4];
        const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer);
        result.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size));
    }
    return result;
}

std::optional<std::string> nfc(std::string_view text) {
    return map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::optional<std::string> nfkc(std::string_view text) {
    return map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

std::string typed_code(std::string_view text) {
    const auto points = decode(text);
    if (!points) return std::string(text);
    std::u32string kept;
    for (auto c : *points) {
        if (is_white_space(c)) continue;
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c >= U'a' && c <= U'z') c -= 32;
        kept += c;
    }
    return encode(kept);
}

bool is_white_space(char32_t c) noexcept {
    // PropList.txt of Unicode 15.0; utf8proc has categories, not this property.
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_control_or_format(char32_t c) noexcept {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF;
}

bool has_invisible(std::string_view text) {
    const auto points = decode(text);
    return !points || std::any_of(points->begin(), points->end(), is_control_or_format);
}

}  // namespace sjcode::unicode
