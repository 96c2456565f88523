#include "sjcode/licence_kind.h"

#include <array>

namespace sjcode {
namespace {

struct Entry {
    LicenceKind kind;
    std::uint32_t category;
    std::string_view title;
};
constexpr std::array<Entry, 2> entries{
    {{LicenceKind::institution, 9'009'901, "司法鉴定许可证"}, {LicenceKind::appraiser, 9'009'902, "司法鉴定人执业证"}}};

constexpr const Entry& entry_of(LicenceKind kind) noexcept {
    return kind == LicenceKind::institution ? entries[0] : entries[1];
}

}  // namespace

std::optional<LicenceKind> licence_kind(std::uint64_t category) noexcept {
    for (const auto& entry : entries)
        if (entry.category == category) return entry.kind;
    return std::nullopt;
}

std::uint32_t licence_category(LicenceKind kind) noexcept {
    return entry_of(kind).category;
}

std::string_view licence_title(LicenceKind kind) noexcept {
    return entry_of(kind).title;
}

std::string licence_document_number(LicenceKind kind, std::string_view licence) {
    return std::string(licence_title(kind)) + std::string(licence);
}

std::optional<std::string> licence_holder(const Claims& claims) {
    const auto kind = licence_kind(claims.category);
    const auto* number = std::get_if<std::string>(&claims.number);
    if (!kind || number == nullptr || !number->starts_with(licence_title(*kind))) return std::nullopt;
    auto holder = number->substr(licence_title(*kind).size());
    if (holder.empty() || (*kind == LicenceKind::institution && holder != claims.issuer)) return std::nullopt;
    return holder;
}

}  // namespace sjcode
