// Documents drawn from nothing: text in embedded fonts, lines and shapes. PoDoFo writes them.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/receipt_fonts.h"
#include "sjcode/result.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::pdf {

/// A4, in points; the origin is the lower left corner.
inline constexpr double paper_width = 595.28;
inline constexpr double paper_height = 841.89;

struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;
};

enum class PaperFace { chinese, latin, digits };

/// Characters of one face in one line. The face must have them all.
struct PaperText {
    PaperFace face;
    double size;
    double x;
    double y;  ///< of the baseline
    Colour colour;
    bool bold;
    std::u32string text;
};

struct PaperPoint {
    double x;
    double y;
};

/// A polygon, or a line through its points; drawn before the page's texts, in order.
struct PaperShape {
    std::vector<PaperPoint> points;
    bool closed = true;
    std::optional<Colour> fill{};
    std::optional<Colour> stroke{};
    double stroke_width = 0.75;
};

struct PaperPage {
    std::vector<PaperShape> shapes{};
    std::vector<PaperText> texts{};
    double width = paper_width;
    double height = paper_height;
};

/// What a reader's window and a file's properties show.
struct PaperDescription {
    std::string title;     ///< UTF-8
    std::string language;  ///< RFC 5646
    std::string software;  ///< UTF-8
    UnixTime made = 0;
};

/// A document to be. It holds the lock of PoDoFo for as long as it lives.
class Paper {
public:
    /// Errors: "font.missing" ({file}), "font.unusable" ({file}, {reason}).
    static Result<std::unique_ptr<Paper>> open(const ReceiptFonts& fonts);
    virtual ~Paper() = default;

    [[nodiscard]] virtual bool has(PaperFace face, char32_t character) const = 0;
    /// How far the character moves on, in em.
    [[nodiscard]] virtual double advance(PaperFace face, char32_t character) const = 0;
    /// Draws the pages and ends the document. Errors: "font.unusable".
    [[nodiscard]] virtual Result<Bytes> draw(const std::vector<PaperPage>& pages, const PaperDescription& about) = 0;
};

}  // namespace sjcode::pdf
