// The text of a CSV file, whatever encoding the spreadsheet chose.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <string>

namespace sjcode {

/// UTF-8 (a byte order mark is taken off) or GB18030. Errors: "csv.utf16", "csv.converter", "csv.encoding" ({line}:
/// where a byte fits neither).
Result<std::string> csv_text(ByteView file);

}  // namespace sjcode
