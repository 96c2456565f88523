// `licence`: documents of institutions and appraisers.
#pragma once

#include "commands.h"

namespace sjcode::cli {

void add_licence_command(CLI::App& app, Action& action);
/// `licence verify`: `verify` for licence documents only.
void add_licence_verify_command(CLI::App& licence, Action& action);

}  // namespace sjcode::cli
