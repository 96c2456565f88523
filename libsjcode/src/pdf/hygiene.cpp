#include "pdf/hygiene.h"

#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/drawn_objects.h"
#include "pdf/object_walk.h"
#include "pdf/revision_comparison.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <unordered_set>
#include <utility>

namespace sjcode::pdf {
namespace {

bool is_action(const Dictionary& dictionary, std::string_view type) {
    const auto* subtype = dictionary.find("S");
    return subtype != nullptr && subtype->is_name(type);
}

/// Actions that reach outside the document (12.6.4). The type may stand in an object of its own.
Result<bool> leaves_document(Document& document, const Dictionary& action) {
    static constexpr std::array types = {"Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ImportData"};
    SJCODE_TRY(const auto type, document.get(action, "S"));
    return std::any_of(types.begin(), types.end(), [&](const char* name) { return type->value.is_name(name); });
}

/// Optional content that is shown when its groups are off, or by an expression (8.11.2.2): hidden while nothing is off.
bool hides_by_membership(const Dictionary& dictionary) {
    const auto* type = dictionary.find("Type");
    if (type == nullptr || !type->is_name("OCMD")) return false;
    const auto* policy = dictionary.find("P");
    return dictionary.contains("VE") || (policy != nullptr && !policy->is_name("AnyOn") && !policy->is_name("AllOn"));
}

/// Findings by rule: the first object that shows one is enough.
class Findings {
public:
    void add(const std::string& rule, bool refuses, std::uint32_t object) {
        HygieneFinding finding{rule, refuses, Error{"hygiene." + rule, {}, {}, {}, {}}};
        if (object != 0) finding.detail.object = object;
        found_.emplace(rule, std::move(finding));
    }
    void add(HygieneFinding finding) {
        auto rule = finding.rule;
        found_.emplace(std::move(rule), std::move(finding));
    }
    [[nodiscard]] std::vector<HygieneFinding> list() && {
        std::vector<HygieneFinding> all;
        for (auto& [rule, finding] : found_) all.push_back(std::move(finding));
        return all;
    }

private:
    std::map<std::string, HygieneFinding> found_;
};

/// A font whose program is not in the file: others may show other glyphs.
bool lacks_program(const Dictionary& font) {
    const auto* type = font.find("Type");
    const auto* subtype = font.find("Subtype");
    if (type == nullptr || !type->is_name("Font") || subtype == nullptr) return false;
    return !subtype->is_name("Type0") && !subtype->is_name("Type3") && !font.contains("FontDescriptor");
}

bool descriptor_lacks_program(const Dictionary& descriptor) {
    const auto* type = descriptor.find("Type");
    return type != nullptr && type->is_name("FontDescriptor") && !descriptor.contains("FontFile") &&
           !descriptor.contains("FontFile2") && !descriptor.contains("FontFile3");
}

/// What fires by itself: the value of /OpenAction (an action, or a destination, which is none), of /AA (a dictionary of
/// actions by event) or of an action's /Next (an action, or several).
struct Trigger {
    enum class Kind : std::uint8_t { action, events, next };
    SharedObject value;
    Kind kind;
    std::uint32_t holder;
};

/// Actions that fire by themselves, and what they chain by /Next.
Result<void> inspect_automatic_actions(Document& document, std::vector<Trigger> triggers, Findings& findings) {
    using Kind = Trigger::Kind;
    // One object may serve as an action here and as a dictionary of actions there.
    std::set<std::pair<std::uint32_t, Kind>> seen;
    while (!triggers.empty()) {
        const auto [value, kind, holder] = std::move(triggers.back());
        triggers.pop_back();
        if (const auto* reference = value->as<Reference>();
            reference != nullptr && !seen.insert({reference->number, kind}).second)
            continue;
        SJCODE_TRY(const auto object, document.resolve(value));
        if (const auto* chain = object->as<Array>(); chain != nullptr && kind == Kind::next)
            for (const auto& element : *chain) triggers.push_back({{object, &element}, Kind::action, holder});
        const auto* dictionary = object->as<Dictionary>();
        if (dictionary == nullptr) continue;
        if (kind == Kind::events) {
            for (const auto& entry : dictionary->entries())
                triggers.push_back({{object, &entry.second}, Kind::action, holder});
            continue;
        }
        SJCODE_TRY(const bool leaves, leaves_document(document, *dictionary));
        if (leaves) findings.add("automatic-action", true, holder);
        if (const auto* next = dictionary->find("Next")) triggers.push_back({{object, next}, Kind::next, holder});
    }
    return {};
}

Result<void> inspect_optional_content(Document& document, const Dictionary& catalog, Findings& findings) {
    SJCODE_TRY(const auto properties, document.get(catalog, "OCProperties"));
    if (properties->dictionary() == nullptr) return {};
    SJCODE_TRY(const auto configuration, document.get(*properties->dictionary(), "D"));
    if (configuration->dictionary() == nullptr) return {};
    SJCODE_TRY(const auto off, document.get(*configuration->dictionary(), "OFF"));
    SJCODE_TRY(const auto automatic, document.get(*configuration->dictionary(), "AS"));
    SJCODE_TRY(const auto base, document.get(*configuration->dictionary(), "BaseState"));
    const auto filled = [](const ObjectPointer& object) {
        const auto* array = object->value.as<Array>();
        return array != nullptr && !array->empty();
    };
    if (filled(off) || filled(automatic) || base->value.is_name("OFF"))
        findings.add("hidden-content", true, configuration->id.number);
    return {};
}

/// Objects that nothing refers to, leaving out what a file needs them for all the same.
std::uint32_t count_unreachable(Document& document, const std::unordered_set<std::uint32_t>& reached) {
    std::unordered_set<std::uint32_t> structural;
    for (const auto& entry : document.entries())
        if (entry.type == CrossReferenceEntry::Type::in_object_stream)
            structural.insert(static_cast<std::uint32_t>(entry.offset_or_container));
    std::uint32_t count = 0;
    bool hints = false;
    for (const auto& entry : document.entries()) {
        if (entry.type == CrossReferenceEntry::Type::free || reached.contains(entry.number) ||
            structural.contains(entry.number) || entry.number == 0)
            continue;
        const auto generation = entry.type == CrossReferenceEntry::Type::at_offset ? entry.generation_or_index : 0;
        const auto object = document.object({entry.number, generation});
        const auto* dictionary = object ? (*object)->dictionary() : nullptr;
        if (dictionary != nullptr) {
            const auto* type = dictionary->find("Type");
            if (dictionary->contains("Linearized") || (type != nullptr && type->is_name("XRef"))) continue;
            // The hint stream of a linearized file (F.4.5) is named by its offset only.
            if (document.linearized() && !hints && (*object)->stream && dictionary->contains("S")) {
                hints = true;
                continue;
            }
        }
        ++count;
    }
    return count;
}

}  // namespace

Result<std::vector<HygieneFinding>> inspect(Document& document, const std::vector<Page>& pages) {
    Findings findings;
    SJCODE_TRY(const auto catalog, document.catalog());
    std::vector<Trigger> triggers;
    bool is_signed = false;
    bool is_coded = false;
    std::unordered_set<std::uint32_t> reached;
    const auto trailer = std::make_shared<const Object>(document.trailer());
    const DictionaryVisitor visit = [&](const Dictionary& dictionary, const ObjectPointer& holder) {
        const auto number = holder->id.number;
        const auto shared = [&](const Object* value) {
            return number == 0 ? SharedObject(trailer, value) : SharedObject(holder, value);
        };
        if (dictionary.contains("ByteRange")) is_signed = true;
        if (dictionary.contains("SJCode")) is_coded = true;
        if (dictionary.contains("JS") || is_action(dictionary, "JavaScript")) findings.add("javascript", true, number);
        if (dictionary.contains("EF")) findings.add("embedded-files", true, number);
        if (dictionary.contains("XFA")) findings.add("xfa", true, number);
        if (const auto* events = dictionary.find("AA"))
            triggers.push_back({shared(events), Trigger::Kind::events, number});
        if (const auto* action = dictionary.find("OpenAction"))
            triggers.push_back({shared(action), Trigger::Kind::action, number});
        if (hides_by_membership(dictionary)) findings.add("hidden-content", true, number);
        if (lacks_program(dictionary) || descriptor_lacks_program(dictionary)) findings.add("fonts", false, number);
    };
    SJCODE_CHECK(walk(document, *trailer, visit, reached));
    // A report of ours is both; that it bears a code says more.
    if (is_coded) return fail("pdf.coded");
    if (is_signed) return fail("pdf.signed");
    SJCODE_CHECK(inspect_automatic_actions(document, std::move(triggers), findings));
    SJCODE_CHECK(inspect_optional_content(document, *catalog->dictionary(), findings));
    SJCODE_TRY(const auto undrawn, undrawn_page_sized_objects(document, pages));
    if (!undrawn.empty()) findings.add("undrawn-content", true, undrawn.front());
    if (document.revisions() > 1) {
        SJCODE_TRY(const auto page, page_changed_since(document, pages));
        HygieneFinding finding{page ? "revisions" : "same-revisions", page.has_value(), {}};
        finding.detail =
            Error{"hygiene." + finding.rule,
                  {{"revisions", std::to_string(document.revisions())}, {"page", std::to_string(page.value_or(0))}},
                  {},
                  {},
                  {}};
        findings.add(std::move(finding));
    }
    if (const auto* structure = catalog->dictionary()->find("StructTreeRoot"); structure != nullptr)
        findings.add("tagged", false, 0);
    if (const auto count = count_unreachable(document, reached); count > 0)
        findings.add(
            {"unreachable", false, Error{"hygiene.unreachable", {{"count", std::to_string(count)}}, {}, {}, {}}});
    SJCODE_TRY(const auto unknown, unaccounted_bytes(document));
    if (!unknown.empty()) {
        std::uint64_t bytes = 0;
        for (const auto& span : unknown) bytes += span.size();
        findings.add({"unaccounted", false,
                      Error{"hygiene.unaccounted", {{"bytes", std::to_string(bytes)}}, {}, unknown.front().begin, {}}});
    }
    return std::move(findings).list();
}

}  // namespace sjcode::pdf
