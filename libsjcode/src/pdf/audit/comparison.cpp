#include "pdf/audit/comparison.h"

#include "base/try.h"

#include <algorithm>
#include <array>
#include <deque>

namespace sjcode::pdf {
namespace {

using Type = CrossReferenceEntry::Type;

std::uint32_t generation_of(const CrossReferenceEntry& entry) {
    return entry.type == Type::at_offset ? entry.generation_or_index : 0;
}

bool in_use(const CrossReferenceEntry* entry) {
    return entry != nullptr && entry->type != Type::free;
}

/// Objects that hold or list others and that no reference names.
bool is_structural(const IndirectObject& object) {
    const auto* type = object.dictionary() == nullptr ? nullptr : object.dictionary()->find("Type");
    return object.stream && type != nullptr && (type->is_name("ObjStm") || type->is_name("XRef"));
}

/// What an object is: another kind, /Type or /Subtype under the same number is a trick (U4).
bool same_kind(const IndirectObject& before, const IndirectObject& after) {
    if (before.value.value().index() != after.value.value().index() ||
        before.stream.has_value() != after.stream.has_value())
        return false;
    if (before.dictionary() == nullptr) return true;
    static constexpr std::array<std::string_view, 2> keys{"Type", "Subtype"};
    return std::all_of(keys.begin(), keys.end(), [&](std::string_view key) {
        const auto* a = before.dictionary()->find(key);
        const auto* b = after.dictionary()->find(key);
        return a == nullptr || b == nullptr || *a == *b;
    });
}

}  // namespace

void collect_references(const Object& value, std::vector<Reference>& found) {
    // The lexer's limit of depth bounds the nesting.
    std::vector<const Object*> open{&value};
    while (!open.empty()) {
        const auto* next = open.back();
        open.pop_back();
        if (const auto* reference = next->as<Reference>()) found.push_back(*reference);
        if (const auto* list = next->as<Array>())
            for (const auto& element : *list) open.push_back(&element);
        if (const auto* entries = next->as<Dictionary>())
            for (const auto& entry : entries->entries()) open.push_back(&entry.second);
    }
}

bool Permission::locked(const std::string& field) const {
    return std::any_of(locks.begin(), locks.end(), [&](const Reservation& lock) {
        // A name stands for the field and all below it.
        const bool named = std::any_of(lock.fields.begin(), lock.fields.end(), [&](const std::string& name) {
            return field == name ||
                   (field.starts_with(name) && field.size() > name.size() && field[name.size()] == '.');
        });
        return named != lock.all_but;
    });
}

Result<Permission> permission_of(Document& state, const std::vector<SignatureField>& fields, AuditProfile profile) {
    Permission permission;
    permission.profile = profile;
    for (const auto& field : fields) {
        if (!field.is_signed || field.usage_rights) continue;
        SJCODE_TRY(auto reservation, read_reservation(state, field));
        if (reservation.certifies) {
            const auto level = std::clamp<std::int64_t>(reservation.permission, 1, 3);
            permission.level = permission.level == 0 ? level : std::min(permission.level, level);
        }
        if (reservation.locks) permission.locks.push_back(std::move(reservation));
    }
    return permission;
}

Result<void> Comparison::run() {
    find_changes();
    SJCODE_CHECK(find_steps());
    check_sections();
    check_objects();
    check_references();
    compare_trailer();
    compare_pages();
    compare_annotations();
    check_single_use();
    judge_new_objects();
    judge_leftovers();
    if (error_) return Unexpected(*std::move(error_));
    return {};
}

void Comparison::find_changes() {
    for (std::size_t i = 0; i < later_sections(); ++i)
        for (const auto* list : {&after_.sections()[i].entries, &after_.sections()[i].stream_entries})
            for (const auto& entry : *list)
                if (entry.number != 0)
                    changes_[entry.number] = {before_.entry(entry.number), after_.entry(entry.number), {}, {}};
    // An object within an object stream changes with the stream, whether it has an entry of its own or not.
    std::unordered_set<std::uint32_t> streams;
    for (const auto& [number, change] : changes_)
        if (in_use(change.before)) streams.insert(number);
    for (const auto& entry : before_.entries())
        if (entry.type == Type::in_object_stream && !changes_.contains(entry.number) &&
            streams.contains(static_cast<std::uint32_t>(entry.offset_or_container)))
            changes_[entry.number] = {&entry, after_.entry(entry.number), {}, {}};
}

Result<void> Comparison::find_steps() {
    PlaceVisitor visitor;
    visitor.reference = [&](const Step& step) {
        const auto change = changes_.find(step.reference->as<Reference>()->number);
        if (change != changes_.end()) change->second.steps.push_back(step);
        steps_.push_back(step);
    };
    return walk_places(before_, visitor, unreadable_);
}

bool Comparison::is_new(std::uint32_t number) const {
    return changes_.contains(number) && !in_use(before_.entry(number));
}

bool Comparison::same_object(std::uint32_t number) {
    const auto& change = changes_.at(number);
    if (!in_use(change.before) || !in_use(change.after)) return false;
    const Reference id{number, generation_of(*change.before)};
    if (id.generation != generation_of(*change.after)) return false;
    return same_indirect(*load(before_, id), *load(after_, id), Depth::shallow, 0);
}

void Comparison::report(FindingResult result, std::string_view code, std::uint32_t object, Parameters parameters) {
    parameters["revision"] = std::to_string(revision_);
    if (object != 0) parameters["object"] = std::to_string(object);
    findings_.add({result, "history", std::string(code), std::move(parameters)});
}

void Comparison::refuse(std::string_view code, std::uint32_t object, Parameters parameters) {
    report(FindingResult::fail, code, object, std::move(parameters));
}

bool Comparison::explained(const Change& change, const Step& step) const {
    if (explained_.contains(step.reference)) return true;
    // Compared as what it is, it may be named wherever such a thing is named. A field's widget is an annotation too.
    if (!change.approved) return false;
    return step.navigates || step.place == *change.approved ||
           (*change.approved == Place::field && step.place == Place::annotation);
}

void Comparison::judge_leftovers() {
    judge_shared();
    for (auto& [number, change] : changes_) judge(number, change);
}

/// A dictionary or list by which a change was allowed, as an appearance, must not serve as something else too.
void Comparison::judge_shared() {
    if (passed_.empty()) return;
    std::unordered_set<std::uint32_t> holders;
    for (const auto& [number, change] : changes_)
        for (const auto& step : change.steps) holders.insert(step.holder);
    for (const auto& step : steps_) {
        const auto number = step.reference->as<Reference>()->number;
        if (!passed_.contains(number) || explained_.contains(step.reference)) continue;
        // Fields of a kind often share what they look like; that is no matter while it stays as it is.
        const bool alike = step.place == Place::appearance || step.place == Place::value;
        if (!alike || holders.contains(number)) refuse("audit.object-shared", number);
    }
}

void Comparison::judge(std::uint32_t number, Change& change) {
    if (in_use(change.before) && in_use(change.after) &&
        generation_of(*change.before) != generation_of(*change.after)) {
        refuse("audit.generation-changed", number);
        return;
    }
    if (change.steps.empty()) return;
    if (same_object(number)) {
        if (permission_.profile != AuditProfile::foreign) refuse("audit.object-rewritten", number);
        return;
    }
    const auto unexplained = std::find_if(change.steps.begin(), change.steps.end(),
                                          [&](const Step& step) { return !explained(change, step); });
    if (unexplained == change.steps.end()) return;
    const bool some = std::any_of(change.steps.begin(), change.steps.end(),
                                  [&](const Step& step) { return explained(change, step) && !step.navigates; });
    if (!in_use(change.after)) {
        refuse("audit.object-freed", number);
        return;
    }
    if (!in_use(change.before)) {
        refuse("audit.object-supplied", number);
        return;
    }
    const auto* before = load(before_, {number, generation_of(*change.before)});
    const auto* after = load(after_, {number, generation_of(*change.after)});
    if (!same_kind(*before, *after)) refuse("audit.type-changed", number);
    if (some) refuse("audit.object-shared", number);
    refuse(change_code(unexplained->place), number);
}

void Comparison::judge_new_objects() {
    std::unordered_set<std::uint32_t> known;
    for (const auto& step : steps_) known.insert(step.reference->as<Reference>()->number);
    // From the trailer and everything that was reached before, over what this revision brought, and over what lay
    // unused in the file before.
    std::unordered_set<std::uint32_t> reached;
    std::deque<Reference> open;
    const auto follow = [&](const Object& value) {
        std::vector<Reference> references;
        collect_references(value, references);
        for (const auto& reference : references)
            if ((changes_.contains(reference.number) || !known.contains(reference.number)) &&
                reached.insert(reference.number).second)
                open.push_back(reference);
    };
    follow(Object(after_.trailer()));
    for (const auto& [number, change] : changes_)
        if (!change.steps.empty() && in_use(change.after) && reached.insert(number).second)
            open.push_back({number, generation_of(*change.after)});
    while (!open.empty()) {
        const auto reference = open.front();
        open.pop_front();
        const auto* object = load(after_, reference);
        follow(object->value);
        if (!known.contains(reference.number) && object->dictionary() != nullptr)
            inspect_new(*object->dictionary(), reference.number);
    }
    for (const auto& [number, change] : changes_) {
        if (reached.contains(number) || !in_use(change.after)) continue;
        const auto* object = load(after_, {number, generation_of(*change.after)});
        // A cross-reference stream that the chain does not know is used by nothing either.
        const bool known_section =
            object->dictionary() == nullptr || !object->dictionary()->find("Type") ||
            !object->dictionary()->find("Type")->is_name("XRef") ||
            std::any_of(after_.sections().begin(), after_.sections().end(), [&, span = object->span](const auto& one) {
                return one.span == span || one.stream_span == span;
            });
        if ((is_structural(*object) && known_section) || (in_use(change.before) && same_object(number))) continue;
        report(permission_.profile == AuditProfile::foreign ? FindingResult::warn : FindingResult::fail,
               "audit.object-orphan", number);
    }
}

void Comparison::inspect_new(const Dictionary& found, std::uint32_t number) {
    static const std::set<std::string_view> leaving{"Launch", "GoToE", "SubmitForm", "ImportData", "Rendition"};
    const auto inspect = [&](const std::string& key, const Object& value) {
        const auto* name = key == "S" || key == "Type" ? resolve(after_, &value)->as<Name>() : nullptr;
        const std::string_view type = name == nullptr ? std::string_view() : name->value;
        if (key == "JS" || (key == "S" && type == "JavaScript"))
            refuse("audit.javascript-changed", number, {{"key", key}});
        else if (key == "AA" || (key == "S" && leaving.contains(type)))
            refuse("audit.action-changed", number, {{"key", key}});
        else if (key == "EF")
            refuse("audit.embedded-files-changed", number, {{"key", key}});
        else if (key == "OC" || (key == "Type" && (type == "OCG" || type == "OCMD")))
            refuse("audit.optional-content-changed", number, {{"key", key}});
    };
    std::vector<const Object*> open;
    const auto visit = [&](const Dictionary& entries) {
        for (const auto& [key, value] : entries.entries()) {
            inspect(key, value);
            open.push_back(&value);
        }
    };
    visit(found);
    while (!open.empty()) {
        const auto* next = open.back();
        open.pop_back();
        if (const auto* entries = next->as<Dictionary>()) visit(*entries);
        if (const auto* list = next->as<Array>())
            for (const auto& element : *list) open.push_back(&element);
    }
}

}  // namespace sjcode::pdf
