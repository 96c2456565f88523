#include "sjcode/category.h"
#include "fixtures.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace sjcode;

TEST_CASE("a category has letters, and four digits or six") {
    const auto category = Category::parse("FY0202").value();
    CHECK(category.category_class() == CategoryClass::forensic_medicine);
    CHECK(category.item() == 202);
    CHECK(category.number() == 1'000'202);
    CHECK(category.code() == "FY0202");
    CHECK(category.name() == "人体残疾等级");
    CHECK(category.class_name() == "法医类");
    CHECK(Category::from_number(1'000'202).value() == category);

    const auto sub_item = Category::parse("FY010101").value();
    CHECK(sub_item.number() == 1'010'101);
    CHECK(sub_item.code() == "FY010101");
    CHECK(sub_item.name() == "尸体解剖、死亡原因鉴定");
    CHECK(sub_item.name_verified());
}

TEST_CASE("item codes restart in each class, and the letters keep them apart") {
    CHECK(Category::parse("FY0101").value().name() == "死亡原因鉴定");
    CHECK_FALSE(Category::parse("HJ0101").value().name());
    CHECK(Category::parse("HJ0101").value().class_name() == "环境损害");
    CHECK(Category::parse("WZ0601").value().number() == 2'000'601);
    CHECK(Category::parse("SX1101").value().number() == 3'001'101);
    CHECK(Category::parse("QT0001").value().number() == 9'000'001);
}

TEST_CASE("an unknown item is a category without a name") {
    const auto category = Category::parse("FY0299").value();
    CHECK_FALSE(category.name());
    CHECK_FALSE(category.name_verified());
}

TEST_CASE("other forms are refused") {
    for (const auto* const text : {"", "FY", "FY020", "FY02020", "FY0202022", "fy0202", "XX0202", "FY02O2", "0202",
                                   "ＦＹ0202", "FY 0202", "FY000202"}) {
        INFO(text);
        CHECK(error_code(Category::parse(text)) == "category.form");
    }
    CHECK(error_code(Category::from_number(0)) == "category.form");
    CHECK(error_code(Category::from_number(5'000'101)) == "category.form");
    CHECK(error_code(Category::from_number(10'000'000)) == "category.form");
    CHECK(error_code(Category::from_number(~std::uint64_t{0})) == "category.form");
}

TEST_CASE("mental illness, parentage and sexual assault are sensitive, with whatever is under them") {
    for (const auto* const code :
         {"FY0301", "FY0399", "FY030101", "FY0402", "FY0403", "FY0404", "FY0205", "FY020501"}) {
        INFO(code);
        CHECK(Category::parse(code).value().sensitive());
    }
    for (const auto* const code : {"FY0202", "FY0401", "WZ0301", "HJ0402", "SX0205", "FY0101", "QT0301"}) {
        INFO(code);
        CHECK_FALSE(Category::parse(code).value().sensitive());
    }
}

TEST_CASE("the table is whole: every code in it is one, once, with a name") {
    std::ifstream file(SJCODE_SOURCE_DIR "/libsjcode/data/categories.json");
    const auto table = nlohmann::json::parse(file);
    CHECK(table.at("version") == std::string(category_table_version()));
    std::set<std::string> seen;
    for (const auto& class_json : table.at("classes"))
        for (const auto& field : class_json.at("fields"))
            for (const auto& item : field.at("items")) {
                const auto code = class_json.at("code").get<std::string>() + item.at("code").get<std::string>();
                INFO(code);
                CHECK(seen.insert(code).second);
                const auto category = Category::parse(code);
                REQUIRE(category);
                CHECK(category->name() == item.at("name").get<std::string>());
                CHECK(category->name_verified() == item.at("verified").get<bool>());
                CHECK(item.at("code").get<std::string>().starts_with(field.at("code").get<std::string>()));
            }
    CHECK(seen.size() > 50);
}
