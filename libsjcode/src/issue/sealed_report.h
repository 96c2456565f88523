// A report of ours that was sealed, opened to be added to.
#pragma once

#include "sjcode/file.h"
#include "sjcode/result.h"

#include "pdf/sealed_state.h"

namespace sjcode {

/// What a later revision is written behind. All that is there was rebuilt and compared to the byte, the original's
/// digest with the record, and every signature is right about what it covers; who made them is not looked at. Errors:
/// "pdf.*", "preserve.no-seal", "preserve.altered".
Result<pdf::SealedState> open_sealed_report(const InputFile& report);

}  // namespace sjcode
