#include "catch.h"

#include "sjcode/category.h"
#include "sjcode/disclosure_level.h"

#include <algorithm>

using namespace sjcode;

namespace {

RecordValues values_with(std::string_view category) {
    RecordValues values;
    values.categories = {Category::parse(category).value().number()};
    return values;
}

bool shows(const std::vector<RecordKey>& keys, RecordKey key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("public shows no natural person and nothing of the opinion") {
    const auto keys = disclosed_entries("public", values_with("FY0202")).value();
    CHECK(shows(keys, RecordKey::institution));
    CHECK(shows(keys, RecordKey::categories));
    for (const auto key : {RecordKey::appraisers, RecordKey::matter, RecordKey::commissioner, RecordKey::opinion,
                           RecordKey::original, RecordKey::case_code})
        CHECK_FALSE(shows(keys, key));
}

TEST_CASE("for sensitive categories public shows nothing of entries 4 to 9") {
    for (const auto* category : {"FY0402", "FY0302", "FY0205"}) {
        const auto keys = disclosed_entries("public", values_with(category)).value();
        for (const auto key : keys) CHECK((static_cast<unsigned>(key) < 4 || static_cast<unsigned>(key) > 9));
    }
}

TEST_CASE("one sensitive category among several, or an unknown one, counts for all") {
    auto values = values_with("FY0202");
    values.categories.push_back(Category::parse("FY0402").value().number());
    CHECK_FALSE(shows(disclosed_entries("public", values).value(), RecordKey::categories));
    values.categories = {5'000'001};
    CHECK_FALSE(shows(disclosed_entries("public", values).value(), RecordKey::categories));
}

TEST_CASE("a party sees the opinion; an unknown level is an error") {
    CHECK(shows(disclosed_entries("party", values_with("FY0402")).value(), RecordKey::opinion));
    CHECK(disclosed_entries("everything", values_with("FY0202")).error().code == "disclosure.level");
}
