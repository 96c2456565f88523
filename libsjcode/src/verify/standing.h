// What the checks of institutions and appraisers have in common: periods, categories and events at a time.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/trust_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::standing {

/// "2026年9月3日", the day of an instant.
std::string day(UnixTime time);
/// The last day of a period that ends before `until`.
std::string last_day(UnixTime until);
/// "FY0202 人体残疾等级鉴定".
std::string category_text(std::uint32_t number);
/// What a message says of an event; `until` is empty where no end is known.
Parameters event_parameters(const StatusEvent& event);

bool covered(const std::vector<Period>& periods, UnixTime time);
bool registered(const std::vector<DatedCategory>& categories, std::uint32_t category, UnixTime time);
/// The latest end among the periods that began before `time`; nothing where none did.
std::optional<UnixTime> last_end(const std::vector<Period>& periods, UnixTime time);

enum class Reach { all, this_category, other_category, unknown_category };
/// Whether an event, of one category perhaps, concerns a report of these categories.
Reach reach_of(const StatusEvent& event, const std::vector<std::uint32_t>& categories);

}  // namespace sjcode::standing
