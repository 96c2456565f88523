// Registers filled from tables: what a regulator keeps in a spreadsheet, taken into the register behind a trust list.
// docs/trust.md names the columns.
#pragma once

#include "sjcode/csv_table.h"
#include "sjcode/result.h"
#include "sjcode/trust_register.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// What each row of a table describes.
enum class TrustTableKind {
    institutions,  ///< an institution, or one more licence period, name or category of it
    appraisers,    ///< an appraiser, likewise
    events,        ///< a decision about one of either
};
/// "institutions", "appraisers", "events"; nothing for another name.
std::optional<TrustTableKind> trust_table_kind(std::string_view name) noexcept;

/// Something about one row.
struct TableFinding {
    std::uint64_t line = 0;  ///< in the file, from 1
    std::string column{};    ///< as the table names it; empty where the row as a whole is meant
    Error error;
    friend bool operator==(const TableFinding&, const TableFinding&) = default;
};

struct TrustTableImport {
    static constexpr std::size_t most_findings = 100;  ///< kept of each kind; the rest is only counted

    std::size_t rows = 0;
    std::vector<TableFinding> faults{};  ///< for which nothing was taken in
    std::size_t fault_count = 0;
    std::vector<TableFinding> warnings{};  ///< what is unusual, as in identifier.h
    std::size_t warning_count = 0;
    std::vector<std::string> ignored{};      ///< columns that say nothing to us
    std::vector<TrustDifference> changes{};  ///< what the register says otherwise than before
};

/// Takes every row of a table into a register, or, where a row has a fault, none. Like TrustRegister::add() it takes
/// nothing away, and a table that was taken in before changes nothing.
///
/// Faults: "trust-table.missing", "trust-table.date" ({value}), "trust-table.spoiled" ({value}; what a spreadsheet does
/// to long numbers), "trust-table.category" ({value}), "trust-table.kind" ({value}), "trust-table.invisible",
/// "trust-table.formula" ({value}), "trust-table.resident-id", "trust-table.region" ({licence}), "identifier.*",
/// "trust-register.unknown", "trust-record.*".
/// Errors: "trust-table.column" ({column}: the table lacks it), "trust-table.empty" (no row below the names).
Result<TrustTableImport> import_table(const CsvTable& table, TrustTableKind kind, TrustRegister& content);

}  // namespace sjcode
