#include "verify/seal_check.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/filters.h"
#include "pdf/page_tree.h"
#include "pdf/seal_revision.h"
#include "pdf/stamp_content.h"
#include "pdf/stamp_manifest.h"
#include "qr/exact.h"
#include "sjcode/symbol_url.h"
#include "verify/history_check.h"
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

/// What revisions after the seal revision touch, for the message.
std::string touched_objects(const pdf::Document& whole, std::size_t later) {
    std::string list;
    std::size_t count = 0;
    for (std::size_t i = 0; i < later; ++i)
        for (const auto& entry : whole.sections()[i].entries) {
            if (entry.number == 0) continue;
            if (++count > 12) return list + " …";
            if (!list.empty()) list += ", ";
            list += std::to_string(entry.number);
        }
    return list;
}

Unexpected later_revisions(const pdf::Document& whole, std::size_t later) {
    return fail("revision.later", {{"revisions", std::to_string(later)}, {"objects", touched_objects(whole, later)}});
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
            result.blocks.push_back(pdf::main_block(drawn, opened.raw.unverified_claims().code, url.host));
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

/// Where the bytes present first differ from the revision as rebuilt from its values; nothing where they are the same.
std::optional<std::uint64_t> first_difference(ByteView rebuilt, ByteView present, std::uint64_t base_size) {
    const auto [a, b] = std::mismatch(rebuilt.begin(), rebuilt.end(), present.begin(), present.end());
    if (a == rebuilt.end() && b == present.end()) return std::nullopt;
    return static_cast<std::uint64_t>(b - present.begin()) + base_size;
}

/// The file as it was when it was issued.
struct IssuedState {
    std::size_t later = 0;  ///< revisions behind the seal revision
    pdf::Document document;
};

/// The document up to the end of the revision behind `base`.
Result<IssuedState> issued_state(const pdf::Document& whole, const pdf::Document& base) {
    const auto revisions = whole.sections().size();
    if (revisions <= base.sections().size()) return fail("revision.missing");
    const auto later = revisions - base.sections().size() - 1;
    const auto ends = pdf::revision_ends(whole);
    if (later > 0 && ends.size() <= later) return later_revisions(whole, later);
    // What stands behind the newest revision belongs to nothing; the comparison with the rebuilt bytes tells it.
    auto end = later == 0 ? whole.file().size() : static_cast<std::size_t>(ends[later]);
    // The line feed behind %%EOF is the seal revision's last byte.
    if (end < whole.file().size() && whole.file()[end] == '\n') ++end;
    SJCODE_TRY(auto document, pdf::Document::open(whole.file().first(end), whole.limits()));
    const auto& newest = document.sections().front();
    if (document.sections().size() != base.sections().size() + 1 || document.end().startxref < base.file().size() ||
        newest.previous != base.end().startxref)
        return fail("revision.missing");
    return IssuedState{later, std::move(document)};
}

Result<void> check(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                   Findings& findings) {
    const auto file = whole.file();
    SJCODE_TRY(auto base, pdf::Document::open(file.first(static_cast<std::size_t>(length)), whole.limits()));
    SJCODE_TRY(const auto pages, pdf::read_pages(base));
    if (pages.size() != opened.raw.unverified_claims().pages)
        return fail("revision.pages", {{"pages", std::to_string(pages.size())}});
    SJCODE_TRY(auto issued, issued_state(whole, base));
    const auto issued_bytes = issued.document.file();
    SJCODE_TRY(const auto revision, pdf::read_seal_revision(base, pages, issued.document));
    SJCODE_TRY(const auto rebuilt, pdf::write_seal_revision(base, pages, revision));
    if (const auto difference =
            first_difference(rebuilt.bytes, issued_bytes.subspan(static_cast<std::size_t>(length)), length))
        return fail("revision.differs", {{"offset", std::to_string(*difference)}});
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
    if (revision.description != pdf::stamp_description(opened.raw.unverified_claims().code, host))
        return fail("revision.description");
    findings.pass("revision", "revision.exact");
    findings.pass("symbol", "symbol.matches", {{"stamps", std::to_string(revision.stamps.size())}});
    check_host(opened, host, findings);
    check_seal_signature(issued_bytes, revision.signature, rebuilt.gap, opened, record, findings);
    if (revision.signature) check_history(whole, issued.later, findings);
    // A seal can be lawfully added to (U2), yet this version of ours never adds anything: whatever follows is refused.
    if (issued.later > 0) return later_revisions(whole, issued.later);

    // Within the original part, which the digest fixes, the same finding is no more than hygiene.
    SJCODE_TRY(const auto unknown, pdf::unaccounted_bytes(base));
    if (!unknown.empty())
        findings.warn("structure", "structure.unaccounted",
                      {{"offset", std::to_string(unknown.front().begin)}, {"count", std::to_string(unknown.size())}});
    return {};
}

}  // namespace

void check_seal_revision(pdf::Document& whole, std::uint64_t length, const OpenedCode& opened, const Record& record,
                         Findings& findings) {
    if (auto done = check(whole, length, opened, record, findings); !done) error_to(findings, "revision", done.error());
}

}  // namespace sjcode
