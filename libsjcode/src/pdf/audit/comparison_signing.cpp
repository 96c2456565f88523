// Signature fields that a later revision adds or fills.
#include "pdf/audit/comparison.h"
#include "pdf/characters.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

constexpr std::size_t most_kids = 4'096;

bool is_timestamp(const Dictionary& signature) {
    const auto* filter = signature.find("SubFilter");
    return filter != nullptr && filter->is_name("ETSI.RFC3161");
}

}  // namespace

bool Comparison::draws_nothing(const Object* appearance) {
    if (appearance == nullptr) return true;
    const auto* looks = dictionary(after_, appearance);
    if (looks == nullptr) return false;
    return std::all_of(looks->entries().begin(), looks->entries().end(), [&](const auto& entry) {
        const auto* look = resolve_object(after_, &entry.second);
        if (entry.first != "N" || look == nullptr || !look->stream) return false;
        const auto content = after_.decode(*look, 4'096);
        return content && std::all_of(content->begin(), content->end(), is_white);
    });
}

bool Comparison::is_name_taken(const std::string& name) {
    if (!root_names_) {
        root_names_.emplace();
        const auto* root = dictionary(after_, after_.trailer().find("Root"));
        const auto* form = root == nullptr ? nullptr : dictionary(after_, root->find("AcroForm"));
        const auto* fields = form == nullptr ? nullptr : array(after_, form->find("Fields"));
        static const Array none;
        for (const auto& other : fields == nullptr ? none : *fields)
            if (const auto* field = dictionary(after_, &other))
                if (const auto* text = resolve(after_, field->find("T"))->as<String>())
                    ++(*root_names_)[text_of_string(text->value)];
    }
    const auto found = root_names_->find(name);
    return found != root_names_->end() && found->second > 1;
}

/// Some programs make the widget an object of its own; it must be nothing but that.
bool Comparison::has_one_widget(const Reference& id, const Dictionary& field) {
    const auto* kids = array(after_, field.find("Kids"));
    const auto* kid = kids == nullptr || kids->size() != 1 ? nullptr : (*kids)[0].as<Reference>();
    if (kid == nullptr || kid->generation != 0 || !is_new(kid->number)) return false;
    const auto* widget = load(after_, *kid)->dictionary();
    if (widget == nullptr || widget->contains("Kids") || widget->contains("T") || widget->contains("FT")) return false;
    const auto* subtype = widget->find("Subtype");
    const auto* parent = widget->find("Parent");
    if (subtype == nullptr || !subtype->is_name("Widget")) return false;
    if (parent != nullptr && !(*parent == Object(id))) return false;
    new_widgets_.insert(*kid);
    return true;
}

bool Comparison::has_field_form(const Reference& id, const Dictionary& field) {
    static const std::set<std::string_view> allowed{"Type", "Subtype", "FT", "T",  "TU", "TM",   "V",  "Rect",
                                                    "F",    "Ff",      "P",  "AP", "MK", "Lock", "SV", "DA",
                                                    "BS",   "Border",  "M",  "NM", "H",  "Q",    "AS", "DR"};
    const auto& entries = field.entries();
    const auto* subtype = field.find("Subtype");
    const auto* type = field.find("Type");
    const bool foreign = permission_.profile == AuditProfile::foreign;
    bool form = id.generation == 0 && !field.contains("Parent") &&
                (!field.contains("Kids") || (foreign && has_one_widget(id, field))) &&
                (type == nullptr || type->is_name("Annot")) &&
                (subtype == nullptr ? foreign : subtype->is_name("Widget"));
    if (foreign) return form;
    form &=
        std::all_of(entries.begin(), entries.end(), [&](const auto& entry) { return allowed.contains(entry.first); });
    const auto* rectangle = field.find("Rect") == nullptr ? nullptr : field.find("Rect")->as<Array>();
    form &= rectangle != nullptr && rectangle->size() == 4 &&
            std::all_of(rectangle->begin(), rectangle->end(), [](const Object& corner) {
                return corner.as<Number>() != nullptr && corner.as<Number>()->real() == 0;
            });
    const auto* name = field.find("T") == nullptr ? nullptr : field.find("T")->as<String>();
    form &= name != nullptr && !name->value.empty() && name->value.find('.') == std::string::npos;
    return form && draws_nothing(field.find("AP"));
}

bool Comparison::is_visible(const Dictionary& field) {
    std::vector<const Dictionary*> widgets{&field};
    if (const auto* kids = array(after_, field.find("Kids")))
        for (std::size_t i = 0; i < kids->size() && i < most_kids; ++i)
            if (const auto* kid = dictionary(after_, &(*kids)[i])) widgets.push_back(kid);
    return std::any_of(widgets.begin(), widgets.end(), [&](const Dictionary* widget) {
        const auto* rectangle = array(after_, widget->find("Rect"));
        if (rectangle == nullptr) return false;
        if (rectangle->size() != 4) return true;
        std::vector<double> corner;
        for (const auto& element : *rectangle) {
            const auto* number = resolve(after_, &element)->as<Number>();
            corner.push_back(number == nullptr ? 0 : number->real());
        }
        // A rectangle without area shows nothing (12.7.5.5).
        return corner[0] != corner[2] && corner[1] != corner[3];
    });
}

void Comparison::add_field(const Object& reference) {
    const auto number = reference.as<Reference>()->number;
    const auto* field = dictionary(after_, &reference);
    if (field == nullptr) {
        refuse("audit.field-added", number);
        return;
    }
    std::string name;
    if (const auto* text = resolve(after_, field->find("T"))->as<String>()) name = text_of_string(text->value);
    if (!resolve(after_, field->find("FT"))->is_name("Sig")) {
        refuse("audit.field-added", number, {{"field", name}});
        return;
    }
    if (field->has_duplicates()) refuse("audit.duplicate-key", number);
    if (field->contains("A")) refuse("audit.action-changed", number, {{"key", "A"}});
    // What was there before, under whatever name, does not become a signature's box.
    if (!is_new(number)) {
        refuse("audit.field-added", number, {{"field", name}});
        return;
    }
    if (!has_field_form(*reference.as<Reference>(), *field))
        refuse("audit.signature-field-form", number, {{"field", name}});
    if (is_name_taken(name)) refuse("audit.field-added", number, {{"field", name}});
    new_widgets_.insert(*reference.as<Reference>());
    add_signature(name, field->find("V"), *field, true);
}

void Comparison::add_signature(const std::string& name, const Object* value, const Dictionary& field,
                               bool field_is_new) {
    const Parameters parameters{{"field", name}};
    const auto number = value != nullptr && value->as<Reference>() != nullptr ? value->as<Reference>()->number : 0;
    const auto* signature = dictionary(after_, value);
    const bool foreign = permission_.profile == AuditProfile::foreign;
    if (signature == nullptr) {
        if (!foreign || permission_.level == 1)
            refuse("audit.signature-forbidden", number, parameters);
        else
            report(FindingResult::warn, "audit.signature-field-added", 0, parameters);
        return;
    }
    if (number == 0 || !is_new(number)) {
        refuse("audit.signature-old", number, parameters);
        return;
    }
    new_values_.insert(*value->as<Reference>());
    const bool visible = is_visible(field);
    if (is_timestamp(*signature)) {
        // It says when, and nothing of what others may do.
        if (signature->contains("Reference"))
            findings_.fail("certification", "audit.certification-second", {{"revision", std::to_string(revision_)}});
        if (visible)
            report(foreign ? FindingResult::warn : FindingResult::fail, "audit.timestamp-visible", 0, parameters);
        else
            report(FindingResult::pass, "audit.timestamp-added", 0, parameters);
        return;
    }
    const bool allowed =
        foreign ? permission_.level != 1 : permission_.profile == AuditProfile::countersign && !field_is_new;
    if (!allowed)
        refuse("audit.signature-forbidden", number, parameters);
    else if (permission_.locked(name))
        refuse("audit.field-locked", number, parameters);
    else if (visible && field_is_new)
        report(FindingResult::warn, "audit.signature-visible", 0, parameters);
    else
        report(FindingResult::pass, "audit.signature-added", 0, parameters);
}

void Comparison::compare_signature_field(FieldPair& pair, const Dictionary& before, const Dictionary& after) {
    const auto number = pair.before->as<Reference>()->number;
    const bool was_empty = resolve(before_, before.find("V"))->is_null();
    const bool is_empty = resolve(after_, after.find("V"))->is_null();
    if (same_key(before, after, "V", Depth::deep)) {
        if (!pair.filled && !same_key(before, after, "AP"))
            refuse("audit.appearance-changed", number, {{"field", pair.name}});
        if (pair.filled) explain(before.find("AP"), true);
        return;
    }
    if (!was_empty) {
        refuse(is_empty ? "audit.signature-removed" : "audit.signature-replaced", number, {{"field", pair.name}});
        return;
    }
    pair.filled = true;
    add_signature(pair.name, after.find("V"), after, false);
    explain(before.find("AP"), true);
}

void Comparison::check_single_use() {
    if (new_values_.empty()) return;
    auto fields = find_signature_fields(after_);
    if (!fields) {
        if (!error_) error_ = std::move(fields).error();
        return;
    }
    for (const auto& value : new_values_) {
        const auto uses = std::count_if(fields->begin(), fields->end(),
                                        [&](const SignatureField& field) { return field.value == value; });
        if (uses != 1) refuse("audit.signature-shared", value.number);
    }
}

}  // namespace sjcode::pdf
