#include "pdf/revision_comparison.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/object_walk.h"

#include <algorithm>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

bool same_object(const Document& a, const IndirectObject& x, const Document& b, const IndirectObject& y) {
    if (!(x.value == y.value) || x.stream.has_value() != y.stream.has_value()) return false;
    const auto left = a.raw(x);
    const auto right = b.raw(y);
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

/// Numbers of objects that are not the same in both, or cannot be read.
std::unordered_set<std::uint32_t> changed_objects(Document& older, Document& newer) {
    std::unordered_set<std::uint32_t> changed;
    for (const auto& entry : newer.entries()) {
        const auto* before = older.entry(entry.number);
        if (before != nullptr && *before == entry) continue;
        const auto generation = [](const CrossReferenceEntry& e) {
            return e.type == CrossReferenceEntry::Type::at_offset ? e.generation_or_index : 0;
        };
        if (before == nullptr) {
            changed.insert(entry.number);
            continue;
        }
        const auto x = older.object({before->number, generation(*before)});
        const auto y = newer.object({entry.number, generation(entry)});
        if (!x || !y || !same_object(older, **x, newer, **y)) changed.insert(entry.number);
    }
    return changed;
}

Result<bool> page_differs(Document& newer, const Page& page, const std::unordered_set<std::uint32_t>& changed) {
    static const std::unordered_set<std::string_view> elsewhere = {"Parent", "P",  "StructParent", "Dest", "A",
                                                                   "Prev",   "Next", "Popup",        "B"};
    std::unordered_set<std::uint32_t> seen;
    const DictionaryVisitor ignore = [](const Dictionary&, const IndirectObject&) {};
    SJCODE_CHECK(walk(newer, Object(page.id), ignore, seen, elsewhere));
    SJCODE_CHECK(walk(newer, page.resources, ignore, seen, elsewhere));
    return std::any_of(seen.begin(), seen.end(), [&](std::uint32_t number) { return changed.contains(number); });
}

}  // namespace

Result<std::optional<std::uint32_t>> page_changed_since(Document& document, const std::vector<Page>& pages) {
    const auto ends = revision_ends(document);
    // The first end is the document's own; the oldest section of a linearized file belongs to no revision of its own.
    for (std::size_t i = 1; i < ends.size() && i < document.revisions(); ++i) {
        auto older = Document::open(document.file().first(static_cast<std::size_t>(ends[i])), document.limits());
        if (!older) return std::optional<std::uint32_t>{0};
        auto older_pages = read_pages(*older);
        if (!older_pages || older_pages->size() != pages.size()) return std::optional<std::uint32_t>{0};
        const auto changed = changed_objects(*older, document);
        if (changed.empty()) continue;
        for (std::size_t p = 0; p < pages.size(); ++p) {
            SJCODE_TRY(const bool differs, page_differs(document, pages[p], changed));
            if (differs || pages[p].id != (*older_pages)[p].id || pages[p].rotate != (*older_pages)[p].rotate)
                return std::optional<std::uint32_t>{static_cast<std::uint32_t>(p + 1)};
        }
    }
    return std::optional<std::uint32_t>{};
}

}  // namespace sjcode::pdf
