#include "sjcode/report_number.h"

#include "base/unicode.h"
#include "code/report_number_form.h"

#include <charconv>

namespace sjcode {
namespace {

constexpr std::u32string_view opening = U"〔[［(（【";
constexpr std::u32string_view closing = U"〕]］)）】";
constexpr std::size_t year_digits = 4;

bool is_digit(char32_t c) noexcept {
    return c >= U'0' && c <= U'9';
}

std::u32string half_width_without_space(std::u32string_view text) {
    std::u32string result;
    for (const auto c : text) {
        if (unicode::is_white_space(c)) continue;
        result.push_back(c >= U'０' && c <= U'９' ? c - U'０' + U'0' : c);
    }
    return result;
}

bool all_digits(std::u32string_view text) noexcept {
    for (const auto c : text)
        if (!is_digit(c)) return false;
    return true;
}

/// A pair of brackets of one kind around four digits becomes 〔〕.
void unify_brackets(std::u32string& text) {
    for (std::size_t i = 0; i + year_digits + 1 < text.size(); ++i) {
        const auto kind = opening.find(text[i]);
        if (kind == std::u32string_view::npos || text[i + year_digits + 1] != closing[kind]) continue;
        if (!all_digits(std::u32string_view(text).substr(i + 1, year_digits))) continue;
        text[i] = opening.front();
        text[i + year_digits + 1] = closing.front();
    }
}

/// The zeros that pad a serial (第018号) go; one digit always stays.
std::u32string without_padding(std::u32string_view text) {
    std::u32string result;
    for (std::size_t i = 0; i < text.size();) {
        result.push_back(text[i]);
        if (text[i++] != U'第') continue;
        auto end = i;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == text.size() || text[end] != U'号') continue;
        while (i + 1 < end && text[i] == U'0') ++i;
    }
    return result;
}

/// A number of half-width digits without padding that fits.
std::optional<std::uint64_t> plain_number(std::string_view digits) noexcept {
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    std::uint64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return value;
}

/// Takes `mark` off the end of the text.
bool take_off(std::string_view& text, std::string_view mark) noexcept {
    if (!text.ends_with(mark)) return false;
    text.remove_suffix(mark.size());
    return true;
}

/// From the end backwards, since a prefix may hold anything, but the middle no mark that could be mistaken.
std::optional<ReportNumber::Parts> take_apart(std::string_view text) {
    if (!take_off(text, "号")) return std::nullopt;
    const auto ordinal = text.rfind("第");
    if (ordinal == std::string_view::npos) return std::nullopt;
    const auto serial = plain_number(text.substr(ordinal + std::string_view("第").size()));
    text = text.substr(0, ordinal);
    const auto bracket = text.rfind("〕");
    if (!serial || bracket == std::string_view::npos) return std::nullopt;
    const auto middle = text.substr(bracket + std::string_view("〕").size());
    text = text.substr(0, bracket);
    if (text.size() < year_digits || !is_report_number_middle(middle)) return std::nullopt;
    const auto year = plain_number(text.substr(text.size() - year_digits));
    text.remove_suffix(year_digits);
    if (!year || *year < first_report_year || *year > last_report_year || !take_off(text, "〔")) return std::nullopt;
    return ReportNumber::Parts{std::string(text), static_cast<std::uint32_t>(*year), std::string(middle), *serial};
}

}  // namespace

bool is_report_number_middle(std::string_view middle) {
    const auto characters = unicode::decode(middle);
    if (!characters) return false;
    for (const auto c : *characters)
        if (is_digit(c) || (c >= U'０' && c <= U'９') || c == U'第' || c == U'号' || unicode::is_white_space(c) ||
            opening.find(c) != std::u32string_view::npos || closing.find(c) != std::u32string_view::npos)
            return false;
    return true;
}

Result<ReportNumber> ReportNumber::parse(std::string_view text) {
    if (text.size() > longest_report_number) return fail("report-number.form");
    const auto characters = unicode::decode(text);
    if (!characters) return fail("report-number.form");
    auto canonical = half_width_without_space(*characters);
    unify_brackets(canonical);
    canonical = without_padding(canonical);
    if (canonical.empty()) return fail("report-number.form");
    auto encoded = unicode::encode(canonical);
    auto parts = take_apart(encoded);
    return ReportNumber(std::move(encoded), std::move(parts));
}

}  // namespace sjcode
