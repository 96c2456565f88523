// Which symbols go on which page, and how large the stamps get.
#pragma once

#include "sjcode/issue.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/result.h"

#include "pdf/stamp_layout.h"

#include <cstdint>
#include <map>
#include <vector>

namespace sjcode {

/// What the symbols of one report say, before and after signing: the main symbol has the same size either way, since a
/// signature always has 64 bytes.
class StampPlan {
public:
    /// Whether layouts have their symbols' modules, or only their sizes.
    enum class Symbols { drawn, blank };

    /// Error: "issue.entry" ({entry}: an entry that the record does not have).
    static Result<StampPlan> make(const Record& record, const Claims& claims, std::string host, QrLevel level,
                                  std::vector<EntrySymbol> entries, Symbols symbols);

    /// The layout of a stamp. `page` is 0 for the first main stamp, else the page of its own that entries name; `code`
    /// is the COSE_Sign1 to draw. Errors: "qr.too-large".
    Result<pdf::StampLayout> layout(ByteView code, std::uint32_t page) const;
    /// A stamp with the main symbol only.
    Result<pdf::StampLayout> plain_layout(ByteView code) const;

    /// Record keys of the entry symbols of layout(code, page), in order.
    [[nodiscard]] std::vector<std::uint32_t> entry_keys(std::uint32_t page) const;

    /// Pages that entries name, ascending.
    [[nodiscard]] std::vector<std::uint32_t> entry_pages() const;

private:
    struct Entry {
        std::uint32_t page;
        RecordKey key;
        Bytes disclosure;
    };
    Result<pdf::StampBlock> main(ByteView code) const;
    [[nodiscard]] Result<QrSymbol> symbol(const std::string& prefix, const std::string& digits, QrLevel level,
                                          int version_limit) const;

    explicit StampPlan(Claims claims) : claims_(std::move(claims)) {}
    Claims claims_;
    std::string host_;
    QrLevel level_ = QrLevel::M;
    Symbols symbols_ = Symbols::drawn;
    std::vector<Entry> entries_;
};

/// The encoded claims under a signature of 64 zero bytes, which verifies nowhere: as long as the real code.
Bytes unsigned_code(const Claims& claims, Algorithm algorithm);

}  // namespace sjcode
