#include "sjcode/issue.h"

#include "base/try.h"
#include "issue/inspection.h"
#include "issue/issue_document.h"
#include "issue/page_view.h"
#include "issue/placement.h"
#include "issue/preserving.h"
#include "issue/sealing.h"
#include "issue/stamp_plan.h"
#include "pdf/document.h"
#include "pdf/filters.h"
#include "pdf/lexer.h"
#include "pdf/page_tree.h"
#include "pdf/seal_entry.h"
#include "pdf/seal_revision.h"
#include "pdf/stamp_fonts.h"
#include "pdf/stamp_manifest.h"
#include "sjcode/licence_kind.h"
#include "sjcode/symbol_url.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace sjcode {
namespace {

using issue::DocumentParts;

constexpr std::uint32_t most_countersignatures = 32;

constexpr std::uint32_t texts_at_once = 64;
/// For the modules of a symbol zlib's level 4 takes a third of the time of 6, for a twelfth more bytes.
constexpr int content_compression = 4;

/// A stamp that is placed and whose contents are planned.
struct PlannedStamp {
    PlacedStamp place;
    std::uint32_t entries_of;  ///< which entries stand beside the main symbol: those of this page, 0 for the default
    bool with_entries;
};

/// For a record that is only measured.
Result<void> no_salts(std::span<std::uint8_t> salts) {
    std::fill(salts.begin(), salts.end(), std::uint8_t{0});
    return {};
}

/// Everything up to the signature.
struct Prepared {
    InputFile original;
    HashedFile hashed;  ///< the original, by the record's digest
    pdf::Document document;
    std::vector<pdf::Page> pages;
    Record record;
    Claims claims;
    std::string host;
    StampPlan plan;
    std::vector<PlannedStamp> stamps;
    pdf::StampFontSubsets fonts;
    std::vector<Error> warnings;
};

Result<std::string> choose_host(const Certificate& certificate, const std::string& wanted) {
    const auto& hosts = certificate.identity().hosts;
    if (wanted.empty() && hosts.size() != 1) return fail(hosts.empty() ? "issue.host.none" : "issue.host.which");
    auto host = wanted.empty() ? hosts.front() : wanted;
    // A certificate may name a wildcard, which no symbol can say.
    if (!is_valid_host(host) || std::find(hosts.begin(), hosts.end(), host) == hosts.end())
        return fail("issue.host", {{"host", std::move(host)}});
    return host;
}

/// A report cannot make itself a licence document.
Result<void> check_categories(const Facts& facts) {
    for (const auto& category : facts.categories)
        if (licence_kind(category.number())) return fail("issue.category", {{"category", category.code()}});
    return {};
}

Result<void> check_issuer(const Issuer& issuer, const Facts& facts, const DocumentParts& parts) {
    const auto& identity = issuer.certificate.identity();
    if (!(issuer.signer.public_key() == issuer.certificate.public_key())) return fail("issue.key");
    // Outside its validity the certificate would make every verifier refuse the code.
    const auto now = issuer.clock();
    if (now < issuer.certificate.not_before() || now > issuer.certificate.not_after())
        return fail("issue.certificate-validity", {{"from", Date::of(issuer.certificate.not_before()).iso()},
                                                   {"to", Date::of(issuer.certificate.not_after()).iso()}});
    if (parts.for_institution) return {};
    const auto differs = [](std::string code, const std::string& expected, const std::string& found) {
        return fail(std::move(code), {{"expected", expected}, {"found", found}});
    };
    if (facts.licence != identity.licence) return differs("issue.licence", identity.licence, facts.licence);
    if (facts.institution != identity.name) return differs("issue.institution", identity.name, facts.institution);
    if (facts.short_name != identity.short_name)
        return differs("issue.short-name", identity.short_name, facts.short_name);
    return {};
}

Result<InputFile> open_original(const InputFile& input, const IssueOptions& options, const Worker& worker) {
    if (!options.repair) return input;
    auto session = worker.open(input);
    SJCODE_TRY(auto normalised, session.normalise());
    return InputFile::own(std::move(normalised), input.name());
}

Result<std::vector<std::string>> read_texts(WorkerSession& session, std::uint32_t pages) {
    std::vector<std::string> texts;
    for (std::uint32_t first = 1; first <= pages; first += texts_at_once) {
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t page = first; page <= pages && page < first + texts_at_once; ++page) numbers.push_back(page);
        SJCODE_TRY(auto some, session.page_texts(numbers, Annotations::without_ours));
        for (auto& text : some) texts.push_back(std::move(text));
    }
    return texts;
}

Result<void> check_against_text(const Facts& facts, const std::vector<std::string>& texts,
                                const std::set<std::string>& allow, std::vector<Error>& warnings) {
    if (!has_report_text(texts)) {
        warnings.push_back(Error{"warning.no-text", {}, {}, {}, {}});
        return {};
    }
    for (const auto& mismatch : check_facts(facts, texts)) {
        Error error{mismatch.found.empty() ? "issue.facts-missing" : "issue.facts",
                    {{"field", mismatch.field}, {"expected", mismatch.expected}, {"found", mismatch.found}},
                    {},
                    {},
                    {}};
        if (!allow.contains("facts")) return Unexpected(std::move(error));
        warnings.push_back(std::move(error));
    }
    return {};
}

RecordValues record_values(const Facts& facts, const HashedFile& original) {
    RecordValues values;
    const auto digest = original.hasher.copy().finish();
    // An OpenSSL without the algorithm could not have made the key either.
    if (digest.size() != values.original.size()) std::abort();
    std::copy(digest.begin(), digest.end(), values.original.begin());
    values.original_length = original.size;
    values.institution = facts.institution;
    values.short_name = facts.short_name;
    values.appraisers = facts.appraisers;
    for (const auto& category : facts.categories) values.categories.push_back(category.number());
    values.matter = facts.matter;
    values.commissioner = facts.commissioner;
    values.accepted = facts.accepted.start();
    values.opinion = facts.opinion;
    values.case_code = facts.case_code;
    values.copies = facts.copies;
    values.use = facts.use;
    return values;
}

/// Reads the pages' text, holds the facts to it, and digests it into the record; or leaves all that out.
Result<void> take_page_text(WorkerSession& session, const Facts& facts, const IssueOptions& options,
                            DigestAlgorithm algorithm, std::uint32_t pages, RecordValues& values,
                            std::vector<Error>& warnings) {
    if (!options.page_text) {
        values.pages.resize(pages);
        warnings.push_back(Error{"warning.no-page-text", {}, {}, {}, {}});
        return {};
    }
    SJCODE_TRY(const auto texts, read_texts(session, pages));
    SJCODE_CHECK(check_against_text(facts, texts, options.allow, warnings));
    SJCODE_TRY(values.text, session.text_extractor());
    for (std::uint32_t page = 1; page <= pages; ++page) {
        SJCODE_TRY(auto page_entry, page_digest(algorithm, page, texts[page - 1]));
        values.pages.push_back(page_entry);
    }
    return {};
}

/// Claim 4: in parts where the report number begins with the institution's short name (section 4).
std::variant<ShortReportNumber, std::string> number_claim(const Facts& facts) {
    const auto& parts = facts.number.parts();
    if (parts && parts->prefix == facts.short_name) return ShortReportNumber{parts->year, parts->middle, parts->serial};
    return facts.number.canonical();
}

Claims make_claims(const Facts& facts, const Record& record, std::uint32_t pages, CodeNumber code, UnixTime now) {
    Claims claims{facts.licence, now, std::move(code), number_claim(facts)};
    claims.record = record.digest();
    claims.entries = record.entries();
    claims.pages = pages;
    const auto& category = facts.categories.front();
    claims.category = category.sensitive() ? 0 : category.number();
    claims.status = facts.status;
    claims.kind = facts.kind;
    claims.prior = facts.prior;
    return claims;
}

/// Main stamps, and one more on each page that an entry names and no main stamp is on.
Result<std::vector<PlannedStamp>> place_stamps(Placer& placer, const StampPlan& plan, const Placement& placement,
                                               ByteView code) {
    const auto size = [](const pdf::StampLayout& layout) { return StampSize{layout.width, layout.height}; };
    SJCODE_TRY(const auto first, plan.layout(code, 0));
    SJCODE_TRY(const auto places, placer.place(placement, size(first)));
    std::vector<PlannedStamp> stamps;
    for (const auto& place : places) {
        // Entries without a page of their own stand on the first main stamp only.
        if (stamps.empty()) {
            stamps.push_back({place, 0, true});
            continue;
        }
        SJCODE_TRY(const auto plain, plan.plain_layout(code));
        Placement again = placement;
        SJCODE_TRY(const auto smaller, placer.place_on(place.page, again, size(plain)));
        stamps.push_back({smaller, 0, false});
    }
    for (const auto page : plan.entry_pages()) {
        SJCODE_TRY(const auto layout, plan.layout(code, page));
        const auto main = std::find_if(stamps.begin(), stamps.end(),
                                       [&](const PlannedStamp& stamp) { return stamp.place.page == page; });
        Placement there = placement;
        // An exact place is the main stamp's.
        if (main == stamps.end()) there.position.reset();
        SJCODE_TRY(const auto place, placer.place_on(page, there, size(layout)));
        if (main == stamps.end())
            stamps.push_back({place, page, true});
        else if (main != stamps.begin() || plan.entry_keys(0).empty())
            *main = {place, page, true};
        else
            return fail("issue.entry-page", {{"page", std::to_string(page)}});
    }
    std::sort(stamps.begin(), stamps.end(), [](const auto& a, const auto& b) { return a.place.page < b.place.page; });
    return stamps;
}

Result<std::vector<pdf::StampLayout>> lay_out_all(const StampPlan& plan, const std::vector<PlannedStamp>& stamps,
                                                  ByteView code) {
    std::vector<pdf::StampLayout> layouts;
    for (const auto& stamp : stamps) {
        SJCODE_TRY(auto layout, stamp.with_entries ? plan.layout(code, stamp.entries_of) : plan.plain_layout(code));
        layouts.push_back(std::move(layout));
    }
    return layouts;
}

pdf::Box box_of(const PlannedStamp& stamp, const pdf::Page& page, const pdf::StampLayout& layout) {
    return pdf::stamp_rectangle(page, stamp.place.x_mm * points_per_mm, stamp.place.y_mm * points_per_mm, layout.width,
                                layout.height);
}

/// What the record is to say of the stamps, in the order of the revision.
std::vector<pdf::ManifestStamp> manifest_of(const StampPlan& plan, const std::vector<PlannedStamp>& stamps,
                                            const std::vector<pdf::Page>& pages,
                                            const std::vector<pdf::StampLayout>& layouts,
                                            const pdf::StampFontSubsets& fonts) {
    std::vector<pdf::ManifestStamp> manifest;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
        const auto& page = pages[stamps[i].place.page - 1];
        const auto box = box_of(stamps[i], page, layouts[i]);
        manifest.push_back(
            {pdf::first_page_number(pages, page.id), box.left, box.bottom, layouts[i].symbols.front().symbol.version,
             stamps[i].with_entries ? plan.entry_keys(stamps[i].entries_of) : std::vector<std::uint32_t>{},
             fonts.glyphs[i]});
    }
    return manifest;
}

Result<Prepared> prepare(const Issuer& issuer, const InputFile& input, const Facts& facts, const IssueOptions& options,
                         const DocumentParts& parts) {
    SJCODE_CHECK(check_issuer(issuer, facts, parts));
    if (!parts.for_institution) SJCODE_CHECK(check_categories(facts));
    SJCODE_TRY(const auto host, choose_host(issuer.certificate, options.host));
    if (options.level != QrLevel::M && options.level != QrLevel::Q) return fail("issue.level");
    for (const auto& rule : options.allow)
        if (!permissions().contains(rule)) return fail("issue.allow", {{"rule", rule}});

    SJCODE_TRY(const auto original, open_original(input, options, issuer.worker));
    SJCODE_TRY(auto document, pdf::Document::open(original.bytes()));
    if (document.encrypted()) return fail("pdf.encrypted");
    SJCODE_TRY(auto pages, pdf::read_pages(document));
    auto session = issuer.worker.open(original);
    SJCODE_TRY(auto warnings, inspect_for_issue(document, pages, session, options.page_text, options.allow));
    for (auto& warning : facts.warnings()) warnings.push_back(std::move(warning));

    const auto count = static_cast<std::uint32_t>(pages.size());
    const auto algorithm = digest_of(issuer.signer.algorithm());
    const std::array<ByteView, 1> pieces{original.bytes()};
    auto hashed = HashedFile::of(crypto::method_of(algorithm), pieces);
    auto values = record_values(facts, hashed);
    SJCODE_CHECK(take_page_text(session, facts, options, algorithm, count, values, warnings));
    values.extensions = parts.extensions;
    // The record states where the stamps stand and what draws their text, and how large they are follows from the code,
    // which states the record's digest. Sizes do not depend on what is digested: a first record only serves to know
    // them.
    values.extensions[pdf::stamps_key] = pdf::manifest_entry(Digest{});
    if (issuer.seal != nullptr)
        values.extensions[pdf::seal_key] =
            pdf::seal_entry(algorithm, issuer.seal->certificates().front(), issuer.seal->certificates());
    SJCODE_TRY(const auto sizing, Record::make(values, algorithm, no_salts));
    SJCODE_TRY(auto number, CodeNumber::generate(issuer.random));
    auto claims = make_claims(facts, sizing, count, std::move(number), issuer.clock());
    SJCODE_TRY(const auto sizing_plan,
               StampPlan::make(sizing, claims, host, options.level, options.entries, StampPlan::Symbols::blank));
    Placer placer(document, pages, session);
    const auto placeholder = unsigned_code(claims, issuer.signer.algorithm());
    SJCODE_TRY(auto stamps, place_stamps(placer, sizing_plan, options.placement, placeholder));
    SJCODE_TRY(const auto layouts, lay_out_all(sizing_plan, stamps, placeholder));
    SJCODE_TRY(auto fonts, pdf::make_font_subsets(issuer.fonts, layouts));
    const auto manifest = manifest_of(sizing_plan, stamps, pages, layouts, fonts);
    values.extensions[pdf::stamps_key] =
        pdf::manifest_entry(pdf::manifest_digest(algorithm, manifest, fonts.chinese, fonts.latin));
    SJCODE_TRY(auto record, Record::make(values, algorithm, issuer.random));
    claims.record = record.digest();
    SJCODE_TRY(auto plan,
               StampPlan::make(record, claims, host, options.level, options.entries, StampPlan::Symbols::drawn));
    return Prepared{original,          std::move(hashed), std::move(document), std::move(pages),
                    std::move(record), std::move(claims), std::move(host),     std::move(plan),
                    std::move(stamps), std::move(fonts),  std::move(warnings)};
}

std::optional<Sealer> sealer_of(const Issuer& issuer) {
    if (issuer.seal == nullptr) return std::nullopt;
    return Sealer{*issuer.seal, issuer.timestamps, issuer.random};
}

/// The seal revision for a code, signed or not, with room for the seal's signature where there is a seal.
Result<pdf::AppendedRevision> make_revision(Prepared& prepared, const Bytes& code, const std::optional<Sealer>& sealer,
                                            std::uint32_t countersignatures) {
    SJCODE_TRY(const auto layouts, lay_out_all(prepared.plan, prepared.stamps, code));
    pdf::SealRevision revision;
    revision.code = code;
    revision.record = prepared.record.encoded();
    revision.description = pdf::stamp_description(prepared.claims, prepared.host);
    revision.chinese = prepared.fonts.chinese;
    revision.latin = prepared.fonts.latin;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        const auto& page = prepared.pages[prepared.stamps[i].place.page - 1];
        const auto box = box_of(prepared.stamps[i], page, layouts[i]);
        const auto content = pdf::write_stamp_content(layouts[i], prepared.fonts.glyphs[i]);
        revision.stamps.push_back({page.id, box.left, box.bottom, layouts[i].width, layouts[i].height,
                                   pdf::deflate(as_bytes(content), content_compression)});
    }
    if (sealer) {
        SJCODE_TRY(auto signature, reserve_seal(*sealer, prepared.claims.issued));
        revision.signature = std::move(signature);
        revision.countersign = countersignatures;
    }
    return pdf::write_seal_revision(prepared.document, prepared.pages, revision);
}

/// Each level holds what those below it hold.
Result<void> check_level(const Issuer& issuer, const IssueOptions& options) {
    const bool proofs = issuer.proofs != nullptr;
    const bool stamps = issuer.timestamps != nullptr;
    if ((proofs && !stamps) || (issuer.document_timestamp && !proofs) || (stamps && issuer.seal == nullptr))
        return fail("issue.seal-level");
    if (options.countersignatures > most_countersignatures || (options.countersignatures > 0 && issuer.seal == nullptr))
        return fail("issue.countersignatures", {{"most", std::to_string(most_countersignatures)}});
    return {};
}

/// The revisions of the level that was asked for, the seal revision first.
Result<Bytes> seal_to_level(const Issuer& issuer, const Sealer& sealer, Prepared& prepared,
                            pdf::AppendedRevision written) {
    GrowingFile file{{prepared.original.bytes()}, {}, {}};
    const auto method = seal_digest_method(sealer);
    SJCODE_CHECK(sjcode::seal(
        sealer, prepared.claims.issued,
        prepared.hashed.hasher.method() == method ? std::move(prepared.hashed) : HashedFile::of(method, file.pieces),
        written));
    file.added = std::move(written.bytes);
    file.state = *std::move(written.next);
    if (issuer.proofs != nullptr) SJCODE_CHECK(add_validation_data(file, *issuer.proofs, prepared.claims.issued));
    if (issuer.document_timestamp)
        SJCODE_CHECK(add_document_timestamp(file, *issuer.timestamps, issuer.random, prepared.claims.issued));
    return std::move(file.added);
}

}  // namespace

Result<void> IssuedReport::write(const std::string& path, Overwrite overwrite) const {
    const std::array<ByteView, 2> pieces{original.bytes(), revision};
    return write_file(path, pieces, overwrite);
}

Result<IssuedReport> issue::issue_document(const Issuer& issuer, const InputFile& document, const Facts& facts,
                                           const IssueOptions& options, const DocumentParts& parts) {
    SJCODE_CHECK(check_level(issuer, options));
    SJCODE_TRY(auto prepared, prepare(issuer, document, facts, options, parts));
    SJCODE_TRY(auto code, sign_report_code(prepared.claims, issuer.signer));
    const auto sealer = sealer_of(issuer);
    SJCODE_TRY(auto written, make_revision(prepared, code, sealer, options.countersignatures));
    if (sealer) {
        SJCODE_TRY(auto revisions, seal_to_level(issuer, *sealer, prepared, std::move(written)));
        written.bytes = std::move(revisions);
    }
    std::vector<PlacedStamp> stamps;
    for (const auto& stamp : prepared.stamps) stamps.push_back(stamp.place);
    auto url = report_url_prefix(prepared.host) + encode_digits(code);
    return IssuedReport{
        prepared.original, std::move(written.bytes), prepared.record.encoded(), std::move(code),
        std::move(url),    prepared.claims.code,     std::move(stamps),         std::move(prepared.warnings)};
}

Result<IssuedReport> Issuer::issue(const InputFile& document, const Facts& facts, const IssueOptions& options) const {
    return issue::issue_document(*this, document, facts, options, {});
}

Result<Bytes> Issuer::preview(const InputFile& document, const Facts& facts, const IssueOptions& options,
                              double dpi) const {
    SJCODE_TRY(auto prepared, prepare(*this, document, facts, options, {}));
    SJCODE_TRY(const auto written, make_revision(prepared, unsigned_code(prepared.claims, signer.algorithm()),
                                                 sealer_of(*this), options.countersignatures));
    const auto original = prepared.original.bytes();
    Bytes stamped(original.begin(), original.end());
    stamped.insert(stamped.end(), written.bytes.begin(), written.bytes.end());
    auto session = worker.open(InputFile::own(std::move(stamped), document.name()));
    return session.page_png(prepared.stamps.front().place.page, dpi);
}

StampFonts StampFonts::installed() {
    return {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
            "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"};
}

}  // namespace sjcode
