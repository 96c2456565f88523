#include "sjcode/trust_record.h"

#include <array>
#include <utility>

namespace sjcode {
namespace {

constexpr std::array<std::pair<StatusEventKind, std::string_view>, 7> kind_names{{
    {StatusEventKind::suspended, "suspended"},
    {StatusEventKind::closed, "closed"},
    {StatusEventKind::registration_revoked, "registration-revoked"},
    {StatusEventKind::cancelled, "cancelled"},
    {StatusEventKind::licence_revoked, "licence-revoked"},
    {StatusEventKind::blacklisted, "blacklisted"},
    {StatusEventKind::commissioning_stopped, "commissioning-stopped"},
}};

constexpr std::uint32_t items_per_class = 1'000'000;
constexpr std::uint32_t first_sub_item = 10'000;  // an item below it has four digits: see Category

}  // namespace

std::string_view name(StatusEventKind kind) noexcept {
    for (const auto& [value, text] : kind_names)
        if (value == kind) return text;
    return {};
}

std::optional<StatusEventKind> status_event_kind(std::string_view name) noexcept {
    for (const auto& [value, text] : kind_names)
        if (text == name) return value;
    return std::nullopt;
}

bool forbids_practice(StatusEventKind kind) noexcept {
    return kind != StatusEventKind::blacklisted && kind != StatusEventKind::commissioning_stopped;
}

bool DatedCategory::includes(std::uint32_t other) const noexcept {
    if (category == other) return true;
    if (category / items_per_class != other / items_per_class) return false;
    const auto own = category % items_per_class;
    const auto item = other % items_per_class;
    // 0202 of 020201; then 0200, the field, of 0202.
    const auto four_digits = item >= first_sub_item ? item / 100 : item;
    if (own >= first_sub_item) return false;
    return own == four_digits || (own % 100 == 0 && own / 100 == four_digits / 100);
}

}  // namespace sjcode
