// Verifies a PDF: by the code that it carries, else by the symbols that its pages show.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/trust.h"
#include "sjcode/verify.h"

#include "verify/findings.h"

#include <string>
#include <vector>

namespace sjcode {

Verdict verify_pdf(const InputFile& document, const TrustRecords& trust, const Worker& worker, UnixTime now,
                   const VerifyOptions& options);

/// The verdict over symbols read from pages or images, and the record kept beside them, if there is one.
Verdict verify_symbols(const std::vector<std::string>& texts, const TrustRecords& trust, UnixTime now,
                       const VerifyOptions& options, WorkerSession* pdf, Findings findings);

}  // namespace sjcode
