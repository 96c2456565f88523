#include "sjcode/messages.h"
#include "catch.h"

#include <system_error>

using namespace sjcode;

TEST_CASE("a sentence is found by its code, its gaps filled") {
    CHECK(has_sentence("number.length"));
    const auto text = sentence("number.length", {{"length", "19"}}, Language::zh);
    CHECK(text.find("19") != std::string::npos);
    CHECK(text.find('{') == std::string::npos);
    CHECK(text != sentence("number.length", {{"length", "19"}}, Language::en));
}

TEST_CASE("a code without a sentence gives the code, never nothing") {
    CHECK_FALSE(has_sentence("no.such.code"));
    CHECK(sentence("no.such.code", {}, Language::zh) == "no.such.code");
}

TEST_CASE("a place in the facts is told in words, and any other text stays") {
    const auto missing = [](const char* field, Language language) {
        return sentence("facts.missing", {{"field", field}}, language);
    };
    CHECK(missing("number", Language::zh).find("“文号（number）”") != std::string::npos);
    CHECK(missing("short_name", Language::zh).find("“机构简称（short_name）”") != std::string::npos);
    CHECK(missing("appraisers[11].name", Language::zh).find("“第 12 名司法鉴定人的姓名（appraisers[11].name）”") !=
          std::string::npos);
    CHECK(missing("number", Language::en).find("“number”") != std::string::npos);
    for (const char* other : {"", "[", "appraisers[", "appraisers[99999999999999999999].name", "no_such[0].field"})
        CHECK(missing(other, Language::zh).find(other) != std::string::npos);
}

TEST_CASE("the system's reasons are told in the reader's language, others as they are") {
    const auto open = [](const std::string& reason, Language language) {
        return sentence("file.open", {{"file", "a.pdf"}, {"reason", reason}}, language);
    };
    for (const auto number : {std::errc::no_such_file_or_directory, std::errc::permission_denied,
                              std::errc::no_space_on_device, std::errc::cross_device_link}) {
        const auto reason = std::generic_category().message(static_cast<int>(number));
        CHECK(open(reason, Language::zh).find(reason) == std::string::npos);
    }
    CHECK(open("Permission denied", Language::en).find("permission denied") != std::string::npos);
    CHECK(open("the token is on fire", Language::zh).find("the token is on fire") != std::string::npos);
}

TEST_CASE("a missing value leaves no gap open, and a value is not read as a gap") {
    CHECK(sentence("number.length", {}, Language::en).find('{') == std::string::npos);
    CHECK(sentence("trust.folder", {{"folder", "{reason}"}}, Language::en).find("{reason}") != std::string::npos);
}
