// Verification: evidence in, verdict out.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/record.h"
#include "sjcode/result.h"
#include "sjcode/status_lists.h"
#include "sjcode/trust.h"
#include "sjcode/verdict.h"
#include "sjcode/worker.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sjcode {

/// A code that a PDF carries, as it stands there: nothing of it is verified.
struct CarriedCode {
    std::uint32_t page = 0;  ///< from 1
    Bytes code;              ///< COSE_Sign1, see RawReportCode
    Bytes record;            ///< see Record; empty where there is none
};

/// The codes on the annotations of a PDF, by the strict reader. Errors: "pdf.no-pdf", "pdf.damaged", "pdf.limit",
/// "pdf.encrypted".
Result<std::vector<CarriedCode>> carried_codes(const InputFile& pdf);

struct VerifyOptions {
    /// A record kept beside the report, to compare page text with where the document carries none.
    std::optional<Bytes> record{};
    /// Also render the stamped page and read its symbol (rule S2), not only where the structure cannot decide.
    bool render = false;
    /// The document is to be a licence document (docs/licence.md): a report fails the check "holder".
    bool licence = false;
    /// How long to look for symbols on the pages of a PDF that carries no code; then the verdict says which pages were
    /// not looked at.
    std::chrono::milliseconds page_scan_time{3'000};
    /// As of when: what counts as "now" for status and age. Without it, the verifier's clock.
    std::optional<UnixTime> as_of{};
    /// What became of codes; must outlive the call. Without it the check status stays unchecked.
    const StatusLists* statuses = nullptr;
};

/// Verifies PDFs, images, symbol texts and numbers against trust records. Prints nothing, opens no network.
/// Safe to use from several threads at once. The trust records must outlive it.
class Verifier {
public:
    Verifier(const TrustRecords& trust, const Worker& worker, Clock clock)
        : trust_(trust), worker_(worker), clock_(std::move(clock)) {}

    /// A PDF, photograph or scan: told apart by content. Never an error: what cannot be read is a verdict that says so.
    [[nodiscard]] Verdict verify(const InputFile& document, const VerifyOptions& options = {}) const;
    /// The text of a symbol, or a code number as typed.
    [[nodiscard]] Verdict verify_text(std::string_view text, const VerifyOptions& options = {}) const;

private:
    [[nodiscard]] UnixTime now(const VerifyOptions& options) const;

    const TrustRecords& trust_;
    const Worker& worker_;
    Clock clock_;
};

}  // namespace sjcode
