#include "pdf/paper_text.h"

#include <array>
#include <string>

namespace sjcode::pdf {

PaperFace face_of(const Paper& paper, char32_t character, bool digits) {
    // Quotation marks and dashes of Chinese text are as wide as its characters.
    const bool is_wide =
        character >= 0x2E80 || std::u32string_view(U"“”‘’…—·").find(character) != std::u32string_view::npos;
    const auto own = digits ? PaperFace::digits : PaperFace::latin;
    const auto order = is_wide ? std::array{PaperFace::chinese, own} : std::array{own, PaperFace::chinese};
    return paper.has(order[0], character) ? order[0] : order[1];
}

double line_width(const Paper& paper, std::u32string_view text, const PaperStyle& style) {
    double sum = 0;
    for (const auto c : text) sum += paper.advance(face_of(paper, c, style.digits), c);
    return sum * style.size;
}

void put_line(PaperPage& page, const Paper& paper, std::u32string_view text, double x, double y,
              const PaperStyle& style) {
    while (!text.empty()) {
        const auto face = face_of(paper, text.front(), style.digits);
        std::size_t end = 1;
        while (end < text.size() && face_of(paper, text[end], style.digits) == face) ++end;
        const auto run = text.substr(0, end);
        page.texts.push_back({face, style.size, x, y, style.colour, style.bold, std::u32string(run)});
        x += line_width(paper, run, style);
        text.remove_prefix(end);
    }
}

}  // namespace sjcode::pdf
