// `trust import TABLE --register REGISTER`: what a regulator keeps in a spreadsheet.
#pragma once

#include "sjcode/trust_register.h"

#include <string>
#include <vector>

namespace sjcode::cli {

/// One line for each record that differs.
void print_differences(const std::vector<TrustDifference>& differences);

/// Takes a table into a register and says what changed; with `dry_run` the register is not written. Where a row has a
/// fault nothing is taken in, and each fault is named by line and column. Returns the exit status.
int import_trust_table(const std::string& file, const std::string& kind, const std::string& register_file,
                       bool dry_run);

}  // namespace sjcode::cli
