#include "pdf/sealed_file.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/countersign_revision.h"
#include "pdf/timestamp_revision.h"
#include "pdf/validation_revision.h"

#include <algorithm>
#include <string>

namespace sjcode::pdf {
namespace {

/// Each later revision is opened as a document of its own, with all sections before it.
constexpr std::size_t most_later = 256;
constexpr std::size_t least_later = 8;
constexpr std::uint64_t most_entries = 8'000'000;

/// What revisions after the seal revision touch, for the message.
std::string touched_objects(const Document& whole, std::size_t later) {
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

/// Where the bytes present first differ from the revision as rebuilt from its values; nothing where they are the same.
std::optional<std::uint64_t> first_difference(ByteView rebuilt, ByteView present) {
    const auto [a, b] = std::mismatch(rebuilt.begin(), rebuilt.end(), present.begin(), present.end());
    if (a == rebuilt.end() && b == present.end()) return std::nullopt;
    return static_cast<std::uint64_t>(b - present.begin());
}

/// The end of the revision that is the `later`th from the newest, its last line feed included.
std::uint64_t end_of(const Document& whole, const std::vector<std::uint64_t>& ends, std::size_t later) {
    // What stands behind the newest revision belongs to nothing; the comparison with the rebuilt bytes tells it.
    if (later == 0) return whole.file().size();
    auto end = ends[later];
    if (end < whole.file().size() && whole.file()[static_cast<std::size_t>(end)] == '\n') ++end;
    return end;
}

Result<AppendedRevision> rebuild(const SealedState& before, Document& after, LaterKind& kind) {
    // A revision that adds proofs touches no page.
    if (is_timestamp_revision(before, after)) {
        kind = LaterKind::timestamp;
        SJCODE_TRY(auto contents, read_timestamp_revision(before, after));
        return write_timestamp_revision(before, std::move(contents));
    }
    if (is_countersign_revision(before, after)) {
        kind = LaterKind::countersignature;
        SJCODE_TRY(const auto values, read_countersign_revision(before, after));
        return write_countersign_revision(before, values);
    }
    if (is_validation_revision(before, after)) {
        kind = LaterKind::validation_data;
        SJCODE_TRY(const auto values, read_validation_revision(before, after));
        return write_validation_revision(before, values);
    }
    return fail("revision.shape", {{"object", std::to_string(before.base.next_object_number)}});
}

std::size_t affordable_revisions(const Document& whole) {
    std::uint64_t entries = 1;
    for (const auto& section : whole.sections()) entries += section.entries.size() + section.stream_entries.size();
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(most_entries / entries, least_later, most_later));
}

}  // namespace

Unexpected later_revisions_error(const Document& whole, std::size_t later) {
    return fail("revision.later", {{"revisions", std::to_string(later)}, {"objects", touched_objects(whole, later)}});
}

Result<IssuedFile> read_issued_file(Document& base, const std::vector<Page>& pages, const Document& whole) {
    const auto revisions = whole.sections().size();
    if (revisions <= base.sections().size()) return fail("revision.missing");
    const auto later = revisions - base.sections().size() - 1;
    const auto ends = revision_ends(whole);
    if (later > 0 && ends.size() <= later) return later_revisions_error(whole, later);
    const auto end = end_of(whole, ends, later);
    SJCODE_TRY(auto issued, Document::open(whole.file().first(static_cast<std::size_t>(end)), whole.limits()));
    const auto& newest = issued.sections().front();
    const auto length = base.file().size();
    if (issued.sections().size() != base.sections().size() + 1 || issued.end().startxref < length ||
        newest.previous != base.end().startxref)
        return fail("revision.missing");
    SJCODE_TRY(auto revision, read_seal_revision(base, pages, issued));
    SJCODE_TRY(auto rebuilt, write_seal_revision(base, pages, revision));
    if (const auto difference = first_difference(rebuilt.bytes, issued.file().subspan(length)))
        return fail("revision.differs", {{"offset", std::to_string(*difference + length)}});
    return IssuedFile{std::move(revision), std::move(rebuilt), end, later};
}

LaterRevisions read_later_revisions(const Document& whole, const IssuedFile& issued) {
    LaterRevisions found{{}, *issued.rebuilt.next, false};
    const auto ends = revision_ends(whole);
    if (issued.later > affordable_revisions(whole)) return found;
    auto begin = issued.size;
    for (auto left = issued.later; left-- > 0;) {
        const auto end = end_of(whole, ends, left);
        auto after = Document::open(whole.file().first(static_cast<std::size_t>(end)), whole.limits());
        // One section more, right behind the one before.
        if (!after || after->sections().size() != whole.sections().size() - left ||
            after->sections().front().previous != found.state.base.startxref)
            return found;
        LaterRevision revision{};
        auto rebuilt = rebuild(found.state, *after, revision.kind);
        const auto present =
            whole.file().subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        if (!rebuilt || first_difference(rebuilt->bytes, present)) return found;
        revision.end = begin = end;
        found.known.push_back(revision);
        found.state = *std::move(rebuilt->next);
    }
    found.is_whole = begin == whole.file().size();
    return found;
}

}  // namespace sjcode::pdf
