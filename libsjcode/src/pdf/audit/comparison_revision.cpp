// What a later revision's own sections and objects must not be, whatever they change.
#include "pdf/audit/comparison.h"

#include <algorithm>
#include <tuple>

namespace sjcode::pdf {
namespace {

using Type = CrossReferenceEntry::Type;

bool is_type(const IndirectObject& object, std::string_view name) {
    const auto* type = object.dictionary() == nullptr ? nullptr : object.dictionary()->find("Type");
    return object.stream && type != nullptr && type->is_name(name);
}

const CrossReferenceEntry* find_entry(const std::vector<CrossReferenceEntry>& entries, std::uint32_t number) {
    const auto found = std::lower_bound(entries.begin(), entries.end(), number,
                                        [](const auto& entry, std::uint32_t wanted) { return entry.number < wanted; });
    return found == entries.end() || found->number != number ? nullptr : &*found;
}

}  // namespace

bool has_key_twice(const Object& value) {
    std::vector<const Object*> open{&value};
    while (!open.empty()) {
        const auto* next = open.back();
        open.pop_back();
        if (const auto* list = next->as<Array>())
            for (const auto& element : *list) open.push_back(&element);
        if (const auto* entries = next->as<Dictionary>()) {
            if (entries->has_duplicates()) return true;
            for (const auto& entry : entries->entries()) open.push_back(&entry.second);
        }
    }
    return false;
}

std::size_t Comparison::later_sections() const {
    return after_.sections().size() - std::min(after_.sections().size(), before_.sections().size());
}

void Comparison::check_sections() {
    for (std::size_t i = 0; i < later_sections(); ++i) {
        const auto& section = after_.sections()[i];
        check_trailer(section.trailer);
        if (section.kind == CrossReferenceKind::hybrid) check_hybrid(section);
    }
}

void Comparison::check_trailer(const Dictionary& trailer) {
    // Readers differ in which of two values they take: they would show two documents.
    if (has_key_twice(Object(trailer))) refuse("audit.duplicate-key", 0);
    static const std::set<std::string_view> known{"Root", "Info", "ID",    "Encrypt", "Size",   "Prev",       "XRefStm",
                                                  "Type", "W",    "Index", "Filter",  "Length", "DecodeParms"};
    for (const auto& [key, value] : trailer.entries()) {
        // A writer's check sum over the file leads nowhere.
        const bool check_sum = permission_.profile == AuditProfile::foreign && key == "DocChecksum" &&
                               (value.as<Name>() != nullptr || value.as<String>() != nullptr);
        const auto* before = before_.trailer().find(key);
        if (known.contains(key) || check_sum || (before != nullptr && *before == value)) continue;
        refuse("audit.trailer-changed", 0, {{"key", key}});
    }
}

/// What stands there before must not depend on whether a reader knows hybrid files.
void Comparison::check_hybrid(const CrossReferenceSection& section) {
    if (const auto stream = after_.read_object_at(section.stream_span->begin); !stream)
        error_ = error_ ? error_ : std::optional(stream.error());
    else if (has_key_twice(stream->value))
        refuse("audit.duplicate-key", stream->id.number);
    for (const auto& hidden : section.stream_entries) {
        const auto* before = before_.entry(hidden.number);
        const auto* shown = find_entry(section.entries, hidden.number);
        if (before == nullptr || before->type == Type::free || (shown != nullptr && *shown == hidden)) continue;
        refuse("audit.hybrid-views", hidden.number);
    }
}

void Comparison::check_objects() {
    for (const auto& [number, change] : changes_) {
        if (change.after == nullptr || change.after->type == Type::free) continue;
        const auto generation = change.after->type == Type::at_offset ? change.after->generation_or_index : 0;
        const auto* object = load(after_, {number, generation});
        if (has_key_twice(object->value)) refuse("audit.duplicate-key", number);
        if (is_type(*object, "ObjStm")) check_object_stream(number);
    }
}

bool Comparison::is_missing(const Reference& reference) const {
    const auto* entry = after_.entry(reference.number);
    if (entry == nullptr || entry->type == Type::free) return true;
    return reference.generation != (entry->type == Type::at_offset ? entry->generation_or_index : 0);
}

void Comparison::check_missing(const Dictionary& after, const Dictionary& before, std::uint32_t number) {
    for (const auto& [key, value] : after.entries()) {
        std::vector<Reference> references;
        collect_references(value, references);
        std::vector<Reference> known;
        if (const auto* was = before.find(key)) collect_references(*was, known);
        for (const auto& reference : references)
            if (is_missing(reference) && std::find(known.begin(), known.end(), reference) == known.end())
                refuse("audit.reference-missing", number, {{"key", key}});
    }
}

/// A new reference to nothing is nothing now. A later revision may supply it, and programs that heed no generation show
/// what has its number.
void Comparison::check_references() {
    check_missing(after_.trailer(), before_.trailer(), 0);
    const auto as_entries = [](const Object& value) {
        Dictionary one;
        if (const auto* entries = value.as<Dictionary>()) return *entries;
        one.append("", value);
        return one;
    };
    for (const auto& [number, change] : changes_) {
        if (change.after == nullptr || change.after->type == Type::free) continue;
        const auto generation_of = [](const CrossReferenceEntry& entry) {
            return entry.type == Type::at_offset ? entry.generation_or_index : std::uint32_t{0};
        };
        const auto* after = load(after_, {number, generation_of(*change.after)});
        static const IndirectObject nothing;
        const bool was = change.before != nullptr && change.before->type != Type::free;
        const auto* before = was ? load(before_, {number, generation_of(*change.before)}) : &nothing;
        check_missing(as_entries(after->value), as_entries(before->value), number);
    }
}

/// T3: what lies in an object stream and is named by no entry is shown by programs that repair.
void Comparison::check_object_stream(std::uint32_t number) {
    const auto numbers = after_.objects_in_stream(number);
    if (!numbers) {
        if (!error_) error_ = numbers.error();
        return;
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> named;  // index in the stream, number
    for (std::size_t i = 0; i < later_sections(); ++i)
        for (const auto* list : {&after_.sections()[i].entries, &after_.sections()[i].stream_entries})
            for (const auto& entry : *list)
                if (entry.type == Type::in_object_stream && entry.offset_or_container == number)
                    named.emplace(entry.generation_or_index, entry.number);
    std::set<std::uint32_t> met;
    for (std::uint32_t index = 0; index < numbers->size(); ++index) {
        const auto inner = (*numbers)[index];
        if (!met.insert(inner).second || !named.contains({index, inner})) refuse("audit.object-hidden", inner);
    }
}

}  // namespace sjcode::pdf
