// Checks as JSON, alike in verdicts and audits.
#pragma once

#include "sjcode/verdict.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace sjcode::verify {

/// The list "checks" of docs/verdict.schema.json. `message` gives the sentence of a check.
nlohmann::ordered_json checks_json(const std::vector<Check>& checks,
                                   const std::function<std::string(const Check&)>& message);

}  // namespace sjcode::verify
