// Calendar days of a report, in Chinese time.
#include "base/civil_time.h"
#include "sjcode/facts.h"

#include <array>
#include <cstdio>

namespace sjcode {
namespace {

CivilDay civil(const Date& date) noexcept {
    return {date.year, date.month, date.day};
}

std::optional<int> digits(std::string_view text) noexcept {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
    const auto refuse = [&] { return fail("facts.date", {{"value", std::string(text.substr(0, 40))}}); };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refuse();
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day || !is_valid_day({*year, *month, *day})) return refuse();
    return Date{*year, *month, *day};
}

Date Date::of(UnixTime time) {
    const auto day = chinese_day(time);
    return {day.year, day.month, day.day};
}

UnixTime Date::start() const {
    constexpr UnixTime day_seconds = 86'400;
    constexpr UnixTime china_offset = 28'800;
    return days_from_civil(civil(*this)) * day_seconds - china_offset;
}

std::string Date::iso() const {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
    return text.data();
}

std::string Date::chinese() const {
    return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
}

}  // namespace sjcode
