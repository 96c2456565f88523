// What a stamp looks like: symbols side by side, each with its lines of text beneath. docs/code-format.md, section 8.
//
// The layout follows from the symbols and the texts alone, by fixed rules and without font metrics: every Chinese
// character is one em wide, every other 0.602 em (the Latin face is monospaced). So a verifier can rebuild it.
#pragma once

#include "sjcode/qr.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"

#include <string>
#include <vector>

namespace sjcode::pdf {

enum class Face { chinese, latin };

/// Characters in one face, at a place in points from the stamp's lower left corner (baseline).
struct TextRun {
    Face face;
    double size;
    double x;
    double y;
    std::u32string text;
};

/// A symbol's place: lower left corner of its modules (inside the quiet zone), in points.
struct PlacedSymbol {
    QrSymbol symbol;
    double x;
    double y;
};

struct StampLayout {
    double width = 0;   ///< points
    double height = 0;  ///< points
    std::vector<PlacedSymbol> symbols;
    std::vector<TextRun> texts;
};

/// A symbol and the lines below it.
struct StampBlock {
    QrSymbol symbol;
    struct Line {
        std::string text;  ///< UTF-8
        double size;       ///< points
    };
    std::vector<Line> lines;
};

/// Side of a module, in points: 2, 3, 4 and 6 whole dots at 100, 150, 200 and 300 dpi, so that a rendering or a print
/// at one of these has modules of one size, which every reader reads.
constexpr double module_size = 1.44;
/// Modules of white around a symbol (ISO/IEC 18004, 9.1).
constexpr int quiet_zone = 4;

/// The main symbol with caption, code number and host.
StampBlock main_block(QrSymbol symbol, const Claims& claims, std::string_view host);
/// An entry symbol, captioned with the entry's Chinese name.
StampBlock entry_block(QrSymbol symbol, RecordKey key);

StampLayout lay_out(const std::vector<StampBlock>& blocks);

/// The stamp's text alternative, in words.
std::string stamp_description(const Claims& claims, std::string_view host);

/// A length as the format writes it: at most three decimals, no trailing zeros, no exponent.
std::string decimal(double value);

}  // namespace sjcode::pdf
