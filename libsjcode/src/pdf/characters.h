// Character classes of PDF (ISO 32000-2, 7.2.3).
#pragma once

#include <cstdint>

namespace sjcode::pdf {

constexpr bool is_white(std::uint8_t c) noexcept {
    return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}
constexpr bool is_delimiter(std::uint8_t c) noexcept {
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '/' ||
           c == '%';
}
constexpr bool is_regular(std::uint8_t c) noexcept {
    return !is_white(c) && !is_delimiter(c);
}
constexpr bool is_digit(std::uint8_t c) noexcept {
    return c >= '0' && c <= '9';
}

}  // namespace sjcode::pdf
