#include "sjcode/preserve.h"

#include "base/try.h"
#include "issue/preserving.h"
#include "issue/sealed_report.h"

#include <array>

namespace sjcode {

Result<void> ExtendedReport::write(const std::string& path, Overwrite overwrite) const {
    const std::array<ByteView, 2> pieces{file.bytes(), added};
    return write_file(path, pieces, overwrite);
}

Result<ExtendedReport> Preserver::preserve(const InputFile& report) const {
    SJCODE_TRY(auto state, open_sealed_report(report));
    GrowingFile file{{report.bytes()}, {}, std::move(state)};
    const auto now = clock();
    ExtendedReport extended{report};
    extended.has_new_proofs = lacks_validation_data(file.state);
    if (timestamps == nullptr) {
        if (!extended.has_new_proofs) return fail("preserve.nothing");
        if (!has_timestamp(file.state)) return fail("preserve.no-time");
    }
    if (extended.has_new_proofs) SJCODE_CHECK(add_validation_data(file, proofs, now));
    if (timestamps != nullptr) {
        SJCODE_TRY(extended.stamped, add_document_timestamp(file, *timestamps, random, now));
    }
    extended.added = std::move(file.added);
    return extended;
}

}  // namespace sjcode
