#include "verify/symbols_check.h"

#include "base/unicode.h"
#include "sjcode/symbol_url.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr std::size_t most_shown = 80;

/// A text of strangers for a message: short, and without what could disturb a terminal.
std::string shown(std::string_view text) {
    const auto code_points = unicode::decode(text);
    if (!code_points) return "(" + std::to_string(text.size()) + " bytes)";
    std::u32string clean;
    for (const auto c : *code_points) {
        if (clean.size() == most_shown) {
            clean += U'…';
            break;
        }
        clean += unicode::is_control_or_format(c) ? U' ' : c;
    }
    return unicode::encode(clean);
}

/// What stands between `https://` and the next slash, as written; empty where there is no such thing.
std::string_view host_of(std::string_view text) {
    static constexpr std::string_view scheme = "https://";
    if (!text.starts_with(scheme)) return {};
    text.remove_prefix(scheme.size());
    return text.substr(0, text.find_first_of("/?#"));
}

struct PendingEntry {
    std::string host;
    Disclosure disclosure;
};

class SymbolChecks {
public:
    SymbolChecks(const TrustRecords& trust, UnixTime now, Findings& findings)
        : trust_(trust), now_(now), findings_(findings) {}

    void text(const std::string& text) {
        const auto url = SymbolUrl::parse(text);
        if (!url) {
            refuse(text, url.error());
        } else if (const auto* report = std::get_if<SymbolUrl::Report>(&url->content)) {
            code(report->code, url->host, text);
        } else if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url->content)) {
            auto disclosure = Disclosure::decode(entry->disclosure);
            if (disclosure)
                entries_.push_back({url->host, *std::move(disclosure)});
            else
                malformed_entry(text, url->host, disclosure.error());
        } else {
            numbers_.push_back(std::get<SymbolUrl::Number>(url->content).code.grouped());
        }
    }

    SymbolsRead finish() && {
        for (const auto& entry : entries_) this->entry(entry);
        // A number beside a code adds nothing that the code does not say; alone it needs a registry.
        for (const auto& number : numbers_) {
            if (result_.codes.empty())
                findings_.unchecked("number", "number.well-formed", {{"number", number}});
            else
                findings_.skipped("number", "number.well-formed", {{"number", number}});
            any_ = true;
        }
        if (result_.codes.empty() && !any_) findings_.unchecked("code", "code.none");
        if (result_.codes.size() > 1) {
            findings_.warn("code", "code.several", {{"count", std::to_string(result_.codes.size())}});
            conflicts();
        }
        return std::move(result_);
    }

private:
    /// What is not a URL of ours is somebody else's symbol, unless it names an official host.
    void refuse(const std::string& text, const Error& error) {
        if (!trust_.is_official_host(host_of(text))) {
            findings_.warn("symbol", "symbol.other", {{"text", shown(text)}});
            return;
        }
        any_ = true;
        if (error.code == "url.path")
            // A newer format's, perhaps: never forged, never passed.
            findings_.unchecked("form", "symbol.unknown-path", {{"text", shown(text)}});
        else
            findings_.fail("form", "form.malformed", {{"text", shown(text)}, {"reason", error.code}});
    }

    void code(const Bytes& cose, const std::string& host, const std::string& text) {
        // Digits behind /r/ stand on other people's hosts too; a code is what decodes as one.
        auto raw = RawReportCode::decode(cose);
        if (!raw && !trust_.is_official_host(host)) {
            findings_.warn("symbol", "symbol.other", {{"text", shown(text)}});
            return;
        }
        any_ = true;
        const auto known = std::find_if(result_.codes.begin(), result_.codes.end(),
                                        [&](const OpenedCode& opened) { return opened.raw.encoded() == cose; });
        if (known != result_.codes.end()) {
            check_host(*known, host, findings_);
            return;
        }
        auto opened = open_code(std::move(raw), trust_, now_, findings_);
        if (!opened) return;
        check_host(*opened, host, findings_);
        result_.codes.push_back(*std::move(opened));
    }

    void malformed_entry(const std::string& text, const std::string& host, const Error& error) {
        if (!trust_.is_official_host(host)) {
            findings_.warn("symbol", "symbol.other", {{"text", shown(text)}});
            return;
        }
        any_ = true;
        findings_.fail("entry", "entry.malformed", {{"reason", error.code}});
    }

    void entry(const PendingEntry& pending) {
        const auto& disclosure = pending.disclosure;
        const auto owner = std::find_if(result_.codes.begin(), result_.codes.end(), [&](const OpenedCode& opened) {
            const auto& claims = opened.raw.unverified_claims();
            return claims.issuer == disclosure.issuer() && claims.code == disclosure.code();
        });
        if (owner == result_.codes.end() || !owner->verified) {
            any_ = true;
            findings_.unchecked("entry", "entry.alone", {{"entry", disclosure.entry_name()}});
            return;
        }
        check_host(*owner, pending.host, findings_);
        if (disclosure.verify(*owner->verified)) {
            findings_.pass("entry", "entry.verified", {{"entry", disclosure.entry_name()}});
            result_.entry_facts.push_back({disclosure.entry_name(), disclosure.value_text(), true});
        } else {
            findings_.fail("entry", "entry.differs", {{"entry", disclosure.entry_name()}});
        }
    }

    /// The identity of a report is (issuer, number): one number under two issuers is a conflict.
    void conflicts() {
        for (std::size_t i = 0; i < result_.codes.size(); ++i)
            for (std::size_t j = i + 1; j < result_.codes.size(); ++j) {
                const auto& a = result_.codes[i].raw.unverified_claims();
                const auto& b = result_.codes[j].raw.unverified_claims();
                if (a.code == b.code && a.issuer != b.issuer)
                    findings_.fail("code", "code.conflict",
                                   {{"number", a.code.grouped()}, {"first", a.issuer}, {"second", b.issuer}});
            }
    }

    const TrustRecords& trust_;
    UnixTime now_;
    Findings& findings_;
    SymbolsRead result_;
    std::vector<PendingEntry> entries_;
    std::vector<std::string> numbers_;
    bool any_ = false;  ///< something of ours was met, if only to be refused
};

}  // namespace

SymbolsRead check_symbols(const std::vector<std::string>& texts, const TrustRecords& trust, UnixTime now,
                          Findings& findings) {
    SymbolChecks checks(trust, now, findings);
    std::vector<std::string> once;
    for (const auto& text : texts) {
        if (std::find(once.begin(), once.end(), text) != once.end()) continue;
        once.push_back(text);
        checks.text(text);
    }
    return std::move(checks).finish();
}

void check_number(std::string_view text, Findings& findings) {
    const auto number = CodeNumber::parse(text);
    if (number)
        findings.unchecked("number", "number.well-formed", {{"number", number->grouped()}});
    else
        findings.unchecked("number", number.error().code, number.error().parameters);
}

}  // namespace sjcode
