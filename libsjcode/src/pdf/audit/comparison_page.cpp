// Pages and their annotations in two states compared.
#include "pdf/audit/comparison.h"

#include <algorithm>

namespace sjcode::pdf {

void Comparison::compare_pages() {
    // Pages that changed themselves, and those whose list of annotations is an object of its own that did.
    std::set<std::uint32_t> pages;
    for (const auto& [number, change] : changes_)
        for (const auto& step : change.steps) {
            if (step.navigates) continue;
            if (step.place == Place::page) pages.insert(number);
            if (step.place == Place::annotations) pages.insert(step.holder);
        }
    for (const auto number : pages) compare_page(number);
}

void Comparison::compare_page(std::uint32_t number) {
    const auto* entry = before_.entry(number);
    if (entry == nullptr) return;
    const auto generation =
        entry->type == CrossReferenceEntry::Type::at_offset ? entry->generation_or_index : std::uint32_t{0};
    const Reference id{number, generation};
    const auto* before = load(before_, id)->dictionary();
    const auto* after = load(after_, id)->dictionary();
    const auto* type = before == nullptr ? nullptr : before->find("Type");
    if (before == nullptr || after == nullptr || type == nullptr || !type->is_name("Page")) return;
    if (after->has_duplicates() && changed(number)) refuse("audit.duplicate-key", number);
    for (const auto& key : differing_keys(*before, *after, {"Annots"})) {
        static const std::map<std::string_view, Place> places{
            {"Contents", Place::contents}, {"Resources", Place::resources}, {"AA", Place::action},
            {"AF", Place::embedded_files}, {"Parent", Place::page_tree},    {"Metadata", Place::metadata},
        };
        const auto place = places.find(key);
        refuse(change_code(place == places.end() ? Place::page : place->second), number, {{"key", key}});
    }
    compare_annotation_lists(before->find("Annots"), after->find("Annots"), number);
    if (const auto change = changes_.find(number); change != changes_.end()) change->second.approved = Place::page;
}

void Comparison::compare_annotation_lists(const Object* before, const Object* after, std::uint32_t page) {
    static const Array none;
    const auto* old_list = array(before_, before);
    const auto* new_list = array(after_, after);
    if (before != nullptr && before->as<Reference>() != nullptr) explained_.insert(before);
    if (old_list == nullptr) old_list = &none;
    if (new_list == nullptr) new_list = &none;
    std::size_t at = 0;
    for (const auto& annotation : *new_list) {
        const bool expected = at < old_list->size();
        const auto* wanted = expected ? (*old_list)[at].as<Reference>() : nullptr;
        const auto* reference = annotation.as<Reference>();
        const bool is_it = wanted != nullptr ? reference != nullptr && *wanted == *reference
                                             : expected && reference == nullptr && same(&(*old_list)[at], &annotation);
        if (is_it)
            ++at;
        else
            add_annotation(annotation, page);
    }
    if (at == old_list->size()) return;
    if (permission_.profile == AuditProfile::foreign && permission_.level == 3)
        report(FindingResult::warn, "audit.annotation-edited", page);
    else
        refuse("audit.annotation-removed", page);
}

void Comparison::add_annotation(const Object& annotation, std::uint32_t page) {
    const auto* reference = annotation.as<Reference>();
    // Once, and by the reference that the form has: of a wrong generation some programs show something else.
    if (reference != nullptr && new_widgets_.erase(*reference) != 0) return;
    const auto* entries = dictionary(after_, &annotation);
    const auto* subtype = entries == nullptr ? nullptr : entries->find("Subtype");
    const bool widget = subtype == nullptr || subtype->is_name("Widget");
    if (permission_.profile == AuditProfile::foreign && permission_.level == 3 && !widget)
        report(FindingResult::warn, "audit.annotation-edited", page);
    else
        refuse("audit.annotation-added", page);
}

void Comparison::compare_annotations() {
    for (auto& [number, change] : changes_) {
        if (change.approved || change.before == nullptr) continue;
        const bool annotation = std::any_of(change.steps.begin(), change.steps.end(), [](const Step& step) {
            return step.place == Place::annotation && !step.navigates;
        });
        if (!annotation || same_object(number)) continue;
        if (permission_.profile != AuditProfile::foreign || permission_.level != 3) continue;
        change.approved = Place::annotation;
        report(FindingResult::warn, "audit.annotation-edited", number);
        const auto* before = load(before_, {number, change.before->type == CrossReferenceEntry::Type::at_offset
                                                        ? change.before->generation_or_index
                                                        : 0});
        if (before->dictionary() == nullptr) continue;
        for (const auto* const key : {"AP", "Contents", "RC", "Popup"}) explain(before->dictionary()->find(key), true);
    }
}

}  // namespace sjcode::pdf
