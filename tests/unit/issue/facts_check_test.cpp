#include "catch.h"
#include "sample_report.h"

using namespace sjcode;

namespace {

using Fields = std::vector<std::string>;

Fields fields(const std::vector<FactMismatch>& mismatches) {
    Fields names;
    for (const auto& mismatch : mismatches) names.push_back(mismatch.field);
    return names;
}

Fields compare(const nlohmann::json& facts, const std::vector<std::string>& pages) {
    return fields(check_facts(facts_from(facts), pages));
}

FactMismatch only(const nlohmann::json& facts, const std::vector<std::string>& pages) {
    const auto found = check_facts(facts_from(facts), pages);
    REQUIRE(found.size() == 1);
    return found.front();
}

nlohmann::json changed(const char* field, nlohmann::json value) {
    auto facts = sample_facts_json();
    facts[field] = std::move(value);
    return facts;
}

}  // namespace

TEST_CASE("The right facts are found") {
    CHECK(compare(sample_facts_json(), sample_report()).empty());
}

TEST_CASE("A scan is not compared") {
    CHECK_FALSE(has_report_text({"", "第 2 页"}));
    CHECK(has_report_text(sample_report()));
    CHECK(compare(sample_facts_json(), {}).empty());
    CHECK(compare(sample_facts_json(), {"", "第 2 页", ""}).empty());
}

TEST_CASE("Text of quite another document bears nothing out") {
    CHECK(compare(sample_facts_json(), {"会议纪要\n关于办公用房的通知。"}) ==
          Fields{"number", "institution", "accepted", "opinion"});
}

TEST_CASE("Another report's number") {
    const auto wrong = only(changed("number", "示例司鉴中心〔2026〕临鉴字第19号"), sample_report());
    CHECK(wrong.field == "number");
    CHECK(wrong.expected == "示例司鉴中心〔2026〕临鉴字第19号");
    CHECK(wrong.found == "示例司鉴中心〔2026〕临鉴字第18号");
    for (const char* near :
         {"示例司鉴中心〔2026〕临鉴字第1号", "示例司鉴中心〔2026〕临鉴字第8号", "示例司鉴中心〔2026〕临鉴字第118号",
          "示例司鉴中心〔2025〕临鉴字第18号", "示例司鉴中心〔2026〕物鉴字第18号", "示例司鉴所〔2026〕临鉴字第18号"}) {
        INFO(near);
        CHECK(compare(changed("number", near), sample_report()) == Fields{"number"});
    }
}

TEST_CASE("A cited number is not the report's own") {
    // The facts of report 7, and the file of report 18, which cites it.
    CHECK(compare(changed("number", "另一司鉴所〔2025〕临鉴字第7号"), sample_report()) == Fields{"number"});
}

TEST_CASE("A number within a line counts where none has a line of its own") {
    const auto pages = with(sample_report(), "示例司鉴中心〔2026〕临鉴字第", "文号为示例司鉴中心〔2026〕临鉴字第");
    CHECK(compare(sample_facts_json(), pages).empty());
    CHECK(compare(changed("number", "示例司鉴中心〔2026〕临鉴字第19号"), pages) == Fields{"number"});
}

TEST_CASE("Forms of the number") {
    for (const char* form : {"示例司鉴中心［２０２６］临鉴字第１８号", "示例司鉴中心（2026）临鉴字第18号",
                             "示例司鉴中心[2026]临鉴字第018号", "示例司鉴中心【2026】临鉴字 第 18 号",
                             "编号：示例司鉴中心(2026)临鉴字第18号", "示例司鉴中心2026临鉴字第18号",
                             "示例司鉴中心〔2026〕临鉴字第\n18\n号", "示 例 司 鉴 中 心〔2026〕临鉴字第18号"}) {
        INFO(form);
        auto pages = with(sample_report(), "示例司鉴中心〔2026〕临鉴字第 18 号", form);
        pages = with(pages, "示例司鉴中心〔2026〕临鉴字第18号\n", "");
        if (std::string_view(form) == "示例司鉴中心〔2026〕临鉴字第\n18\n号") pages.push_back("x");
        CHECK(compare(sample_facts_json(), pages).empty());
    }
}

TEST_CASE("A number of another form is looked for as it is") {
    const auto pages = with(with(sample_report(), "示例司鉴中心〔2026〕临鉴字第 18 号", "鉴 2026-18"),
                            "示例司鉴中心〔2026〕临鉴字第18号\n", "");
    CHECK(compare(changed("number", "鉴2026-18"), pages).empty());
    CHECK(compare(changed("number", "鉴2026-19"), pages) == Fields{"number"});
}

TEST_CASE("Institution") {
    const auto wrong = only(changed("institution", "另一司法鉴定所"), sample_report());
    CHECK(wrong.field == "institution");
    CHECK(wrong.found == "示例司法鉴定中心");
    // The name in a picture: the right number is enough, the wrong one is not.
    const auto picture = with(sample_report(), "示例司法鉴定中心", "");
    CHECK(compare(sample_facts_json(), picture).empty());
    CHECK(compare(changed("number", "示例司鉴中心〔2026〕临鉴字第19号"), picture) == Fields{"number", "institution"});
}

TEST_CASE("Licence of the institution") {
    const auto wrong = only(changed("licence", "440100002"), sample_report());
    CHECK(wrong.field == "licence");
    CHECK(wrong.found == "440100001");
    for (const char* form :
         {"司法鉴定许可证号:440100001", "司法鉴定许可证号：４４０１００００１", "司法鉴定许可证号 4401 00001",
          "司法鉴定机构许可证号：\n440100001", "《司法鉴定许可证》编号：440100001"}) {
        INFO(form);
        const auto pages = with(sample_report(), "司法鉴定许可证号：440100001", form);
        CHECK(compare(sample_facts_json(), pages).empty());
        CHECK(compare(changed("licence", "440100002"), pages) == Fields{"licence"});
    }
    // Not in the text, or somebody else's licence.
    CHECK(compare(sample_facts_json(), with(sample_report(), "司法鉴定许可证号：440100001", "")).empty());
    CHECK(compare(sample_facts_json(),
                  with(sample_report(), "司法鉴定许可证号：440100001", "医疗机构执业许可证号：12345678X"))
              .empty());
}

TEST_CASE("Appraisers: signatures may be pictures, but nobody else may stand there") {
    auto facts = sample_facts_json();
    facts["appraisers"][1]["licence"] = "440100001003";
    const auto wrong = only(facts, sample_report());
    CHECK(wrong.field == "appraisers[1].licence");
    CHECK(wrong.expected == "440100001003");
    CHECK(wrong.found == "440100001002");

    // The institution's licence is the beginning of every appraiser's: no whole number.
    facts["appraisers"][1]["licence"] = "440100001";
    CHECK(compare(facts, sample_report()) == Fields{"appraisers[1].licence"});

    // One or both licence numbers in a picture.
    const auto one = with(sample_report(), "440100001002", "");
    CHECK(compare(sample_facts_json(), one).empty());
    CHECK(compare(sample_facts_json(), with(one, "440100001001", "")).empty());

    // Names.
    const auto named = with(with(sample_report(), "（签名） 执业证号：440100001001", "张 三 执业证号：440100001001"),
                            "（签名） 执业证号：440100001002", "李四（签名）执业证号：440100001002");
    CHECK(compare(sample_facts_json(), named).empty());
    const auto other = with(named, "李四", "王五");
    const auto name = only(sample_facts_json(), other);
    CHECK(name.field == "appraisers[1].name");
    CHECK(name.found == "王五");
}

TEST_CASE("Appraisers: name and licence exchanged") {
    const auto named = with(with(sample_report(), "（签名） 执业证号：440100001001", "张三 执业证号：440100001001"),
                            "（签名） 执业证号：440100001002", "李四 执业证号：440100001002");
    auto facts = sample_facts_json();
    facts["appraisers"][0]["licence"] = "440100001002";
    facts["appraisers"][1]["licence"] = "440100001001";
    CHECK(compare(facts, named) == Fields{"appraisers[0].licence", "appraisers[1].licence"});
}

TEST_CASE("Date of acceptance") {
    for (const char* form :
         {"受理日期：2026年9月3日", "受理日期：2026-09-03", "受理日期：2026-9-3 14:05", "受理日期：2026.9.3",
          "受理日期：2026.09.03。", "受理日期：2026/9/3", "受理日期：２０２６年０９月０３日",
          "受理日期：二〇二六年九月三日", "受理日期：二零二六年九月三日", "受理日期：二○二六年九月三日",
          "受 理 日 期\n2026\n年\n9\n月\n3\n日", "受理时间为2026年9月3日", "本中心于2026年9月3日受理",
          "委托日期：2026年9月3日"}) {
        INFO(form);
        const auto pages = with(sample_report(), "受理日期：2026 年 9 月 3 日", form);
        CHECK(compare(sample_facts_json(), pages).empty());
        CHECK(compare(changed("accepted", "2026-09-04"), pages) == Fields{"accepted"});
    }
    const auto wrong = only(changed("accepted", "2026-09-10"), sample_report());
    CHECK(wrong.expected == "2026年9月10日");
    // 2026-09-10 stands in the text, as the date of the appraisal.
    CHECK(wrong.found == "2026年9月3日");
    for (const char* near : {"2026-09-30", "2026-01-03", "2025-09-03", "2026-11-02"}) {
        INFO(near);
        CHECK(compare(changed("accepted", near), sample_report()) == Fields{"accepted"});
    }
}

TEST_CASE("Numbers that only look like the date are not the date") {
    for (const char* form :
         {"12026-09-03", "2026-09-031", "2026-09.03", "2026年9月", "2026年9月3号楼", "编号2026-9-33"}) {
        INFO(form);
        const auto pages = with(sample_report(), "受理日期：2026 年 9 月 3 日", form);
        const bool day_and_word = std::string_view(form) == "2026年9月3号楼";
        CHECK(compare(sample_facts_json(), pages) == (day_and_word ? Fields{} : Fields{"accepted"}));
    }
}

TEST_CASE("Opinion: white space, page breaks and forms of punctuation do not matter") {
    CHECK(compare(changed("opinion",
                          "甲某因交通事故致右侧胫骨平台骨折,经手术内固定治疗后,\n右膝关节活动功能部分丧失,"
                          "依照〈人体损伤致残程度分级〉第5．10．6条之规定,评定为十级伤残."),
                  sample_report())
              .empty());
    // A part of it is found too.
    CHECK(compare(changed("opinion", "评定为十级伤残。"), sample_report()).empty());
    for (const char* footer : {"- 2 -", "2", "第2页", "第 2 页 共 3 页", "第二页", "Page 2 of 3", "2/3"}) {
        INFO(footer);
        auto pages = with(sample_report(), "第 2 页 共 3 页", footer);
        CHECK(compare(sample_facts_json(), pages).empty());
        // Header and footer together at the end of each page, as some programs write them.
        for (std::size_t page = 3; page < 6; ++page)
            pages[page] =
                with({pages[page]}, "示例司鉴中心〔2026〕临鉴字第18号\n", "")[0] + "\n示例司鉴中心〔2026〕临鉴字第18号";
        CHECK(compare(sample_facts_json(), pages).empty());
    }
}

TEST_CASE("Opinion: another one is shown") {
    auto facts = sample_facts_json();
    const auto said = facts["opinion"].get<std::string>();
    facts["opinion"] = with({said}, "十级", "九级")[0];
    const auto wrong = only(facts, sample_report());
    CHECK(wrong.field == "opinion");
    CHECK(wrong.expected == facts["opinion"]);
    CHECK(wrong.found == said);
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"5.10.6", "5.9.6"}, {"右侧", "左侧"}, {"部分丧失", "丧失"}, {"5.10.6", "5106"}}) {
        INFO(to);
        CHECK(compare(changed("opinion", with({said}, from, to)[0]), sample_report()) == Fields{"opinion"});
    }
}

TEST_CASE("Opinion: a long one is shown where it differs") {
    std::string text;
    for (int i = 1; i <= 40; ++i) text += "第" + std::to_string(i) + "项所见正常，未见异常改变。";
    auto pages = sample_report();
    pages[4] = "六、鉴定意见\n" + text;
    pages[5] = "七、附件\n司法鉴定人：（签名） 执业证号：440100001001\n";
    CHECK(compare(changed("opinion", text), pages).empty());
    const auto wrong = only(changed("opinion", with({text}, "第30项所见正常", "第30项所见异常")[0]), pages);
    CHECK(wrong.expected.find("第30项所见异常") != std::string::npos);
    CHECK(wrong.found.find("第30项所见正常") != std::string::npos);
    CHECK(wrong.expected.size() < 400);
    CHECK(wrong.expected.starts_with("…"));
    CHECK(wrong.found.ends_with("…"));
}

TEST_CASE("Opinion: what an earlier report said, cited above, does not count") {
    auto pages = with(sample_report(), "甲某于2026年5月1日受伤。", "另一司鉴所的鉴定意见：甲某构成八级伤残。");
    CHECK(compare(changed("opinion", "甲某构成八级伤残。"), pages) == Fields{"opinion"});
}

TEST_CASE("Opinion: without its heading it is looked for everywhere") {
    const auto pages = with(with(sample_report(), "六、鉴定意见\n", ""), "六、鉴定意见........4\n", "");
    CHECK(compare(sample_facts_json(), pages).empty());
    const auto wrong = only(changed("opinion", "甲某构成八级伤残。"), pages);
    CHECK(wrong.found.empty());
}

TEST_CASE("Hostile text ends in an answer") {
    std::string long_line;
    for (int i = 0; i < 20'000; ++i) long_line += "鉴定人：(2026)第年月日许可证执业证受理日期";
    CHECK_FALSE(compare(sample_facts_json(), {long_line}).empty());
    CHECK_FALSE(compare(sample_facts_json(), {std::string(200'000, '('), std::string(200'000, '9'), "年月日"}).empty());
    for (const char* piece :
         {"2026年", "六、鉴定意见\n", "鉴定意见：\n", "司法鉴定人：张三李四", "执业证号：440100001001 ", "委托人：\n",
          "司法鉴定许可证号：", "〔2026〕临鉴字第", "2026-9", "一式"}) {
        std::string text = "正文\n";
        while (text.size() < 300'000) text += piece;
        CHECK_FALSE(compare(sample_facts_json(), {text}).empty());
        CHECK_FALSE(propose_facts({text}).missing.empty());
    }
    CHECK_FALSE(compare(sample_facts_json(), {std::string("\0年\0", 5), "\xFF\xFE年"}).empty());
    for (const char* edge : {"年", "2026年", "年9月3日", "2026-", "-9-3", "(2026)", "(2026)临鉴字第", "许可证",
                             "许可证号：", "执业证", "司法鉴定人：", "六、鉴定意见", "一式", "受理", "(", "(202"})
        CHECK(compare(sample_facts_json(), {std::string("正文\n") + edge}).size() >= 3);
}
