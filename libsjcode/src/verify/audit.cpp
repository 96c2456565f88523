#include "sjcode/audit.h"

#include "base/try.h"
#include "pdf/audit/audit.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/verify.h"

#include <utility>

namespace sjcode {
namespace {

CheckResult result_of(pdf::FindingResult result) {
    switch (result) {
        case pdf::FindingResult::pass:
            return CheckResult::pass;
        case pdf::FindingResult::warn:
            return CheckResult::warn;
        case pdf::FindingResult::fail:
            return CheckResult::fail;
        case pdf::FindingResult::unchecked:
            break;
    }
    return CheckResult::unchecked;
}

AuditSignatureKind kind_of(pdf::SignatureKind kind) {
    switch (kind) {
        case pdf::SignatureKind::certification:
            return AuditSignatureKind::certification;
        case pdf::SignatureKind::timestamp:
            return AuditSignatureKind::timestamp;
        case pdf::SignatureKind::usage_rights:
            return AuditSignatureKind::usage_rights;
        case pdf::SignatureKind::approval:
            break;
    }
    return AuditSignatureKind::approval;
}

}  // namespace

std::string_view name(AuditOutcome outcome) noexcept {
    switch (outcome) {
        case AuditOutcome::no_failure:
            return "no_failure";
        case AuditOutcome::failed:
            return "failed";
        case AuditOutcome::nothing_signed:
            break;
    }
    return "nothing_signed";
}

std::string_view name(AuditSignatureKind kind) noexcept {
    switch (kind) {
        case AuditSignatureKind::certification:
            return "certification";
        case AuditSignatureKind::timestamp:
            return "timestamp";
        case AuditSignatureKind::usage_rights:
            return "usage_rights";
        case AuditSignatureKind::approval:
            break;
    }
    return "approval";
}

AuditReport audit(const InputFile& pdf, const AuditOptions& options) {
    pdf::AuditSettings settings;
    settings.revisions = options.revisions;
    auto found = pdf::audit(pdf.bytes(), settings);
    AuditReport report;
    report.outcome = found.failed()             ? AuditOutcome::failed
                     : found.signatures.empty() ? AuditOutcome::nothing_signed
                                                : AuditOutcome::no_failure;
    for (auto& finding : found.findings) {
        const auto result = result_of(finding.result);
        report.checks.push_back({std::move(finding.check), result, std::move(finding.code),
                                 std::move(finding.parameters), result != CheckResult::warn});
    }
    for (auto& revision : found.revisions)
        report.revisions.push_back({revision.number, revision.begin, revision.end, std::move(revision.added),
                                    std::move(revision.replaced), std::move(revision.freed),
                                    std::move(revision.signatures)});
    for (auto& signature : found.signatures)
        report.signatures.push_back({std::move(signature.field), kind_of(signature.kind), signature.object.number,
                                     std::move(signature.sub_filter), std::move(signature.claimed_name),
                                     std::move(signature.claimed_time), std::move(signature.signer),
                                     std::move(signature.issuer), signature.timestamp, std::move(signature.level),
                                     signature.revision, signature.valid, signature.covers_file, signature.removed});
    return report;
}

Result<ByteView> original_part(const InputFile& pdf) {
    SJCODE_TRY(const auto codes, carried_codes(pdf));
    if (codes.empty() || codes.front().record.empty()) return fail("extract.no-code");
    SJCODE_TRY(const auto code, RawReportCode::decode(codes.front().code));
    const auto algorithm = digest_of(code.algorithm());
    SJCODE_TRY(const auto record, Record::decode(codes.front().record, algorithm));
    SJCODE_CHECK(record.matches(code.unverified_claims()));
    const auto& values = record.values();
    if (values.original_length > pdf.bytes().size()) return fail("extract.changed");
    const auto original = pdf.bytes().first(static_cast<std::size_t>(values.original_length));
    if (digest(algorithm, original) != values.original) return fail("extract.changed");
    return original;
}

}  // namespace sjcode
