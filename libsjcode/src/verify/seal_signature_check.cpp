#include "verify/seal_signature_check.h"

#include "crypto/signed_data_check.h"
#include "pdf/seal_entry.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace sjcode {
namespace {

/// The CMS message's own faults, as findings.
void tell_faults(const crypto::SignedDataCheck& message, Findings& findings) {
    for (const auto& fault : message.faults) {
        if (fault.fails)
            findings.fail("seal", fault.code, fault.parameters);
        else
            findings.warn("seal", fault.code, fault.parameters);
    }
}

/// That the record, and so the code's signer, names this certificate.
bool is_named(const Record& record, ByteView certificate) {
    const auto& extensions = record.values().extensions;
    const auto entry = extensions.find(pdf::seal_key);
    return entry != extensions.end() && entry->second == pdf::seal_entry(record.algorithm(), certificate);
}

}  // namespace

void check_seal_signature(ByteView issued, const std::optional<pdf::SealSignature>& signature,
                          const std::optional<pdf::Span>& gap, const OpenedCode& opened, const Record& record,
                          Findings& findings) {
    const bool expected = record.values().extensions.contains(pdf::seal_key);
    if (!signature || !gap) {
        if (expected)
            findings.fail("seal", "seal.missing");
        else
            findings.skipped("seal", "seal.none");
        return;
    }
    if (!expected) {
        findings.fail("seal", "seal.unexpected");
        return;
    }
    const std::array<ByteView, 2> covered{issued.first(static_cast<std::size_t>(gap->begin)),
                                          issued.subspan(static_cast<std::size_t>(gap->end))};
    const auto message =
        crypto::check_signed_data(signature->contents, crypto::SignedDataUse::cades_detached,
                                  [&](crypto::DigestMethod method) { return crypto::digest_of(method, covered); });
    tell_faults(message, findings);
    if (message.fails()) return;
    if (!is_named(record, message.certificate)) {
        findings.fail("seal", "seal.other-certificate");
        return;
    }
    const bool says_sm2 = signature->sub_filter == pdf::sm2_sub_filter;
    if ((message.key_algorithm == "sm2") != says_sm2 || (!says_sm2 && signature->sub_filter != pdf::pades_sub_filter)) {
        findings.fail("seal", "seal.sub-filter", {{"name", signature->sub_filter}});
        return;
    }
    if (signature->signed_at != opened.raw.unverified_claims().issued) {
        findings.fail("seal", "seal.time");
        return;
    }
    findings.pass("seal", "seal.verified");
    if (opened.certificate && opened.certificate->der() == message.certificate)
        findings.pass("chain", "chain.code-key");
    else
        findings.pass("chain", "chain.named");
    findings.skipped("time", "time.claimed");
}

}  // namespace sjcode
