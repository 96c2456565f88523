#include "sjcode/disclosure_level.h"

#include "sjcode/category.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace sjcode {
namespace embedded {
extern const std::string_view disclosure_levels;
}  // namespace embedded

namespace {

const nlohmann::json& table() {
    static const nlohmann::json parsed = [] {
        auto json = nlohmann::json::parse(embedded::disclosure_levels, nullptr, false);
        // The text is compiled in and a test reads it: a broken one is a broken build.
        if (!json.is_object() || !json.contains("levels")) std::abort();
        return json;
    }();
    return parsed;
}

/// An unknown category is as good as sensitive: nobody can say that it is not.
bool any_sensitive(const RecordValues& values) {
    return std::any_of(values.categories.begin(), values.categories.end(), [](std::uint32_t number) {
        const auto category = Category::from_number(number);
        return !category || category->sensitive();
    });
}

}  // namespace

Result<std::vector<RecordKey>> disclosed_entries(std::string_view level, const RecordValues& values) {
    const auto& levels = table()["levels"];
    const auto found = levels.find(std::string(level));
    if (found == levels.end()) return fail("disclosure.level", {{"level", std::string(level)}});
    const auto& names = (*found)[any_sensitive(values) ? "entries_if_sensitive" : "entries"];
    std::vector<RecordKey> keys;
    for (const auto& entry : names)
        if (const auto key = record_key(entry.get<std::string>())) keys.push_back(*key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

}  // namespace sjcode
