#include "verify/code_check.h"

#include "base/civil_time.h"
#include "sjcode/category.h"
#include "sjcode/facts.h"
#include "sjcode/licence_kind.h"
#include "verify/issuer_check.h"
#include "verify/licence_facts.h"

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

void check_certificate(const OpenedCode& opened, Findings& findings) {
    if (!opened.certificate) return;
    const auto issued = opened.raw.unverified_claims().issued;
    const auto& certificate = *opened.certificate;
    // Verification is as of the time of issue: a certificate that has run out since changes nothing.
    if (certificate.not_before() <= issued && issued <= certificate.not_after())
        findings.pass("trust", "trust.certificate", {{"institution", certificate.identity().name}});
    else
        findings.fail("trust", "trust.not-valid-at-issue",
                      {{"issued", chinese_time_text(issued)},
                       {"from", chinese_time_text(certificate.not_before())},
                       {"to", chinese_time_text(certificate.not_after())}});
}

/// The name that held at a time; else the first one, so that a record that begins late still has a name.
const DatedName* name_at(const KnownIssuer& issuer, UnixTime time) {
    const auto& names = issuer.record.names;
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const DatedName& dated) { return dated.period.covers(time); });
    if (found != names.end()) return &*found;
    return names.empty() ? nullptr : &names.front();
}

/// Whether one of the issuer's keys, of those that the records do or do not hold for the time of issue, made the code.
bool try_keys(OpenedCode& opened, bool for_time_of_issue) {
    const auto issued = opened.raw.unverified_claims().issued;
    for (const auto& key : opened.issuer->keys) {
        if (key.key.algorithm() != opened.raw.algorithm() || key.period.covers(issued) != for_time_of_issue) continue;
        auto verified = VerifiedReportCode::verify(opened.raw, key.key);
        if (!verified) continue;
        opened.verified = *std::move(verified);
        opened.certificate = key.certificate;
        opened.key = key;
        return true;
    }
    return false;
}

/// Do the records hold a key of the code's algorithm for the time of issue?
bool knows_key_at_issue(const OpenedCode& opened) {
    const auto issued = opened.raw.unverified_claims().issued;
    const auto& keys = opened.issuer->keys;
    return std::any_of(keys.begin(), keys.end(), [&](const SigningKey& key) {
        return key.key.algorithm() == opened.raw.algorithm() && key.period.covers(issued);
    });
}

void tell_unverified(const OpenedCode& opened, bool known_at_issue, UnixTime now, Findings& findings) {
    const auto& claims = opened.raw.unverified_claims();
    if (!opened.issuer) {
        findings.unchecked("signature", "signature.unknown-issuer", {{"issuer", claims.issuer}});
    } else if (!known_at_issue) {
        findings.unchecked("signature", "signature.unknown-key", {{"issuer", claims.issuer}});
    } else if (const auto& list = opened.issuer->list;
               list && (list->issued < claims.issued || list->next_update <= now)) {
        // The issuer may have a newer key than the list knows.
        findings.unchecked("signature", "signature.list-too-old",
                           {{"issuer", claims.issuer}, {"date", Date::of(list->issued).chinese()}});
    } else {
        // The records hold a key of that algorithm for the time of issue, and it did not sign this.
        findings.fail("signature", "signature.wrong", {{"issuer", claims.issuer}});
    }
}

}  // namespace

std::string OpenedCode::institution() const {
    if (certificate) return certificate->identity().name;
    const auto* const dated = issuer ? name_at(*issuer, raw.unverified_claims().issued) : nullptr;
    return dated != nullptr ? dated->name : std::string();
}

std::string OpenedCode::short_name() const {
    if (certificate) return certificate->identity().short_name;
    const auto* const dated = issuer ? name_at(*issuer, raw.unverified_claims().issued) : nullptr;
    return dated != nullptr ? dated->short_name : std::string();
}

std::optional<OpenedCode> open_code(Result<RawReportCode> raw, const TrustRecords& trust, UnixTime now,
                                    Findings& findings) {
    if (!raw) {
        const auto& code = raw.error().code;
        if (code == "claims.newer-format" || code == "cose.algorithm")
            findings.unchecked("code", "code.newer-format");
        else
            findings.fail("code", "code.malformed", {{"reason", code}});
        return std::nullopt;
    }
    findings.pass("code", "code.well-formed");
    OpenedCode opened{*std::move(raw), {}, {}, {}, {}, now};
    const auto& claims = opened.raw.unverified_claims();
    auto issuer = trust.issuer(claims.issuer);
    if (!issuer) {
        findings.unchecked("signature", "trust.list-damaged", {{"reason", issuer.error().code}});
        return opened;
    }
    opened.issuer = *std::move(issuer);
    // A key may have been certified again: the entry for the time of issue counts, and nearly always is the one.
    if (opened.issuer == nullptr || (!try_keys(opened, true) && !try_keys(opened, false))) {
        tell_unverified(opened, opened.issuer != nullptr && knows_key_at_issue(opened), now, findings);
        return opened;
    }
    findings.pass("signature", "signature.verified", {{"institution", opened.institution()}});
    check_certificate(opened, findings);
    check_issuer(opened, now, findings);
    if (claims.issued > now + clock_tolerance)
        findings.warn("trust", "trust.issued-in-future", {{"issued", chinese_time_text(claims.issued)}});
    return opened;
}

void check_host(const OpenedCode& opened, std::string_view host, Findings& findings) {
    if (!opened.verified) {
        findings.unchecked("host", "host.unknown-issuer", {{"host", std::string(host)}});
        return;
    }
    const auto issued = opened.verified->claims().issued;
    std::vector<std::string> official;
    bool known = false;
    bool retired = false;
    for (const auto& dated : opened.issuer->hosts) {
        if (!dated.period.covers(issued)) continue;
        if (std::find(official.begin(), official.end(), dated.host) == official.end()) official.push_back(dated.host);
        if (dated.host != host) continue;
        known = true;
        retired = dated.period.until.has_value() && *dated.period.until <= opened.now;
    }
    if (!known)
        findings.fail("host", "host.foreign", {{"host", std::string(host)}, {"official", join(official, "、")}});
    else
        findings.pass("host", "host.official", {{"host", std::string(host)}});
    if (retired) findings.warn("host", "host.retired", {{"host", std::string(host)}});
}

std::vector<Fact> facts_of(const OpenedCode& opened, const Record* record) {
    std::vector<Fact> facts;
    if (!opened.verified) return facts;
    const auto& claims = opened.verified->claims();
    const auto short_name = opened.short_name();
    const auto add = [&](std::string name, std::string value, bool is_signed = true) {
        if (!value.empty()) facts.push_back({std::move(name), std::move(value), is_signed});
    };
    add("institution", record != nullptr ? record->values().institution : opened.institution(), record != nullptr);
    add("issuer", claims.issuer);
    add("short_name", record != nullptr ? record->values().short_name : short_name, record != nullptr);
    const bool prefix_is_signed = record != nullptr || std::holds_alternative<std::string>(claims.number);
    add("report_number", claims.report_number(record != nullptr ? record->values().short_name : short_name),
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
    if (licence_kind(claims.category)) {
        for (auto& fact : licence_facts(claims, *record)) facts.push_back(std::move(fact));
        return facts;
    }
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
