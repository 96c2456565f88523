// What the trust records say of whoever signed a code: then, at issue, and now. docs/trust.md, "What is checked".
#pragma once

#include "sjcode/record.h"
#include "verify/code_check.h"
#include "verify/findings.h"

#include <cstdint>
#include <vector>

namespace sjcode {

/// Checks trust (age of the list) and key, of a code whose signature verified.
void check_issuer(const OpenedCode& opened, UnixTime now, Findings& findings);

/// Checks licence, category, appraisers and now: whether institution and appraisers were allowed to issue this report,
/// and what became of them since; of a licence document what licence_document_check.h says. `record` is the code's own;
/// null where there is none.
void check_standing(const OpenedCode& opened, const Record* record, const TrustRecords& trust, UnixTime now,
                    Findings& findings);

/// Check licence alone: whether the institution was licensed at issue, in these categories as far as they are known.
void check_licence(const InstitutionRecord& record, const std::vector<std::uint32_t>& categories, UnixTime issued,
                   Findings& findings);

/// Check now alone: what became of the institution since; nothing of it changes what held at issue.
void check_now(const InstitutionRecord& record, UnixTime issued, UnixTime now, Findings& findings);

/// That a report without a seal is not one of an issuer that seals: check seal.
void check_seal_required(const OpenedCode& opened, Findings& findings);

/// Check relation: what the code says that it corrects, supplements or replaces.
void check_relation(const OpenedCode& opened, Findings& findings);

}  // namespace sjcode
