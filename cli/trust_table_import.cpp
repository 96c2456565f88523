#include "trust_table_import.h"

#include "terminal.h"
#include "trust_register_file.h"

#include "sjcode/csv_table.h"
#include "sjcode/file.h"
#include "sjcode/terminal_text.h"
#include "sjcode/trust_table.h"

#include <iostream>

namespace sjcode::cli {
namespace {

void print(std::ostream& out, const std::vector<TableFinding>& findings, std::size_t count) {
    for (const auto& finding : findings) {
        const auto place =
            finding.column.empty()
                ? say("cli.trust.table.line", {{"line", std::to_string(finding.line)}})
                : say("cli.trust.table.cell", {{"line", std::to_string(finding.line)}, {"column", finding.column}});
        out << place << say(finding.error) << " [" << finding.error.code << "]\n";
    }
    if (count > findings.size())
        out << say("cli.trust.table.more", {{"count", std::to_string(count - findings.size())}}) << '\n';
}

}  // namespace

void print_differences(const std::vector<TrustDifference>& differences) {
    for (const auto& difference : differences) {
        using Change = TrustDifference::Change;
        const char mark = difference.change == Change::added ? '+' : difference.change == Change::removed ? '-' : '~';
        std::cout << mark << ' ' << harmless(difference.id) << ' ' << harmless(difference.name);
        if (difference.history_lost) std::cout << "  " << say("cli.trust.history-lost");
        std::cout << '\n';
    }
}

int import_trust_table(const std::string& file, const std::string& kind, const std::string& register_file,
                       bool dry_run) {
    auto opened = TrustRegisterFile::open(register_file);
    if (!opened) return report(opened.error());
    const auto bytes = InputFile::open(file);
    if (!bytes) return report(bytes.error());
    const auto located = [&](Error error) {
        error.file = file;
        return report(error);
    };
    const auto table = CsvTable::parse(bytes->bytes());
    if (!table) return located(table.error());
    const auto imported = import_table(*table, *trust_table_kind(kind), opened->content());
    if (!imported) return located(imported.error());
    print(std::cerr, imported->warnings, imported->warning_count);
    print(std::cerr, imported->faults, imported->fault_count);
    if (imported->fault_count > 0)
        return located(Error{"trust-table.faults", {{"count", std::to_string(imported->fault_count)}}, {}, {}, {}});
    std::string ignored;
    for (const auto& column : imported->ignored) ignored += (ignored.empty() ? "" : " ") + column;
    if (!ignored.empty()) std::cout << say("cli.trust.table.ignored", {{"columns", ignored}}) << '\n';
    print_differences(imported->changes);
    std::cout << say("cli.trust.table.done",
                     {{"rows", std::to_string(imported->rows)}, {"count", std::to_string(imported->changes.size())}})
              << '\n';
    if (dry_run) {
        std::cout << say("cli.trust.table.dry-run") << '\n';
        return ok;
    }
    if (imported->changes.empty()) return ok;
    if (auto written = opened->save(); !written) return report(written.error());
    std::cout << say("cli.trust.register-written", {{"file", register_file}}) << '\n';
    return ok;
}

}  // namespace sjcode::cli
