// One row of a table about institutions, appraisers or decisions, cell by cell.
#pragma once

#include "sjcode/csv_table.h"
#include "sjcode/trust_record.h"
#include "sjcode/trust_table.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sjcode::trust {

/// Names by which a column may go; the first is the one that messages use.
using ColumnNames = std::vector<std::string_view>;

/// Where the columns of a table stand, each looked for once.
class TableColumns {
public:
    explicit TableColumns(const CsvTable& table) noexcept : table_(table) {}
    std::optional<std::size_t> find(const ColumnNames& column);
    /// As the table names it, or would.
    std::string name(const ColumnNames& column);

private:
    const CsvTable& table_;
    std::unordered_map<const ColumnNames*, std::optional<std::size_t>> found_{};
};

/// Whose licence number a cell holds.
enum class LicenceHolder { institution, appraiser, either };

/// Findings of all rows, the first ones kept.
class TableFindings {
public:
    explicit TableFindings(TrustTableImport& to) noexcept : to_(to) {}
    void fault(std::uint64_t line, std::string column, Error error);
    void warn(std::uint64_t line, std::string column, Error error);

private:
    TrustTableImport& to_;
};

/// Reads cells of one row. What is wrong goes to the findings, and an empty value comes back; is_good() tells.
class TableRow {
public:
    TableRow(TableColumns& columns, const CsvTable::Row& row, TableFindings& findings) noexcept
        : columns_(columns), row_(row), findings_(findings) {}

    [[nodiscard]] bool is_good() const noexcept { return good_; }
    /// Whether the column is there and the cell holds something.
    [[nodiscard]] bool has(const ColumnNames& column);

    /// A name: nothing invisible, no formula, no resident identity number.
    std::string text(const ColumnNames& column);
    /// A licence number, which must be there.
    std::string licence(const ColumnNames& column, LicenceHolder holder);
    std::string uscc(const ColumnNames& column);
    /// Texts between commas, semicolons, 、 and white space.
    std::vector<std::string> words(const ColumnNames& column);
    std::vector<std::uint32_t> categories(const ColumnNames& column);
    std::optional<StatusEventKind> event_kind(const ColumnNames& column);
    /// The first second of a day in China; nothing where the cell is empty.
    std::optional<UnixTime> day(const ColumnNames& column);
    /// A last day, as the second behind it. 长期 is `open`.
    std::optional<UnixTime> last_day(const ColumnNames& column, bool& open);
    /// That the cell is filled.
    void need(const ColumnNames& column);

    void fault(const ColumnNames& column, Error error);
    /// The row as a whole is at fault.
    void fault(Error error);
    void warn(const ColumnNames& column, Error error);

private:
    [[nodiscard]] const std::string& cell(const ColumnNames& column);
    void warn_all(const ColumnNames& column, const std::vector<Error>& warnings);

    TableColumns& columns_;
    const CsvTable::Row& row_;
    TableFindings& findings_;
    bool good_ = true;
};

}  // namespace sjcode::trust
