// The stamp's two typefaces as subsets, made by PoDoFo.
#pragma once

#include "sjcode/result.h"
#include "sjcode/stamp_fonts.h"

#include "pdf/embedded_font.h"
#include "pdf/stamp_content.h"
#include "pdf/stamp_layout.h"

#include <string>
#include <vector>

namespace sjcode::pdf {

struct StampFontSubsets {
    EmbeddedFont chinese;
    EmbeddedFont latin;
    std::vector<Glyphs> glyphs;  ///< for each layout
};

/// Subsets with the characters of all layouts. Errors: "font.missing" ({file}), "font.glyph" ({character}: the typeface
/// lacks it), "font.unusable" ({file}, {reason}).
Result<StampFontSubsets> make_font_subsets(const StampFonts& fonts, const std::vector<StampLayout>& layouts);

}  // namespace sjcode::pdf
