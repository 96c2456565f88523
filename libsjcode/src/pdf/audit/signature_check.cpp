#include "pdf/audit/signature_check.h"

#include "crypto/chain.h"
#include "crypto/signed_data_check.h"
#include "pdf/signature_field.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace sjcode::pdf {
namespace {

using crypto::SignedDataCheck;
using crypto::SignedDataUse;

/// Each one takes a digest over most of the file.
constexpr std::uint64_t most_signatures = 256;
constexpr std::uint64_t least_signatures = 8;
constexpr std::uint64_t most_digested = 4ULL << 30;

std::optional<SignedDataUse> use_of(const std::string& sub_filter) {
    static const std::map<std::string_view, SignedDataUse> uses{
        {pades_sub_filter, SignedDataUse::cades_detached},
        {sm2_sub_filter, SignedDataUse::cades_detached},
        {"adbe.pkcs7.detached", SignedDataUse::pkcs7_detached},
        {"adbe.pkcs7.sha1", SignedDataUse::pkcs7_sha1},
        {"ETSI.RFC3161", SignedDataUse::timestamp},
    };
    const auto found = uses.find(sub_filter);
    return found == uses.end() ? std::nullopt : std::optional(found->second);
}

/// Certificates of an adbe.x509.rsa_sha1 signature: a string or several (table 255).
std::vector<Bytes> certificates_of(Document& document, const SignatureInfo& signature) {
    std::vector<Bytes> certificates;
    const auto object = document.object(signature.object);
    if (!object || (*object)->dictionary() == nullptr) return certificates;
    const auto value = document.get(*(*object)->dictionary(), "Cert");
    if (!value) return certificates;
    const auto take = [&](const Object& one) {
        if (const auto* text = one.as<String>()) certificates.emplace_back(text->value.begin(), text->value.end());
    };
    take((*value)->value);
    if (const auto* list = (*value)->value.as<Array>())
        for (const auto& element : *list) take(element);
    return certificates;
}

class SignatureCheck {
public:
    SignatureCheck(Document& newest, SignatureInfo& signature, AuditFindings& findings)
        : newest_(newest), signature_(signature), findings_(findings) {}

    void run() {
        const bool timestamp = signature_.kind == SignatureKind::timestamp;
        const std::string check = timestamp ? "timestamp" : "signature";
        if (!signature_.byte_range || signature_.contents.empty()) {
            // Why is told under coverage.
            findings_.unchecked(check, "audit.signature-unchecked", {{"field", signature_.field}});
            return;
        }
        const auto cms = check_contents();
        describe(cms);
        report(check, cms);
        if (signature_.valid)
            findings_.pass(check, timestamp ? "audit.timestamp-valid" : "audit.signature-valid",
                           {{"field", signature_.field}});
        if (!cms.signature_timestamp.empty()) check_token(cms);
    }

private:
    SignedDataCheck check_contents() {
        const auto [first, length, second, rest] = *signature_.byte_range;
        const auto file = newest_.file();
        const std::array<ByteView, 2> parts{
            file.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(length)),
            file.subspan(static_cast<std::size_t>(second), static_cast<std::size_t>(rest))};
        const crypto::ExternalDigest digest = [&](crypto::DigestMethod method) {
            return crypto::digest_of(method, parts);
        };
        if (signature_.sub_filter == "adbe.x509.rsa_sha1")
            return crypto::check_x509_rsa_sha1(signature_.contents, certificates_of(newest_, signature_), digest);
        const auto use = use_of(signature_.sub_filter);
        if (!use)
            findings_.warn("signature", "audit.format-unknown",
                           {{"field", signature_.field}, {"format", signature_.sub_filter}});
        return crypto::check_signed_data(signature_.contents, use.value_or(SignedDataUse::cades_detached), digest);
    }

    void describe(const SignedDataCheck& cms) {
        signature_.valid = cms.is_digest_equal && cms.is_signature_valid && !cms.fails();
        if (const auto summary = crypto::summarize(cms.certificate)) {
            signature_.signer = summary->common_name.empty() ? summary->subject : summary->common_name;
            signature_.issuer = summary->issuer;
        }
        if (cms.timestamp) signature_.timestamp = cms.timestamp->time;
    }

    /// Rights for a reader program, long out of use, say nothing about the content.
    void report(const std::string& check, const SignedDataCheck& cms) {
        for (const auto& fault : cms.faults) {
            auto parameters = fault.parameters;
            parameters["field"] = signature_.field;
            if (fault.fails && signature_.kind != SignatureKind::usage_rights)
                findings_.fail(check, fault.code, std::move(parameters));
            else
                findings_.warn(check, fault.code, std::move(parameters));
        }
    }

    /// A timestamp of the signature itself (RFC 3161, appendix A): over its value.
    void check_token(const SignedDataCheck& cms) {
        if (!cms.data || cms.data->signers.empty()) return;
        const auto& value = cms.data->signers.front().signature;
        const auto token =
            crypto::check_signed_data(cms.signature_timestamp, SignedDataUse::timestamp,
                                      [&](crypto::DigestMethod method) { return crypto::digest_of(method, value); });
        report("timestamp", token);
        if (token.fails() || !token.timestamp) return;
        signature_.timestamp = token.timestamp->time;
        findings_.pass("timestamp", "audit.signature-timestamped", {{"field", signature_.field}});
    }

    Document& newest_;
    SignatureInfo& signature_;
    AuditFindings& findings_;
};

}  // namespace

void check_signatures(Document& newest, std::vector<SignatureInfo>& signatures, AuditFindings& findings) {
    const auto size = std::max<std::uint64_t>(newest.file().size(), 1);
    const auto affordable = std::clamp<std::uint64_t>(most_digested / size, least_signatures, most_signatures);
    if (signatures.size() > affordable)
        findings.fail("signature", "audit.too-many-signatures", {{"signatures", std::to_string(signatures.size())}});
    for (std::size_t i = 0; i < signatures.size() && i < affordable; ++i)
        SignatureCheck(newest, signatures[i], findings).run();
}

}  // namespace sjcode::pdf
