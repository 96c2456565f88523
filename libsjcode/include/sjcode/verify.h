// Verification: evidence in, verdict out.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/record.h"
#include "sjcode/result.h"
#include "sjcode/trust.h"
#include "sjcode/verdict.h"
#include "sjcode/worker.h"

#include <optional>
#include <string_view>

namespace sjcode {

struct VerifyOptions {
    /// A record kept beside the report, to compare page text with where the document carries none.
    std::optional<Bytes> record{};
    /// Also render the stamped page and read its symbol (rule S2), not only where the structure cannot decide.
    bool render = false;
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
    const TrustRecords& trust_;
    const Worker& worker_;
    Clock clock_;
};

}  // namespace sjcode
