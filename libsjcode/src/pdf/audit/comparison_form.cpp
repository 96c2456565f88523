// The form and its fields in two states compared: what was filled, and what else was changed.
#include "pdf/audit/comparison.h"
#include "pdf/lexer.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

constexpr std::size_t most_fields = 100'000;
constexpr std::int64_t read_only = 1;  // table 227

std::set<Reference> references_of(const Array& list) {
    std::set<Reference> found;
    for (const auto& element : list)
        if (const auto* reference = element.as<Reference>()) found.insert(*reference);
    return found;
}

}  // namespace

void Comparison::compare_form(const Object* before, const Object* after) {
    static const Dictionary none;
    const auto* old_form = dictionary(before_, before);
    const auto* new_form = dictionary(after_, after);
    if (old_form != nullptr && new_form == nullptr) {
        refuse("audit.form-changed", 0, {{"key", "AcroForm"}});
        return;
    }
    if (new_form == nullptr) return;
    if (old_form == nullptr) old_form = &none;
    if (before != nullptr && before->as<Reference>() != nullptr) explained_.insert(before);
    if (new_form->has_duplicates()) refuse("audit.duplicate-key", 0);
    compare_fields(old_form->find("Fields"), new_form->find("Fields"));
    compare_default_resources(old_form->find("DR"), new_form->find("DR"));
    const auto old_flags = resolve(before_, old_form->find("SigFlags"))->integer().value_or(0);
    const auto new_flags = resolve(after_, new_form->find("SigFlags"))->integer().value_or(0);
    if ((old_flags & ~new_flags) != 0) refuse("audit.form-changed", 0, {{"key", "SigFlags"}});
    explain(old_form->find("SigFlags"), false);
    for (const auto& key : differing_keys(*old_form, *new_form, {"Fields", "DR", "SigFlags"})) {
        const bool fresh = old_form->find(key) == nullptr && (key == "DA" || key == "Q");
        if (fresh && permission_.profile == AuditProfile::foreign) continue;
        if (key == "NeedAppearances" && permission_.profile == AuditProfile::foreign && permission_.level != 1) {
            report(FindingResult::warn, "audit.appearances-regenerated", 0);
            continue;
        }
        refuse(key == "XFA" ? change_code(Place::xfa) : change_code(Place::form), 0, {{"key", key}});
    }
}

void Comparison::compare_default_resources(const Object* before, const Object* after) {
    static const Dictionary none;
    if (same(before, after, Depth::deep)) return;
    const auto* old_kinds = dictionary(before_, before);
    const auto* new_kinds = dictionary(after_, after);
    if (new_kinds == nullptr || permission_.profile != AuditProfile::foreign) {
        refuse("audit.form-changed", 0, {{"key", "DR"}});
        return;
    }
    if (old_kinds == nullptr) old_kinds = &none;
    if (before != nullptr && before->as<Reference>() != nullptr) explained_.insert(before);
    for (const auto& [kind, value] : old_kinds->entries()) {
        const auto* now = new_kinds->find(kind);
        if (same(&value, now, Depth::deep)) continue;
        const auto* old_entries = dictionary(before_, &value);
        const auto* new_entries = dictionary(after_, now);
        // New names may come; what an old name stands for stays.
        bool kept = old_entries != nullptr && new_entries != nullptr;
        if (kept)
            for (const auto& [name, resource] : old_entries->entries())
                kept &= same(&resource, new_entries->find(name), Depth::deep);
        if (!kept) refuse(change_code(kind == "Font" ? Place::font : Place::resources), 0, {{"key", kind}});
        if (value.as<Reference>() != nullptr) explained_.insert(&value);
    }
}

void Comparison::compare_fields(const Object* before, const Object* after) {
    static const Array none;
    const auto* old_list = array(before_, before);
    const auto* new_list = array(after_, after);
    if (before != nullptr && before->as<Reference>() != nullptr) explained_.insert(before);
    compare_field_lists(old_list == nullptr ? none : *old_list, new_list == nullptr ? none : *new_list, {}, true);
    std::size_t visited = 0;
    while (!open_fields_.empty()) {
        auto pair = std::move(open_fields_.back());
        open_fields_.pop_back();
        if (++visited > most_fields || pair.depth > before_.limits().depth) {
            if (!error_) error_ = limit_reached("form_fields").error();
            return;
        }
        compare_field(std::move(pair));
    }
}

void Comparison::compare_field_lists(const Array& before, const Array& after, const FieldPair& parent, bool roots) {
    const auto old_references = references_of(before);
    const auto new_references = references_of(after);
    for (const auto& element : before) {
        const auto* reference = element.as<Reference>();
        if (reference == nullptr) {
            // A field that is no object of its own can only stay as it is, where it is.
            if (std::any_of(after.begin(), after.end(), [&](const Object& other) {
                    return other.as<Reference>() == nullptr && same(&element, &other);
                }))
                continue;
            refuse("audit.field-changed", 0, {{"field", parent.name}});
        } else if (!new_references.contains(*reference)) {
            refuse("audit.field-removed", reference->number, {{"field", parent.name}});
        } else {
            open_fields_.push_back({&element, &element, parent.name, parent.type, parent.filled, parent.depth + 1});
        }
    }
    std::set<Reference> met;
    for (const auto& element : after) {
        const auto* reference = element.as<Reference>();
        if (reference == nullptr) {
            if (std::none_of(before.begin(), before.end(), [&](const Object& other) {
                    return other.as<Reference>() == nullptr && same(&other, &element);
                }))
                refuse("audit.field-added", 0, {{"field", parent.name}});
            continue;
        }
        if (!met.insert(*reference).second) refuse("audit.field-added", reference->number, {{"field", parent.name}});
        if (old_references.contains(*reference)) continue;
        if (roots)
            add_field(element);
        else
            refuse("audit.field-added", reference->number, {{"field", parent.name}});
    }
}

void Comparison::compare_field(FieldPair pair) {
    const auto* before = dictionary(before_, pair.before);
    const auto* after = dictionary(after_, pair.after);
    if (before == nullptr || after == nullptr) {
        if (!same(pair.before, pair.after, Depth::deep)) refuse("audit.field-changed", 0, {{"field", pair.name}});
        return;
    }
    const auto number = pair.before->as<Reference>()->number;
    if (after->has_duplicates() && changed(number)) refuse("audit.duplicate-key", number);
    if (const auto* name = resolve(before_, before->find("T"))->as<String>(); name != nullptr)
        pair.name += (pair.name.empty() ? "" : ".") + text_of_string(name->value);
    if (const auto* type = resolve(before_, before->find("FT"))->as<Name>()) pair.type = type->value;
    explained_.insert(pair.before);
    if (const auto change = changes_.find(number); change != changes_.end()) change->second.approved = Place::field;
    const bool is_signature = pair.type == "Sig";
    if (is_signature)
        compare_signature_field(pair, *before, *after);
    else
        compare_value(pair, *before, *after);
    if (!is_signature) compare_appearance(pair, *before, *after);
    if (changed(number)) compare_other_keys(pair, *before, *after);

    static const Array none;
    const auto* old_kids = array(before_, before->find("Kids"));
    const auto* new_kids = array(after_, after->find("Kids"));
    if (before->find("Kids") != nullptr && before->find("Kids")->as<Reference>() != nullptr)
        explained_.insert(before->find("Kids"));
    compare_field_lists(old_kids == nullptr ? none : *old_kids, new_kids == nullptr ? none : *new_kids, pair, false);
}

void Comparison::compare_value(FieldPair& pair, const Dictionary& before, const Dictionary& after) {
    const bool state = same_key(before, after, "AS", Depth::deep);
    const bool value = same_key(before, after, "V", Depth::deep);
    if (value && (state || pair.filled)) return;
    pair.filled = true;
    const auto number = pair.before->as<Reference>()->number;
    if (permission_.profile != AuditProfile::foreign || permission_.level == 1)
        refuse("audit.field-filled-forbidden", number, {{"field", pair.name}});
    else if (permission_.locked(pair.name))
        refuse("audit.field-locked", number, {{"field", pair.name}});
    else
        report(permission_.level == 0 ? FindingResult::warn : FindingResult::pass, "audit.field-filled", 0,
               {{"field", pair.name}});
    explain(before.find("V"), true);
    explain(before.find("RV"), true);
    explain(before.find("I"), false);
}

void Comparison::compare_appearance(const FieldPair& pair, const Dictionary& before, const Dictionary& after) {
    if (pair.filled)
        explain(before.find("AP"), true);
    else if (!same_key(before, after, "AP"))
        refuse("audit.appearance-changed", pair.before->as<Reference>()->number, {{"field", pair.name}});
}

bool Comparison::same_but_read_only(const Dictionary& before, const Dictionary& after) {
    const auto old_flags = resolve(before_, before.find("Ff"))->integer().value_or(0);
    const auto new_flags = resolve(after_, after.find("Ff"))->integer().value_or(0);
    return new_flags == (old_flags | read_only);
}

void Comparison::compare_other_keys(const FieldPair& pair, const Dictionary& before, const Dictionary& after) {
    std::set<std::string_view> own{"V", "AP", "Kids", "M"};
    if (pair.filled) own.insert({"AS", "RV", "I", "TI"});
    const auto number = pair.before->as<Reference>()->number;
    for (const auto& key : differing_keys(before, after, own)) {
        // Where a field was signed for the first time, its widget may come with it.
        const bool fresh = before.find(key) == nullptr;
        static const std::set<std::string_view> of_signing{"Type", "Subtype", "F", "P", "MK", "DA"};
        if (pair.type == "Sig" && pair.filled && fresh && of_signing.contains(key)) continue;
        if (pair.type == "Sig" && pair.filled && key == "F") continue;
        if (key == "Ff" && same_but_read_only(before, after)) continue;
        const auto code = key == "A" || key == "AA" ? change_code(Place::action)
                          : key == "OC"             ? change_code(Place::optional_content)
                                                    : change_code(Place::field);
        refuse(code, number, {{"field", pair.name}, {"key", key}});
    }
}

}  // namespace sjcode::pdf
