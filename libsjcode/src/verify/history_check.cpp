#include "verify/history_check.h"

#include "pdf/audit/audit.h"

#include <utility>

namespace sjcode {

void check_history(const pdf::Document& whole, std::size_t later, Findings& findings) {
    if (later == 0) {
        findings.pass("history", "audit.nothing-later");
        return;
    }
    // What this seal allows is known: it made no empty fields, whatever the original has.
    pdf::AuditSettings settings;
    settings.profile = pdf::AuditProfile::sealed;
    auto report = pdf::audit(whole.file(), settings);
    for (auto& finding : report.findings) {
        if (finding.result == pdf::FindingResult::fail)
            findings.fail("history", std::move(finding.code), std::move(finding.parameters));
        else if (finding.result == pdf::FindingResult::warn)
            findings.warn("history", std::move(finding.code), std::move(finding.parameters));
    }
}

}  // namespace sjcode
