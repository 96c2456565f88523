// Appraisal categories (执业类别): docs/code-format.md, section 4, and libsjcode/data/categories.json.
#pragma once

#include "sjcode/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

enum class CategoryClass : std::uint8_t {
    forensic_medicine = 1,  ///< FY 法医类
    physical_evidence = 2,  ///< WZ 物证类
    audio_visual = 3,       ///< SX 声像资料
    environment = 4,        ///< HJ 环境损害
    other = 9,              ///< QT 其他类, outside the registered four
};

/// A category as class and item. Item codes restart in each class, so neither means anything alone.
class Category {
public:
    /// From "FY0202" (two class letters, then four or six digits). Error: "category.form".
    static Result<Category> parse(std::string_view text);
    /// From class × 1,000,000 + item, as in claim 8. Error: "category.form" (0 included: that is "withheld").
    static Result<Category> from_number(std::uint64_t number);

    [[nodiscard]] CategoryClass category_class() const noexcept { return class_; }
    [[nodiscard]] std::uint32_t item() const noexcept { return item_; }
    [[nodiscard]] std::uint32_t number() const noexcept {
        return static_cast<std::uint32_t>(class_) * 1'000'000 + item_;
    }
    /// "FY0202": class letters, then four digits, or six where the item is a sub-item.
    [[nodiscard]] std::string code() const;
    /// Its Chinese name in the table, or nothing where the table does not know it (warn, never fail).
    [[nodiscard]] std::optional<std::string> name() const;
    /// True if the table has number and name from a source that was read, false where they wait for a comparison with
    /// the published classification.
    [[nodiscard]] bool name_verified() const;
    /// The class in Chinese, e.g. 法医类.
    [[nodiscard]] std::string_view class_name() const;
    /// Mental illness, parentage, sexual assault: never in the public part of a code (claim 8 is then 0). Holds for
    /// every item of a sensitive field and every sub-item of a sensitive item, in the table or not.
    [[nodiscard]] bool sensitive() const;

    friend bool operator==(const Category&, const Category&) = default;

private:
    Category(CategoryClass category_class, std::uint32_t item) : class_(category_class), item_(item) {}
    CategoryClass class_;
    std::uint32_t item_;
};

/// Version of the embedded category table, e.g. "2020-1".
std::string_view category_table_version();

}  // namespace sjcode
