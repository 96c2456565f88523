// Uses something of each room, so that a link finds what is missing.
#include "sjcode/audit.h"
#include "sjcode/code_number.h"
#include "sjcode/key.h"
#include "sjcode/messages.h"
#include "sjcode/trust.h"
#include "sjcode/verify.h"
#include "sjcode/worker.h"
#ifdef CONSUMER_ISSUES
#include "sjcode/issue.h"
#include "sjcode/qr.h"
#endif

#include <iostream>

int main() {
    const auto key = sjcode::PrivateKey::generate(sjcode::Algorithm::sm2);
    if (!key || !key->sign({})) return 1;
    const auto document = sjcode::InputFile::own({1, 2, 3});
    if (sjcode::audit(document).outcome != sjcode::AuditOutcome::failed) return 2;
    const auto trust = sjcode::CertificateFolder::of({});
    const sjcode::Worker worker(sjcode::WorkerOptions{.program = "/nowhere"});
    const sjcode::Verifier verifier(trust, worker, sjcode::system_clock());
    const auto verdict = verifier.verify(document);
    if (verdict.outcome == sjcode::Outcome::authentic) return 3;
#ifdef CONSUMER_ISSUES
    if (!sjcode::draw_qr("https://v.example.cn/r/", "123", sjcode::QrLevel::M, 40)) return 4;
    if (sjcode::StampFonts::installed().chinese.empty()) return 5;
    // Its address alone makes the link want all of issuing.
    const auto issue = &sjcode::Issuer::issue;
    std::cout << (issue != nullptr) << '\n';
#endif
    std::cout << verdict.to_text(sjcode::Language::en);
    return 0;
}
