// The rules of a report number's form: docs/code-format.md, section 4.
#pragma once

#include <cstdint>
#include <string_view>

namespace sjcode {

inline constexpr std::size_t longest_report_number = 200;  // bytes
inline constexpr std::uint32_t first_report_year = 1'000;  // four digits without padding
inline constexpr std::uint32_t last_report_year = 9'999;

/// True if the text may stand between year and 第: no digit, bracket, 第, 号 or white space.
bool is_report_number_middle(std::string_view middle);

}  // namespace sjcode
