// The content stream of a stamp: written from a layout, and read back by a verifier.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/stamp_layout.h"

#include <string>
#include <vector>

namespace sjcode::pdf {

/// Glyph identifiers of each text run, two bytes a glyph, in the order of StampLayout::texts.
using Glyphs = std::vector<std::string>;

/// An opaque white ground, the modules as runs of rectangles, then the texts.
std::string write_stamp_content(const StampLayout& layout, const Glyphs& glyphs);

/// What a stamp draws, as far as its operators tell.
struct StampContent {
    std::vector<QrSymbol> symbols;  ///< version and modules from the drawn rectangles; the level is not known
    Glyphs glyphs;
};

/// Reads a content stream that write_stamp_content wrote. Error: "stamp.content" for any operator, order or shape that
/// it does not write. That the places are right too, only rebuilding shows.
Result<StampContent> read_stamp_content(ByteView content);

}  // namespace sjcode::pdf
