// Decodes a symbol from its modules alone, every one of which must be right: for symbols that were drawn, not seen.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/result.h"

namespace sjcode::qr {

/// The content of a symbol of numeric and byte segments, level M or Q, version 1–22. No error is corrected: function
/// patterns, format and version information, and every codeword must be as ISO/IEC 18004 has them for the content, so
/// that no module can differ. Error: "qr.modules".
Result<Bytes> read_exact(const QrSymbol& symbol);

}  // namespace sjcode::qr
