#include "verify/standing.h"

#include "sjcode/category.h"
#include "sjcode/facts.h"

#include <algorithm>

namespace sjcode::standing {

std::string day(UnixTime time) {
    return Date::of(time).chinese();
}

std::string last_day(UnixTime until) {
    return day(until - 1);
}

std::string category_text(std::uint32_t number) {
    const auto category = Category::from_number(number);
    if (!category) return std::to_string(number);
    const auto name = category->name();
    return category->code() + (name ? " " + *name : std::string());
}

Parameters event_parameters(const StatusEvent& event) {
    return {{"event", std::string(name(event.kind))},
            {"from", day(event.period.from)},
            {"until", event.period.until ? last_day(*event.period.until) : std::string()},
            {"source", event.authority + (event.document.empty() ? "" : " " + event.document)},
            {"authority", event.authority},
            {"document", event.document},
            {"keeper", event.keeper},
            {"category", event.category ? category_text(*event.category) : std::string()}};
}

bool covered(const std::vector<Period>& periods, UnixTime time) {
    return std::any_of(periods.begin(), periods.end(), [&](const Period& period) { return period.covers(time); });
}

bool registered(const std::vector<DatedCategory>& categories, std::uint32_t category, UnixTime time) {
    return std::any_of(categories.begin(), categories.end(), [&](const DatedCategory& dated) {
        return dated.period.covers(time) && dated.includes(category);
    });
}

std::optional<UnixTime> last_end(const std::vector<Period>& periods, UnixTime time) {
    std::optional<UnixTime> end;
    for (const auto& period : periods)
        if (period.from <= time && period.until && (!end || *period.until > *end)) end = period.until;
    return end;
}

Reach reach_of(const StatusEvent& event, const std::vector<std::uint32_t>& categories) {
    if (!event.category) return Reach::all;
    if (categories.empty()) return Reach::unknown_category;
    const DatedCategory scope{*event.category, {}};
    const bool concerned = std::any_of(categories.begin(), categories.end(), [&](std::uint32_t category) {
        // A suspended sub-item concerns a report that names the item alone, too.
        return scope.includes(category) || DatedCategory{category, {}}.includes(*event.category);
    });
    return concerned ? Reach::this_category : Reach::other_category;
}

}  // namespace sjcode::standing
