// Labelled values, the institution's name, and the section with the opinion.
#include "base/unicode.h"
#include "issue/facts_find.h"

#include <algorithm>

namespace sjcode::issue {
namespace {

constexpr std::u32string_view numerals = U"一二三四五六七八九十";

/// Labels of section 一、基本情况 and around; one of them ends the value before it.
constexpr std::u32string_view known_labels[] = {
    U"委托人",   U"委托单位",     U"委托方",       U"委托机关", U"委托机构", U"委托书",   U"委托书编号",   U"委托日期",
    U"委托时间", U"委托事项",     U"委托鉴定事项", U"鉴定事项", U"鉴定要求", U"委托要求", U"鉴定委托事项", U"受理日期",
    U"受理时间", U"受理委托日期", U"鉴定材料",     U"送检材料", U"检材",     U"样本",     U"鉴定日期",     U"鉴定时间",
    U"检验日期", U"检验时间",     U"鉴定地点",     U"检验地点", U"在场人员", U"在场人",   U"被鉴定人",     U"被检验人",
    U"鉴定对象", U"鉴定类别",     U"执业类别",     U"鉴定类型", U"案由",     U"案号",     U"联系人",       U"联系电话",
    U"送检人",   U"送检日期",     U"鉴定用途",     U"用途",     U"鉴定机构", U"简要案情", U"案情摘要",     U"性别",
    U"地址",     U"电话",         U"邮编",         U"传真"};

constexpr std::u32string_view opinion_titles[] = {
    U"鉴定意见", U"鉴定结论", U"检验意见",     U"检验结论",     U"鉴定评估意见", U"鉴定评估结论", U"评估意见",
    U"评估结论", U"检验结果", U"司法鉴定意见", U"检验鉴定意见", U"重新鉴定意见", U"补充鉴定意见"};

/// Titles of the sections before the opinion.
constexpr std::u32string_view earlier_titles[] = {U"基本情况", U"基本案情", U"案情摘要", U"检案摘要", U"简要案情",
                                                  U"资料摘要", U"鉴定过程", U"检验过程", U"分析说明", U"鉴定材料",
                                                  U"鉴定依据", U"检验所见", U"绪论",     U"委托事项"};

bool is_one_of(std::u32string_view text, const auto& list) {
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

/// 六、鉴定意见: number and title. Only the level of 一、二、三、.
struct Heading {
    std::size_t number;
    std::u32string_view title;
};

std::optional<Heading> heading(std::u32string_view line) {
    std::size_t at = 0;
    while (at < line.size() && at < 3 && numerals.find(line[at]) != numerals.npos) ++at;
    if (at == 0 || at == line.size()) return std::nullopt;
    const auto digits = line.substr(0, at);
    // 、 folds to a comma; some write a full stop, a colon or nothing but the title.
    const bool sign = line[at] == U',' || line[at] == U'.' || line[at] == U':';
    auto title = line.substr(sign ? at + 1 : at);
    if (!title.empty() && title.back() == U':') title.remove_suffix(1);
    if (!sign && !is_one_of(title, opinion_titles)) return std::nullopt;
    if (title.empty() || title.size() > 15 || title.find_first_of(U".,;") != title.npos) return std::nullopt;
    const auto ten = digits.find(U'十');
    const auto value = [&](std::u32string_view d) { return d.empty() ? 1 : numerals.find(d[0]) + 1; };
    std::size_t number = 0;
    if (ten == digits.npos)
        number = value(digits);
    else
        number = 10 * value(digits.substr(0, ten)) + (ten + 1 < digits.size() ? value(digits.substr(ten + 1)) : 0);
    return Heading{number, title};
}

/// Where `label` with its colon ends in the line, or nothing. A gap does where a table has no colons.
std::optional<std::size_t> label_end(const TextLine& line, std::size_t at, std::u32string_view label) {
    const std::u32string_view text = line.folded;
    if (!text.substr(at).starts_with(label)) return std::nullopt;
    const auto end = at + label.size();
    if (end == text.size() || text[end] == U':') return std::min(end + 1, text.size());
    if (line.gaps[end] == Gap::space && at == 0 && label.size() > 2) return end;
    return std::nullopt;
}

/// A known label, or a few characters and a colon.
bool begins_with_label(const TextLine& line) {
    const std::u32string_view text = line.folded;
    const auto colon = text.find(U':');
    if (colon != text.npos && colon >= 2 && colon <= 8 &&
        std::all_of(text.begin(), text.begin() + std::ptrdiff_t(colon), is_han))
        return true;
    return std::any_of(std::begin(known_labels), std::end(known_labels),
                       [&](std::u32string_view label) { return label_end(line, 0, label).has_value(); });
}

/// The rest of a line from a folded position on, up to another label on the same line.
std::string rest_of(const TextLine& line, std::size_t from) {
    if (from >= line.folded.size()) return {};
    auto end = line.text.size();
    for (auto at = from + 1; at < line.folded.size() && end == line.text.size(); ++at) {
        if (line.gaps[at] == Gap::none) continue;
        for (const auto label : known_labels) {
            const auto after = at + label.size();
            if (std::u32string_view(line.folded).substr(at).starts_with(label) && after < line.folded.size() &&
                line.folded[after] == U':')
                end = line.positions[at];
        }
    }
    const auto begin = line.positions[from];
    return tidy(line.text.substr(begin, end - begin));
}

/// 2026年11月2日 or 二〇二六年十一月二日 and nothing else.
bool is_date_line(std::u32string_view line) {
    constexpr std::u32string_view allowed = U"0123456789〇零一二三四五六七八九十廿年月日";
    return line.size() >= 4 && line.find(U'年') != line.npos && line.find(U'月') != line.npos &&
           line.find_first_not_of(allowed) == line.npos;
}

/// Attachments, signatures, date: what follows the opinion where no heading does.
bool ends_opinion(std::u32string_view line) {
    for (const std::u32string_view begin : {U"附件:",
                                            U"附:",
                                            U"附注:",
                                            U"附图:",
                                            U"附件目录",
                                            U"(以下空白",
                                            U"(以下无正文",
                                            U"(此页无正文",
                                            U"以下空白",
                                            U"司法鉴定人:",
                                            U"司法鉴定人(",
                                            U"司法鉴定人签",
                                            U"司法鉴定人姓名",
                                            U"鉴定人:",
                                            U"鉴定人(",
                                            U"鉴定人签",
                                            U"授权签字人",
                                            U"复核人:",
                                            U"<司法鉴定人执业证>",
                                            U"司法鉴定人<",
                                            U"执业证号"})
        if (line.starts_with(begin)) return true;
    return line == U"附件" || line == U"附注" || line == U"司法鉴定人" || line == U"声明" || is_date_line(line);
}

bool has_han(std::string_view text) {
    const auto code_points = unicode::decode(text).value_or(U"");
    return std::any_of(code_points.begin(), code_points.end(), is_han);
}

/// The text from `line` on, with `first` (what stands beside the heading) before it. Nothing where no words are left,
/// or where an earlier section of the report follows: then the heading was one of a table of contents.
std::optional<std::string> section_text(const std::vector<TextLine>& lines, std::size_t line,
                                        std::optional<std::size_t> number, std::string first) {
    std::vector<std::string> parts{std::move(first)};
    for (; line < lines.size(); ++line) {
        if (lines[line].furniture != Furniture::none) continue;
        if (ends_opinion(lines[line].folded)) break;
        if (const auto next = heading(lines[line].folded)) {
            if (is_one_of(next->title, earlier_titles)) return std::nullopt;
            // An opinion may have points 一、 and 二、 of its own: only the next number of the report ends it.
            if (!number || next->number == *number + 1 || is_one_of(next->title, opinion_titles)) break;
            if (next->title == U"附件" || next->title == U"附注" || next->title == U"落款") break;
        }
        parts.push_back(lines[line].text);
    }
    auto text = join(parts);
    if (!has_han(text)) return std::nullopt;
    return text;
}

std::optional<std::size_t> heading_number(std::u32string_view line) {
    const auto found = heading(line);
    if (!found || !is_one_of(found->title, opinion_titles)) return std::nullopt;
    return found->number;
}

/// 【鉴定意见】, 鉴定意见 alone, or 鉴定意见：… ; gives the folded position of what follows.
std::optional<std::size_t> plain_heading(const TextLine& line) {
    std::u32string_view text = line.folded;
    const bool bracket = text.starts_with(U"(");
    if (bracket) text.remove_prefix(1);
    for (const auto title : opinion_titles) {
        if (!text.starts_with(title)) continue;
        auto end = title.size() + (bracket ? 1 : 0);
        if (bracket && end < line.folded.size() && line.folded[end] == U')') ++end;
        if (end == line.folded.size()) return end;
        if (line.folded[end] == U':') return end + 1;
    }
    return std::nullopt;
}

/// 补正书 has no opinion of its own: 现补正如下：…
std::optional<OpinionSection> find_correction(const std::vector<TextLine>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::u32string_view line = lines[i].folded;
        for (const std::u32string_view words : {U"补正如下:", U"补正内容如下:", U"更正如下:", U"补正内容:"}) {
            const auto at = line.find(words);
            if (at == line.npos) continue;
            if (auto text = section_text(lines, i + 1, std::nullopt, rest_of(lines[i], at + words.size())))
                return OpinionSection{i, *std::move(text)};
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> institution_names(const ReportText& text) {
    constexpr std::size_t shortest = 5, longest = 60;
    std::vector<std::string> found;
    for (const auto& line : text.lines()) {
        std::u32string_view name = line.folded;
        for (const std::u32string_view label : {U"鉴定机构:", U"机构名称:", U"鉴定机构名称:", U"司法鉴定机构:"})
            if (name.starts_with(label)) name.remove_prefix(label.size());
        // One line for both: 某某司法鉴定中心司法鉴定意见书
        for (const std::u32string_view title :
             {U"司法鉴定意见书", U"司法鉴定意见补正书", U"司法鉴定检验报告书", U"鉴定意见书"})
            if (name.ends_with(title)) {
                name.remove_suffix(title.size());
                break;
            }
        const bool ending = name.ends_with(U"中心") || name.ends_with(U"所") || name.ends_with(U"院") ||
                            name.ends_with(U"公司") || name.ends_with(U"实验室");
        const bool plain = std::all_of(name.begin(), name.end(), [](char32_t c) {
            return is_han(c) || c == U'(' || c == U')' || c == U'·' || (c >= U'A' && c <= U'Z');
        });
        if (!ending || !plain || name.size() < shortest || name.size() > longest || name.find(U"鉴定") == name.npos)
            continue;
        if (name.starts_with(U"委托") || name.find(U"出具") != name.npos) continue;
        const auto skipped = static_cast<std::size_t>(name.data() - line.folded.data());
        const auto begin = line.positions[skipped];
        const auto last = skipped + name.size();
        const auto end = last < line.positions.size() ? line.positions[last] : line.text.size();
        found.push_back(tidy(line.text.substr(begin, end - begin)));
    }
    return found;
}

std::optional<std::string> labelled_value(const ReportText& text, std::initializer_list<std::u32string_view> labels,
                                          std::size_t line_limit) {
    const auto& lines = text.lines();
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const auto label : labels) {
            const auto end = label_end(lines[i], 0, label);
            if (!end) continue;
            std::vector<std::string> parts{rest_of(lines[i], *end)};
            const auto limit = line_limit + (parts.front().empty() ? 1 : 0);
            for (auto next = i + 1; next < lines.size() && parts.size() < limit; ++next) {
                if (begins_with_label(lines[next]) || heading(lines[next].folded)) break;
                // Furniture only at the turn of a page: a value set in pieces may hold a lone number.
                if (lines[next].page != lines[i].page && lines[next].furniture != Furniture::none) continue;
                parts.push_back(lines[next].text);
            }
            // A list of cells or a table of contents has labels without values.
            auto value = join(parts);
            if (has_han(value)) return value;
        }
    return std::nullopt;
}

std::optional<OpinionSection> find_opinion(const ReportText& text) {
    const auto& lines = text.lines();
    // A heading of a table of contents is followed by the next heading, or by page numbers.
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (const auto number = heading_number(lines[i].folded))
            if (auto section = section_text(lines, i + 1, number, "")) return OpinionSection{i, *std::move(section)};
    for (auto i = lines.size(); i-- > 0;)
        if (const auto end = plain_heading(lines[i]))
            if (auto section = section_text(lines, i + 1, std::nullopt, rest_of(lines[i], *end)))
                return OpinionSection{i, *std::move(section)};
    return find_correction(lines);
}

}  // namespace sjcode::issue
