#include "pdf/audit/report.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

constexpr std::ptrdiff_t most_of_one_code = 16;

}  // namespace

bool AuditReport::failed() const noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.result == FindingResult::fail; });
}

void AuditFindings::add(Finding finding) {
    std::ptrdiff_t alike = 0;
    for (const auto& other : findings_) {
        if (other.code != finding.code || other.check != finding.check || other.result != finding.result) continue;
        if (other.parameters == finding.parameters) return;
        ++alike;
    }
    if (alike < most_of_one_code) findings_.push_back(std::move(finding));
}

bool AuditFindings::failed(std::string_view check) const noexcept {
    return std::any_of(findings_.begin(), findings_.end(), [&](const Finding& finding) {
        return finding.result == FindingResult::fail && finding.check == check;
    });
}

}  // namespace sjcode::pdf
