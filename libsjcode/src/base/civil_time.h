// Calendar days, without time zones of the machine: documents use +08:00 throughout.
#pragma once

#include "sjcode/environment.h"

#include <string>

namespace sjcode {

struct CivilDay {
    int year;
    int month;  ///< 1–12
    int day;    ///< 1–31
};

bool is_valid_day(const CivilDay& day) noexcept;
/// Days since 1970-01-01, proleptic Gregorian calendar.
std::int64_t days_from_civil(const CivilDay& day) noexcept;
CivilDay civil_from_days(std::int64_t days) noexcept;
/// The day in China (+08:00) at an instant.
CivilDay chinese_day(UnixTime time) noexcept;
/// "2026-09-03 14:05:09 +08:00".
std::string chinese_time_text(UnixTime time);

}  // namespace sjcode
