#include "verify/seal_signature_check.h"

#include "pdf/seal_entry.h"
#include "pdf/sealed_signature.h"
#include "pdf/signature_field.h"
#include "verify/message_faults.h"

namespace sjcode {
namespace {

/// That the record, and so the code's signer, names the certificates of the seal.
bool is_named(const Record& record, const crypto::SignedDataCheck& message) {
    const auto& extensions = record.values().extensions;
    const auto entry = extensions.find(pdf::seal_key);
    return entry != extensions.end() &&
           entry->second == pdf::seal_entry(record.algorithm(), message.certificate, message.data->certificates);
}

}  // namespace

std::optional<crypto::SignedDataCheck> check_seal_signature(ByteView file, const pdf::AppendedRevision& issued,
                                                            const OpenedCode& opened, const Record& record,
                                                            Findings& findings) {
    const bool expected = record.values().extensions.contains(pdf::seal_key);
    if (!issued.next) {
        if (expected)
            findings.fail("seal", "seal.missing");
        else
            findings.skipped("seal", "seal.none");
        return std::nullopt;
    }
    if (!expected) {
        findings.fail("seal", "seal.unexpected");
        return std::nullopt;
    }
    const auto& signature = issued.next->signatures.front();
    auto message = pdf::check_sealed_signature(file, signature);
    tell_faults("seal", message, findings);
    // Whatever else is wrong: who sealed it counts most.
    if (message.data && !message.certificate.empty() && !is_named(record, message)) {
        findings.fail("seal", "seal.other-certificate");
        return std::nullopt;
    }
    if (message.fails()) return std::nullopt;
    const bool says_sm2 = signature.sub_filter == pdf::sm2_sub_filter;
    if ((message.key_algorithm == "sm2") != says_sm2 || (!says_sm2 && signature.sub_filter != pdf::pades_sub_filter)) {
        findings.fail("seal", "seal.sub-filter", {{"name", signature.sub_filter}});
        return std::nullopt;
    }
    if (*signature.claimed != opened.raw.unverified_claims().issued) {
        findings.fail("seal", "seal.time");
        return std::nullopt;
    }
    findings.pass("seal", "seal.verified");
    if (opened.certificate && opened.certificate->der() == message.certificate)
        findings.pass("chain", "chain.code-key");
    else
        findings.pass("chain", "chain.named");
    return message;
}

}  // namespace sjcode
