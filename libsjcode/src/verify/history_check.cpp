#include "verify/history_check.h"

#include "pdf/audit/audit.h"

#include <utility>

namespace sjcode {

bool check_history(const pdf::Document& whole, std::size_t later, Findings& findings) {
    if (later == 0) {
        findings.pass("history", "audit.nothing-later");
        return true;
    }
    // What this seal allows is known: it made no empty fields, whatever the original has.
    pdf::AuditSettings settings;
    settings.profile = pdf::AuditProfile::sealed;
    auto report = pdf::audit(whole.file(), settings);
    for (auto& finding : report.findings) {
        const bool told_by_pass = finding.result == pdf::FindingResult::pass && finding.check == "history";
        if (finding.result == pdf::FindingResult::fail)
            findings.fail("history", std::move(finding.code), std::move(finding.parameters));
        else if (finding.result == pdf::FindingResult::warn)
            findings.warn("history", std::move(finding.code), std::move(finding.parameters));
        else if (told_by_pass)
            findings.pass("history", std::move(finding.code), std::move(finding.parameters));
        else if (finding.result == pdf::FindingResult::unchecked)
            findings.unchecked("history", std::move(finding.code), std::move(finding.parameters));
    }
    // An audit that says nothing of the history has not looked at it.
    if (!findings.mentions("history")) findings.unchecked("history", "audit.history-unchecked");
    return !report.failed();
}

}  // namespace sjcode
