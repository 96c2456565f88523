#include "base/civil_time.h"
#include "catch.h"

#include <limits>

using namespace sjcode;

TEST_CASE("days are counted from 1970, in both directions") {
    CHECK(days_from_civil({1970, 1, 1}) == 0);
    CHECK(days_from_civil({1969, 12, 31}) == -1);
    CHECK(days_from_civil({2000, 3, 1}) == 11'017);
    for (std::int64_t day = -800'000; day < 3'000'000; day += 997) {
        const auto civil = civil_from_days(day);
        CHECK(days_from_civil(civil) == day);
    }
}

TEST_CASE("only days of the calendar are valid") {
    CHECK(is_valid_day({2024, 2, 29}));
    CHECK_FALSE(is_valid_day({2026, 2, 29}));
    CHECK_FALSE(is_valid_day({2100, 2, 29}));
    CHECK(is_valid_day({2000, 2, 29}));
    CHECK_FALSE(is_valid_day({2026, 4, 31}));
    CHECK_FALSE(is_valid_day({2026, 0, 1}));
    CHECK_FALSE(is_valid_day({2026, 13, 1}));
    CHECK_FALSE(is_valid_day({2026, 1, 0}));
    CHECK_FALSE(is_valid_day({0, 1, 1}));
    CHECK_FALSE(is_valid_day({10'000, 1, 1}));
}

TEST_CASE("the Chinese day begins at 16:00 UTC") {
    // 2026-09-02T15:59:59Z and the second after
    CHECK(chinese_day(1'788'364'799).day == 2);
    const auto day = chinese_day(1'788'364'800);
    CHECK(day.year == 2026);
    CHECK(day.month == 9);
    CHECK(day.day == 3);
    CHECK(chinese_time_text(1'788'364'800 + 14 * 3'600 + 5 * 60 + 9) == "2026-09-03 14:05:09 +08:00");
    CHECK(chinese_time_text(0) == "1970-01-01 08:00:00 +08:00");
    CHECK(chinese_time_text(253'402'185'600) == "9999-12-31 00:00:00 +08:00");
    // What anybody may claim and no calendar holds
    CHECK(chinese_time_text(-1) == "-1");
    CHECK(chinese_time_text(std::numeric_limits<UnixTime>::max()) == "9223372036854775807");
}
