#include "sjcode/csv_table.h"

#include "base/try.h"
#include "base/unicode.h"
#include "trust/csv_encoding.h"

#include <algorithm>
#include <array>
#include <set>

namespace sjcode {
namespace {

Unexpected at_line(std::string code, std::uint64_t line) {
    return fail(std::move(code), {{"line", std::to_string(line)}});
}

std::string trimmed(std::string_view text) {
    const auto points = unicode::decode(text);
    if (!points) return std::string(text);
    const auto is_kept = [](char32_t c) { return !unicode::is_white_space(c); };
    const auto first = std::find_if(points->begin(), points->end(), is_kept);
    const auto last = std::find_if(points->rbegin(), points->rend(), is_kept).base();
    return first < last ? unicode::encode(std::u32string(first, last)) : std::string();
}

/// The separator that the first row, outside quotation marks, has most of; a comma where it has none.
char separator_of(std::string_view text) {
    std::array<std::size_t, 3> counts{};
    constexpr std::string_view candidates = ",\t;";
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') break;
        if (const auto which = candidates.find(c); which != std::string_view::npos) ++counts[which];
    }
    return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// Rows one after the other (RFC 4180); line ends are LF, CR LF or CR.
class Reader {
public:
    Reader(std::string_view text, char separator) noexcept : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const noexcept { return position_ == text_.size(); }

    Result<CsvTable::Row> row() {
        CsvTable::Row row{line_, {}};
        for (;;) {
            SJCODE_TRY(auto cell, next_cell());
            if (cell.size() > CsvTable::longest_cell)
                return fail("csv.cell",
                            {{"line", std::to_string(row.line)}, {"limit", std::to_string(CsvTable::longest_cell)}});
            if (row.cells.size() == CsvTable::most_columns)
                return fail("csv.columns", {{"limit", std::to_string(CsvTable::most_columns)}});
            row.cells.push_back(trimmed(cell));
            if (at_end() || !take(separator_)) break;
        }
        end_line();
        return row;
    }

private:
    bool take(char c) noexcept {
        if (at_end() || text_[position_] != c) return false;
        ++position_;
        return true;
    }
    [[nodiscard]] bool at_line_end() const noexcept {
        return at_end() || text_[position_] == '\n' || text_[position_] == '\r';
    }
    void end_line() noexcept {
        const bool carriage_return = take('\r');
        if (take('\n') || carriage_return) ++line_;
    }

    Result<std::string_view> plain() {
        const auto start = position_;
        for (; !at_line_end() && text_[position_] != separator_; ++position_) {
            if (text_[position_] == '"') return at_line("csv.quote", line_);
            if (static_cast<unsigned char>(text_[position_]) < 0x20 && text_[position_] != '\t')
                return at_line("csv.control", line_);
        }
        return text_.substr(start, position_ - start);
    }

    Result<std::string> quoted() {
        const auto first_line = line_;
        std::string cell;
        for (;;) {
            if (at_end()) return at_line("csv.unclosed", first_line);
            const char c = text_[position_];
            if (c == '"') {
                ++position_;
                if (!take('"')) break;
                cell += '"';
                continue;
            }
            if (c == '\n' || c == '\r') {
                end_line();
                cell += '\n';
                continue;
            }
            if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return at_line("csv.control", line_);
            cell += c;
            ++position_;
        }
        // Between the closing quotation mark and the separator nothing may stand.
        if (!at_line_end() && text_[position_] != separator_) return at_line("csv.quote", line_);
        return cell;
    }

    Result<std::string> next_cell() {
        if (take('"')) return quoted();
        SJCODE_TRY(const auto view, plain());
        return std::string(view);
    }

    std::string_view text_;
    char separator_;
    std::size_t position_ = 0;
    std::uint64_t line_ = 1;
};

bool is_empty(const CsvTable::Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); });
}

/// A column's name as it is compared.
std::string plain_name(std::string_view name) {
    auto plain = unicode::typed_code(name);
    plain.erase(std::remove_if(plain.begin(), plain.end(), [](char c) { return c == '*' || c == '_' || c == '-'; }),
                plain.end());
    return plain;
}

/// The digits of a cell; nothing where it holds anything else.
std::optional<std::string> digits_of(std::string_view cell) {
    auto text = unicode::typed_code(cell);
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || !digits) return std::nullopt;
    return text;
}

/// 1.10105E+17, as spreadsheets show and export a long number.
bool is_exponent(std::string_view text) {
    const auto e = text.find('E');
    if (e == std::string_view::npos || e == 0 || e + 1 == text.size()) return false;
    const auto is_part = [](std::string_view part, std::string_view others) {
        return std::any_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
               part.find_first_not_of(others) == std::string_view::npos;
    };
    return is_part(text.substr(0, e), "0123456789.") && is_part(text.substr(e + 1), "0123456789+") &&
           (text.find('.') < e || text[e + 1] == '+');
}

}  // namespace

std::optional<SpoiledNumber> spoiled_number(std::string_view cell, std::size_t digits) {
    if (is_exponent(unicode::typed_code(cell))) return SpoiledNumber::exponent;
    const auto number = digits_of(cell);
    if (!number) return std::nullopt;
    if (number->size() < digits) return SpoiledNumber::leading_zeros;
    // A double has 15 digits: the rest are zeros.
    if (number->size() > 15 && number->find_first_not_of('0', 15) == std::string::npos) return SpoiledNumber::rounded;
    return std::nullopt;
}

Result<CsvTable> CsvTable::parse(ByteView file) {
    if (file.size() > most_bytes) return fail("csv.size", {{"limit", std::to_string(most_bytes)}});
    SJCODE_TRY(const auto text, csv_text(file));
    CsvTable table;
    std::size_t cells = 0;
    Reader reader(text, separator_of(text));
    while (!reader.at_end()) {
        SJCODE_TRY(auto row, reader.row());
        if (is_empty(row)) continue;
        if (table.columns_.empty()) {
            while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
            table.columns_ = std::move(row.cells);
            std::set<std::string> seen;
            for (auto& column : table.columns_) {
                // Headings are broken into lines to fit; messages show them, so nothing else may hide in them.
                column.erase(std::remove(column.begin(), column.end(), '\n'), column.end());
                if (unicode::has_invisible(column)) return at_line("csv.control", row.line);
                if (!column.empty() && !seen.insert(plain_name(column)).second)
                    return fail("csv.column-twice", {{"column", column}});
            }
            continue;
        }
        // Spreadsheets leave empty cells behind the last column, or leave them out.
        while (row.cells.size() > table.columns_.size() && row.cells.back().empty()) row.cells.pop_back();
        if (row.cells.size() > table.columns_.size())
            return fail("csv.cells", {{"line", std::to_string(row.line)},
                                      {"found", std::to_string(row.cells.size())},
                                      {"expected", std::to_string(table.columns_.size())}});
        row.cells.resize(table.columns_.size());
        if (table.rows_.size() == most_rows) return fail("csv.rows", {{"limit", std::to_string(most_rows)}});
        // Empty cells take no room in the file, but they do in memory.
        if (cells += row.cells.size(); cells > most_cells)
            return fail("csv.all-cells", {{"limit", std::to_string(most_cells)}});
        table.rows_.push_back(std::move(row));
    }
    if (table.columns_.empty()) return fail("csv.empty");
    return table;
}

std::optional<std::size_t> CsvTable::column(const std::vector<std::string_view>& names) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto name = plain_name(columns_[i]);
        if (std::any_of(names.begin(), names.end(), [&](auto wanted) { return plain_name(wanted) == name; })) return i;
    }
    return std::nullopt;
}

}  // namespace sjcode
