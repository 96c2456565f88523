#include "base/try.h"
#include "issue/preserving.h"
#include "issue/sealed_report.h"
#include "issue/sealing.h"
#include "pdf/countersign_revision.h"
#include "sjcode/preserve.h"

#include <algorithm>
#include <array>

namespace sjcode {

Result<ExtendedReport> Countersigner::countersign(const InputFile& report, std::string_view field) const {
    SJCODE_TRY(auto state, open_sealed_report(report));
    const auto found = std::find_if(state.fields.begin(), state.fields.end(), [&](const pdf::CountersignField& one) {
        return !one.is_signed && (field.empty() || one.name == field);
    });
    if (found == state.fields.end())
        return field.empty() ? fail("countersign.no-field")
                             : fail("countersign.field", {{"field", std::string(field)}});
    ExtendedReport extended{report};
    extended.field = found->name;
    const auto now = clock();
    const Sealer sealer{signer, timestamps, random};
    SJCODE_TRY(auto signature, reserve_seal(sealer, now));
    SJCODE_TRY(auto written,
               pdf::write_countersign_revision(
                   state, {static_cast<std::size_t>(found - state.fields.begin()), std::move(signature)}));
    const std::array<ByteView, 1> pieces{report.bytes()};
    SJCODE_CHECK(seal(sealer, now, HashedFile::of(seal_digest_method(sealer), pieces), written));
    extended.added = std::move(written.bytes);
    return extended;
}

}  // namespace sjcode
