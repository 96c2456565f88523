#include "issue/licence_page.h"

#include "base/try.h"
#include "base/unicode.h"
#include "issue/page_view.h"
#include "pdf/paper_text.h"
#include "sjcode/category.h"
#include "sjcode/facts.h"
#include "sjcode/messages.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace sjcode::issue {
namespace {

using pdf::PaperFace;
using pdf::PaperPage;
using pdf::PaperStyle;

constexpr double line_height = 1.45;  // of the size
constexpr pdf::Colour grey{0.35, 0.35, 0.35};
constexpr pdf::Colour red{0.62, 0.07, 0.07};

/// Where things stand on a paper, in points.
struct Design {
    double width, height;
    double left, right, top, bottom;  ///< the box of the rows
    double title_size, title_y;
    double largest, smallest;  ///< sizes of the rows
    double note_size, note_y;
    bool on_wall;
};

/// Where text on a card begins, and the note on a wall: at the right of the stamp, which takes the lower left corner, 8
/// mm from the edges (less where the paper is hardly higher than the stamp), up to 106 points wide and 157 high.
constexpr double beside_stamp = 134;

Design wall(double width, double height, double side, double rows_top, double rows_bottom) {
    return {.width = width,
            .height = height,
            .left = side,
            .right = width - side,
            .top = rows_top,
            .bottom = rows_bottom,
            .title_size = 36,
            .title_y = rows_top + 50,
            .largest = 16,
            .smallest = 8,
            .note_size = 9.5,
            .note_y = 44,
            .on_wall = true};
}

Design card(double width_mm, double height_mm, double margin, double title_size, double largest, double note_y) {
    const double width = width_mm * points_per_mm;
    const double title_y = height_mm * points_per_mm - margin - title_size;
    return {.width = width,
            .height = height_mm * points_per_mm,
            .left = beside_stamp,
            .right = width - margin,
            .top = title_y - 6,
            .bottom = note_y + 8,
            .title_size = title_size,
            .title_y = title_y,
            .largest = largest,
            .smallest = 4.5,
            .note_size = 4.6,
            .note_y = note_y,
            .on_wall = false};
}

Design design_of(LicencePaper paper) {
    switch (paper) {
        case LicencePaper::a4:
            return wall(pdf::paper_width, pdf::paper_height, 80, 680, 230);
        case LicencePaper::a7:
            return card(105, 74, 14, 14, 9, 12);
        case LicencePaper::id_1:
            return card(85.6, 54, 9, 11, 7, 5);
        case LicencePaper::a4_landscape:
            break;
    }
    return wall(pdf::paper_height, pdf::paper_width, 100, 450, 200);
}

std::string words(const std::string& code, const Parameters& parameters = {}) {
    return sentence(code, parameters, Language::zh);
}

std::string period_text(const Period& period) {
    const auto from = Date::of(period.from).chinese();
    if (!period.until) return words("licence-page.period-open", {{"from", from}});
    return words("licence-page.period", {{"from", from}, {"until", Date::of(*period.until - 1).chinese()}});
}

std::string categories_text(const std::vector<DatedCategory>& categories, bool with_names) {
    std::string text;
    for (const auto& dated : categories) {
        const auto category = Category::from_number(dated.category);
        if (!category) continue;
        const auto name = with_names ? category->name() : std::nullopt;
        text += (text.empty() ? "" : "、") + category->code() + (name ? " " + *name : std::string());
    }
    return text;
}

struct Row {
    std::string label;
    std::string value;
};

std::vector<Row> rows_of(const LicencePage& page, bool with_category_names) {
    const bool is_institution = page.kind == LicenceKind::institution;
    const auto& statement = page.statement;
    std::vector<Row> rows{
        {words(is_institution ? "licence-page.institution-name" : "licence-page.appraiser-name"), statement.name.name},
        {words(is_institution ? "licence-page.institution-licence" : "licence-page.appraiser-licence"),
         statement.licence}};
    if (!statement.uscc.empty()) rows.push_back({words("licence-page.uscc"), statement.uscc});
    if (!is_institution) rows.push_back({words("licence-page.practises-at"), page.institution});
    rows.push_back({words(is_institution ? "licence-page.institution-categories" : "licence-page.appraiser-categories"),
                    categories_text(statement.categories, with_category_names)});
    rows.push_back({words("licence-page.licensed"), period_text(statement.licensed)});
    rows.push_back({words("licence-page.authority"), page.authority});
    rows.push_back({words("licence-page.made"), Date::of(page.made).chinese()});
    return rows;
}

bool may_not_begin_a_line(char32_t c) noexcept {
    return std::u32string_view(U"，。、；：）”）》").find(c) != std::u32string_view::npos;
}

/// Where a line may end: a code or number stays whole, and no line begins with a closing mark.
bool may_break(char32_t before, char32_t after) noexcept {
    const auto in_word = [](char32_t c) { return c < 0x80 && c != U' '; };
    return !(in_word(before) && in_word(after)) && !may_not_begin_a_line(after);
}

class Drawing {
public:
    Drawing(const LicencePage& page, const pdf::Paper& paper)
        : page_(page), paper_(paper), design_(design_of(page.paper)) {
        sheet_.width = design_.width;
        sheet_.height = design_.height;
    }

    Result<PaperPage> draw() {
        frame();
        SJCODE_CHECK(title());
        SJCODE_CHECK(rows());
        SJCODE_CHECK(foot());
        return std::move(sheet_);
    }

private:
    using Line = std::u32string;

    Result<Line> writable(const std::string& text) const {
        auto characters = unicode::decode(text);
        for (const auto c : characters.value_or(Line())) {
            if (!unicode::is_control_or_format(c) &&
                (paper_.has(PaperFace::latin, c) || paper_.has(PaperFace::chinese, c)))
                continue;
            std::array<char, 16> code{};
            std::snprintf(code.data(), code.size(), "U+%04X", static_cast<unsigned>(c));
            return fail("licence-document.character", {{"character", code.data()}, {"text", text}});
        }
        return characters.value_or(Line());
    }

    std::vector<Line> broken(const Line& text, const PaperStyle& style, double room) const {
        std::vector<Line> lines;
        Line line;
        std::size_t last_break = 0;
        for (const auto c : text) {
            if (!line.empty() && may_break(line.back(), c)) last_break = line.size();
            line.push_back(c);
            if (c == U' ' || line.size() == 1 || pdf::line_width(paper_, line, style) <= room) continue;
            const auto end = last_break > 0 ? last_break : line.size() - 1;
            lines.push_back(line.substr(0, end));
            line.erase(0, end);
            if (!line.empty() && line.front() == U' ') line.erase(0, 1);
            last_break = 0;
        }
        lines.push_back(std::move(line));
        return lines;
    }

    void put(const Line& line, double x, double y, const PaperStyle& style) {
        pdf::put_line(sheet_, paper_, line, x, y, style);
    }

    void frame() {
        if (!design_.on_wall) return;
        // Outside of where the stamp and the clear space around it can be.
        for (const auto& [margin, width] : {std::pair{10.0, 2.4}, std::pair{14.5, 0.7}}) {
            pdf::PaperShape shape;
            const double right = design_.width - margin;
            const double top = design_.height - margin;
            shape.points = {{margin, margin}, {right, margin}, {right, top}, {margin, top}};
            shape.stroke = red;
            shape.stroke_width = width;
            sheet_.shapes.push_back(std::move(shape));
        }
    }

    Result<void> title() {
        const PaperStyle style{design_.title_size, red, true};
        SJCODE_TRY(const auto text, writable(std::string(licence_title(page_.kind))));
        const double width = pdf::line_width(paper_, text, style);
        put(text, design_.on_wall ? (design_.width - width) / 2 : design_.left, design_.title_y, style);
        if (!design_.on_wall) return {};
        const PaperStyle small{11, grey};
        SJCODE_TRY(const auto number,
                   writable(words("licence-page.number",
                                  {{"number", licence_document_number(page_.kind, page_.statement.licence)}})));
        put(number, (design_.width - pdf::line_width(paper_, number, small)) / 2, design_.title_y - 26, small);
        return {};
    }

    struct SetRow {
        Line label;
        std::vector<Line> value;
    };

    /// The rows at a size; nothing where they do not fit.
    Result<std::optional<std::vector<SetRow>>> set_at(double size, bool with_names) const {
        const PaperStyle style{size};
        std::vector<SetRow> set;
        double height = 0;
        for (const auto& row : rows_of(page_, with_names)) {
            SJCODE_TRY(auto label, writable(row.label));
            SJCODE_TRY(const auto value, writable(row.value));
            set.push_back({std::move(label), broken(value, style, design_.right - value_x(size))});
            height += static_cast<double>(set.back().value.size()) * size * line_height + row_gap(size);
        }
        if (height > design_.top - design_.bottom) return std::optional<std::vector<SetRow>>();
        return std::optional(std::move(set));
    }

    /// The longest label, 统一社会信用代码, is on walls only.
    [[nodiscard]] double value_x(double size) const { return design_.left + (design_.on_wall ? 9.5 : 4.6) * size; }
    [[nodiscard]] double row_gap(double size) const { return (design_.on_wall ? 0.6 : 0.15) * size; }

    Result<void> rows() {
        for (const bool with_names : {true, false}) {
            for (double size = design_.largest; size >= design_.smallest; size -= 0.5) {
                SJCODE_TRY(const auto fitting, set_at(size, with_names));
                if (!fitting) continue;
                double y = design_.top;
                for (const auto& row : *fitting) {
                    y -= size * line_height;
                    put(row.label, design_.left, y, {size, grey});
                    for (std::size_t i = 0; i < row.value.size(); ++i)
                        put(row.value[i], value_x(size), y - static_cast<double>(i) * size * line_height, {size});
                    y -= static_cast<double>(row.value.size() - 1) * size * line_height + row_gap(size);
                }
                return {};
            }
        }
        return fail("licence-document.paper", {{"paper", std::string(name(page_.paper))}});
    }

    /// What the document is worth, beside the stamp on the wall, at the lower edge on cards.
    Result<void> foot() {
        const PaperStyle style{design_.note_size, grey};
        SJCODE_TRY(const auto text, writable(words(design_.on_wall ? "licence-page.note" : "licence-page.note-short")));
        const double left = design_.on_wall ? beside_stamp + 16 : design_.left;
        const double right = design_.on_wall ? design_.width - 60 : design_.right;
        const auto lines = broken(text, style, right - left);
        double y = design_.note_y + static_cast<double>(lines.size() - 1) * style.size * line_height;
        for (const auto& line : lines) {
            put(line, left, y, style);
            y -= style.size * line_height;
        }
        return {};
    }

    const LicencePage& page_;
    const pdf::Paper& paper_;
    Design design_;
    PaperPage sheet_;
};

}  // namespace

Result<Bytes> draw_licence_page(const LicencePage& page, const ReceiptFonts& fonts) {
    SJCODE_TRY(const auto paper, pdf::Paper::open(fonts));
    SJCODE_TRY(auto sheet, Drawing(page, *paper).draw());
    std::vector<PaperPage> pages;
    pages.push_back(std::move(sheet));
    return paper->draw(pages, {std::string(licence_title(page.kind)), "zh-CN", page.software, page.made});
}

std::string licence_sentence(const LicencePage& page) {
    const auto& statement = page.statement;
    return words(
        page.kind == LicenceKind::institution ? "licence-page.institution-sentence" : "licence-page.appraiser-sentence",
        {{"name", statement.name.name},
         {"licence", statement.licence},
         {"institution", page.institution},
         {"authority", page.authority},
         {"period", period_text(statement.licensed)},
         {"categories", categories_text(statement.categories, false)}});
}

}  // namespace sjcode::issue
