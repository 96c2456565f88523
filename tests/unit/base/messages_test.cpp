#include "sjcode/messages.h"
#include "catch.h"

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

TEST_CASE("a missing value leaves no gap open, and a value is not read as a gap") {
    CHECK(sentence("number.length", {}, Language::en).find('{') == std::string::npos);
    CHECK(sentence("trust.folder", {{"folder", "{reason}"}}, Language::en).find("{reason}") != std::string::npos);
}
