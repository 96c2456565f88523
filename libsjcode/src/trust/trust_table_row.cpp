#include "trust/trust_table_row.h"

#include "base/civil_time.h"
#include "base/unicode.h"
#include "sjcode/category.h"
#include "sjcode/identifier.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sjcode::trust {
namespace {

constexpr UnixTime day_seconds = 86'400;
constexpr UnixTime china_offset = 8 * 3'600;
constexpr std::size_t uscc_size = 18;
constexpr std::size_t institution_digits = 7;  // or 9
constexpr std::size_t appraiser_digits = 12;
/// Of a wrong cell no more is shown: it is foreign text.
constexpr std::size_t shown_characters = 40;

Error error(std::string code, Parameters parameters = {}) {
    return Error{std::move(code), std::move(parameters), {}, {}, {}};
}

std::string shown(std::string_view cell) {
    auto points = unicode::decode(cell).value_or(std::u32string());
    std::replace_if(points.begin(), points.end(), unicode::is_control_or_format, U'\uFFFD');
    if (points.size() > shown_characters) points = points.substr(0, shown_characters) + U"…";
    return unicode::encode(points);
}

/// The word as the register says it. A clerk writes the decision's own words, long or short.
constexpr std::array<std::pair<std::string_view, StatusEventKind>, 18> chinese_kinds{{
    {"暂停执业", StatusEventKind::suspended},
    {"暂停", StatusEventKind::suspended},
    {"停业", StatusEventKind::closed},
    {"责令停业", StatusEventKind::closed},
    {"停止从事司法鉴定业务", StatusEventKind::closed},
    {"撤销登记", StatusEventKind::registration_revoked},
    {"撤销", StatusEventKind::registration_revoked},
    {"注销登记", StatusEventKind::cancelled},
    {"注销", StatusEventKind::cancelled},
    {"吊销", StatusEventKind::licence_revoked},
    {"吊销许可证", StatusEventKind::licence_revoked},
    {"吊销执业证", StatusEventKind::licence_revoked},
    {"吊销执业许可", StatusEventKind::licence_revoked},
    {"列入黑名单", StatusEventKind::blacklisted},
    {"黑名单", StatusEventKind::blacklisted},
    {"暂停委托", StatusEventKind::commissioning_stopped},
    {"停止委托", StatusEventKind::commissioning_stopped},
    {"法院暂停委托", StatusEventKind::commissioning_stopped},
}};

/// Year, month and day in a cell: 2026-09-03, 2026/9/3, 2026.9.3, 2026年9月3日 or 20260903; a midnight behind it, which
/// spreadsheets add, is passed over. Nothing else: 3/9/2026 may be two days.
std::optional<CivilDay> day_in(std::string_view cell) {
    auto text = cell.substr(0, cell.find(' '));
    if (text.size() < cell.size()) {
        const auto time = cell.substr(text.size());
        if (time.find_first_not_of(" 0:") != std::string_view::npos) return std::nullopt;
    }
    const auto plain = unicode::typed_code(text);
    std::array<int, 3> parts{};
    std::array<std::size_t, 3> digits{};
    std::size_t part = 0;
    std::string separators;
    for (const auto c : unicode::decode(plain).value_or(std::u32string())) {
        if (c >= U'0' && c <= U'9') {
            if (part >= parts.size() || ++digits[part] > 8) return std::nullopt;
            parts[part] = parts[part] * 10 + static_cast<int>(c - U'0');
        } else {
            separators += unicode::encode(std::u32string_view(&c, 1));
            ++part;
        }
    }
    if (part == 0 && digits[0] == 8) {
        parts = {parts[0] / 10'000, parts[0] / 100 % 100, parts[0] % 100};
    } else {
        const bool known = separators == "--" || separators == "//" || separators == ".." || separators == "年月日";
        if (!known || digits[0] != 4 || digits[1] == 0 || digits[1] > 2 || digits[2] == 0 || digits[2] > 2)
            return std::nullopt;
    }
    const CivilDay day{parts[0], parts[1], parts[2]};
    if (!is_valid_day(day) || day.year < 1970) return std::nullopt;
    return day;
}

void keep(std::vector<TableFinding>& findings, std::size_t& count, TableFinding finding) {
    if (count++ < TrustTableImport::most_findings) findings.push_back(std::move(finding));
}

}  // namespace

void TableFindings::fault(std::uint64_t line, std::string column, Error error) {
    keep(to_.faults, to_.fault_count, {line, std::move(column), std::move(error)});
}

void TableFindings::warn(std::uint64_t line, std::string column, Error error) {
    keep(to_.warnings, to_.warning_count, {line, std::move(column), std::move(error)});
}

std::optional<std::size_t> TableColumns::find(const ColumnNames& column) {
    const auto known = found_.find(&column);
    if (known != found_.end()) return known->second;
    return found_.emplace(&column, table_.column(column)).first->second;
}

std::string TableColumns::name(const ColumnNames& column) {
    const auto at = find(column);
    return at ? table_.columns()[*at] : std::string(column.front());
}

const std::string& TableRow::cell(const ColumnNames& column) {
    static const std::string nothing;
    const auto at = columns_.find(column);
    return at ? row_.cells[*at] : nothing;
}

bool TableRow::has(const ColumnNames& column) {
    return !cell(column).empty();
}

void TableRow::fault(const ColumnNames& column, Error error) {
    good_ = false;
    findings_.fault(row_.line, columns_.name(column), std::move(error));
}

void TableRow::fault(Error error) {
    good_ = false;
    findings_.fault(row_.line, {}, std::move(error));
}

void TableRow::warn(const ColumnNames& column, Error error) {
    findings_.warn(row_.line, columns_.name(column), std::move(error));
}

void TableRow::warn_all(const ColumnNames& column, const std::vector<Error>& warnings) {
    for (const auto& warning : warnings) warn(column, warning);
}

void TableRow::need(const ColumnNames& column) {
    if (!has(column)) fault(column, error("trust-table.missing"));
}

std::string TableRow::text(const ColumnNames& column) {
    const auto& value = cell(column);
    if (value.empty()) return {};
    if (unicode::has_invisible(value)) {
        fault(column, error("trust-table.invisible"));
    } else if (std::string_view("=+-@").find(value.front()) != std::string_view::npos) {
        // No name begins like this; a spreadsheet that opens the register later would compute it.
        fault(column, error("trust-table.formula", {{"value", shown(value)}}));
    } else if (contains_resident_id(value)) {
        fault(column, error("trust-table.resident-id"));
    } else {
        return value;
    }
    return {};
}

std::string TableRow::licence(const ColumnNames& column, LicenceHolder holder) {
    const auto& value = cell(column);
    if (value.empty()) {
        fault(column, error("trust-table.missing"));
        return {};
    }
    const bool of_appraiser =
        holder == LicenceHolder::appraiser ||
        (holder == LicenceHolder::either && unicode::typed_code(value).size() >= appraiser_digits);
    if (spoiled_number(value, of_appraiser ? appraiser_digits : institution_digits)) {
        fault(column, error("trust-table.spoiled", {{"value", shown(value)}}));
        return {};
    }
    auto checked = of_appraiser ? check_appraiser_licence(value) : check_institution_licence(value);
    if (!checked) {
        fault(column, std::move(checked).error());
        return {};
    }
    warn_all(column, checked->warnings);
    return checked->text;
}

std::string TableRow::uscc(const ColumnNames& column) {
    const auto& value = cell(column);
    if (value.empty()) return {};
    if (spoiled_number(value, uscc_size)) {
        fault(column, error("trust-table.spoiled", {{"value", shown(value)}}));
        return {};
    }
    auto checked = check_uscc(value);
    if (!checked) {
        fault(column, std::move(checked).error());
        return {};
    }
    warn_all(column, checked->warnings);
    return checked->text;
}

std::vector<std::string> TableRow::words(const ColumnNames& column) {
    std::vector<std::string> words(1);
    for (const auto c : unicode::decode(cell(column)).value_or(std::u32string())) {
        const bool between =
            unicode::is_white_space(c) || std::u32string_view(U",，;；、").find(c) != std::u32string::npos;
        if (!between)
            words.back() += unicode::encode(std::u32string_view(&c, 1));
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::vector<std::uint32_t> TableRow::categories(const ColumnNames& column) {
    std::vector<std::uint32_t> categories;
    for (const auto& word : words(column)) {
        const auto category = Category::parse(unicode::typed_code(word));
        if (!category)
            fault(column, error("trust-table.category", {{"value", shown(word)}}));
        else if (std::find(categories.begin(), categories.end(), category->number()) == categories.end())
            categories.push_back(category->number());
    }
    return categories;
}

std::optional<StatusEventKind> TableRow::event_kind(const ColumnNames& column) {
    const auto& value = cell(column);
    if (value.empty()) {
        fault(column, error("trust-table.missing"));
        return std::nullopt;
    }
    for (const auto& [word, kind] : chinese_kinds)
        if (word == value) return kind;
    const auto kind = status_event_kind(value);
    if (!kind) fault(column, error("trust-table.kind", {{"value", shown(value)}}));
    return kind;
}

std::optional<UnixTime> TableRow::day(const ColumnNames& column) {
    const auto& value = cell(column);
    if (value.empty()) return std::nullopt;
    const auto day = day_in(value);
    if (!day) {
        fault(column, error("trust-table.date", {{"value", shown(value)}}));
        return std::nullopt;
    }
    return days_from_civil(*day) * day_seconds - china_offset;
}

std::optional<UnixTime> TableRow::last_day(const ColumnNames& column, bool& open) {
    const auto& value = cell(column);
    open = value == "长期" || value == "长期有效";
    if (open) return std::nullopt;
    const auto first = day(column);
    if (!first) return std::nullopt;
    return *first + day_seconds;
}

}  // namespace sjcode::trust
