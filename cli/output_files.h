// What a command is about to write, against what it reads.
#pragma once

#include "sjcode/result.h"

#include <string>
#include <vector>

namespace sjcode::cli {

/// That none of the outputs is one of the inputs or another output, under whatever name (links are followed), nor there
/// already unless it may be overwritten. Asked before any work is done, so that nothing is signed for a file that
/// cannot be written, and no --overwrite destroys what was read. Empty paths are passed over, in both lists. Errors:
/// "file.output-is-input", "file.outputs-same", "file.exists".
Result<void> check_outputs(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                           bool overwrite);

}  // namespace sjcode::cli
