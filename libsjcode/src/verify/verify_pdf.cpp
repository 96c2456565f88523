#include "verify/verify_pdf.h"

#include "pdf/document.h"
#include "sjcode/symbol_url.h"
#include "verify/code_check.h"
#include "verify/embedded_code.h"
#include "verify/issuer_check.h"
#include "verify/licence_document_check.h"
#include "verify/page_text_check.h"
#include "verify/remaining_code.h"
#include "verify/seal_check.h"
#include "verify/status_check.h"
#include "verify/symbols_check.h"

#include <algorithm>
#include <chrono>

namespace sjcode {
namespace {

Parameters with_place(const Error& error) {
    auto parameters = error.parameters;
    if (error.object) parameters["object"] = std::to_string(*error.object);
    if (error.offset) parameters["offset"] = std::to_string(*error.offset);
    return parameters;
}

bool mentions_code(ByteView bytes) {
    return as_text(bytes).find("/SJCode") != std::string_view::npos;
}

/// One verification of a PDF that carries a code.
class EmbeddedVerification {
public:
    EmbeddedVerification(const InputFile& document, const TrustRecords& trust, UnixTime now, WorkerSession& session,
                         const VerifyOptions& options, Findings& findings)
        : document_(document), trust_(trust), now_(now), session_(session), options_(options), findings_(findings) {}

    /// `strict` is null where the strict reader cannot open the file: then nothing of its structure can pass.
    Verdict run(const std::vector<CarriedCode>& codes, pdf::Document* strict) {
        const auto& first = codes.front();
        const bool several =
            std::any_of(codes.begin(), codes.end(), [&](const CarriedCode& other) { return other.code != first.code; });
        if (several) findings_.fail("code", "code.several-embedded");
        opened_ = open_code(RawReportCode::decode(first.code), trust_, now_, findings_);
        read_record(first.record);
        if (record_) compare(strict);
        if (!findings_.mentions("seal")) findings_.skipped("seal", "seal.not-checked");
        if (opened_) {
            check_seal_required(*opened_, findings_);
            if (options_.licence) check_is_licence_document(*opened_, findings_);
            check_standing(*opened_, record_ ? &*record_ : nullptr, trust_, now_, findings_);
            check_relation(*opened_, findings_);
        }
        if (opened_)
            check_status(*opened_, options_.statuses, now_, findings_);
        else
            findings_.skipped("status", "status.no-list");
        return verdict();
    }

private:
    void read_record(const Bytes& embedded) {
        if (!opened_) return;
        const auto& claims = opened_->raw.unverified_claims();
        const auto try_record = [&](const Bytes& bytes) -> Result<Record> {
            auto record = Record::decode(bytes, digest_of(opened_->raw.algorithm()));
            if (record)
                if (auto matches = record->matches(claims); !matches) return Unexpected(std::move(matches).error());
            return record;
        };
        if (embedded.empty()) {
            findings_.fail("record", "record.missing");
        } else if (auto record = try_record(embedded)) {
            record_ = *std::move(record);
            findings_.pass("record", "record.matches");
            check_institution();
        } else {
            findings_.fail("record", "record.differs", {{"reason", record.error().code}});
        }
        if (!options_.record) return;
        // The copy kept beside the report can still tell which page differs.
        auto kept = try_record(*options_.record);
        if (!kept)
            findings_.warn("record", "record.not-of-this-code");
        else if (!record_)
            record_ = *std::move(kept);
    }

    /// The key's holder cannot write another institution's name into a record of its own.
    void check_institution() {
        if (!opened_->verified) return;
        const auto& stated = record_->values().institution;
        const auto known = opened_->institution();
        if (stated == known) return;
        const auto& names = opened_->issuer->record.names;
        const bool other_time =
            std::any_of(names.begin(), names.end(), [&](const DatedName& dated) { return dated.name == stated; });
        const Parameters parameters{{"record", stated}, {"certificate", known}};
        if (other_time)
            findings_.warn("record", "record.name-of-another-time", parameters);
        else
            findings_.fail("record", "record.other-institution", parameters);
    }

    void compare(pdf::Document* strict) {
        const auto& values = record_->values();
        const auto bytes = document_.bytes();
        bool unchanged = false;
        if (values.original_length > bytes.size()) {
            findings_.fail("original", "original.shorter", {{"length", std::to_string(values.original_length)}});
        } else {
            const auto algorithm = digest_of(opened_->raw.algorithm());
            const auto original = bytes.first(static_cast<std::size_t>(values.original_length));
            unchanged = digest(algorithm, original) == values.original;
            if (unchanged)
                findings_.pass("original", "original.unchanged", {{"length", std::to_string(values.original_length)}});
            else
                findings_.fail("original", "original.changed");
        }
        if (unchanged && strict != nullptr)
            check_seal_revision(*strict, values.original_length, *opened_, *record_, {trust_, now_}, findings_);
        if (findings_.failed())
            check_page_texts(session_, *record_, RecordBacking::file, findings_);
        else if (options_.render)
            check_rendering();
    }

    /// Rule S2: the symbol that the rendered page shows reads as the embedded code.
    void check_rendering() {
        const auto count = session_.page_count();
        for (std::uint32_t page = 1; count && page <= *count; ++page) {
            const auto symbols = session_.page_symbols(page);
            if (!symbols) {
                findings_.unchecked("symbol", symbols.error().code, symbols.error().parameters);
                return;
            }
            for (const auto& symbol : *symbols) {
                const auto url = SymbolUrl::parse(as_text(symbol.bytes));
                const auto* report = url ? std::get_if<SymbolUrl::Report>(&url->content) : nullptr;
                if (report == nullptr) continue;
                if (report->code == opened_->raw.encoded())
                    findings_.pass("symbol", "symbol.rendered", {{"page", std::to_string(page)}});
                else
                    findings_.fail("symbol", "symbol.rendered-differs", {{"page", std::to_string(page)}});
                return;
            }
        }
        findings_.unchecked("symbol", "symbol.not-rendered");
    }

    Verdict verdict() {
        Verdict result;
        if (opened_ && opened_->verified) {
            result.code = opened_->verified;
            const bool own = record_ && record_->digest() == opened_->verified->claims().record;
            result.facts = facts_of(*opened_, own ? &*record_ : nullptr);
        }
        result.checks = findings_.checks();
        result.outcome = outcome_of(result.checks, true);
        return result;
    }

    const InputFile& document_;
    const TrustRecords& trust_;
    UnixTime now_;
    WorkerSession& session_;
    const VerifyOptions& options_;
    Findings& findings_;
    std::optional<OpenedCode> opened_;
    std::optional<Record> record_;
};

/// Reads the symbols of a document's pages, first page first, then the last, for as long as the options allow.
std::vector<std::string> page_symbol_texts(WorkerSession& session, std::uint32_t pages, const VerifyOptions& options,
                                           Findings& findings) {
    std::vector<std::uint32_t> order{1};
    if (pages > 1) order.push_back(pages);
    for (std::uint32_t page = 2; page < pages; ++page) order.push_back(page);
    std::vector<std::string> texts;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (std::chrono::steady_clock::now() - begin > options.page_scan_time) {
            findings.skipped("pages", "pages.not-looked-at",
                             {{"looked", std::to_string(i)}, {"pages", std::to_string(pages)}});
            break;
        }
        const auto symbols = session.page_symbols(order[i]);
        if (!symbols) {
            findings.skipped("document", symbols.error().code, symbols.error().parameters);
            continue;
        }
        for (const auto& symbol : *symbols) texts.emplace_back(as_text(symbol.bytes));
    }
    return texts;
}

}  // namespace

Verdict verify_pdf(const InputFile& document, const TrustRecords& trust, const Worker& worker, UnixTime now,
                   const VerifyOptions& options) {
    Findings findings;
    auto session = worker.open(document);
    auto strict = pdf::Document::open(document.bytes());
    std::vector<CarriedCode> codes;
    std::optional<Error> structure;
    if (!strict) {
        structure = strict.error();
    } else if (auto found = find_embedded_codes(*strict)) {
        codes = *std::move(found);
    } else {
        structure = found.error();
    }
    const bool encrypted = strict && strict->encrypted();
    const bool seen_strictly = !codes.empty();
    if (codes.empty() && (structure || encrypted || mentions_code(document.bytes()))) {
        // What the strict reader does not see a lenient one may: a damaged copy, or a code that was taken off a page.
        auto view = session.lenient_view();
        if (view)
            for (auto& code : view->codes) codes.push_back({code.page, std::move(code.code), std::move(code.record)});
        else
            findings.skipped("document", view.error().code, view.error().parameters);
        if (codes.empty() && strict && !structure) codes = codes_of_earlier_revisions(*strict);
        if (codes.empty() && structure) codes = codes_in_bytes(document.bytes());
        if (codes.empty()) codes = find_remaining_codes(document.bytes());
    }
    EmbeddedVerification embedded(document, trust, now, session, options, findings);
    if (!codes.empty()) {
        if (encrypted)
            findings.fail("structure", "structure.encrypted");
        else if (structure)
            findings.fail("structure", "structure.damaged", with_place(*structure));
        else if (!seen_strictly)
            findings.fail("revision", "revision.code-removed");
        return embedded.run(codes, strict && !structure && !encrypted ? &*strict : nullptr);
    }
    if (structure) findings.warn("structure", "structure.damaged-other", with_place(*structure));
    const auto pages = session.page_count();
    if (!pages) {
        findings.unchecked("document", pages.error().code, pages.error().parameters);
        return verify_symbols({}, trust, now, options, nullptr, std::move(findings));
    }
    const auto texts = page_symbol_texts(session, *pages, options, findings);
    return verify_symbols(texts, trust, now, options, &session, std::move(findings));
}

Verdict verify_symbols(const std::vector<std::string>& texts, const TrustRecords& trust, UnixTime now,
                       const VerifyOptions& options, WorkerSession* pdf, Findings findings) {
    auto read = check_symbols(texts, trust, now, findings);
    Verdict verdict;
    const auto genuine = std::find_if(read.codes.begin(), read.codes.end(),
                                      [](const OpenedCode& opened) { return opened.verified.has_value(); });
    std::optional<Record> record;
    if (options.record) {
        // The record says itself whether it is this code's; alone it can only be compared with, not vouched for.
        for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
            if (record || (genuine != read.codes.end() && digest_of(genuine->raw.algorithm()) != algorithm)) continue;
            auto decoded = Record::decode(*options.record, algorithm);
            if (!decoded) continue;
            const bool own = genuine != read.codes.end() && decoded->matches(genuine->verified->claims());
            if (genuine != read.codes.end() && !own) continue;
            record = *std::move(decoded);
        }
        if (!record)
            findings.warn("record", "record.not-of-this-code");
        else if (genuine != read.codes.end())
            findings.pass("record", "record.matches");
        else
            findings.skipped("record", "record.not-vouched");
        if (record && pdf != nullptr) {
            const auto backing = genuine != read.codes.end() ? RecordBacking::symbol : RecordBacking::none;
            check_page_texts(*pdf, *record, backing, findings);
        }
    }
    if (genuine != read.codes.end()) {
        verdict.code = genuine->verified;
        verdict.facts = facts_of(*genuine, record ? &*record : nullptr);
        for (auto& fact : read.entry_facts) {
            const auto known = std::find_if(verdict.facts.begin(), verdict.facts.end(),
                                            [&](const Fact& other) { return other.name == fact.name; });
            if (known == verdict.facts.end())
                verdict.facts.push_back(std::move(fact));
            else if (!known->is_signed)
                *known = std::move(fact);
        }
    }
    if (genuine != read.codes.end()) {
        if (options.licence) check_is_licence_document(*genuine, findings);
        check_standing(*genuine, record ? &*record : nullptr, trust, now, findings);
        check_relation(*genuine, findings);
    }
    if (!read.codes.empty()) {
        findings.skipped("seal", "seal.not-on-paper");
        if (genuine != read.codes.end())
            check_status(*genuine, options.statuses, now, findings);
        else
            findings.skipped("status", "status.no-list");
    }
    verdict.checks = std::move(findings).take();
    verdict.outcome = outcome_of(verdict.checks, false);
    return verdict;
}

}  // namespace sjcode
