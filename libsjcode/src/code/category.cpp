#include "sjcode/category.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

namespace sjcode {
namespace embedded {
extern const std::string_view categories;
}

namespace {

constexpr std::uint32_t items_per_class = 1'000'000;
/// An item below this has four digits, any other is a sub-item with six.
constexpr std::uint32_t first_sub_item = 10'000;
constexpr std::size_t letters_size = 2;

struct ClassLetters {
    CategoryClass category_class;
    std::string_view letters;
};
constexpr std::array<ClassLetters, 5> classes{{{CategoryClass::forensic_medicine, "FY"},
                                               {CategoryClass::physical_evidence, "WZ"},
                                               {CategoryClass::audio_visual, "SX"},
                                               {CategoryClass::environment, "HJ"},
                                               {CategoryClass::other, "QT"}}};

std::string_view letters_of(CategoryClass category_class) noexcept {
    for (const auto& entry : classes)
        if (entry.category_class == category_class) return entry.letters;
    return {};
}

struct TableItem {
    std::string name;
    bool verified = false;
};

struct Table {
    std::string version;
    std::map<CategoryClass, std::string> class_names;
    std::map<std::string, TableItem, std::less<>> items;  ///< by code, e.g. "FY0202"
    std::set<std::string, std::less<>> sensitive{};       ///< fields ("FY03") and items ("FY0402")
};

Table load() {
    const auto json = nlohmann::json::parse(embedded::categories, nullptr, false);
    // The table is compiled in and a test reads it: a broken one is a broken build.
    if (!json.is_object()) std::abort();
    Table table;
    table.version = json.at("version").get<std::string>();
    for (const auto& class_json : json.at("classes")) {
        const auto letters = class_json.at("code").get<std::string>();
        table.class_names.emplace(static_cast<CategoryClass>(class_json.at("number").get<int>()),
                                  class_json.at("name").get<std::string>());
        for (const auto& field : class_json.at("fields")) {
            if (field.value("sensitive", false)) table.sensitive.insert(letters + field.at("code").get<std::string>());
            for (const auto& item : field.at("items")) {
                const auto code = letters + item.at("code").get<std::string>();
                table.items.emplace(code,
                                    TableItem{item.at("name").get<std::string>(), item.at("verified").get<bool>()});
                if (item.value("sensitive", false)) table.sensitive.insert(code);
            }
        }
    }
    return table;
}

const Table& table() {
    static const Table loaded = load();
    return loaded;
}

}  // namespace

Result<Category> Category::parse(std::string_view text) {
    const auto digits = text.substr(std::min(text.size(), letters_size));
    if (digits.size() != 4 && digits.size() != 6) return fail("category.form");
    std::uint32_t item = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return fail("category.form");
        item = item * 10 + static_cast<std::uint32_t>(c - '0');
    }
    for (const auto& entry : classes) {
        if (entry.letters != text.substr(0, letters_size)) continue;
        const Category category(entry.category_class, item);
        // Six digits that four would say are a second way to write the same.
        if (category.code() == text) return category;
    }
    return fail("category.form");
}

Result<Category> Category::from_number(std::uint64_t number) {
    for (const auto& entry : classes)
        if (number / items_per_class == static_cast<std::uint64_t>(entry.category_class))
            return Category(entry.category_class, static_cast<std::uint32_t>(number % items_per_class));
    return fail("category.form");
}

std::string Category::code() const {
    auto digits = std::to_string(item_);
    digits.insert(0, (item_ < first_sub_item ? 4U : 6U) - digits.size(), '0');
    return std::string(letters_of(class_)) + digits;
}

std::optional<std::string> Category::name() const {
    const auto found = table().items.find(code());
    if (found == table().items.end()) return std::nullopt;
    return found->second.name;
}

bool Category::name_verified() const {
    const auto found = table().items.find(code());
    return found != table().items.end() && found->second.verified;
}

std::string_view Category::class_name() const {
    const auto found = table().class_names.find(class_);
    return found == table().class_names.end() ? std::string_view() : found->second;
}

bool Category::sensitive() const {
    const auto own = code();
    const auto& sensitive = table().sensitive;
    for (const auto size : {letters_size + 2, letters_size + 4, own.size()})
        if (sensitive.contains(std::string_view(own).substr(0, size))) return true;
    return false;
}

std::string_view category_table_version() {
    return table().version;
}

}  // namespace sjcode
