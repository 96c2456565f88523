// The trailer and the catalog of two states compared.
#include "pdf/audit/comparison.h"

#include <algorithm>
#include <array>

namespace sjcode::pdf {
namespace {

template <std::size_t N>
bool only_keys(const Dictionary& dictionary, const std::array<std::string_view, N>& allowed) {
    return std::all_of(dictionary.entries().begin(), dictionary.entries().end(), [&](const auto& entry) {
        return std::find(allowed.begin(), allowed.end(), entry.first) != allowed.end();
    });
}

/// A developer extensions dictionary (7.12), and nothing else.
bool is_developer_extension(const Object& value) {
    static constexpr std::array<std::string_view, 5> keys{"Type", "BaseVersion", "ExtensionLevel", "ExtensionRevision",
                                                          "URL"};
    const auto* dictionary = value.as<Dictionary>();
    return dictionary != nullptr && only_keys(*dictionary, keys) &&
           std::all_of(dictionary->entries().begin(), dictionary->entries().end(), [](const auto& entry) {
               const auto& [key, given] = entry;
               if (key == "Type") return given.is_name("DeveloperExtensions");
               if (key == "BaseVersion") return given.template as<Name>() != nullptr;
               return key == "ExtensionLevel" ? given.integer().has_value() : given.template as<String>() != nullptr;
           });
}

}  // namespace

void Comparison::compare_trailer() {
    const auto& before = before_.trailer();
    const auto& after = after_.trailer();
    const auto* old_root = before.find("Root");
    const auto* new_root = after.find("Root");
    const auto* old_catalog = dictionary(before_, old_root);
    const auto* new_catalog = dictionary(after_, new_root);
    if (old_root == nullptr || new_root == nullptr || !(*old_root == *new_root) || old_catalog == nullptr ||
        new_catalog == nullptr) {
        refuse("audit.catalog-replaced", 0);
    } else {
        compare_catalog(*old_catalog, *new_catalog, old_root->as<Reference>()->number);
        explained_.insert(old_root);
        if (const auto change = changes_.find(old_root->as<Reference>()->number); change != changes_.end())
            change->second.approved = Place::catalog;
    }
    compare_identifier(before, after);
    compare_information(before.find("Info"), after.find("Info"));
    if (!same_key(before, after, "Encrypt", Depth::deep)) refuse("audit.encryption-changed", 0);
    const auto old_size = before.find("Size")->integer().value_or(0);
    const auto new_size = after.find("Size")->integer().value_or(0);
    if (new_size < old_size) refuse("audit.size-smaller", 0, {{"size", std::to_string(old_size)}});
    // 7.5.5: an object beyond /Size is none, and yet some programs show it.
    if (!changes_.empty() && changes_.rbegin()->first >= new_size)
        refuse("audit.size-exceeded", changes_.rbegin()->first);
    for (const auto& [key, value] : before.entries()) {
        static const std::set<std::string_view> known{"Root",  "Info",    "ID",          "Encrypt",    "Size",
                                                      "Prev",  "XRefStm", "DocChecksum", "Type",       "W",
                                                      "Index", "Filter",  "Length",      "DecodeParms"};
        // An entry of one's own is often left out by the next writer, who does not know it.
        if (known.contains(key) || after.find(key) == nullptr) continue;
        if (!same(&value, after.find(key))) refuse("audit.trailer-changed", 0, {{"key", key}});
    }
}

void Comparison::compare_identifier(const Dictionary& before, const Dictionary& after) {
    const auto* old_pair = array(before_, before.find("ID"));
    const auto* new_pair = array(after_, after.find("ID"));
    explain(before.find("ID"), false);
    if (old_pair == nullptr || old_pair->empty()) return;
    if (new_pair == nullptr || new_pair->empty() || !same(&(*old_pair)[0], &(*new_pair)[0], Depth::deep))
        report(permission_.profile == AuditProfile::foreign ? FindingResult::warn : FindingResult::fail,
               "audit.identifier-changed", 0);
}

void Comparison::compare_catalog(const Dictionary& before, const Dictionary& after, std::uint32_t number) {
    static const std::set<std::string_view> own{"AcroForm", "DSS", "Extensions", "Perms", "Metadata", "Version"};
    if (after.has_duplicates() && changed(number)) refuse("audit.duplicate-key", number);
    compare_form(before.find("AcroForm"), after.find("AcroForm"));
    compare_validation(before.find("DSS"), after.find("DSS"));
    compare_extensions(before.find("Extensions"), after.find("Extensions"));
    compare_permissions(before.find("Perms"), after.find("Perms"));
    compare_metadata(before.find("Metadata"), after.find("Metadata"));
    compare_version(before.find("Version"), after.find("Version"));
    for (const auto& key : differing_keys(before, after, own)) {
        static const std::map<std::string_view, Place> places{
            {"Pages", Place::page_tree},   {"OCProperties", Place::optional_content},
            {"OpenAction", Place::action}, {"AA", Place::action},
            {"Names", Place::names},       {"Dests", Place::names},
            {"Outlines", Place::outlines}, {"StructTreeRoot", Place::structure},
            {"AF", Place::embedded_files}, {"Collection", Place::embedded_files},
        };
        const auto place = places.find(key);
        refuse(change_code(place == places.end() ? Place::catalog : place->second), number, {{"key", key}});
    }
}

void Comparison::compare_information(const Object* before, const Object* after) {
    static const Dictionary none;
    const auto* old_entries = dictionary(before_, before);
    const auto* new_entries = dictionary(after_, after);
    // Writers put the time and their own name there with each revision.
    for (const auto& key : differing_keys(old_entries == nullptr ? none : *old_entries,
                                          new_entries == nullptr ? none : *new_entries, {"ModDate", "Producer"}))
        report(permission_.profile == AuditProfile::foreign && permission_.level != 1 ? FindingResult::warn
                                                                                      : FindingResult::fail,
               "audit.information-changed", 0, {{"key", key}});
    explain(before, false);
    if (permission_.profile != AuditProfile::foreign && !same(before, after, Depth::deep))
        refuse("audit.information-changed", 0, {{"key", "ModDate"}});
}

void Comparison::compare_metadata(const Object* before, const Object* after) {
    if (same(before, after, Depth::deep)) return;
    const auto* now = resolve_object(after_, after);
    const auto* type = now == nullptr || now->dictionary() == nullptr ? nullptr : now->dictionary()->find("Type");
    const bool metadata = now != nullptr && now->stream && type != nullptr && type->is_name("Metadata");
    if (permission_.profile != AuditProfile::foreign || !metadata) {
        refuse("audit.metadata-changed", now == nullptr ? 0 : now->id.number);
        return;
    }
    report(FindingResult::warn, "audit.metadata-updated", 0);
    explain(before, true);
}

/// A stream that says of itself only how it is packed, and that is nothing else in the document.
bool Comparison::is_proof(const Object& element) {
    static constexpr std::array<std::string_view, 3> keys{"Length", "Filter", "DecodeParms"};
    const auto* reference = element.as<Reference>();
    const auto* object = reference == nullptr ? nullptr : load(after_, *reference);
    if (object == nullptr || !object->stream || !only_keys(*object->dictionary(), keys)) return false;
    if (!used_elsewhere_) {
        used_elsewhere_.emplace();
        for (const auto& step : steps_)
            if (step.place != Place::validation) used_elsewhere_->insert(step.reference->as<Reference>()->number);
    }
    return !used_elsewhere_->contains(reference->number);
}

bool Comparison::are_proofs(const Object* list) {
    if (list == nullptr) return true;
    const auto* elements = array(after_, list);
    return elements != nullptr &&
           std::all_of(elements->begin(), elements->end(), [&](const Object& element) { return is_proof(element); });
}

/// Whether the store has all that it had, and says the same of each signature.
bool Comparison::keeps_proofs(const Object* before, const Dictionary& store) {
    const auto* old_store = dictionary(before_, before);
    if (old_store == nullptr) return true;
    for (const auto* const key : {"Certs", "OCSPs", "CRLs"}) {
        const auto* old_list = array(before_, old_store->find(key));
        const auto* new_list = array(after_, store.find(key));
        static const Array none;
        for (const auto& element : old_list == nullptr ? none : *old_list)
            if (new_list == nullptr || std::find(new_list->begin(), new_list->end(), element) == new_list->end())
                return false;
    }
    const auto* old_entries = dictionary(before_, old_store->find("VRI"));
    const auto* new_entries = dictionary(after_, store.find("VRI"));
    if (old_entries == nullptr) return true;
    return new_entries != nullptr &&
           std::all_of(old_entries->entries().begin(), old_entries->entries().end(), [&](const auto& entry) {
               return same(&entry.second, new_entries->find(entry.first), Depth::deep);
           });
}

void Comparison::compare_validation(const Object* before, const Object* after) {
    static constexpr std::array<std::string_view, 5> store_keys{"Type", "VRI", "Certs", "OCSPs", "CRLs"};
    static constexpr std::array<std::string_view, 6> entry_keys{"Type", "Cert", "OCSP", "CRL", "TU", "TS"};
    if (same(before, after, Depth::deep)) return;
    const auto* store = dictionary(after_, after);
    if (store == nullptr) {
        explain(before, false);
        report(permission_.profile == AuditProfile::foreign ? FindingResult::warn : FindingResult::fail,
               "audit.validation-data-removed", 0);
        return;
    }
    bool form = only_keys(*store, store_keys);
    for (const auto* const key : {"Certs", "OCSPs", "CRLs"}) form &= are_proofs(store->find(key));
    if (const auto* type = store->find("Type")) form &= type->is_name("DSS");
    if (const auto* entries = dictionary(after_, store->find("VRI")))
        for (const auto& [key, value] : entries->entries()) {
            const auto* entry = dictionary(after_, &value);
            if (key == "Type" && entry == nullptr) {
                form &= value.is_name("VRI");
                continue;
            }
            form &= entry != nullptr && only_keys(*entry, entry_keys);
            if (entry == nullptr) continue;
            for (const auto* const list : {"Cert", "OCSP", "CRL"}) form &= are_proofs(entry->find(list));
            form &= entry->find("TS") == nullptr || is_proof(*entry->find("TS"));
            form &= entry->find("Type") == nullptr || entry->find("Type")->is_name("VRI");
            form &= entry->find("TU") == nullptr || resolve(after_, entry->find("TU"))->as<String>() != nullptr;
        }
    if (!form) {
        refuse("audit.validation-data-form", 0);
        return;
    }
    // Others write their stores anew, with other objects; ours only grow.
    if (permission_.profile != AuditProfile::foreign && !keeps_proofs(before, *store))
        refuse("audit.validation-data-removed", 0);
    explain(before, false);
    validation_added_ = true;
    report(FindingResult::pass, "audit.validation-data", 0);
}

void Comparison::compare_extensions(const Object* before, const Object* after) {
    if (same(before, after, Depth::deep)) return;
    const auto* extensions = dictionary(after_, after);
    bool form = extensions != nullptr;
    if (form)
        for (const auto& [key, value] : extensions->entries()) {
            const auto* found = resolve(after_, &value);
            if (const auto* list = found->as<Array>())
                form &= std::all_of(list->begin(), list->end(), [&](const Object& element) {
                    return is_developer_extension(*resolve(after_, &element));
                });
            else
                form &= key == "Type" ? found->is_name("Extensions") : is_developer_extension(*found);
        }
    if (!form) {
        refuse("audit.extensions-changed", 0);
        return;
    }
    explain(before, false);
    report(FindingResult::pass, "audit.extensions-added", 0);
}

void Comparison::compare_permissions(const Object* before, const Object* after) {
    if (same(before, after, Depth::deep)) return;
    const auto* old_entries = dictionary(before_, before);
    if (old_entries != nullptr && old_entries->contains("DocMDP")) {
        refuse("audit.certification-changed", 0);
        return;
    }
    // The revision that is judged stands behind a signature, and a certification comes first (12.8.2.2.1).
    findings_.fail("certification", "audit.certification-second", {{"revision", std::to_string(revision_)}});
    explain(before, false);
}

void Comparison::compare_version(const Object* before, const Object* after) {
    if (same(before, after, Depth::deep)) return;
    const auto* old_name = resolve(before_, before)->as<Name>();
    const auto* new_name = resolve(after_, after)->as<Name>();
    const bool newer = new_name != nullptr && (old_name == nullptr || old_name->value <= new_name->value);
    if (!newer || permission_.profile != AuditProfile::foreign)
        refuse("audit.catalog-changed", 0, {{"key", "Version"}});
    else
        explain(before, false);
}

}  // namespace sjcode::pdf
