#include "verify/code_check.h"

#include "base/civil_time.h"
#include "sjcode/category.h"
#include "sjcode/facts.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr UnixTime clock_tolerance = 24 * 3'600;

std::string join(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const auto& text : texts) {
        if (!all.empty()) all += between;
        all += text;
    }
    return all;
}

std::string category_text(std::uint32_t number) {
    const auto category = Category::from_number(number);
    if (!category) return std::to_string(number);
    const auto name = category->name();
    return category->code() + " " + (name ? *name : std::string(category->class_name()));
}

bool covers(const Certificate& certificate, UnixTime time) {
    return certificate.not_before() <= time && time <= certificate.not_after();
}

void check_trust(const OpenedCode& opened, UnixTime now, Findings& findings) {
    const auto issued = opened.raw.unverified_claims().issued;
    const auto& certificate = *opened.certificate;
    // Verification is as of the time of issue: a certificate that has run out since changes nothing.
    if (covers(certificate, issued))
        findings.pass("trust", "trust.certificate", {{"institution", certificate.identity().name}});
    else
        findings.fail("trust", "trust.not-valid-at-issue",
                      {{"issued", chinese_time_text(issued)},
                       {"from", chinese_time_text(certificate.not_before())},
                       {"to", chinese_time_text(certificate.not_after())}});
    if (issued > now + clock_tolerance)
        findings.warn("trust", "trust.issued-in-future", {{"issued", chinese_time_text(issued)}});
}

}  // namespace

std::optional<OpenedCode> open_code(ByteView cose, const TrustRecords& trust, UnixTime now, Findings& findings) {
    auto raw = RawReportCode::decode(cose);
    if (!raw) {
        const auto& code = raw.error().code;
        if (code == "claims.newer-format" || code == "cose.algorithm")
            findings.unchecked("code", "code.newer-format");
        else
            findings.fail("code", "code.malformed", {{"reason", code}});
        return std::nullopt;
    }
    findings.pass("code", "code.well-formed");
    OpenedCode opened{*std::move(raw), std::nullopt, std::nullopt};
    const auto& claims = opened.raw.unverified_claims();
    const auto certificates = trust.certificates(claims.issuer);
    bool known_at_issue = false;
    for (const auto& certificate : certificates) {
        if (certificate.public_key().algorithm() != opened.raw.algorithm()) continue;
        known_at_issue = known_at_issue || covers(certificate, claims.issued);
        // A key may have been certified again: the certificate of the time of issue counts.
        if (opened.certificate && !covers(certificate, claims.issued)) continue;
        if (auto verified = VerifiedReportCode::verify(opened.raw, certificate.public_key())) {
            opened.verified = *std::move(verified);
            opened.certificate = certificate;
            if (covers(certificate, claims.issued)) break;
        }
    }
    if (opened.verified) {
        findings.pass("signature", "signature.verified", {{"institution", opened.certificate->identity().name}});
        check_trust(opened, now, findings);
    } else if (known_at_issue) {
        // The records hold a key of that algorithm for the time of issue, and it did not sign this.
        findings.fail("signature", "signature.wrong", {{"issuer", claims.issuer}});
    } else {
        findings.unchecked("signature", certificates.empty() ? "signature.unknown-issuer" : "signature.unknown-key",
                           {{"issuer", claims.issuer}});
    }
    return opened;
}

void check_host(const OpenedCode& opened, std::string_view host, Findings& findings) {
    if (!opened.certificate) {
        findings.unchecked("host", "host.unknown-issuer", {{"host", std::string(host)}});
        return;
    }
    const auto& official = opened.certificate->identity().hosts;
    if (std::find(official.begin(), official.end(), host) != official.end())
        findings.pass("host", "host.official", {{"host", std::string(host)}});
    else
        findings.fail("host", "host.foreign", {{"host", std::string(host)}, {"official", join(official, "、")}});
}

std::vector<Fact> facts_of(const OpenedCode& opened, const Record* record) {
    std::vector<Fact> facts;
    if (!opened.verified) return facts;
    const auto& claims = opened.verified->claims();
    const auto& identity = opened.certificate->identity();
    const auto add = [&](std::string name, std::string value, bool is_signed = true) {
        if (!value.empty()) facts.push_back({std::move(name), std::move(value), is_signed});
    };
    add("institution", record != nullptr ? record->values().institution : identity.name, record != nullptr);
    add("issuer", claims.issuer);
    add("short_name", record != nullptr ? record->values().short_name : identity.short_name, record != nullptr);
    const bool prefix_is_signed = record != nullptr || std::holds_alternative<std::string>(claims.number);
    add("report_number", claims.report_number(record != nullptr ? record->values().short_name : identity.short_name),
        prefix_is_signed);
    add("code_number", claims.code.grouped());
    add("issued", chinese_time_text(claims.issued));
    add("pages", std::to_string(claims.pages));
    if (claims.category != 0) add("category", category_text(claims.category));
    if (claims.kind != ReportKind::report) {
        add("kind", sentence("kind." + std::string(name(claims.kind)), {}, Language::zh));
        if (claims.prior) {
            const auto* code = std::get_if<CodeNumber>(&*claims.prior);
            add("prior", code != nullptr ? code->grouped() : std::get<std::string>(*claims.prior));
        }
    }
    if (record == nullptr) return facts;
    const auto& values = record->values();
    std::vector<std::string> appraisers;
    for (const auto& appraiser : values.appraisers)
        appraisers.push_back(appraiser.name + "（" + appraiser.licence + "）");
    add("appraisers", join(appraisers, "、"));
    add("matter", values.matter.value_or(""));
    if (values.commissioner) add("commissioner", values.commissioner->name);
    add("accepted", Date::of(values.accepted).chinese());
    add("opinion", values.opinion);
    if (values.copies) add("copies", std::to_string(*values.copies));
    add("use", values.use.value_or(""));
    return facts;
}

}  // namespace sjcode
