#include "pdf/stamp_layout.h"

#include "base/unicode.h"
#include "sjcode/licence_kind.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace sjcode::pdf {
namespace {

constexpr double latin_advance = 0.602;  // em, of the monospaced Latin face
constexpr double gap = 1.5;              // points between two lines, and below the last
constexpr double caption_size = 6.3;
constexpr double number_size = 8.6;
constexpr double host_size = 6.4;

Face face_of(char32_t c) noexcept {
    return c >= 0x2E80 ? Face::chinese : Face::latin;
}
double advance(char32_t c) noexcept {
    return face_of(c) == Face::chinese ? 1.0 : latin_advance;
}

double symbol_side(const QrSymbol& symbol) noexcept {
    return (symbol.size + 2 * quiet_zone) * module_size;
}

double text_width(std::u32string_view text, double size) noexcept {
    double width = 0;
    for (const auto c : text) width += advance(c) * size;
    return width;
}

/// A host longer than the symbol is wide goes on in the next line, cut after a dot or hyphen where one is near.
std::vector<std::string> wrap_host(std::string_view host, double width) {
    const auto most = std::max<std::size_t>(8, static_cast<std::size_t>(width / (latin_advance * host_size)));
    std::vector<std::string> lines;
    while (host.size() > most) {
        const auto cut = host.substr(0, most).find_last_of(".-");
        const auto take = cut == std::string_view::npos || cut + 1 < most / 2 ? most : cut + 1;
        lines.emplace_back(host.substr(0, take));
        host.remove_prefix(take);
    }
    lines.emplace_back(host);
    return lines;
}

/// What the document is. Part of the format, as the captions of entries.
std::string document_title(const Claims& claims) {
    const auto kind = licence_kind(claims.category);
    return kind ? std::string(licence_title(*kind)) : "司法鉴定意见书";
}

/// Part of the format, so not from messages/: a verifier of later decades must lay out the same.
std::string_view entry_caption(RecordKey key) noexcept {
    switch (key) {
        case RecordKey::original:
            return "原始文件";
        case RecordKey::institution:
            return "鉴定机构";
        case RecordKey::appraisers:
            return "司法鉴定人";
        case RecordKey::categories:
            return "执业类别";
        case RecordKey::matter:
            return "委托鉴定事项";
        case RecordKey::commissioner:
            return "委托人";
        case RecordKey::accepted:
            return "受理日期";
        case RecordKey::opinion:
            return "鉴定意见";
        case RecordKey::case_code:
            return "案件赋码";
        case RecordKey::copies:
            return "份数";
        case RecordKey::use:
            return "用途";
        case RecordKey::text:
            return "文本提取";
    }
    return "";
}

void add_line(StampLayout& layout, const StampBlock::Line& line, double x, double y) {
    const auto text = unicode::decode(line.text).value_or(std::u32string());
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto face = face_of(text[begin]);
        auto end = begin;
        while (end < text.size() && face_of(text[end]) == face) ++end;
        const auto run = text.substr(begin, end - begin);
        layout.texts.push_back({face, line.size, x, y, run});
        x += text_width(run, line.size);
        begin = end;
    }
}

}  // namespace

std::string decimal(double value) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3f", value);
    std::string text = buffer.data();
    // The library must not depend on the program's locale, which may write a comma.
    std::replace(text.begin(), text.end(), ',', '.');
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

StampBlock main_block(QrSymbol symbol, const Claims& claims, std::string_view host) {
    const double width = symbol_side(symbol) - 2 * quiet_zone * module_size;
    const auto grouped = claims.code.grouped();
    StampBlock block{std::move(symbol), {}};
    block.lines.push_back({document_title(claims) + " · 扫码核验", caption_size});
    // Two lines, so that the number is large enough to be typed from paper.
    block.lines.push_back({grouped.substr(0, 15), number_size});
    block.lines.push_back({grouped.substr(15), number_size});
    block.lines.push_back({"官方核验网址", caption_size});
    for (auto& line : wrap_host(host, width)) block.lines.push_back({std::move(line), host_size});
    return block;
}

StampBlock entry_block(QrSymbol symbol, RecordKey key) {
    return {std::move(symbol), {{std::string(entry_caption(key)) + " · 扫码核对", caption_size}}};
}

StampLayout lay_out(const std::vector<StampBlock>& blocks) {
    StampLayout layout;
    for (const auto& block : blocks) {
        double height = symbol_side(block.symbol);
        for (const auto& line : block.lines) height += line.size + gap;
        layout.height = std::max(layout.height, height);
    }
    for (const auto& block : blocks) {
        const double side = symbol_side(block.symbol);
        const double margin = quiet_zone * module_size;
        const double top = layout.height - side;
        layout.symbols.push_back({block.symbol, layout.width + margin, top + margin});
        double y = top;
        double width = side;
        for (const auto& line : block.lines) {
            y -= line.size;
            const auto text = unicode::decode(line.text).value_or(std::u32string());
            add_line(layout, line, layout.width + margin, y + gap);
            width = std::max(width, 2 * margin + text_width(text, line.size));
            y -= gap;
        }
        layout.width += width;
    }
    // Whole thousandths, so that what is written is what was computed. Every length here is a sum of products of
    // decimals whose fourth decimal is even, so that rounding never meets a tie that two machines could decide
    // differently.
    layout.width = std::round(layout.width * 1000) / 1000;
    layout.height = std::round(layout.height * 1000) / 1000;
    return layout;
}

std::string stamp_description(const Claims& claims, std::string_view host) {
    return document_title(claims) + "赋码 " + claims.code.grouped() + "，官方核验网址 " + std::string(host);
}

}  // namespace sjcode::pdf
