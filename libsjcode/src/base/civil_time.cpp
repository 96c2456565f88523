#include "base/civil_time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace sjcode {
namespace {
constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t china_offset = 28'800;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::chrono::year_month_day to_chrono(const CivilDay& day) noexcept {
    return {std::chrono::year(day.year), std::chrono::month(static_cast<unsigned>(day.month)),
            std::chrono::day(static_cast<unsigned>(day.day))};
}
}  // namespace

bool is_valid_day(const CivilDay& day) noexcept {
    return day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= 31 && day.year >= 1 && day.year <= 9999 &&
           to_chrono(day).ok();
}

std::int64_t days_from_civil(const CivilDay& day) noexcept {
    return std::chrono::sys_days(to_chrono(day)).time_since_epoch().count();
}

CivilDay civil_from_days(std::int64_t days) noexcept {
    const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days))};
    return {int(day.year()), static_cast<int>(unsigned(day.month())), static_cast<int>(unsigned(day.day()))};
}

CivilDay chinese_day(UnixTime time) noexcept {
    return civil_from_days(floor_divide(time + china_offset, day_seconds));
}

std::string chinese_time_text(UnixTime time) {
    // A code may claim any time; what no calendar of four digits holds is shown as it is claimed.
    constexpr UnixTime last = 253'402'214'400;  // 9999-12-31
    if (time < 0 || time > last) return std::to_string(time);
    const auto local = time + china_offset;
    const auto day = civil_from_days(floor_divide(local, day_seconds));
    const auto second = local - floor_divide(local, day_seconds) * day_seconds;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d +08:00", day.year, day.month, day.day,
                  static_cast<int>(second / 3600), static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
    return text.data();
}

}  // namespace sjcode
