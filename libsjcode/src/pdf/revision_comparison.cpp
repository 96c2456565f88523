#include "pdf/revision_comparison.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/object_walk.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

bool same_object(const Document& a, const IndirectObject& x, const Document& b, const IndirectObject& y) {
    if (!(x.value == y.value) || x.stream.has_value() != y.stream.has_value()) return false;
    const auto left = a.raw(x);
    const auto right = b.raw(y);
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
}

/// True where both views find the object at the same place, and an object stream that holds it at the same place too.
bool same_place(const Document& older, const CrossReferenceEntry& before, const Document& newer,
                const CrossReferenceEntry& now) {
    if (!(before == now)) return false;
    if (now.type != CrossReferenceEntry::Type::in_object_stream) return true;
    const auto container = static_cast<std::uint32_t>(now.offset_or_container);
    const auto* x = older.entry(container);
    const auto* y = newer.entry(container);
    return x != nullptr && y != nullptr && *x == *y;
}

/// Numbers of objects that are not the same in both, or cannot be read.
std::unordered_set<std::uint32_t> changed_objects(Document& older, Document& newer) {
    std::unordered_set<std::uint32_t> changed;
    for (const auto& entry : newer.entries()) {
        const auto* before = older.entry(entry.number);
        if (before != nullptr && same_place(older, *before, newer, entry)) continue;
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

/// Walks the values of a dictionary but for some keys, which lead to other pages or say what happens on a click. By
/// place, not by name anywhere: a font or a picture may be called /P too.
Result<void> walk_entries(Document& document, const Dictionary& dictionary,
                          std::initializer_list<std::string_view> elsewhere, std::unordered_set<std::uint32_t>& seen) {
    static const DictionaryVisitor ignore = [](const Dictionary&, const ObjectPointer&) {};
    for (const auto& [key, value] : dictionary.entries())
        if (std::find(elsewhere.begin(), elsewhere.end(), key) == elsewhere.end())
            SJCODE_CHECK(walk(document, value, ignore, seen));
    return {};
}

/// Resolves a value, and notes the objects met on the way.
Result<ObjectPointer> follow(Document& document, const Object& value, std::unordered_set<std::uint32_t>& seen) {
    auto step = value;
    for (int i = 0; i < 16 && step.as<Reference>() != nullptr; ++i) {
        seen.insert(step.as<Reference>()->number);
        SJCODE_TRY(const auto object, document.object(*step.as<Reference>()));
        if (object->value.as<Reference>() == nullptr) return object;
        step = object->value;
    }
    return document.resolve(step);
}

/// Numbers of the objects that make up what a page shows.
Result<std::unordered_set<std::uint32_t>> shown_objects(Document& document, const Page& page) {
    std::unordered_set<std::uint32_t> seen{page.id.number};
    const auto& dictionary = *page.object->dictionary();
    SJCODE_CHECK(walk_entries(document, dictionary, {"Parent", "Annots", "AA", "B", "DPart"}, seen));
    SJCODE_CHECK(walk(
        document, *page.resources, [](const Dictionary&, const ObjectPointer&) {}, seen));
    if (const auto* annotations = dictionary.find("Annots")) {
        SJCODE_TRY(const auto list, follow(document, *annotations, seen));
        if (const auto* array = list->value.as<Array>())
            for (const auto& element : *array) {
                SJCODE_TRY(const auto annotation, follow(document, element, seen));
                if (annotation->dictionary() != nullptr)
                    SJCODE_CHECK(walk_entries(document, *annotation->dictionary(),
                                              {"Parent", "P", "A", "AA", "Dest", "Popup", "IRT"}, seen));
            }
    }
    return seen;
}

/// What a page has of its own or inherits, but for the objects that hang on it.
bool same_frame(const Page& a, const Page& b) {
    return a.id == b.id && a.rotate == b.rotate && a.media == b.media && a.crop == b.crop && a.unit == b.unit &&
           *a.resources == *b.resources;
}

}  // namespace

Result<std::optional<std::uint32_t>> page_changed_since(Document& document, const std::vector<Page>& pages) {
    const auto ends = revision_ends(document);
    // The first end is the document's own.
    for (std::size_t i = 1; i < document.revisions(); ++i) {
        if (i >= ends.size()) return std::optional<std::uint32_t>{0};
        auto older = Document::open(document.file().first(static_cast<std::size_t>(ends[i])), document.limits());
        if (!older) return std::optional<std::uint32_t>{0};
        auto older_pages = read_pages(*older);
        if (!older_pages || older_pages->size() != pages.size()) return std::optional<std::uint32_t>{0};
        const auto changed = changed_objects(*older, document);
        if (changed.empty()) continue;
        for (std::size_t p = 0; p < pages.size(); ++p) {
            SJCODE_TRY(const auto shown, shown_objects(document, pages[p]));
            const bool differs =
                std::any_of(shown.begin(), shown.end(), [&](std::uint32_t number) { return changed.contains(number); });
            if (differs || !same_frame(pages[p], (*older_pages)[p]))
                return std::optional<std::uint32_t>{static_cast<std::uint32_t>(p + 1)};
        }
    }
    return std::optional<std::uint32_t>{};
}

}  // namespace sjcode::pdf
