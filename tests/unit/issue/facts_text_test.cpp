#include "issue/facts_text.h"

#include "base/unicode.h"
#include "catch.h"

using namespace sjcode;
using issue::fold;
using issue::Furniture;
using issue::join;
using issue::ReportText;
using issue::tidy;

namespace {
std::string folded(std::string_view text) {
    return unicode::encode(fold(text));
}
}  // namespace

TEST_CASE("Folding: forms of brackets, digits, punctuation and white space are one") {
    for (const char* form :
         {"示例〔2026〕临鉴字第18号", "示例［２０２６］临鉴字第１８号", "示例 (2026) 临鉴字第 18 号",
          "示例【2026】临鉴字第18号", "示例（2026）\n临鉴字\u00a0第1\u200b8号", "示例\u30002026\u3000临鉴字第18号"}) {
        INFO(form);
        const bool brackets = std::string_view(form).find("\u30002026") == std::string_view::npos;
        CHECK(folded(form) == (brackets ? "示例(2026)临鉴字第18号" : "示例2026临鉴字第18号"));
    }
    CHECK(folded("“甲”，《乙》；丙：丁。戊、己！") == folded("\"甲\",〈乙〉;丙:丁.戊,己!"));
    CHECK(folded("二○二六") == "二〇二六");
    CHECK(folded("10—20") == folded("10-20"));
    CHECK(folded("⻓⻔⽰例⽂书") == "长门示例文书");
    CHECK(folded("１．５％") == "1.5%");
    CHECK(folded("\xFF").empty());
    // What changes the meaning stays.
    CHECK(folded("10.0") != folded("100"));
    CHECK(folded("十级") != folded("九级"));
    CHECK(folded("是") != folded("不是"));
}

TEST_CASE("Tidying keeps what was written") {
    CHECK(tidy("  依据 DNA 分析结果 ， 第 5.10.6 条 ") == "依据DNA分析结果，第5.10.6条");
    CHECK(tidy("Page  3\tof 13") == "Page 3 of 13");
    CHECK(tidy("〔2026〕\u200b“甲某”") == "〔2026〕“甲某”");
    CHECK(tidy("⻓度") == "长度");
}

TEST_CASE("Joining lines") {
    CHECK(join({"右膝关节活动功能部分", "丧失，依照规定"}) == "右膝关节活动功能部分丧失，依照规定");
    CHECK(join({"supported by the", "analysis"}) == "supported by the analysis");
    CHECK(join({"1．甲某构成十级伤残。", "2．误工期120日。"}) == "1．甲某构成十级伤残。\n2．误工期120日。");
    CHECK(join({"数值为1.5，偏差0.3；参考", "1.5至2.0。"}) == "数值为1.5，偏差0.3；参考1.5至2.0。");
    CHECK(join({"第一段到此结束。", "第二段从这里开始，这一行比上一行长得多，所以上一行是段末。"}) ==
          "第一段到此结束。\n第二段从这里开始，这一行比上一行长得多，所以上一行是段末。");
    CHECK(join({"", "只有一行", ""}) == "只有一行");
    CHECK(join({}).empty());
}

TEST_CASE("Page numbers and running headers are told from text") {
    std::vector<std::string> pages;
    for (int page = 1; page <= 5; ++page)
        pages.push_back("示例司鉴中心〔2026〕临鉴字第18号\n正文" + std::string(static_cast<std::size_t>(page), 'x') +
                        "\n检查所见。\n其余。\n再一行" + std::string(static_cast<std::size_t>(page), 'y') + "\n第 " +
                        std::to_string(page) + " 页 共 5 页");
    const ReportText text(pages);
    std::size_t headers = 0, numbers = 0;
    for (const auto& line : text.lines()) {
        if (line.folded.starts_with(U"示例司鉴中心")) headers += line.furniture == Furniture::repeated ? 1 : 0;
        if (line.folded.ends_with(U"共5页")) numbers += line.furniture == Furniture::page_number ? 1 : 0;
        if (line.folded.starts_with(U"正文")) CHECK(line.furniture == Furniture::none);
    }
    CHECK(headers == 5);
    CHECK(numbers == 5);
    CHECK(text.has_text());
}

TEST_CASE("Forms of page numbers") {
    for (const char* form : {"3", "- 3 -", "—3—", "第3页", "第 3 页 共 13 页", "共13页 第3页", "第３页，共１３页",
                             "3/13", "Page 3 of 13", "第三页", "·3·"}) {
        INFO(form);
        CHECK(ReportText({std::string("正文\n") + form}).lines().back().furniture == Furniture::page_number);
    }
    for (const char* form : {"3.5", "正文第3页", "440100001", "二〇二六年十一月二日", "第", "2026-09-03x"}) {
        INFO(form);
        CHECK(ReportText({std::string("正文\n") + form}).lines().back().furniture == Furniture::none);
    }
}

TEST_CASE("A scan has no text, whatever its pages are numbered or marked with") {
    CHECK_FALSE(ReportText({}).has_text());
    CHECK_FALSE(ReportText({"", " \n\f", "\u200b"}).has_text());
    CHECK_FALSE(ReportText({"第 1 页", "第 2 页"}).has_text());
    CHECK_FALSE(ReportText({"由某某软件扫描创建", "由某某软件扫描创建", "由某某软件扫描创建", ""}).has_text());
    CHECK_FALSE(ReportText({"\xFF\xFE"}).has_text());
    CHECK(ReportText({"", "司法鉴定意见书"}).has_text());
}
