#include "pdf/audit/audit.h"

#include "base/try.h"
#include "pdf/audit/bytes.h"
#include "pdf/audit/certification.h"
#include "pdf/audit/coverage.h"
#include "pdf/audit/history.h"
#include "pdf/audit/levels.h"
#include "pdf/audit/signature_check.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace sjcode::pdf {
namespace {

constexpr std::size_t most_attempts = 32;
constexpr std::uint64_t most_entries = 8'000'000;
constexpr std::uint64_t most_tokens = 24'000'000;

bool contains(ByteView bytes, std::string_view word) {
    return as_text(bytes).find(word) != std::string_view::npos;
}

std::size_t count_of(ByteView bytes, std::string_view word) {
    const auto text = as_text(bytes);
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
    return count;
}

Parameters described(const Error& error) {
    Parameters parameters = error.parameters;
    const auto limit = parameters.find("limit");
    if (!parameters.contains("what")) parameters["what"] = limit == parameters.end() ? error.code : limit->second;
    if (error.offset) parameters["offset"] = std::to_string(*error.offset);
    if (error.object) parameters["object"] = std::to_string(*error.object);
    return parameters;
}

class Audit {
public:
    Audit(Document& whole, const AuditSettings& settings, AuditFindings& findings, AuditReport& report)
        : whole_(whole), settings_(settings), findings_(findings), report_(report) {}

    void run() {
        ends_ = ends_of_revisions(whole_);
        // The file itself is the newest state, wherever its section stands.
        if (ends_.empty() || ends_.back() != whole_.end().span.end) {
            findings_.fail("structure", "audit.revision-end");
            ends_.push_back(whole_.end().span.end);
        }
        limit_revisions();
        report_.revisions = read_history(whole_, ends_);
        read_signatures();
        if (report_.signatures.empty()) {
            nothing_signed();
            return;
        }
        check_overlap(report_.signatures, findings_);
        check_signatures(whole_, report_.signatures, findings_);
        if (count_of(whole_.file(), "/ByteRange") > report_.signatures.size())
            findings_.warn("signature", "audit.signature-remains");
        anchor_ = first_covered();
        find_levels(report_.signatures, data_since_);
        tell_countersignatures();
        check_chain();
        check_sections();
        check_certification(whole_, report_.signatures, anchor_, findings_);
        compare_revisions();
        check_bytes(whole_, anchor_ == 0 ? 0 : end_of(anchor_), findings_);
    }

private:
    [[nodiscard]] std::uint64_t end_of(std::uint32_t revision) const { return ends_[revision - 1]; }

    /// Each revision is opened as a document of its own, with all sections before it.
    void limit_revisions() {
        const auto all = ends_.size();
        std::uint64_t entries = 0;
        for (const auto& section : whole_.sections()) entries += section.entries.size() + section.stream_entries.size();
        const auto affordable = std::max<std::uint64_t>(most_entries / std::max<std::uint64_t>(entries, 1), 2);
        const auto kept = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(settings_.revisions, affordable));
        if (static_cast<std::ptrdiff_t>(all) <= kept) return;
        findings_.fail("structure", "audit.too-many-revisions", {{"revisions", std::to_string(all)}});
        ends_.erase(ends_.begin(), ends_.end() - kept);
    }

    /// False where reading the states of the file costs more than one file is worth.
    bool charge(const Document& state) {
        tokens_ += state.tokens_read();
        if (tokens_ <= most_tokens) return true;
        findings_.fail("structure", "audit.too-many-revisions", {{"revisions", std::to_string(ends_.size())}});
        return false;
    }

    /// Newest first: what only an older state has was taken off by a later one.
    void read_signatures() {
        std::set<std::tuple<Reference, Reference, std::string>> known;
        for (auto i = ends_.size(); i-- > 0;) {
            auto state = open_state(whole_, ends_[i]);
            if (!state) continue;
            auto fields = find_signature_fields(*state);
            if (has_validation_data(*state)) data_since_ = static_cast<std::uint32_t>(i + 1);
            if (!charge(*state)) return;
            if (!fields) {
                findings_.fail("structure", "audit.form-unreadable", described(fields.error()));
                continue;
            }
            const CoverageInput input{*state, whole_.file(), ends_, i + 1 != ends_.size()};
            for (const auto& field : *fields) {
                if (!field.is_signed) continue;
                std::string range;
                if (field.signature != nullptr && field.signature->dictionary()->find("ByteRange") != nullptr)
                    serialise(*field.signature->dictionary()->find("ByteRange"), range);
                if (!known.insert({field.id, field.value, range}).second) continue;
                report_.signatures.push_back(check_coverage(input, field, findings_));
            }
        }
        std::stable_sort(report_.signatures.begin(), report_.signatures.end(),
                         [](const auto& a, const auto& b) { return a.revision < b.revision; });
        for (const auto& signature : report_.signatures)
            if (signature.revision != 0)
                report_.revisions[signature.revision - 1].signatures.push_back(signature.field);
    }

    /// Who signed besides, ours and others: by name only.
    void tell_countersignatures() {
        for (const auto& signature : report_.signatures)
            if (signature.kind == SignatureKind::approval && signature.valid && signature.revision > anchor_)
                findings_.unchecked("countersign", "audit.countersigned",
                                    {{"field", signature.field}, {"signer", signature.signer}});
    }

    void nothing_signed() {
        findings_.unchecked("signature", "audit.nothing-signed");
        if (contains(whole_.file(), "/ByteRange")) {
            findings_.warn("signature", "audit.signature-remains");
            // Revisions that cannot be told apart may be those that were signed.
            check_chain();
        }
        check_bytes(whole_, whole_.file().size(), findings_);
    }

    /// The oldest revision that a signature covers; 0 where none does.
    [[nodiscard]] std::uint32_t first_covered() const {
        std::uint32_t first = 0;
        for (const auto& signature : report_.signatures)
            if (signature.revision != 0 && signature.kind != SignatureKind::usage_rights &&
                (first == 0 || signature.revision < first))
                first = signature.revision;
        return first;
    }

    /// Revisions whose end does not stand where it should are older than all that have one.
    void check_chain() {
        if (ends_.size() >= std::min<std::size_t>(whole_.revisions(), settings_.revisions)) return;
        if (anchor_ == 0)
            findings_.fail("structure", "audit.revision-end");
        else
            findings_.warn("structure", "audit.revision-end");
    }

    /// Those of later revisions are judged with them.
    void check_sections() {
        const bool twice = std::any_of(whole_.sections().begin(), whole_.sections().end(), [&](const auto& section) {
            return (anchor_ == 0 || section.offset < end_of(anchor_)) && has_key_twice(Object(section.trailer));
        });
        if (twice) findings_.warn("structure", "audit.duplicate-key");
    }

    [[nodiscard]] AuditProfile profile_at_anchor(const std::vector<SignatureField>& fields) const {
        if (settings_.profile) return *settings_.profile;
        const auto begin = anchor_ == 1 ? 0 : end_of(anchor_ - 1);
        const auto own =
            whole_.file().subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end_of(anchor_) - begin));
        if (!contains(own, "/SJCode")) return AuditProfile::foreign;
        const bool empty =
            std::any_of(fields.begin(), fields.end(), [](const auto& field) { return !field.is_signed; });
        return empty ? AuditProfile::countersign : AuditProfile::sealed;
    }

    void compare_revisions() {
        if (anchor_ == 0) {
            findings_.unchecked("history", "audit.history-unchecked");
            return;
        }
        const auto last = static_cast<std::uint32_t>(ends_.size());
        if (anchor_ == last) {
            if (!findings_.failed("history")) findings_.pass("history", "audit.nothing-later");
            return;
        }
        if (auto done = compare_all(last); !done)
            findings_.fail("history", "audit.revision-unreadable", described(done.error()));
        if (!findings_.failed("history"))
            findings_.pass("history", "audit.later-allowed", {{"revisions", std::to_string(last - anchor_)}});
    }

    Result<void> compare_all(std::uint32_t last) {
        SJCODE_TRY(auto before, open_state(whole_, end_of(anchor_)));
        std::optional<AuditProfile> profile;
        for (auto revision = anchor_ + 1; revision <= last; ++revision) {
            SJCODE_TRY(auto after, open_state(whole_, end_of(revision)));
            SJCODE_TRY(const auto fields, find_signature_fields(before));
            if (!profile) profile = profile_at_anchor(fields);
            SJCODE_TRY(const auto permission, permission_of(before, fields, *profile));
            SJCODE_CHECK(Comparison(before, after, permission, revision, findings_).run());
            if (!charge(before)) return limit_reached("audit_tokens");
            before = std::move(after);
        }
        return {};
    }

    Document& whole_;
    const AuditSettings& settings_;
    AuditFindings& findings_;
    AuditReport& report_;
    std::vector<std::uint64_t> ends_;
    std::uint32_t anchor_ = 0;
    std::uint32_t data_since_ = 0;  ///< revision
    std::uint64_t tokens_ = 0;
};

bool is_signed(Document& document) {
    const auto fields = find_signature_fields(document);
    return fields && std::any_of(fields->begin(), fields->end(), [](const auto& field) { return field.is_signed; });
}

/// In a file that cannot be read: a /ByteRange that lies within the gap that it, or another, leaves. What a signature
/// covers was moved, and something else put in its place.
bool has_range_within_gap(ByteView file) {
    static constexpr std::string_view key = "/ByteRange";
    const auto text = as_text(file);
    std::vector<std::uint64_t> places;
    std::vector<Span> gaps;
    const Limits limits;
    for (auto at = text.find(key); at != std::string_view::npos && places.size() < most_attempts;
         at = text.find(key, at + 1)) {
        places.push_back(at);
        Lexer lexer(file, at + key.size(), limits);
        const auto value = lexer.object();
        const auto* array = value ? value->as<Array>() : nullptr;
        if (array == nullptr || array->size() != 4) continue;
        const auto begin = (*array)[1].integer().value_or(-1);
        const auto end = (*array)[2].integer().value_or(-1);
        if (begin >= 0 && end > begin)
            gaps.push_back({static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end)});
    }
    return std::any_of(gaps.begin(), gaps.end(), [&](const Span& gap) {
        return std::any_of(places.begin(), places.end(),
                           [&](std::uint64_t place) { return place >= gap.begin && place < gap.end; });
    });
}

/// A file that cannot be read strictly: perhaps a signed one with something behind it that is no revision. Programs
/// that repair such a file show what was put there.
void audit_beginning(ByteView file, const Error& error, const AuditSettings& settings, AuditFindings& findings,
                     AuditReport& report) {
    const auto text = as_text(file);
    auto at = text.rfind("%%EOF");
    for (std::size_t attempt = 0; at != std::string_view::npos && attempt < most_attempts; ++attempt) {
        auto end = at + 5;
        if (end < file.size() && file[end] == '\r') ++end;
        if (end < file.size() && file[end] == '\n') ++end;
        auto document = Document::open(file.first(end), settings.limits);
        if (document && is_signed(*document)) {
            findings.fail("history", "audit.appended",
                          {{"offset", std::to_string(end)}, {"bytes", std::to_string(file.size() - end)}});
            if (contains(file.subspan(end), "/ByteRange")) findings.fail("coverage", "audit.signature-copied");
            Audit(*document, settings, findings, report).run();
            return;
        }
        at = at == 0 ? std::string_view::npos : text.rfind("%%EOF", at - 1);
    }
    const bool trace = contains(file, "/ByteRange");
    if (trace && has_range_within_gap(file)) findings.fail("coverage", "audit.signature-wrapped");
    if (!trace && error.code == "pdf.no-pdf") {
        findings.fail("structure", "audit.no-pdf");
        return;
    }
    findings.fail("structure", trace ? "audit.unreadable-signed" : "audit.unreadable", described(error));
}

}  // namespace

AuditSettings::AuditSettings() {
    // Several states of one document are read, each by itself.
    limits.tokens_total = 6'000'000;
}

AuditReport audit(ByteView file, const AuditSettings& settings) {
    AuditReport report;
    AuditFindings findings;
    if (auto document = Document::open(file, settings.limits)) {
        if (document->encrypted()) findings.warn("structure", "audit.encrypted");
        Audit(*document, settings, findings, report).run();
    } else {
        audit_beginning(file, document.error(), settings, findings, report);
    }
    report.findings = std::move(findings).take();
    return report;
}

}  // namespace sjcode::pdf
