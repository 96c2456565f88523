#include "issue/facts_text.h"

#include "base/unicode.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace sjcode::issue {
namespace {

/// Radicals that fonts map to a character's glyph and that have no compatibility decomposition (CJK Radicals
/// Supplement, U+2E80–2EFF); the Kangxi radicals have one.
constexpr std::array<std::pair<char32_t, char32_t>, 29> radicals{{
    {0x2EA0, U'民'}, {0x2EC1, U'虎'}, {0x2EC4, U'西'}, {0x2EC5, U'见'}, {0x2EC6, U'角'}, {0x2EC9, U'贝'},
    {0x2ECB, U'车'}, {0x2ED1, U'長'}, {0x2ED3, U'长'}, {0x2ED4, U'门'}, {0x2ED7, U'雨'}, {0x2ED8, U'青'},
    {0x2ED9, U'韦'}, {0x2EDA, U'页'}, {0x2EDB, U'风'}, {0x2EDC, U'飞'}, {0x2EDD, U'食'}, {0x2EE1, U'首'},
    {0x2EE2, U'马'}, {0x2EE3, U'骨'}, {0x2EE4, U'鬼'}, {0x2EE5, U'鱼'}, {0x2EE6, U'鸟'}, {0x2EE7, U'卤'},
    {0x2EE8, U'麦'}, {0x2EE9, U'黄'}, {0x2EEC, U'齐'}, {0x2EEE, U'齿'}, {0x2EF0, U'龙'},
}};

bool is_radical(char32_t c) noexcept {
    return c >= 0x2E80 && c <= 0x2FD5;
}

char32_t mend_radical(char32_t c) {
    for (const auto& [radical, character] : radicals)
        if (radical == c) return character;
    const auto normal = unicode::decode(unicode::nfkc(unicode::encode(std::u32string_view(&c, 1))).value_or(""));
    return normal && normal->size() == 1 ? normal->front() : c;
}

/// One form for all signs of a kind.
char32_t fold_sign(char32_t c) noexcept {
    constexpr std::u32string_view opening = U"([{〔【〖〘〚", closing = U")]}〕】〗〙〛";
    constexpr std::u32string_view quotes = U"“”„‟‘’‚′「」『』〝〞'";
    constexpr std::u32string_view dashes = U"‐‑‒–—―−─━";
    constexpr std::u32string_view dots = U"•・‧∙⋅●";
    if (opening.find(c) != std::u32string_view::npos) return U'(';
    if (closing.find(c) != std::u32string_view::npos) return U')';
    if (quotes.find(c) != std::u32string_view::npos) return U'"';
    if (dashes.find(c) != std::u32string_view::npos) return U'-';
    if (dots.find(c) != std::u32string_view::npos) return U'·';
    switch (c) {
        case U'、':
            return U',';
        case U'。':
            return U'.';
        case U'〈':
        case U'《':
            return U'<';
        case U'〉':
        case U'》':
            return U'>';
        case U'〜':
        case U'∼':
            return U'~';
        case U'○':
        case U'◯':
            return U'〇';
        default:
            return c;
    }
}

bool is_ideograph(char32_t c) noexcept {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

/// Appends what one character folds to: nothing, one character, or several (½ → 1⁄2).
void fold_character(char32_t c, std::u32string& to) {
    if (is_ideograph(c) || (c > 0x20 && c < 0x7F)) {
        to.push_back(fold_sign(c));
        return;
    }
    if (unicode::is_white_space(c) || unicode::is_control_or_format(c)) return;
    if (is_radical(c)) {
        to.push_back(mend_radical(c));
        return;
    }
    const auto normal = unicode::decode(unicode::nfkc(unicode::encode(std::u32string_view(&c, 1))).value_or(""));
    for (const auto part : normal.value_or(U""))
        if (!unicode::is_white_space(part)) to.push_back(fold_sign(part));
}

bool is_latin(char32_t c) noexcept {
    return c > 0x20 && c < 0x250;
}
bool is_letter(char32_t c) noexcept {
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}
bool is_digit(char32_t c) noexcept {
    return c >= U'0' && c <= U'9';
}

std::u32string tidy_characters(std::u32string_view text) {
    std::u32string result;
    bool space = false;
    for (const auto c : text) {
        if (unicode::is_white_space(c)) {
            space = true;
            continue;
        }
        if (unicode::is_control_or_format(c)) continue;
        if (space && !result.empty() && is_latin(result.back()) && is_latin(c)) result.push_back(U' ');
        space = false;
        result.push_back(is_radical(c) ? mend_radical(c) : c);
    }
    return result;
}

TextLine make_line(std::size_t page, std::u32string_view raw) {
    TextLine line{page, unicode::encode(tidy_characters(raw)), {}, {}, {}};
    // Gaps come from the raw line (tidying closes most of them), positions from the tidied one.
    bool space = false;
    for (const auto c : raw) {
        const auto before = line.folded.size();
        fold_character(c, line.folded);
        if (line.folded.size() > before) {
            line.gaps.push_back(before == 0 ? Gap::line : space ? Gap::space : Gap::none);
            line.gaps.resize(line.folded.size(), Gap::none);
            space = false;
        } else if (unicode::is_white_space(c)) {
            space = true;
        }
    }
    std::u32string folded;
    std::size_t position = 0;
    for (const auto c : unicode::decode(line.text).value_or(U"")) {
        fold_character(c, folded);
        line.positions.resize(folded.size(), position);
        position += unicode::encode(std::u32string_view(&c, 1)).size();
    }
    return line;
}

/// 第3页共13页, 3/13, -3-, Page 3 of 13, 第三页 and the like, folded.
bool is_page_number(std::u32string_view line) {
    constexpr std::u32string_view vocabulary = U"第页共总码頁/-,.·|()~:<>Pageofage";
    constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百";
    if (line.empty() || line.size() > 20) return false;
    bool number = false, words = false;
    for (const auto c : line) {
        if (is_digit(c) || numerals.find(c) != std::u32string_view::npos)
            number = true;
        else if (vocabulary.find(c) != std::u32string_view::npos)
            words = words || c == U'页' || c == U'頁' || c == U'g' || c == U'/' || c == U'-' || c == U'·';
        else
            return false;
    }
    const bool bare = line.size() <= 4 && std::all_of(line.begin(), line.end(), is_digit);
    return number && (words || bare);
}

std::u32string without_digits(std::u32string line) {
    for (auto& c : line)
        if (is_digit(c)) c = U'#';
    return line;
}

bool ends_sentence(char32_t c) noexcept {
    return std::u32string_view(U"。；：！？;:!?").find(c) != std::u32string_view::npos;
}

/// （1） 1. 1、 ① 一、 （一） at the beginning of a line.
bool begins_item(std::u32string_view line) {
    constexpr std::u32string_view numerals = U"0123456789一二三四五六七八九十";
    std::size_t at = 0;
    const bool bracket = line[0] == U'(' || line[0] == U'（';
    if (bracket) ++at;
    if (line[0] >= U'①' && line[0] <= U'⑳') return true;
    const auto first = at;
    while (at < line.size() && at < first + 3 && numerals.find(line[at]) != std::u32string_view::npos) ++at;
    if (at == first || at == line.size()) return false;
    if (bracket) return line[at] == U')' || line[at] == U'）';
    if (line[at] == U'、' || line[at] == U'．') return true;
    // "1." begins an item, "1.5" does not.
    return line[at] == U'.' && (at + 1 == line.size() || !is_digit(line[at + 1]));
}

}  // namespace

std::u32string fold(std::string_view text) {
    std::u32string folded;
    for (const auto c : unicode::decode(text).value_or(U"")) fold_character(c, folded);
    return folded;
}

std::string tidy(std::string_view text) {
    return unicode::encode(tidy_characters(unicode::decode(text).value_or(U"")));
}

std::string join(const std::vector<std::string>& lines) {
    std::vector<std::u32string> parts;
    std::size_t widest = 0;
    for (const auto& line : lines) {
        parts.push_back(unicode::decode(line).value_or(U""));
        widest = std::max(widest, parts.back().size());
    }
    std::u32string text;
    std::size_t last_size = 0;
    for (const auto& part : parts) {
        if (part.empty()) continue;
        if (!text.empty()) {
            const bool short_line = last_size * 5 < widest * 4;
            if (ends_sentence(text.back()) && (short_line || begins_item(part)))
                text.push_back(U'\n');
            else if (is_letter(text.back()) && is_letter(part.front()))
                text.push_back(U' ');
        }
        text += part;
        last_size = part.size();
    }
    return unicode::encode(text);
}

ReportText::ReportText(const std::vector<std::string>& pages) {
    for (std::size_t page = 0; page < pages.size(); ++page) {
        const auto text = unicode::decode(pages[page]).value_or(U"");
        std::size_t begin = 0;
        while (begin <= text.size()) {
            // A form feed or vertical tab ends a line too.
            const auto end = std::min(text.find_first_of(U"\n\r\v\f\u0085\u2028\u2029", begin), text.size());
            auto line = make_line(page, std::u32string_view(text).substr(begin, end - begin));
            if (!line.folded.empty()) lines_.push_back(std::move(line));
            begin = end + 1;
        }
    }
    find_furniture(pages.size());
}

void ReportText::find_furniture(std::size_t pages) {
    constexpr std::size_t edge = 3;  // lines at the top and at the bottom of a page
    struct Place {
        std::size_t line;
        std::pair<std::size_t, std::u32string> key;  // which line from which edge, and what it says
    };
    std::vector<Place> places;
    for (std::size_t begin = 0; begin < lines_.size();) {
        auto end = begin;
        while (end < lines_.size() && lines_[end].page == lines_[begin].page) ++end;
        for (auto i = begin; i < end; ++i) {
            const auto from_top = i - begin, from_bottom = end - 1 - i;
            if (from_top >= edge && from_bottom >= edge) continue;
            if (is_page_number(lines_[i].folded)) lines_[i].furniture = Furniture::page_number;
            if (from_top < edge) places.push_back({i, {from_top, without_digits(lines_[i].folded)}});
            if (from_bottom < edge) places.push_back({i, {edge + from_bottom, without_digits(lines_[i].folded)}});
        }
        begin = end;
    }
    std::map<std::pair<std::size_t, std::u32string>, std::size_t> counts;
    for (const auto& place : places) ++counts[place.key];
    for (const auto& place : places) {
        const auto count = counts[place.key];
        if (count >= 3 && count * 5 >= pages * 2 && lines_[place.line].furniture == Furniture::none)
            lines_[place.line].furniture = Furniture::repeated;
    }
}

bool ReportText::has_text() const noexcept {
    return std::any_of(lines_.begin(), lines_.end(),
                       [](const TextLine& line) { return line.furniture == Furniture::none; });
}

Flow ReportText::flow(Furniture skip_up_to, std::size_t from_line) const {
    Flow flow;
    for (auto i = from_line; i < lines_.size(); ++i) {
        const auto& line = lines_[i];
        if (line.furniture != Furniture::none && line.furniture <= skip_up_to) continue;
        flow.text += line.folded;
        flow.gaps.insert(flow.gaps.end(), line.gaps.begin(), line.gaps.end());
        flow.lines.insert(flow.lines.end(), line.folded.size(), i);
    }
    return flow;
}

}  // namespace sjcode::issue
