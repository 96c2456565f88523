// How much of a record is shown to whom: docs/code-format.md, section 5, and libsjcode/data/disclosure-levels.json.
#pragma once

#include "sjcode/record.h"
#include "sjcode/result.h"

#include <string_view>
#include <vector>

namespace sjcode {

/// The entries that a level shows of a record with these values, by ascending key. Levels are allow-lists kept as data:
/// "public" (anyone with the code; never pages, extensions, or what may name a natural person, and for the sensitive
/// categories no entry of 4 to 9) and "party" (who holds the report). Error: "disclosure.level" ({level}) for an
/// unknown one.
Result<std::vector<RecordKey>> disclosed_entries(std::string_view level, const RecordValues& values);

}  // namespace sjcode
