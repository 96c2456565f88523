// Numbers, dates and licences.
#include "issue/facts_find.h"

#include "base/civil_time.h"
#include "base/unicode.h"

#include <algorithm>

namespace sjcode::issue {
namespace {

bool is_digit(char32_t c) noexcept {
    return c >= U'0' && c <= U'9';
}
bool is_alphanumeric(char32_t c) noexcept {
    return is_digit(c) || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}
bool starts_at(std::u32string_view text, std::size_t at, std::u32string_view what) noexcept {
    return at <= text.size() && text.substr(at).starts_with(what);
}
bool contains_any(std::u32string_view text, std::u32string_view characters) noexcept {
    return text.find_first_of(characters) != std::u32string_view::npos;
}

/// A number may begin here: what stands before is no digit, or apart from it.
bool is_number_start(const Flow& flow, std::size_t at) noexcept {
    return at == 0 || !is_digit(flow.text[at - 1]) || flow.gaps[at] != Gap::none;
}
bool is_number_end(const Flow& flow, std::size_t at) noexcept {
    return at >= flow.text.size() || !is_digit(flow.text[at]) || flow.gaps[at] != Gap::none;
}

std::optional<int> decimal(std::u32string_view digits) noexcept {
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    int value = 0;
    for (const auto c : digits) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<int>(c - U'0');
    }
    return value;
}

std::optional<int> chinese_digit(char32_t c) noexcept {
    const auto at = std::u32string_view(U"〇一二三四五六七八九").find(c);
    if (c == U'零') return 0;
    if (at == std::u32string_view::npos) return std::nullopt;
    return static_cast<int>(at);
}

/// 九, 十, 十一, 二十, 二十三, 廿三.
std::optional<int> chinese_number(std::u32string_view text) noexcept {
    int value = 0;
    if (!text.empty() && text.front() == U'廿') {
        value = 20;
        text.remove_prefix(1);
        if (text.empty()) return value;
    } else if (const auto ten = text.find(U'十'); ten != std::u32string_view::npos) {
        if (ten > 1) return std::nullopt;
        const auto tens = ten == 0 ? std::optional<int>(1) : chinese_digit(text[0]);
        if (!tens || *tens == 0) return std::nullopt;
        value = *tens * 10;
        text.remove_prefix(ten + 1);
        if (text.empty()) return value;
    }
    if (text.size() != 1) return std::nullopt;
    const auto ones = chinese_digit(text.front());
    if (!ones) return std::nullopt;
    return value + *ones;
}

std::optional<int> small_number(std::u32string_view text) noexcept {
    if (text.size() <= 2)
        if (const auto value = decimal(text)) return value;
    return chinese_number(text);
}

std::optional<int> year_before(const Flow& flow, std::size_t end, std::size_t& begin) noexcept {
    if (end < 4) return std::nullopt;
    begin = end - 4;
    const auto text = std::u32string_view(flow.text).substr(begin, 4);
    if (const auto value = decimal(text)) {
        if (!is_number_start(flow, begin)) return std::nullopt;
        return value;
    }
    int value = 0;
    for (const auto c : text) {
        const auto digit = chinese_digit(c);
        if (!digit) return std::nullopt;
        value = value * 10 + *digit;
    }
    return value;
}

std::optional<FoundDate> made(int year, int month, int day, std::size_t begin, std::size_t end) noexcept {
    if (year < 1900 || year > 2199 || !is_valid_day({year, month, day})) return std::nullopt;
    return FoundDate{{year, month, day}, begin, end};
}

/// The first of these characters within a number's length of `from`.
std::size_t find_near(std::u32string_view text, std::size_t from, std::u32string_view characters) noexcept {
    constexpr std::size_t longest_number = 3;  // 二十三
    return text.substr(0, std::min(from + longest_number + 1, text.size())).find_first_of(characters, from);
}

/// 年 stands at `at`.
std::optional<FoundDate> date_in_words(const Flow& flow, std::size_t at) {
    const std::u32string_view text = flow.text;
    std::size_t begin = 0;
    const auto year = year_before(flow, at, begin);
    const auto month_end = find_near(text, at + 1, U"月");
    if (!year || month_end == text.npos) return std::nullopt;
    const auto day_end = find_near(text, month_end + 1, U"日号");
    if (day_end == text.npos) return std::nullopt;
    const auto month = small_number(text.substr(at + 1, month_end - at - 1));
    const auto day = small_number(text.substr(month_end + 1, day_end - month_end - 1));
    if (!month || !day) return std::nullopt;
    return made(*year, *month, *day, begin, day_end + 1);
}

/// A separator stands at `at`.
std::optional<FoundDate> date_in_digits(const Flow& flow, std::size_t at) {
    const std::u32string_view text = flow.text;
    if (at < 4 || !decimal(text.substr(at - 4, 4)) || !is_number_start(flow, at - 4)) return std::nullopt;
    const auto second = find_near(text, at + 1, text.substr(at, 1));
    if (second == text.npos) return std::nullopt;
    const auto month = decimal(text.substr(at + 1, second - at - 1));
    if (!month) return std::nullopt;
    for (const std::size_t length : {2U, 1U}) {
        const auto end = second + 1 + length;
        if (end > text.size() || !is_number_end(flow, end)) continue;
        // A time of day may follow the day after a space: "2026-9-3 14:05".
        if (length == 2 && flow.gaps[end - 1] != Gap::none && is_number_end(flow, end - 1)) continue;
        const auto day = decimal(text.substr(second + 1, length));
        if (day) return made(*decimal(text.substr(at - 4, 4)), *month, *day, at - 4, end);
    }
    return std::nullopt;
}

/// Where the institution's short name begins that ends before `end`: within the line, after the words that introduce a
/// citation (出具的…, 编号为…).
std::size_t prefix_begin(const Flow& flow, std::size_t end) {
    constexpr std::size_t limit = 40;
    constexpr std::u32string_view particles = U"的了为是见号";
    const std::u32string_view text = flow.text;
    auto begin = end;
    while (begin > 0 && end - begin < limit && flow.gaps[begin] != Gap::line && is_han(text[begin - 1]) &&
           particles.find(text[begin - 1]) == text.npos)
        --begin;
    for (const std::u32string_view words : {U"出具", U"根据", U"依据", U"参照", U"编号", U"文号"})
        if (const auto at = text.substr(begin, end - begin).rfind(words); at != text.npos) begin += at + words.size();
    return begin;
}

}  // namespace

std::u32string number_after(const Flow& flow, std::size_t& at, std::size_t usual) {
    std::u32string number;
    while (at < flow.text.size() && is_alphanumeric(flow.text[at])) {
        const bool apart = !number.empty() && flow.gaps[at] != Gap::none;
        if (apart && (flow.gaps[at] == Gap::line || number.size() >= usual || !is_digit(flow.text[at]))) break;
        number.push_back(flow.text[at++]);
    }
    return number;
}

bool is_han(char32_t c) noexcept {
    return (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

std::vector<FoundNumber> find_report_numbers(const Flow& flow) {
    constexpr std::size_t middle_limit = 20;
    const std::u32string_view text = flow.text;
    std::vector<FoundNumber> found;
    for (std::size_t open = 0; open + 6 < text.size(); ++open) {
        // Some texts lose the brackets: 陕某司鉴所2016临鉴字第229号.
        const bool bracket = text[open] == U'(';
        const auto year_at = bracket ? open + 1 : open;
        const auto year = decimal(text.substr(year_at, 4));
        if (!year || *year < 1980 || *year > 2199 || !is_number_start(flow, year_at)) continue;
        auto at = year_at + 4;
        if (bracket && (at >= text.size() || text[at++] != U')')) continue;
        if (!bracket && open > 0 && !is_han(text[open - 1])) continue;
        const auto middle = at;
        while (at < text.size() && at - middle <= middle_limit && is_han(text[at]) && text[at] != U'第' &&
               text[at] != U'号')
            ++at;
        const auto middle_text = text.substr(middle, at - middle);
        const bool ordinal = at < text.size() && text[at] == U'第';
        if (ordinal) ++at;
        if (middle_text.size() > middle_limit || (!ordinal && !contains_any(middle_text, U"字鉴检"))) continue;
        if (contains_any(middle_text, U"年月日")) continue;
        const auto serial = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == serial || at - serial > 9 || at >= text.size() || text[at] != U'号') continue;

        const auto begin = prefix_begin(flow, open);
        auto line_start = begin;
        for (const std::u32string_view label :
             {U"编号:", U"文号:", U"文书编号:", U"报告编号:", U"意见书编号:", U"鉴定书编号:"})
            if (begin >= label.size() && text.substr(begin - label.size(), label.size()) == label)
                line_start = std::min(line_start, begin - label.size());
        const bool own_line =
            flow.gaps[line_start] == Gap::line && (at + 1 == text.size() || flow.gaps[at + 1] == Gap::line);
        auto digits = text.substr(serial, at - serial);
        while (digits.size() > 1 && digits.front() == U'0') digits.remove_prefix(1);
        const auto prefix = unicode::encode(text.substr(begin, open - begin));
        found.push_back({prefix + "〔" + std::to_string(*year) + "〕" + unicode::encode(middle_text) +
                             (ordinal ? "第" : "") + unicode::encode(digits) + "号",
                         prefix, own_line});
        open = at;
    }
    return found;
}

const FoundNumber* own_number(const std::vector<FoundNumber>& numbers) {
    const auto appraisal = [](const FoundNumber& number) {
        for (const std::string_view word : {"鉴", "检", "评", "痕", "毒"})
            if (number.canonical.find(word) != std::string::npos) return true;
        return false;
    };
    for (const bool alone : {true, false})
        for (const auto& number : numbers)
            if (number.own_line == alone && !number.prefix.empty() && appraisal(number)) return &number;
    return nullptr;
}

std::vector<FoundDate> find_dates(const Flow& flow) {
    std::vector<FoundDate> found;
    for (std::size_t at = 0; at < flow.text.size(); ++at) {
        const auto c = flow.text[at];
        std::optional<FoundDate> date;
        if (c == U'年')
            date = date_in_words(flow, at);
        else if (c == U'-' || c == U'.' || c == U'/')
            date = date_in_digits(flow, at);
        if (date) found.push_back(*date);
    }
    return found;
}

std::vector<Date> acceptance_dates(const Flow& flow) {
    const std::u32string_view text = flow.text;
    std::vector<Date> found;
    for (const auto& date : find_dates(flow)) {
        bool labelled = false;
        // 受理日期：… , 受理时间为…
        auto label_end = date.begin;
        if (label_end > 0 && (text[label_end - 1] == U':' || text[label_end - 1] == U'为')) --label_end;
        for (const std::u32string_view label : {U"受理日期", U"受理时间", U"受理委托日期", U"受理鉴定日期", U"受理日"})
            labelled =
                labelled || (label_end >= label.size() && text.substr(label_end - label.size(), label.size()) == label);
        // 于2026年9月3日受理
        for (const std::u32string_view verb : {U"受理", U",受理", U"予以受理", U"决定受理", U"正式受理"})
            labelled = labelled || starts_at(text, date.end, verb);
        if (labelled) found.push_back(date.date);
    }
    return found;
}

std::vector<std::string> institution_licences(const Flow& flow) {
    constexpr std::u32string_view label = U"许可证";
    const std::u32string_view text = flow.text;
    std::vector<std::string> found;
    for (auto at = text.find(label); at != std::u32string_view::npos; at = text.find(label, at + 1)) {
        // 医疗机构执业许可证号 and 生产许可证号 are other people's.
        const auto before = text.substr(at - std::min<std::size_t>(at, 8), std::min<std::size_t>(at, 8));
        if (before.find(U"鉴定") == std::u32string_view::npos && flow.gaps[at] != Gap::line) continue;
        auto value = at + label.size();
        while (value < text.size() &&
               std::u32string_view(U"证编号码代:)>\"").find(text[value]) != std::u32string_view::npos)
            ++value;
        const auto number = number_after(flow, value, 9);
        if (number.size() >= 5 && std::any_of(number.begin(), number.end(), is_digit))
            found.push_back(unicode::encode(number));
    }
    return found;
}

bool has_word(const Flow& flow, std::u32string_view word) {
    if (word.empty()) return false;
    const std::u32string_view text = flow.text;
    for (auto at = text.find(word); at != std::u32string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        const bool begins = at == 0 || !is_alphanumeric(text[at - 1]) || flow.gaps[at] != Gap::none;
        const bool ends = end == text.size() || !is_alphanumeric(text[end]) || flow.gaps[end] != Gap::none;
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace sjcode::issue
