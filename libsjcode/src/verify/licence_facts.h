// The facts of a licence document, for a person to compare.
#pragma once

#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/verdict.h"

#include <vector>

namespace sjcode {

/// Holder, authority, validity and categories as the record states them; nothing where it states nothing readable.
std::vector<Fact> licence_facts(const Claims& claims, const Record& record);

}  // namespace sjcode
