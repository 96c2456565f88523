#include "verify/seal_signature_check.h"

#include "base/civil_time.h"
#include "crypto/chain.h"
#include "crypto/signed_data_check.h"
#include "pdf/seal_entry.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace sjcode {
namespace {

/// The CMS message's own faults, as findings.
void tell_faults(const std::string& check, const crypto::SignedDataCheck& message, Findings& findings) {
    for (const auto& fault : message.faults) {
        if (fault.fails)
            findings.fail(check, fault.code, fault.parameters);
        else
            findings.warn(check, fault.code, fault.parameters);
    }
}

/// That the record, and so the code's signer, names the certificates of the seal.
bool is_named(const Record& record, const crypto::SignedDataCheck& message) {
    const auto& extensions = record.values().extensions;
    const auto entry = extensions.find(pdf::seal_key);
    return entry != extensions.end() &&
           entry->second == pdf::seal_entry(record.algorithm(), message.certificate, message.data->certificates);
}

/// The time of the seal: as a timestamp over its signature says, else as its maker does.
void check_time(const crypto::SignedDataCheck& message, Findings& findings) {
    if (message.signature_timestamp.empty()) {
        findings.skipped("time", "time.claimed");
        return;
    }
    const auto& value = message.data->signers.front().signature;
    const auto token =
        crypto::check_signed_data(message.signature_timestamp, crypto::SignedDataUse::timestamp,
                                  [&](crypto::DigestMethod method) { return crypto::digest_of(method, value); });
    tell_faults("time", token, findings);
    if (token.fails() || !token.timestamp) return;
    const auto authority = crypto::summarize(token.certificate);
    // Trust records of this version name institutions, no timestamp authorities.
    findings.skipped("time", "time.stamped",
                     {{"time", chinese_time_text(token.timestamp->time)},
                      {"authority", authority ? authority->subject : std::string("?")}});
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
    tell_faults("seal", message, findings);
    if (message.fails()) return;
    if (!is_named(record, message)) {
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
    check_time(message, findings);
}

}  // namespace sjcode
