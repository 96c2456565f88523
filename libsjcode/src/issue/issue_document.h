// Issuing with what only our own documents need beyond a report.
#pragma once

#include "sjcode/issue.h"

#include <cstdint>
#include <map>

namespace sjcode::issue {

struct DocumentParts {
    /// The certificate is that of an authority, and the code is one for another institution: its trust records say
    /// whether the authority may. Else name and licence number must be those of the certificate.
    bool for_institution = false;
    std::map<std::uint32_t, Bytes> extensions{};  ///< entries of the record from 66 on, deterministic CBOR
};

/// As Issuer::issue().
Result<IssuedReport> issue_document(const Issuer& issuer, const InputFile& document, const Facts& facts,
                                    const IssueOptions& options, const DocumentParts& parts);

}  // namespace sjcode::issue
