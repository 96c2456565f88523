// One step of a document's history judged: rule U1 of docs/audit.md, default deny. Every object that the later revision
// adds, replaces or frees needs a reason; every way by which a replaced object was reached must be one that allows it.
#pragma once

#include "pdf/audit/place.h"
#include "pdf/audit/report.h"
#include "pdf/audit/signature_fields.h"
#include "pdf/document.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace sjcode::pdf {

/// Whose rules hold. `sealed` and `countersign` are those of our seals: the latter where the seal made empty signature
/// fields. `foreign`: what ISO 32000-2, 12.8.2.2 lets a later revision do.
enum class AuditProfile : std::uint8_t { foreign, sealed, countersign };

/// What signatures up to a revision allow to those behind it.
struct Permission {
    AuditProfile profile = AuditProfile::foreign;
    std::int64_t level = 0;  ///< the strictest /P of DocMDP (1 to 3); 0 where nobody certified
    std::vector<Reservation> locks;

    [[nodiscard]] bool locked(const std::string& field) const;
};

class Comparison {
public:
    /// `before` is the file up to the revision before; `after` up to the one that is judged. Both must outlive it.
    Comparison(Document& before, Document& after, const Permission& permission, std::uint32_t revision,
               AuditFindings& findings)
        : before_(before), after_(after), permission_(permission), revision_(revision), findings_(findings) {}

    /// Errors: those of Document.
    Result<void> run();

private:
    struct Change {
        const CrossReferenceEntry* before = nullptr;  ///< null pointer where there was none
        const CrossReferenceEntry* after = nullptr;
        std::vector<Step> steps;          ///< references to it in the state before
        std::optional<Place> approved{};  ///< compared as the page, field, annotation or catalog that it is
    };
    struct FieldPair {
        const Object* before;
        const Object* after;
        std::string name;
        std::string type;     ///< /FT
        bool filled = false;  ///< the value of the field that this is a widget of was changed
        std::uint32_t depth = 0;
    };

    // comparison.cpp: what changed, and what is left unexplained
    void find_changes();
    Result<void> find_steps();
    void judge_leftovers();
    void judge_shared();
    void judge(std::uint32_t number, Change& change);
    void judge_new_objects();
    void inspect_new(const Dictionary& found, std::uint32_t number);
    [[nodiscard]] bool explained(const Change& change, const Step& step) const;
    [[nodiscard]] bool changed(std::uint32_t number) const { return changes_.contains(number); }
    [[nodiscard]] bool is_new(std::uint32_t number) const;
    [[nodiscard]] bool same_object(std::uint32_t number);
    void report(FindingResult result, std::string_view code, std::uint32_t object, Parameters parameters = {});
    void refuse(std::string_view code, std::uint32_t object, Parameters parameters = {});

    // comparison_revision.cpp: what the revision's own sections and objects must not be, whatever they change
    void check_sections();
    void check_trailer(const Dictionary& trailer);
    void check_hybrid(const CrossReferenceSection& section);
    void check_object_stream(std::uint32_t number);
    void check_objects();
    void check_references();
    void check_missing(const Dictionary& after, const Dictionary& before, std::uint32_t number);
    [[nodiscard]] bool is_missing(const Reference& reference) const;
    [[nodiscard]] std::size_t later_sections() const;

    // comparison_values.cpp
    /// Whether values are the same, whatever the objects that hold them. References to one object are: by default what
    /// that object became is judged on its own, with all ways to it; `deep` looks at it here.
    enum class Depth : std::uint8_t { shallow, deep };
    bool same(const Object* before, const Object* after, Depth how = Depth::shallow, std::uint32_t level = 0);
    bool same_references(const Object* before, const Object* after, Depth how, std::uint32_t level);
    bool same_indirect(const IndirectObject& before, const IndirectObject& after, Depth how, std::uint32_t level);
    bool same_dictionary(const Dictionary& before, const Dictionary& after, Depth how, std::uint32_t level);
    bool same_key(const Dictionary& before, const Dictionary& after, std::string_view key, Depth how = Depth::shallow);
    /// Keys of either whose values are not the same, but for those in `except`.
    std::vector<std::string> differing_keys(const Dictionary& before, const Dictionary& after,
                                            const std::set<std::string_view>& except);
    const IndirectObject* load(Document& document, const Reference& reference);
    /// The value behind references; null where there is none.
    const Object* resolve(Document& document, const Object* value);
    const IndirectObject* resolve_object(Document& document, const Object* value);
    const Dictionary* dictionary(Document& document, const Object* value);
    const Array* array(Document& document, const Object* value);
    /// The references of a value that may be changed, and of the dictionaries and lists below it, are explained; those
    /// to streams only if the streams are the same or `streams`.
    void explain(const Object* value, bool streams, std::uint32_t depth = 0);

    // comparison_catalog.cpp
    void compare_trailer();
    void compare_identifier(const Dictionary& before, const Dictionary& after);
    void compare_catalog(const Dictionary& before, const Dictionary& after, std::uint32_t number);
    void compare_information(const Object* before, const Object* after);
    void compare_metadata(const Object* before, const Object* after);
    void compare_validation(const Object* before, const Object* after);
    bool keeps_proofs(const Object* before, const Dictionary& store);
    bool are_proofs(const Object* list);
    bool is_proof(const Object& element);
    void compare_extensions(const Object* before, const Object* after);
    void compare_permissions(const Object* before, const Object* after);
    void compare_version(const Object* before, const Object* after);

    // comparison_form.cpp
    void compare_form(const Object* before, const Object* after);
    void compare_default_resources(const Object* before, const Object* after);
    void compare_fields(const Object* before, const Object* after);
    void compare_field_lists(const Array& before, const Array& after, const FieldPair& parent, bool roots);
    void compare_field(FieldPair pair);
    void compare_signature_field(FieldPair& pair, const Dictionary& before, const Dictionary& after);
    void compare_value(FieldPair& pair, const Dictionary& before, const Dictionary& after);
    void compare_appearance(const FieldPair& pair, const Dictionary& before, const Dictionary& after);
    void compare_other_keys(const FieldPair& pair, const Dictionary& before, const Dictionary& after);
    bool same_but_read_only(const Dictionary& before, const Dictionary& after);

    // comparison_signing.cpp
    void add_field(const Object& reference);
    void add_signature(const std::string& name, const Object* value, const Dictionary& field, bool field_is_new);
    /// One new object that is field and widget at once: of another, kids may be drawn by which no rule goes.
    bool has_field_form(const Reference& id, const Dictionary& field);
    bool has_one_widget(const Reference& id, const Dictionary& field);
    bool draws_nothing(const Object* appearance);
    bool is_name_taken(const std::string& name);
    [[nodiscard]] bool is_visible(const Dictionary& field);
    void check_single_use();

    // comparison_page.cpp
    void compare_pages();
    void compare_page(std::uint32_t number);
    void compare_annotation_lists(const Object* before, const Object* after, std::uint32_t page);
    void add_annotation(const Object& annotation, std::uint32_t page);
    void compare_annotations();

    Document& before_;
    Document& after_;
    const Permission& permission_;
    std::uint32_t revision_;
    AuditFindings& findings_;
    std::map<std::uint32_t, Change> changes_;
    std::unordered_set<const Object*> explained_;
    std::map<std::pair<Reference, Reference>, bool> compared_;  ///< by the deep comparison
    std::unordered_set<std::uint32_t> passed_;                  ///< dictionaries and lists on the way of explain()
    std::vector<Step> steps_;                                   ///< all references of the state before
    std::vector<FieldPair> open_fields_;
    std::set<Reference> new_widgets_;
    std::optional<std::unordered_set<std::uint32_t>> used_elsewhere_;  ///< reached before, but as no proof
    std::optional<std::map<std::string, std::size_t>> root_names_;     ///< of the fields of the state after
    std::set<Reference> new_values_;
    std::unordered_set<std::uint32_t> unreadable_;
    std::optional<Error> error_;  ///< the first that reading gave
    std::uint64_t compared_values_ = 0;
    bool validation_added_ = false;
};

/// A dictionary anywhere within a value in which a key stands twice.
bool has_key_twice(const Object& value);
/// All references within a value.
void collect_references(const Object& value, std::vector<Reference>& found);

/// What the signatures of a state allow, given what those before allow.
Result<Permission> permission_of(Document& state, const std::vector<SignatureField>& fields, AuditProfile profile);

}  // namespace sjcode::pdf
