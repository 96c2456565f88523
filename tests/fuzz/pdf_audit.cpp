// The audit over anything: signatures, revisions and their comparison, with small limits.
#include "check.h"
#include "pdf/audit/audit.h"

using namespace sjcode;
using namespace sjcode::pdf;

namespace {

AuditSettings small_settings() {
    AuditSettings settings;
    settings.limits.objects = 5'000;
    settings.limits.sections = 32;
    settings.limits.depth = 24;
    settings.limits.pages = 200;
    settings.limits.tokens = 20'000;
    settings.limits.tokens_total = 400'000;
    settings.limits.parsed_total = 4 << 20;
    settings.limits.decoded_stream = 256 << 10;
    settings.limits.decoded_total = 2 << 20;
    settings.revisions = 8;
    return settings;
}

void check_report(const AuditReport& report, std::size_t size) {
    check(!report.findings.empty());
    for (const auto& finding : report.findings) check(!finding.code.empty() && !finding.check.empty());
    std::uint64_t at = 0;
    for (const auto& revision : report.revisions) {
        check(revision.begin >= at && revision.end > revision.begin && revision.end <= size);
        at = revision.end;
    }
    for (const auto& signature : report.signatures) {
        check(signature.revision <= report.revisions.size());
        check(!signature.byte_range || (*signature.byte_range)[2] + (*signature.byte_range)[3] <= size);
        // What is said to cover a revision begins at the first byte and leaves out nothing but the signature.
        check(signature.revision == 0 || (signature.byte_range && (*signature.byte_range)[0] == 0));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView file(data, size);
    auto settings = small_settings();
    check_report(audit(file, settings), size);
    // A stricter measure never passes what a laxer one fails.
    const auto foreign = audit(file, settings);
    settings.profile = AuditProfile::sealed;
    const auto sealed = audit(file, settings);
    check(!foreign.failed() || sealed.failed());
    return 0;
}
