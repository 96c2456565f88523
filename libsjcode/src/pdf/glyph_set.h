// Which glyphs a TrueType program has.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

namespace sjcode::pdf {

/// All glyph numbers of a program as a /CIDSet (ISO 32000-2, 9.8.3.3) of a font whose character identifiers they are:
/// one bit each, the highest first. Empty slots of a subset count as present, as PDF/A-2 (6.2.11.4.2) takes them.
/// Error: "font.unusable" for no TrueType program.
Result<Bytes> glyph_set(ByteView program);

}  // namespace sjcode::pdf
