#include "catch.h"

#include "sjcode/identifier.h"

#include <string>

using namespace sjcode;

namespace {

std::string error_of(std::string_view uscc) {
    const auto checked = check_uscc(uscc);
    return checked ? std::string() : checked.error().code;
}

bool warns(const std::vector<Error>& warnings, std::string_view code) {
    return std::any_of(warnings.begin(), warnings.end(), [&](const Error& warning) { return warning.code == code; });
}

}  // namespace

TEST_CASE("USCC found in public files are accepted, and every single typing error is not", "[trust][identifier]") {
    for (const std::string code :
         {"113700000045046442", "11430000006122244L", "11330105002500287C", "113700000045030270", "11100000000013338W",
          "11100000000013661B", "11100000MB03271699", "11100000MB0341032Y", "11420503087246977F"}) {
        INFO(code);
        const auto checked = check_uscc(code);
        REQUIRE(checked);
        CHECK(checked->text == code);
        CHECK(checked->warnings.empty());
        for (std::size_t i = 0; i < code.size(); ++i)
            for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
                auto typed = code;
                typed[i] = c;
                CHECK(check_uscc(typed).has_value() == (typed == code));
            }
    }
}

TEST_CASE("a USCC is read as people write it", "[trust][identifier]") {
    CHECK(check_uscc("１１４３００００００６１２２２４４ｌ").value().text == "11430000006122244L");
    CHECK(check_uscc(" 11430000 006122244l ").value().text == "11430000006122244L");
    CHECK(error_of("") == "identifier.uscc-length");
    CHECK(error_of("1143000000612224L") == "identifier.uscc-length");
    CHECK(error_of("1143000000612224OL") == "identifier.uscc-character");
    CHECK(error_of("司法鉴定中心司法鉴定中心司法鉴定中心") == "identifier.uscc-character");
    CHECK(error_of("11430000006122244\xff") == "identifier.uscc-character");
    CHECK(error_of("114300000061222440") == "identifier.uscc-check");
}

TEST_CASE("unusual structures warn and pass", "[trust][identifier]") {
    // Right check characters over parts that no table has.
    const auto complete = [](std::string seventeen) {
        for (const char c : std::string_view("0123456789ABCDEFGHJKLMNPQRTUWXY"))
            if (check_uscc(seventeen + c)) return seventeen + c;
        return std::string();
    };
    CHECK(warns(check_uscc(complete("97430000006122244")).value().warnings, "identifier.uscc-department"));
    CHECK(warns(check_uscc(complete("11990000006122244")).value().warnings, "identifier.region"));
    CHECK(warns(check_uscc(complete("11430000006122245")).value().warnings, "identifier.organisation"));
    CHECK_FALSE(warns(check_uscc(complete("34440100006122244")).value().warnings, "identifier.uscc-department"));
}

TEST_CASE("electronic licence identifiers of GB/T 36904", "[trust][identifier]") {
    for (const std::string_view text : {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
                                        "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"}) {
        const auto identifier = LicenceIdentifier::parse(text);
        REQUIRE(identifier);
        CHECK(identifier->warnings.empty());
        CHECK(identifier->type.starts_with("11100000000013338W"));
    }
    // Issued by a region code: unusual, and right.
    const auto by_region =
        LicenceIdentifier::parse("1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9").value();
    CHECK(by_region.issuer == "340100");
    CHECK(warns(by_region.warnings, "identifier.licence-issuer"));
    const auto code = [](std::string_view text) {
        const auto identifier = LicenceIdentifier::parse(text);
        return identifier ? std::string() : identifier.error().code;
    };
    CHECK(code("1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M") ==
          "identifier.licence-check");
    CHECK(code("1.2.156.3005.3.A.B.C.001.1") == "identifier.licence-root");
    CHECK(code("1.2.156.3005.2.A.B.C.001") == "identifier.licence-parts");
    CHECK(code("1.2.156.3005.2.A.B..001.1") == "identifier.licence-parts");
    CHECK(code("1.2.156.3005.2.A.B-.C.001.1") == "identifier.licence-character");
}

TEST_CASE("licence numbers are never refused for their structure", "[trust][identifier]") {
    for (const std::string_view text : {"4402701", "440110087", "110006003", "４４０１１００８７"})
        CHECK(check_institution_licence(text).value().warnings.empty());
    CHECK(check_appraiser_licence("110006003012").value().warnings.empty());
    CHECK(check_institution_licence("").error().code == "identifier.empty");
    CHECK(check_institution_licence("　 ").error().code == "identifier.empty");
    CHECK(warns(check_institution_licence("44011008").value().warnings, "identifier.licence-number"));
    CHECK(warns(check_institution_licence("990110087").value().warnings, "identifier.region"));
    CHECK(warns(check_appraiser_licence("440110087").value().warnings, "identifier.licence-number"));
}

TEST_CASE("region codes, those of dissolved regions too", "[trust][identifier]") {
    CHECK(region_name("44") == "广东省");
    CHECK(region_name("4401") == "广州市");
    CHECK(region_name("440106") == "广州市");
    CHECK(region_name("440000") == "广东省");
    CHECK(region_name("5402") == "日喀则市");
    CHECK(region_name("5423") == "日喀则地区");
    CHECK(region_name("3712") == "莱芜市");
    CHECK(region_name("71") == "台湾省");
    for (const std::string_view unknown : {"", "4", "99", "4499", "44010", "44o1", "999999"})
        CHECK_FALSE(region_name(unknown));
    CHECK_FALSE(region_table_version().empty());
}

TEST_CASE("resident identity numbers are seen, and other numbers are not", "[trust][identifier]") {
    for (const std::string_view text :
         {"11010519491231002X", "身份证号11010519491231002x，", "110105 19491231 002X", "110105-19491231-002X",
          "１１０１０５１９４９１２３１００２Ｘ", "2026-09-03 11010519491231002X", "旧证110105491231002号"})
        CHECK(contains_resident_id(text));
    for (const std::string_view text :
         {"", "110105194912310021", "11010519491331002X", "440100001001", "示例司鉴中心〔2026〕临鉴字第18号",
          "99010519491231002X", "1110105194912310029911", "2026-09-03 14:05:09", "113700000045046442"})
        CHECK_FALSE(contains_resident_id(text));
}
