// Tables as spreadsheets export them: CSV (RFC 4180) or tab-separated, UTF-8 or GB18030, and the ways in which a
// spreadsheet spoils numbers.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// A table with a row of column names. Cells are UTF-8, without white space at either end.
class CsvTable {
public:
    static constexpr std::size_t most_bytes = 64 << 20;
    static constexpr std::size_t most_rows = 500'000;
    static constexpr std::size_t most_columns = 200;
    static constexpr std::size_t most_cells = 5'000'000;
    static constexpr std::size_t longest_cell = 8'192;  ///< bytes

    struct Row {
        std::uint64_t line = 0;  ///< in the file, from 1, where the row begins
        std::vector<std::string> cells;
    };

    /// UTF-8 with or without a byte order mark; anything else as GB18030. Comma, tab or semicolon, whichever the first
    /// row has most of. Empty rows are passed over. Errors: "csv.size" ({limit}), "csv.utf16" (a Unicode text file:
    /// save as CSV), "csv.encoding" ({line}), "csv.converter" (this machine cannot convert GB18030), "csv.empty",
    /// "csv.control" ({line}), "csv.quote" ({line}), "csv.unclosed" ({line} where the quotation begins), "csv.cells"
    /// ({line}, {found}, {expected}), "csv.columns" ({limit}), "csv.rows" ({limit}), "csv.all-cells" ({limit}),
    /// "csv.cell"
    /// ({line}, {limit}), "csv.column-twice" ({column}).
    static Result<CsvTable> parse(ByteView file);

    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }
    [[nodiscard]] const std::vector<Row>& rows() const noexcept { return rows_; }
    /// The column with one of these names, compared without spaces, full width and case.
    [[nodiscard]] std::optional<std::size_t> column(const std::vector<std::string_view>& names) const;

private:
    std::vector<std::string> columns_;
    std::vector<Row> rows_;
};

/// What a spreadsheet does to numbers.
enum class SpoiledNumber {
    exponent,       ///< 1.10105E+17: digits are lost
    leading_zeros,  ///< fewer digits than such a number has
    rounded,        ///< more than 15 digits, zeros from the 16th on
};

/// Whether a cell that should hold a number of `digits` digits was spoiled. Full-width digits count as digits.
std::optional<SpoiledNumber> spoiled_number(std::string_view cell, std::size_t digits);

}  // namespace sjcode
