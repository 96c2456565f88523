#include "verify/history_check.h"

#include <utility>

namespace sjcode {

bool check_history(const pdf::Document& whole, pdf::AuditProfile profile, Findings& findings) {
    // What this seal allows is known, whatever the original has.
    pdf::AuditSettings settings;
    settings.profile = profile;
    auto report = pdf::audit(whole.file(), settings);
    bool failed = false;
    for (auto& finding : report.findings) {
        if (finding.result == pdf::FindingResult::fail) {
            failed = true;
            findings.fail("history", std::move(finding.code), std::move(finding.parameters));
        } else if (finding.result == pdf::FindingResult::warn) {
            findings.warn("history", std::move(finding.code), std::move(finding.parameters));
        }
    }
    return !failed;
}

}  // namespace sjcode
