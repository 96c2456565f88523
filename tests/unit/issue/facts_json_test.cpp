#include <nlohmann/json.hpp>

#include <fstream>

#include "catch.h"
#include "sjcode/facts.h"
#include "sjcode/messages.h"

using nlohmann::json;
using sjcode::Facts;

namespace {

json load(const std::string& path) {
    std::ifstream in(std::string(SJCODE_SOURCE_DIR) + path);
    REQUIRE(in);
    return json::parse(in);
}

json example() {
    return load("/docs/facts.schema.json").at("examples").at(0);
}

void check_sentence(const sjcode::Error& error) {
    CHECK(sjcode::has_sentence(error.code));
    for (const auto language : {sjcode::Language::zh, sjcode::Language::en})
        CHECK(sjcode::sentence(error, language).find('{') == std::string::npos);
}

}  // namespace

TEST_CASE("Facts: good and bad documents, the same that the schema is tested with") {
    // docs/facts.schema.json is held to the same file by tests/interop/test_schemas.py.
    const auto cases = load("/tests/unit/issue/facts_cases.json");
    REQUIRE(cases.size() > 100);
    for (const auto& entry : cases) {
        INFO(entry.at("name"));
        const auto facts = Facts::from_json(entry.at("json").get<std::string>());
        if (entry.at("error").is_null()) {
            if (!facts) FAIL_CHECK(facts.error().code << " " << facts.error().parameters.at("field"));
            if (!facts) continue;
            const auto again = Facts::from_json(facts->to_json());
            REQUIRE(again);
            CHECK(again->to_json() == facts->to_json());
            continue;
        }
        REQUIRE_FALSE(facts);
        CHECK(facts.error().code == entry.at("error"));
        if (entry.contains("field")) {
            const auto field = entry.at("field").get<std::string>();
            CHECK(facts.error().parameters.at("field") == (field.empty() ? "FACTS.json" : field));
        }
        check_sentence(facts.error());
    }
}

TEST_CASE("Facts: every value arrives") {
    auto document = example();
    document["number"] = "示例司鉴中心［２０２６］临鉴字 第 018 号";
    document["categories"] = {"FY0202", "FY010101"};
    document["kind"] = "reappraisal";
    document["prior"] = "另一司鉴所(2025)临鉴字第7号";
    document["case"] = "00FFa1";
    document["use"] = "保险理赔";
    document["opinion"] = "1．十级伤残。\n2．误工期120日。";
    const auto facts = Facts::from_json(document.dump());
    REQUIRE(facts);
    CHECK(facts->licence == "440100001");
    CHECK(facts->institution == "示例司法鉴定中心");
    CHECK(facts->short_name == "示例司鉴中心");
    CHECK(facts->number.canonical() == "示例司鉴中心〔2026〕临鉴字第18号");
    REQUIRE(facts->categories.size() == 2);
    CHECK(facts->categories[0].code() == "FY0202");
    CHECK(facts->categories[1].code() == "FY010101");
    REQUIRE(facts->appraisers.size() == 2);
    CHECK(facts->appraisers[1] == sjcode::Appraiser{"李四", "440100001002"});
    CHECK(facts->matter == "对甲某的人体损伤致残等级进行鉴定");
    CHECK(facts->commissioner == sjcode::Commissioner{sjcode::CommissionerKind::court, "某某市中级人民法院"});
    CHECK(facts->accepted == sjcode::Date{2026, 9, 3});
    CHECK(facts->opinion == "1．十级伤残。\n2．误工期120日。");
    CHECK(facts->kind == sjcode::ReportKind::reappraisal);
    CHECK(std::get<std::string>(*facts->prior) == "另一司鉴所〔2025〕临鉴字第7号");
    CHECK(facts->case_code == sjcode::Bytes{0x00, 0xFF, 0xA1});
    CHECK(facts->copies == 4);
    CHECK(facts->use == "保险理赔");
    CHECK(facts->status == 18);
    CHECK(facts->warnings().empty());
}

TEST_CASE("Facts: written in the documented order, as the example has it") {
    std::ifstream in(std::string(SJCODE_SOURCE_DIR) + "/docs/facts.schema.json");
    const auto schema = nlohmann::ordered_json::parse(in);
    const auto& document = schema.at("examples").at(0);
    const auto facts = Facts::from_json(document.dump());
    REQUIRE(facts);
    CHECK(facts->to_json() == document.dump(2) + "\n");
}

TEST_CASE("Facts: what a program sets and no document may say is still written as JSON") {
    auto facts = Facts::from_json(example().dump());
    REQUIRE(facts);
    facts->opinion = "\xFF";
    CHECK(json::accept(facts->to_json()));
    CHECK(json::parse(facts->to_json()).at("opinion") == "\uFFFD");
}

TEST_CASE("Facts: limits") {
    auto document = example();
    std::string opinion;
    for (int i = 0; i < 100'000; ++i) opinion += "伤";
    document["opinion"] = opinion;
    CHECK(Facts::from_json(document.dump()));
    document["opinion"] = opinion + "伤";
    auto refused = Facts::from_json(document.dump());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "facts.value.length");

    refused = Facts::from_json(std::string(1 << 20, ' ') + example().dump());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "facts.size");
    check_sentence(refused.error());

    refused = Facts::from_json(std::string(200'000, '['));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "facts.nesting");
}

TEST_CASE("Facts: no field takes a resident identity number") {
    for (const auto* field : {"/matter", "/opinion", "/use", "/commissioner/name", "/appraisers/0/name"}) {
        INFO(field);
        auto document = example();
        document[json::json_pointer(field)] = "甲某（身份证号11010519491231002X）";
        const auto facts = Facts::from_json(document.dump());
        REQUIRE_FALSE(facts);
        CHECK(facts.error().code == "facts.value.resident-id");
        check_sentence(facts.error());
        // One digit off, it is some other number.
        document[json::json_pointer(field)] = "甲某（编号11010519491231003X）";
        CHECK(Facts::from_json(document.dump()));
    }
}

TEST_CASE("Facts: bytes that are no UTF-8 are named by their line") {
    auto text = example().dump(2);
    const auto at = text.find("示例");
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    for (const char* bytes : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xCA\xBE\xC0\xFD"}) {
        auto broken = text;
        broken.insert(at, bytes);
        const auto refused = Facts::from_json(broken);
        // The last one is GBK and, in part, chance UTF-8: refused all the same.
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "facts.json");
        CHECK(refused.error().parameters.at("line") == std::to_string(line));
        check_sentence(refused.error());
    }
}

TEST_CASE("Facts: every truncation is refused") {
    const auto text = example().dump();
    for (std::size_t size = 0; size < text.size(); ++size) REQUIRE_FALSE(Facts::from_json(text.substr(0, size)));
}

TEST_CASE("Facts: warnings") {
    const auto codes = [](const json& document) {
        const auto facts = Facts::from_json(document.dump());
        REQUIRE(facts);
        std::vector<std::string> found;
        for (const auto& warning : facts->warnings()) {
            check_sentence(warning);
            found.push_back(warning.code + " " + warning.parameters.at("field"));
        }
        return found;
    };
    using Codes = std::vector<std::string>;
    auto document = example();
    CHECK(codes(document).empty());
    document["licence"] = "4402701";
    CHECK(codes(document).empty());
    for (const char* odd : {"44010000", "4401000011", "44010000A", "粤司鉴001"}) {
        document["licence"] = odd;
        CHECK(codes(document) == Codes{"warning.licence-format licence"});
    }
    document = example();
    document["appraisers"][1]["licence"] = "44010000100";
    CHECK(codes(document) == Codes{"warning.appraiser-licence-format appraisers[1].licence"});
    document = example();
    document["categories"] = {"FY0202", "QT9999"};
    CHECK(codes(document) == Codes{"warning.category-unknown categories[1]"});
    document = example();
    document["short_name"] = "示例司鉴所";
    CHECK(codes(document) == Codes{"warning.short-name short_name"});
    // A number of another form has no prefix to compare.
    document["number"] = "鉴2026-18";
    CHECK(codes(document).empty());
}

TEST_CASE("Names of report kinds") {
    for (const auto kind : {sjcode::ReportKind::report, sjcode::ReportKind::correction,
                            sjcode::ReportKind::supplementary, sjcode::ReportKind::reappraisal}) {
        CHECK(sjcode::report_kind(sjcode::name(kind)) == kind);
        CHECK(sjcode::has_sentence("kind." + std::string(sjcode::name(kind))));
    }
    CHECK_FALSE(sjcode::report_kind("Report"));
    CHECK_FALSE(sjcode::report_kind(""));
}
