// Records as JSON, both ways: docs/trust-register.schema.json.
#pragma once

#include "sjcode/result.h"
#include "sjcode/trust_record.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace sjcode::trust {

using Json = nlohmann::ordered_json;

/// A time as text: the day where it is midnight in China, else with hours. `is_end`: the last day of a period that ends
/// there.
std::string time_text(UnixTime time, bool is_end);
/// The inverse. Nothing for another form.
std::optional<UnixTime> time_from(std::string_view text, bool is_end);

Json record_json(const AuthorityRecord& record);
Json record_json(const InstitutionRecord& record);
Json record_json(const AppraiserRecord& record);

/// Error: "trust-register.field" ({path}).
Result<void> read_record(const Json& json, const std::string& path, AuthorityRecord& record);
Result<void> read_record(const Json& json, const std::string& path, InstitutionRecord& record);
Result<void> read_record(const Json& json, const std::string& path, AppraiserRecord& record);

}  // namespace sjcode::trust
