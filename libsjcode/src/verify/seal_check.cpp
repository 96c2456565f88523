#include "verify/seal_check.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/filters.h"
#include "pdf/page_tree.h"
#include "pdf/sealed_file.h"
#include "pdf/stamp_content.h"
#include "pdf/stamp_manifest.h"
#include "qr/exact.h"
#include "sjcode/symbol_url.h"
#include "verify/history_check.h"
#include "verify/preservation_check.h"
#include "verify/seal_signature_check.h"

#include <algorithm>

namespace sjcode {
namespace {

void error_to(Findings& findings, const std::string& check, const Error& error) {
    auto parameters = error.parameters;
    // The reader's own sentences advise a clerk who is about to issue; here a judge reads.
    const auto code = error.code.starts_with("pdf.") ? std::string("revision.unreadable") : error.code;
    if (error.object) parameters["object"] = std::to_string(*error.object);
    if (error.offset) parameters["offset"] = std::to_string(*error.offset);
    findings.fail(check, code, std::move(parameters));
}

/// The symbols of one stamp, decoded and compared: the main one with the embedded code, entry symbols with the record.
struct StampSymbols {
    std::string host;
    std::vector<pdf::StampBlock> blocks;
    std::vector<std::uint32_t> entries;  ///< record keys
};

Result<StampSymbols> read_symbols(const pdf::StampContent& content, const OpenedCode& opened, Findings& findings) {
    StampSymbols result;
    for (const auto& drawn : content.symbols) {
        SJCODE_TRY(const auto bytes, qr::read_exact(drawn));
        SJCODE_TRY(const auto url, SymbolUrl::parse(as_text(bytes)));
        if (const auto* report = std::get_if<SymbolUrl::Report>(&url.content)) {
            // The main symbol comes first and once; nothing else may claim to be the code.
            if (!result.blocks.empty() || report->code != opened.raw.encoded()) return fail("symbol.differs");
            result.host = url.host;
            result.blocks.push_back(pdf::main_block(drawn, opened.raw.unverified_claims(), url.host));
        } else if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url.content)) {
            if (result.blocks.empty() || url.host != result.host) return fail("symbol.differs");
            SJCODE_TRY(const auto disclosure, Disclosure::decode(entry->disclosure));
            if (opened.verified) {
                if (auto verified = disclosure.verify(*opened.verified); !verified) {
                    findings.fail("entry", "entry.differs", {{"entry", disclosure.entry_name()}});
                    return Unexpected(std::move(verified).error());
                }
            }
            if (disclosure.key() < 1 || disclosure.key() > 12) return fail("symbol.differs");
            result.blocks.push_back(pdf::entry_block(drawn, static_cast<RecordKey>(disclosure.key())));
            result.entries.push_back(disclosure.key());
        } else {
            return fail("symbol.differs");
        }
    }
    if (result.blocks.empty()) return fail("symbol.differs");
    return result;
}

struct CheckedStamp {
    std::string host;
    pdf::ManifestStamp manifest;
};

/// Rebuilds a stamp's drawing from what it says and compares it.
Result<CheckedStamp> check_stamp(const pdf::Limits& limits, const std::vector<pdf::Page>& pages,
                                 const pdf::Stamp& stamp, const OpenedCode& opened, Findings& findings) {
    SJCODE_TRY(const auto content, pdf::inflate_exactly(stamp.content, limits.decoded_stream));
    SJCODE_TRY(const auto drawn, pdf::read_stamp_content(content));
    SJCODE_TRY(const auto symbols, read_symbols(drawn, opened, findings));
    const auto layout = pdf::lay_out(symbols.blocks);
    if (drawn.glyphs.size() != layout.texts.size()) return fail("stamp.content");
    for (std::size_t i = 0; i < layout.texts.size(); ++i)
        if (drawn.glyphs[i].size() != 2 * layout.texts[i].text.size()) return fail("stamp.content");
    if (pdf::write_stamp_content(layout, drawn.glyphs) != as_text(content)) return fail("stamp.content");
    if (pdf::decimal(stamp.width) != pdf::decimal(layout.width) ||
        pdf::decimal(stamp.height) != pdf::decimal(layout.height))
        return fail("stamp.content");
    return CheckedStamp{symbols.host,
                        {pdf::first_page_number(pages, stamp.page), stamp.left, stamp.bottom,
                         layout.symbols.front().symbol.version, symbols.entries, drawn.glyphs}};
}

/// That the stamps are where the record says, and their text is drawn by the fonts that it says.
Result<void> check_manifest(const std::vector<pdf::ManifestStamp>& manifest, const pdf::SealRevision& revision,
                            const Record& record) {
    const auto entry = record.values().extensions.find(pdf::stamps_key);
    const auto digest = pdf::manifest_digest(record.algorithm(), manifest, revision.chinese, revision.latin);
    if (entry == record.values().extensions.end() || entry->second != pdf::manifest_entry(digest))
        return fail("stamp.moved");
    return {};
}

/// What follows the seal revision: only what we write ourselves, to the byte.
Result<void> check_later(const pdf::Document& whole, const pdf::IssuedFile& issued,
                         const std::optional<crypto::SignedDataCheck>& seal, const OpenedCode& opened,
                         const Moment& moment, Findings& findings) {
    if (!issued.rebuilt.next) {
        if (issued.later > 0) return pdf::later_revisions_error(whole, issued.later);
        return {};
    }
    const auto later = pdf::read_later_revisions(whole, issued);
    if (issued.later > 0) {
        const auto profile =
            issued.revision.countersign > 0 ? pdf::AuditProfile::countersign : pdf::AuditProfile::sealed;
        const bool is_lawful = check_history(whole, profile, findings);
        if (!later.is_whole || !is_lawful) return pdf::later_revisions_error(whole, issued.later);
    }
    if (seal)
        check_preservation(whole, later, *seal, opened.raw.unverified_claims().issued, moment.trust, moment.now,
                           findings);
    return {};
}

Result<void> check(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                   const Moment& moment, Findings& findings) {
    const auto file = whole.file();
    SJCODE_TRY(auto base, pdf::Document::open(file.first(static_cast<std::size_t>(length)), whole.limits()));
    SJCODE_TRY(const auto pages, pdf::read_pages(base));
    if (pages.size() != opened.raw.unverified_claims().pages)
        return fail("revision.pages", {{"pages", std::to_string(pages.size())}});
    SJCODE_TRY(const auto issued, pdf::read_issued_file(base, pages, whole));
    const auto& revision = issued.revision;
    if (revision.code != opened.raw.encoded() || revision.record != record.encoded())
        return fail("revision.other-code");

    std::string host;
    std::vector<pdf::ManifestStamp> manifest;
    for (const auto& stamp : revision.stamps) {
        auto found = check_stamp(whole.limits(), pages, stamp, opened, findings);
        if (!found) {
            error_to(findings, "symbol", found.error());
            return {};
        }
        if (!host.empty() && host != found->host) return fail("symbol.differs");
        host = found->host;
        manifest.push_back(std::move(found->manifest));
    }
    if (auto placed = check_manifest(manifest, revision, record); !placed) {
        error_to(findings, "symbol", placed.error());
        return {};
    }
    if (revision.description != pdf::stamp_description(opened.raw.unverified_claims(), host))
        return fail("revision.description");
    findings.pass("revision", "revision.exact");
    findings.pass("symbol", "symbol.matches", {{"stamps", std::to_string(revision.stamps.size())}});
    check_host(opened, host, findings);
    const auto seal = check_seal_signature(whole.file(), issued.rebuilt, opened, record, findings);
    SJCODE_CHECK(check_later(whole, issued, seal, opened, moment, findings));

    // Within the original part, which the digest fixes, the same finding is no more than hygiene.
    SJCODE_TRY(const auto unknown, pdf::unaccounted_bytes(base));
    if (!unknown.empty())
        findings.warn("structure", "structure.unaccounted",
                      {{"offset", std::to_string(unknown.front().begin)}, {"count", std::to_string(unknown.size())}});
    return {};
}

}  // namespace

void check_seal_revision(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                         const Moment& moment, Findings& findings) {
    if (auto done = check(whole, length, opened, record, moment, findings); !done)
        error_to(findings, "revision", done.error());
}

}  // namespace sjcode
