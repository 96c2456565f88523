#include "sjcode/verdict.h"

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/unicode.h"
#include "catch.h"
#include "sjcode/key.h"
#include "verify/verdict_layout.h"

using namespace sjcode;
using nlohmann::json;

namespace {

Check check(CheckResult result, bool mandatory = true) {
    return {"signature", result, "outcome.authentic", {}, mandatory};
}

Verdict sample(Outcome outcome) {
    Verdict verdict;
    verdict.outcome = outcome;
    verdict.checks = {{"signature", CheckResult::pass, "check.signature"},
                      {"trust", CheckResult::pass, "check.trust"},
                      {"seal", CheckResult::unchecked, "check.seal", {}, false},
                      {"original", CheckResult::fail, "where.offset", {{"value", "12"}}},
                      {"structure", CheckResult::warn, "check.structure", {}, false}};
    verdict.facts = {{"institution", "示例司法鉴定中心"},
                     {"report_number", "示例司鉴中心〔2026〕临鉴字第18号"},
                     {"short_name", "示例司鉴中心", false},
                     {"pages", "13"},
                     {"opinion",
                      "1．甲某因交通事故致右侧胫骨平台骨折，经手术内固定治疗后，右膝关节活动功能部分丧失，评定为十级伤"
                      "残。\n2．误工期120日。"}};
    return verdict;
}

/// Report codes are made by verification only: sign and verify one.
VerifiedReportCode signed_code(UnixTime issued = 1'793'590'000) {
    auto key = PrivateKey::generate(Algorithm::ed25519);
    REQUIRE(key);
    auto number = CodeNumber::parse("J012-3456-789A-BCDE-FGH9");
    REQUIRE(number);
    Claims claims{.issuer = "440100001",
                  .issued = issued,
                  .code = *number,
                  .number = ShortReportNumber{2026, "临鉴字", 18},
                  .record = {},
                  .entries = 25,
                  .pages = 13,
                  .category = 1'000'202,
                  .status = 18,
                  .kind = ReportKind::reappraisal,
                  .prior = PriorReport("另一司鉴所〔2025〕临鉴字第7号")};
    claims.record.fill(0xAB);
    const auto encoded = sign_report_code(claims, *key);
    REQUIRE(encoded);
    const auto raw = RawReportCode::decode(*encoded);
    REQUIRE(raw);
    auto code = VerifiedReportCode::verify(*raw, key->public_key());
    REQUIRE(code);
    return *std::move(code);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text)
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    return lines;
}

}  // namespace

TEST_CASE("From checks to outcome") {
    using R = CheckResult;
    CHECK(outcome_of({check(R::pass)}, true) == Outcome::authentic);
    CHECK(outcome_of({check(R::pass)}, false) == Outcome::code_genuine);
    CHECK(outcome_of({check(R::pass), check(R::warn)}, true) == Outcome::authentic);
    CHECK(outcome_of({check(R::pass), check(R::unchecked, false)}, true) == Outcome::authentic);
    CHECK(outcome_of({check(R::pass), check(R::unchecked)}, true) == Outcome::undetermined);
    CHECK(outcome_of({check(R::pass), check(R::unchecked)}, false) == Outcome::undetermined);
    CHECK(outcome_of({check(R::pass), check(R::unchecked), check(R::fail)}, true) == Outcome::not_authentic);
    CHECK(outcome_of({check(R::pass), check(R::fail, false)}, true) == Outcome::not_authentic);
    CHECK(outcome_of({check(R::pass), check(R::fail)}, false) == Outcome::not_authentic);
    // Nothing checked, nothing passed.
    CHECK(outcome_of({}, true) == Outcome::undetermined);
    CHECK(outcome_of({check(R::warn)}, true) == Outcome::undetermined);
    CHECK(outcome_of({check(R::unchecked, false)}, true) == Outcome::undetermined);
    CHECK(outcome_of({check(R::pass, false)}, true) == Outcome::undetermined);
}

TEST_CASE("Every outcome, result, check and fact has its words in both languages") {
    for (const auto outcome :
         {Outcome::authentic, Outcome::not_authentic, Outcome::undetermined, Outcome::code_genuine})
        for (const char* kind : {"outcome.", "advice.", "disclaimer."})
            CHECK(has_sentence(kind + std::string(name(outcome))));
    for (const auto result : {CheckResult::pass, CheckResult::fail, CheckResult::warn, CheckResult::unchecked})
        CHECK(has_sentence("result." + std::string(name(result))));
    for (const char* check : {"form", "code", "signature", "trust", "host", "record", "original", "revision", "symbol",
                              "pages", "entry", "seal", "status", "number", "structure", "document"})
        CHECK(has_sentence(std::string("check.") + check));
    for (const char* fact :
         {"issuer", "institution", "short_name", "report_number", "code_number", "issued", "pages", "category", "kind",
          "prior", "record", "appraisers", "matter", "commissioner", "accepted", "opinion", "copies", "use"})
        CHECK(has_sentence(std::string("fact.") + fact));
    for (const char* code : {"verdict.headline", "verdict.facts", "verdict.compare", "verdict.passed",
                             "verdict.list-separator", "fact.not-signed"})
        CHECK(has_sentence(code));
}

TEST_CASE("Every verdict for a person says that it does not vouch for the opinion") {
    for (const auto outcome :
         {Outcome::authentic, Outcome::not_authentic, Outcome::undetermined, Outcome::code_genuine}) {
        INFO(name(outcome));
        for (const auto& verdict : {sample(outcome), Verdict{outcome, {}, {}, {}}}) {
            const auto zh = verdict.to_text(Language::zh);
            CHECK(zh.starts_with("核验结果："));
            // Broken over lines, so compared without them.
            std::string joined;
            for (const auto& line : lines_of(zh)) joined += line;
            CHECK(joined.find("鉴定意见是否采信由办案机关审查认定。") != std::string::npos);
            CHECK(joined.find("不代表对鉴定意见的认可") != std::string::npos);
            CHECK(verdict.to_text(Language::en).find("vouch") != std::string::npos);
        }
    }
}

TEST_CASE("What was not compared never sounds as if it was") {
    std::string joined;
    for (const auto& line : lines_of(sample(Outcome::code_genuine).to_text(Language::zh))) joined += line;
    CHECK(joined.find("未经核对") != std::string::npos);
    CHECK(joined.find("逐页比对") != std::string::npos);
    CHECK(joined.find("请将赋码记载的下列内容与手中文书逐项比对") != std::string::npos);
    CHECK(joined.find("核验通过") == std::string::npos);
    for (const auto& line : lines_of(sample(Outcome::not_authentic).to_text(Language::zh)))
        CHECK(line.find("伪造") == std::string::npos);
}

TEST_CASE("The text: findings first, facts in columns, passed checks in one line") {
    const auto text = sample(Outcome::not_authentic).to_text(Language::zh);
    const auto fail = text.find("[不通过] 原文件"), unchecked = text.find("[未检查] 电子签章"),
               warn = text.find("[注意] 文件结构");
    REQUIRE(fail != std::string::npos);
    REQUIRE(unchecked != std::string::npos);
    REQUIRE(warn != std::string::npos);
    CHECK(fail < unchecked);
    CHECK(unchecked < warn);
    CHECK(warn < text.find("示例司法鉴定中心"));
    CHECK(text.find("已通过的检查：赋码签名、签发机构。") != std::string::npos);
    CHECK(text.find("示例司鉴中心（不在签名范围内）") != std::string::npos);
    CHECK(text.find("12") != std::string::npos);

    std::size_t column = 0;
    for (const auto& line : lines_of(text)) {
        CHECK(display_width(line) <= 80);
        for (const char* value :
             {"示例司法鉴定中心", "示例司鉴中心〔2026〕", "示例司鉴中心（", "13", "1．甲某因", "2．误工期"})
            if (const auto at = line.find(value); at != std::string::npos) {
                const auto here = display_width(line.substr(0, at));
                if (column == 0) column = here;
                CHECK(here == column);
            }
    }
    CHECK(column > 0);
}

TEST_CASE("Foreign text cannot move the cursor or turn the reading direction") {
    auto verdict = sample(Outcome::undetermined);
    verdict.facts.push_back({"matter", "a\x1b[2J\r核验结果：核验通过\u202e\u2028\x7f"});
    verdict.facts.push_back({"use", "\xFF\xFE\x80"});
    verdict.checks.push_back(
        {"document", CheckResult::unchecked, "where.offset", {{"value", "\x1b]0;x\x07\n核验通过"}}});
    const auto text = verdict.to_text(Language::zh);
    const auto code_points = unicode::decode(text);
    REQUIRE(code_points);
    for (const auto c : *code_points) CHECK((c == U'\n' || !unicode::is_control_or_format(c)));
    for (const auto& line : lines_of(text)) CHECK_FALSE(line.starts_with("核验通过"));
    const auto parsed = json::parse(verdict.to_json(Language::zh, "\xFF\n.pdf"));
    CHECK(parsed["input"] == "\uFFFD\n.pdf");
}

TEST_CASE("As JSON: one line, with all that the schema asks for") {
    auto verdict = sample(Outcome::code_genuine);
    verdict.code = signed_code();
    const auto text = verdict.to_json(Language::en, "report 18.pdf");
    CHECK(text.find('\n') == std::string::npos);
    const auto document = json::parse(text);
    CHECK(document["outcome"] == "code_genuine");
    CHECK(document["input"] == "report 18.pdf");
    CHECK(document["checks"].size() == 5);
    CHECK(document["checks"][3] == json{{"check", "original"},
                                        {"result", "fail"},
                                        {"code", "where.offset"},
                                        {"message", sentence("where.offset", {{"value", "12"}}, Language::en)},
                                        {"parameters", {{"value", "12"}}},
                                        {"mandatory", true}});
    CHECK(document["claims"] == json{{"issuer", "440100001"},
                                     {"issued", 1'793'590'000},
                                     {"issued_text", "2026-11-02 11:26:40 +08:00"},
                                     {"code", "J012-3456-789A-BCDE-FGH9"},
                                     {"number", "示例司鉴中心〔2026〕临鉴字第18号"},
                                     {"pages", 13},
                                     {"category", "FY0202"},
                                     {"kind", "reappraisal"},
                                     {"prior", "另一司鉴所〔2025〕临鉴字第7号"},
                                     {"status", 18},
                                     {"entries", 25},
                                     {"record", "abababababababababababababababababababababababababababababababab"}});
    CHECK(document["facts"][2] ==
          json{{"name", "short_name"}, {"label", "short name"}, {"value", "示例司鉴中心"}, {"signed", false}});
    CHECK(document["disclaimer"] == sentence("disclaimer.code_genuine", {}, Language::en));

    // A time that no calendar holds is still a claim.
    constexpr auto latest = std::numeric_limits<UnixTime>::max();
    verdict.code = signed_code(latest);
    const auto late = json::parse(verdict.to_json(Language::en));
    CHECK(late["claims"]["issued"] == latest);
    CHECK(late["claims"]["issued_text"] == std::to_string(latest));

    verdict.code.reset();
    const auto bare = json::parse(verdict.to_json(Language::zh));
    CHECK(bare["claims"].is_null());
    CHECK_FALSE(bare.contains("input"));
}

TEST_CASE("The schema's example is what the library writes") {
    // tests/interop/test_schemas.py holds the example against the schema.
    std::ifstream in(std::string(SJCODE_SOURCE_DIR) + "/docs/verdict.schema.json");
    const auto example = nlohmann::ordered_json::parse(in).at("examples").at(0);
    auto verdict = sample(Outcome::code_genuine);
    verdict.checks = {{"signature", CheckResult::pass, "check.signature"}};
    verdict.code = signed_code();
    const auto written = nlohmann::ordered_json::parse(verdict.to_json(Language::zh, "scan.png"));
    const auto keys = [](const nlohmann::ordered_json& object) {
        std::vector<std::string> names;
        for (const auto& [name, value] : object.items()) names.push_back(name);
        return names;
    };
    CHECK(keys(written) == keys(example));
    CHECK(keys(written["claims"]) == keys(example["claims"]));
    CHECK(keys(written["checks"][0]) == keys(example["checks"][0]));
    CHECK(keys(written["facts"][0]) == keys(example["facts"][0]));
}

TEST_CASE("Columns: Chinese characters take two") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("鉴定意见：") == 10);
    CHECK(display_width("〔2026〕") == 8);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("𠮷") == 2);
    CHECK(display_width("") == 0);
    CHECK(padded("鉴定", 6) == "鉴定  ");
    CHECK(padded("鉴定意见", 6) == "鉴定意见");
}

TEST_CASE("Lines are broken between Chinese characters and words, not before a closing mark") {
    using Lines = std::vector<std::string>;
    CHECK(wrapped("甲乙丙丁戊", 6) == Lines{"甲乙丙", "丁戊"});
    CHECK(wrapped("甲乙丙，丁戊", 6) == Lines{"甲乙", "丙，丁", "戊"});
    CHECK(wrapped("one two three", 8) == Lines{"one two", "three"});
    CHECK(wrapped("第100000号文书", 8) == Lines{"第100000", "号文书"});
    CHECK(wrapped("abcdefghij", 4) == Lines{"abcd", "efgh", "ij"});
    CHECK(wrapped("一\n\n二", 8) == Lines{"一", "", "二"});
    CHECK(wrapped("", 8) == Lines{""});
    CHECK(wrapped("“甲”“乙”", 1).size() > 1);
}
