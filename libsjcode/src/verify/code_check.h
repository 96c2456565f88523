// Checks of a report code by itself: form, signature, trust, host.
#pragma once

#include "sjcode/certificate.h"
#include "sjcode/environment.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/trust.h"
#include "sjcode/verdict.h"

#include "verify/findings.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// A code that could be decoded, and as far as it went, who signed it.
struct OpenedCode {
    RawReportCode raw;
    std::optional<VerifiedReportCode> verified;
    std::optional<Certificate> certificate;     ///< with `verified`, where the trust records are certificates
    std::shared_ptr<const KnownIssuer> issuer;  ///< null where the trust records do not know it
    std::optional<SigningKey> key;              ///< with `verified`: the key that did
    UnixTime now = 0;                           ///< as of when it was opened

    /// Name and short name of the institution at the time of issue; empty without `verified`.
    [[nodiscard]] std::string institution() const;
    [[nodiscard]] std::string short_name() const;
};

/// Decodes and verifies a code (section 6 of the format), adding the checks code, signature and trust. Nothing where it
/// could not even be decoded.
std::optional<OpenedCode> open_code(Result<RawReportCode> raw, const TrustRecords& trust, UnixTime now,
                                    Findings& findings);

/// That the host of a symbol is official for the issuer: check host.
void check_host(const OpenedCode& opened, std::string_view host, Findings& findings);

/// The signed facts for a person to compare; `record` adds what it states, where it is the code's own.
std::vector<Fact> facts_of(const OpenedCode& opened, const Record* record);

}  // namespace sjcode
