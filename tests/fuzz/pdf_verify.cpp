// Verification of a PDF, held to what matters most: what is authentic begins with a report that was issued, whole.
#include "check.h"
#include "issued_reports.h"

#include "sjcode/digest.h"
#include "sjcode/verify.h"

#include <algorithm>

using namespace sjcode;

namespace {

bool begins_with_issued_report(ByteView file) {
    return std::any_of(std::begin(issued_reports), std::end(issued_reports), [&](const IssuedReport& report) {
        return file.size() >= report.size &&
               to_hex(digest(DigestAlgorithm::sha256, file.first(report.size))) == report.sha256;
    });
}

bool is_issued_report(ByteView file) {
    return begins_with_issued_report(file) &&
           std::any_of(std::begin(issued_reports), std::end(issued_reports),
                       [&](const IssuedReport& report) { return file.size() == report.size; });
}

CertificateFolder issuer() {
    auto certificate = Certificate::parse(issuer_certificate);
    check(certificate.has_value());
    return CertificateFolder::of({*std::move(certificate)});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto trust = issuer();
    // No worker: what needs one stays unchecked, and no process is started for an input.
    static const Worker worker(WorkerOptions{});
    static const Verifier verifier(trust, worker, [] { return UnixTime{issued_by}; });
    const ByteView file(data, size);
    const auto verdict = verifier.verify(InputFile::borrow(file));
    const bool authentic = verdict.outcome == Outcome::authentic;
    check(!authentic || begins_with_issued_report(file));
    // Else the line above would hold for a verifier that passes nothing.
    check(authentic || !is_issued_report(file));
    return 0;
}
