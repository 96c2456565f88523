#pragma once

#include "commands.h"

namespace sjcode::cli {

/// `trust sign`.
void add_trust_sign_command(CLI::App& trust, Action& action);

}  // namespace sjcode::cli
