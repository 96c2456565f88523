#include "sjcode/report_number.h"
#include "fixtures.h"

using namespace sjcode;

namespace {

std::string canonical(std::string_view text) {
    const auto number = ReportNumber::parse(text);
    return number ? number->canonical() : number.error().code;
}

std::optional<ReportNumber::Parts> parts(std::string_view text) {
    return ReportNumber::parse(text).value().parts();
}

}  // namespace

TEST_CASE("every form of a report number that is in use has one canonical form") {
    const std::string expected = "明司鉴中心〔2026〕临鉴字第18号";
    for (const auto* const text : {
             "明司鉴中心〔2026〕临鉴字第18号",
             "明司鉴中心[2026]临鉴字第18号",
             "明司鉴中心［2026］临鉴字第18号",
             "明司鉴中心(2026)临鉴字第18号",
             "明司鉴中心（2026）临鉴字第18号",
             "明司鉴中心【2026】临鉴字第18号",
             " 明司鉴中心 〔２０２６〕 临鉴字 第 ０1８ 号\n",
             "明司鉴中心（2026）临鉴字第0018号",
         }) {
        INFO(text);
        CHECK(canonical(text) == expected);
        CHECK(canonical(canonical(text)) == expected);
        CHECK(parts(text) == ReportNumber::Parts{"明司鉴中心", 2026, "临鉴字", 18});
    }
}

TEST_CASE("numbers of other forms stay whole") {
    // Without brackets, without 第 … 号, and in a judgment's form
    for (const auto* const text :
         {"陕宝中园司鉴所2016临鉴字第229号", "明司鉴中心〔2026〕临鉴字18号", "明司鉴〔2026〕第18",
          "明司鉴〔26〕临鉴字第18号", "明司鉴〔2026)临鉴字第18号", "明司鉴〔2026〕临鉴字第1第8号",
          "明司鉴〔2026〕临2鉴字第18号", "明司鉴〔2026〕临鉴号第18号", "明司鉴〔2026〕临鉴字第十八号", "号", "第号"}) {
        INFO(text);
        CHECK(canonical(text) == text);
        // 第1第8号 is taken apart at the last 第, and then the middle holds a 第.
        CHECK_FALSE(parts(text));
    }
    CHECK(parts("[2014]法临鉴字第111号") == ReportNumber::Parts{"", 2014, "法临鉴字", 111});
    CHECK(parts("明（2020）司鉴〔2026〕第5号") == ReportNumber::Parts{"明〔2020〕司鉴", 2026, "", 5});
}

TEST_CASE("serials have one form and a limit") {
    CHECK(canonical("明司鉴〔2026〕临鉴字第000号") == "明司鉴〔2026〕临鉴字第0号");
    CHECK(parts("明司鉴〔2026〕临鉴字第18446744073709551615号")->serial == 18'446'744'073'709'551'615U);
    CHECK_FALSE(parts("明司鉴〔2026〕临鉴字第18446744073709551616号"));
    CHECK_FALSE(parts("明司鉴〔0123〕临鉴字第1号"));
}

TEST_CASE("what is no report number at all is refused") {
    CHECK(canonical("") == "report-number.form");
    CHECK(canonical(" 　\t") == "report-number.form");
    CHECK(canonical("明\xFF") == "report-number.form");
    CHECK(canonical(std::string(201, 'x')) == "report-number.form");
    CHECK(canonical(std::string(200, 'x')).size() == 200);
}
