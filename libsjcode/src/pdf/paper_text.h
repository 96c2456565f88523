// Lines of text on paper: which typeface has a character, how wide a line is.
#pragma once

#include "pdf/paper.h"

#include <string_view>

namespace sjcode::pdf {

struct PaperStyle {
    double size = 10;
    Colour colour{0.1, 0.1, 0.1};
    bool bold = false;
    bool digits = false;  ///< in the monospaced face
};

/// The face for a character: Chinese ones for what is as wide as they are; where a face lacks it, the other.
PaperFace face_of(const Paper& paper, char32_t character, bool digits);

/// Points that a line takes.
double line_width(const Paper& paper, std::u32string_view text, const PaperStyle& style);

/// Puts a line with its beginning and baseline at (x, y).
void put_line(PaperPage& page, const Paper& paper, std::u32string_view text, double x, double y,
              const PaperStyle& style);

}  // namespace sjcode::pdf
