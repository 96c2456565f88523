#include "catch.h"
#include "sjcode/facts.h"

using sjcode::Date;

TEST_CASE("A day is read in one form only") {
    const auto date = Date::parse("2026-09-03");
    REQUIRE(date);
    CHECK(*date == Date{2026, 9, 3});
    CHECK(date->iso() == "2026-09-03");
    CHECK(date->chinese() == "2026年9月3日");
    CHECK(Date::parse("2024-02-29"));
    for (const char* bad : {"", "2026-9-3", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
                            "0000-01-01", "2026/09/03", "2026-09-03 ", "+026-09-03", "２026-09-03", "2026-09-0a"}) {
        INFO(bad);
        const auto wrong = Date::parse(bad);
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().code == "facts.date");
        CHECK(wrong.error().parameters.contains("value"));
    }
}

TEST_CASE("A day begins at midnight in China, whatever the machine's zone") {
    CHECK(Date{1970, 1, 1}.start() == -8 * 3600);
    CHECK(Date{2026, 9, 3}.start() == 1'788'364'800);
    CHECK(Date::of(1'788'364'800) == Date{2026, 9, 3});
    CHECK(Date::of(1'788'364'799) == Date{2026, 9, 2});
    CHECK(Date::of(1'788'364'800 + 86'399) == Date{2026, 9, 3});
}
