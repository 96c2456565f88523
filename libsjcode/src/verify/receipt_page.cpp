#include "verify/receipt_page.h"

#include "verify/verdict_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <utility>

namespace sjcode::verify {
namespace {

using pdf::PaperFace;
using pdf::PaperPoint;
using pdf::PaperShape;

constexpr double top = pdf::paper_height - 64;
constexpr double bottom = 62;
constexpr double line_height = 1.5;  // of the size
constexpr double label_width = 92;
constexpr double finding_indent = 92;

PaperShape polygon(double x, double y, double radius, int corners, double turn) {
    PaperShape shape;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / corners;
        shape.points.push_back({x + radius * std::cos(angle), y + radius * std::sin(angle)});
    }
    return shape;
}

PaperShape box(double left, double low, double width, double height) {
    PaperShape shape;
    shape.points = {{left, low}, {left + width, low}, {left + width, low + height}, {left, low + height}};
    return shape;
}

PaperShape stroke(std::vector<PaperPoint> points, const pdf::Colour& colour, double width) {
    PaperShape shape;
    shape.points = std::move(points);
    shape.closed = false;
    shape.stroke = colour;
    shape.stroke_width = width;
    return shape;
}

}  // namespace

void ReceiptPages::begin_page() {
    pages_.emplace_back();
    y_ = top;
}

void ReceiptPages::need(double height) {
    if (y_ - height < bottom && y_ < top) begin_page();
}

std::u32string ReceiptPages::writable(std::string_view text) const {
    std::u32string result;
    for (const auto c : characters(harmless(text, true))) {
        const bool known = c == U'\n' || paper_.has(PaperFace::latin, c) || paper_.has(PaperFace::chinese, c);
        if (known) {
            result.push_back(c);
            continue;
        }
        std::array<char, 16> code{};
        std::snprintf(code.data(), code.size(), "[U+%04X]", static_cast<unsigned>(c));
        for (const char* at = code.data(); *at != '\0'; ++at) result.push_back(static_cast<char32_t>(*at));
    }
    return result;
}

double ReceiptPages::width(std::u32string_view text, const Style& style) const {
    return pdf::line_width(paper_, text, style);
}

double ReceiptPages::width(std::string_view text, const Style& style) const {
    return width(writable(text), style);
}

std::vector<ReceiptPages::Line> ReceiptPages::lines(std::string_view text, const Style& style, double room) const {
    std::vector<Line> all;
    Line line;
    double used = 0;
    std::size_t last_break = 0;  // in `line`; 0: none
    const auto end_line = [&] {
        while (!line.empty() && line.back() == U' ') line.pop_back();
        all.push_back(std::exchange(line, {}));
        used = 0;
        last_break = 0;
    };
    for (const auto c : writable(text)) {
        if (c == U'\n') {
            end_line();
            continue;
        }
        if (!line.empty() && may_break(line.back(), c)) last_break = line.size();
        const double step = width(std::u32string_view(&c, 1), style);
        if (!line.empty() && c != U' ' && used + step > room) {
            auto rest = last_break > 0 ? line.substr(last_break) : Line();
            if (last_break > 0) line.resize(last_break);
            end_line();
            line = std::move(rest);
            used = width(line, style);
        }
        if (c == U' ' && line.empty() && !all.empty()) continue;
        line.push_back(c);
        used += step;
    }
    end_line();
    return all;
}

void ReceiptPages::put(pdf::PaperPage& page, std::u32string_view text, double x, double y, const Style& style) const {
    pdf::put_line(page, paper_, text, x, y, style);
}

void ReceiptPages::put_lines(const std::vector<Line>& all, double x, const Style& style) {
    for (const auto& line : all) {
        need(style.size * line_height);
        y_ -= style.size * line_height;
        put(pages_.back(), line, x, y_ + 0.35 * style.size, style);
    }
}

void ReceiptPages::paragraph(std::string_view text, const Style& style, double left) {
    put_lines(lines(text, style, text_width - left), margin + left, style);
}

void ReceiptPages::centred(std::string_view text, const Style& style) {
    for (const auto& line : lines(text, style, text_width))
        put_lines({line}, margin + (text_width - width(line, style)) / 2, style);
}

void ReceiptPages::rule() {
    pages_.back().shapes.push_back(stroke({{margin, y_}, {margin + text_width, y_}}, ink::line, 0.6));
}

void ReceiptPages::heading(std::string_view text) {
    // Never the last line of a page.
    need(60);
    space(14);
    const Style style{12, ink::black, true};
    paragraph(text, style);
    space(2);
    rule();
    space(4);
}

void ReceiptPages::row(std::string_view label, std::string_view value, const Style& style) {
    const Style label_style{style.size, ink::grey};
    const auto names = lines(label, label_style, label_width - 8);
    need(style.size * line_height);
    const auto first = y_ - style.size * line_height + 0.35 * style.size;
    // A label of several lines is rare: it stands beside the value, on this page.
    for (std::size_t i = 0; i < names.size(); ++i)
        put(pages_.back(), names[i], margin, first - static_cast<double>(i) * style.size * 1.2, label_style);
    const auto low = first - static_cast<double>(names.size() - 1) * style.size * 1.2 - 0.35 * style.size;
    const auto page = pages_.size();
    put_lines(lines(value, style, text_width - label_width), margin + label_width, style);
    if (page == pages_.size()) y_ = std::min(y_, low);
    space(2);
}

void ReceiptPages::draw(pdf::PaperPage& page, Mark mark, const pdf::Colour& colour, double x, double y, double size) {
    const double r = size / 2;
    const double pen = size * 0.09;
    const auto at = [&](double dx, double dy) { return PaperPoint{x + dx * r, y + dy * r}; };
    const auto add = [&](PaperShape shape) { page.shapes.push_back(std::move(shape)); };
    const auto filled = [&](PaperShape shape) {
        shape.fill = colour;
        add(std::move(shape));
    };
    const double upright = std::numbers::pi / 2;
    switch (mark) {
        case Mark::tick:  // a disc
            filled(polygon(x, y, r, 48, 0));
            add(stroke({at(-0.5, 0), at(-0.12, -0.4), at(0.52, 0.42)}, ink::white, pen));
            break;
        case Mark::cross:  // the octagon of a stop sign
            filled(polygon(x, y, r * 1.04, 8, upright / 4));
            add(stroke({at(-0.4, -0.4), at(0.4, 0.4)}, ink::white, pen));
            add(stroke({at(-0.4, 0.4), at(0.4, -0.4)}, ink::white, pen));
            break;
        case Mark::question:  // a hollow square with a dash: nothing was found out
        {
            auto frame = box(x - 0.82 * r, y - 0.82 * r, 1.64 * r, 1.64 * r);
            frame.stroke = colour;
            frame.stroke_width = pen;
            add(std::move(frame));
            add(stroke({at(-0.42, 0), at(0.42, 0)}, colour, pen));
            break;
        }
        case Mark::exclamation:  // a triangle
            filled(polygon(x, y - 0.14 * r, r * 1.12, 3, upright));
            add(stroke({at(0, 0.38), at(0, -0.22)}, ink::white, pen));
            add(stroke({at(0, -0.38), at(0, -0.52)}, ink::white, pen));
            break;
        case Mark::half:  // a diamond of which one half is filled
        {
            PaperShape left;
            left.points = {at(0, 1), at(-1, 0), at(0, -1)};
            filled(std::move(left));
            auto outline = polygon(x, y, r, 4, 0);
            outline.stroke = colour;
            outline.stroke_width = pen;
            add(std::move(outline));
            break;
        }
    }
}

void ReceiptPages::banner(Mark mark, const pdf::Colour& colour, std::string_view words, std::string_view text) {
    constexpr double indent = 84;
    const Style large{24, colour, true};
    const Style small{10.5, ink::black};
    const auto title = lines(words, large, text_width - indent - 14);
    const auto below = lines(text, small, text_width - indent - 14);
    const double height = static_cast<double>(title.size()) * 24 * line_height +
                          static_cast<double>(below.size()) * 10.5 * line_height + 24;
    need(height);
    auto frame = box(margin, y_ - height, text_width, height);
    frame.stroke = colour;
    frame.stroke_width = 2.2;
    pages_.back().shapes.push_back(std::move(frame));
    draw(pages_.back(), mark, colour, margin + 44, y_ - height / 2, 50);
    const auto low = y_ - height;
    y_ -= 10;
    put_lines(title, margin + indent, large);
    put_lines(below, margin + indent, small);
    y_ = low;
}

void ReceiptPages::finding(Mark mark, const pdf::Colour& colour, std::string_view word, std::string_view name,
                           std::string_view text, std::string_view code) {
    const Style name_style{10, ink::black, true};
    const Style code_style{7.5, ink::grey, false, true};
    const auto sentences = lines(text, {}, text_width - finding_indent);
    // Mark, name and at least two lines of the sentence stay together.
    need(10 * line_height * static_cast<double>(std::min<std::size_t>(sentences.size(), 2)) + 30);
    y_ -= 4;
    const double baseline = y_ - 10 * line_height + 3.5;
    auto& page = pages_.back();
    draw(page, mark, colour, margin + 7, baseline + 3.6, 12);
    put(page, writable(word), margin + 20, baseline, {10, colour, true});
    fixed(page, code, margin + text_width, baseline, code_style, 1);
    put_lines(lines(name, name_style, text_width - finding_indent - 140), margin + finding_indent, name_style);
    put_lines(sentences, margin + finding_indent, {});
    space(4);
    rule();
}

void ReceiptPages::boxed(const std::vector<std::string>& texts) {
    const Style style{9.5, ink::black};
    std::vector<Line> all;
    for (const auto& text : texts)
        for (auto& line : lines(text, style, text_width - 24)) all.push_back(std::move(line));
    const double height = static_cast<double>(all.size()) * style.size * line_height + 16;
    need(height);
    const bool fits = y_ - height >= bottom;
    if (fits) {
        auto frame = box(margin, y_ - height, text_width, height);
        frame.fill = pdf::Colour{0.955, 0.955, 0.955};
        pages_.back().shapes.push_back(std::move(frame));
    }
    y_ -= 8;
    put_lines(all, margin + 12, style);
    y_ -= 8;
}

void ReceiptPages::fixed(pdf::PaperPage& page, std::string_view text, double x, double y, const Style& style,
                         double align) {
    const auto all = lines(text, style, text_width);
    put(page, all.front(), x - align * width(all.front(), style), y, style);
}

}  // namespace sjcode::verify
