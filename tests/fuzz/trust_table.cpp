// Tables from spreadsheets: what was taken in once is known, and the register that comes of it can be kept.
#include "sjcode/trust_table.h"
#include "check.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table = CsvTable::parse(ByteView(data, size));
    if (!table) return 0;
    for (const auto& row : table->rows()) check(row.cells.size() == table->columns().size());
    TrustRegister content;
    content.content.info.id = "cn.example";
    content.content.info.publisher = "x";
    InstitutionRecord known;
    known.licence = "330100001";
    known.names = {{"a", "b", {0, {}}}};
    content.content.institutions = {known};
    for (const auto kind : {TrustTableKind::institutions, TrustTableKind::appraisers, TrustTableKind::events}) {
        const auto before = content.to_json();
        const auto first = import_table(*table, kind, content);
        if (!first || first->fault_count > 0) {
            check(content.to_json() == before);
            continue;
        }
        check(first->changes.empty() == (content.to_json() == before));
        for (const auto& change : first->changes) check(!change.history_lost);
        const auto again = import_table(*table, kind, content);
        check(again && again->fault_count == 0 && again->changes.empty());
        const auto text = content.to_json();
        const auto read = TrustRegister::parse(text);
        check(read && read->to_json() == text);
    }
    return 0;
}
