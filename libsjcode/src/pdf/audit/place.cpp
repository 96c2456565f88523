#include "pdf/audit/place.h"

#include "base/try.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <utility>

namespace sjcode::pdf {
namespace {

constexpr std::uint64_t most_steps = 16'000'000;

template <std::size_t N>
bool is_one_of(std::string_view key, const std::array<std::string_view, N>& keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Keys that mean the same wherever they stand.
std::optional<Place> place_of_key(std::string_view key) {
    static constexpr std::array<std::pair<std::string_view, Place>, 22> places{{
        {"JavaScript", Place::javascript},
        {"JS", Place::javascript},
        {"EmbeddedFiles", Place::embedded_files},
        {"EF", Place::embedded_files},
        {"AF", Place::embedded_files},
        {"A", Place::action},
        {"AA", Place::action},
        {"OpenAction", Place::action},
        {"OCProperties", Place::optional_content},
        {"OC", Place::optional_content},
        {"OCGs", Place::optional_content},
        {"Metadata", Place::metadata},
        {"XFA", Place::xfa},
        {"StructTreeRoot", Place::structure},
        {"Outlines", Place::outlines},
        {"AcroForm", Place::form},
        {"DSS", Place::validation},
        {"Extensions", Place::extensions},
        {"Perms", Place::permissions},
        {"Names", Place::names},
        {"Dests", Place::names},
        {"AP", Place::appearance},
    }};
    const auto* found = std::find_if(places.begin(), places.end(), [&](const auto& one) { return one.first == key; });
    return found == places.end() ? std::nullopt : std::optional(found->second);
}

Place place_below_field(std::string_view key, Place otherwise) {
    if (key == "Kids" || key == "Parent") return Place::field;
    if (key == "V" || key == "DV" || key == "RV") return Place::value;
    if (key == "Popup" || key == "IRT") return Place::annotation;
    return key == "P" ? Place::page : otherwise;
}

/// Where the value of a key hangs.
Place place_below(Place place, std::string_view key) {
    const bool in_resources = place == Place::resources || place == Place::font || place == Place::external_object;
    // Within resources names are free: a font may be called /A or /JS.
    if (place == Place::resources && (key == "Font" || key == "XObject"))
        return key == "Font" ? Place::font : Place::external_object;
    if (!in_resources || key == "OC" || key == "Metadata")
        if (const auto fixed = place_of_key(key)) return *fixed;
    switch (place) {
        case Place::trailer:
            return key == "Root" ? Place::catalog : key == "Info" ? Place::information : Place::trailer;
        case Place::catalog:
            return key == "Pages" ? Place::page_tree : Place::catalog;
        case Place::page_tree:
            return key == "Resources" ? Place::resources : Place::page_tree;
        case Place::page:
            if (key == "Contents") return Place::contents;
            if (key == "Annots") return Place::annotations;
            if (key == "Parent") return Place::page_tree;
            return key == "Resources" ? Place::resources : Place::page;
        case Place::external_object:
        case Place::appearance:
            return key == "Resources" ? Place::resources : place;
        case Place::annotations:
        case Place::annotation:
            return place_below_field(key, Place::annotation);
        case Place::form:
            return key == "Fields" || key == "CO" ? Place::field : key == "DR" ? Place::resources : Place::form;
        case Place::field:
            return place_below_field(key, Place::field);
        default:
            return place;
    }
}

bool navigates(std::string_view key) {
    static constexpr std::array<std::string_view, 13> keys{
        "P", "Pg", "Parent", "Obj", "Dest", "D", "OpenAction", "Popup", "IRT", "Data", "Prev", "Next", "Dests"};
    return is_one_of(key, keys);
}

/// [page /Fit …] (12.3.2.2).
bool is_destination(const Array& array) {
    static constexpr std::array<std::string_view, 8> types{"XYZ",  "Fit",  "FitH",  "FitV",
                                                           "FitR", "FitB", "FitBH", "FitBV"};
    if (array.size() < 2 || array[0].as<Reference>() == nullptr) return false;
    const auto* type = array[1].as<Name>();
    return type != nullptr && is_one_of(type->value, types);
}

/// What an object is by its own word, where that says more than the way to it.
Place place_of_object(Place place, const Dictionary& dictionary) {
    const auto* type = dictionary.find("Type");
    if (place == Place::page_tree && type != nullptr && type->is_name("Page")) return Place::page;
    if (place == Place::annotations) return Place::annotation;
    return place;
}

struct Open {
    const Object* value;
    std::uint32_t holder;
    Place place;
    bool navigates;
};

class Walk {
public:
    Walk(Document& document, const PlaceVisitor& visitor, std::unordered_set<std::uint32_t>& unreadable)
        : document_(document), visitor_(visitor), unreadable_(unreadable) {}

    Result<void> run() {
        dictionary(document_.trailer(), 0, Place::trailer);
        std::uint64_t steps = 0;
        while (!open_.empty() || !later_.empty()) {
            // A destination leads to a page; what hangs on that is the page's, whatever leads there.
            if (open_.empty()) open_.swap(later_);
            if (++steps > most_steps) return limit_reached("audit_steps");
            const auto next = open_.front();
            open_.pop_front();
            if (next.value->as<Reference>() != nullptr) {
                SJCODE_CHECK(follow(next));
            } else if (const auto* array = next.value->as<Array>()) {
                const bool destination = is_destination(*array);
                for (const auto& element : *array)
                    push({&element, next.holder, next.place,
                          next.navigates || (destination && &element == &(*array)[0])});
            } else if (const auto* found = next.value->as<Dictionary>()) {
                dictionary(*found, next.holder, place_of_object(next.place, *found));
            }
        }
        return {};
    }

private:
    void push(const Open& open) {
        if (open.value->as<Reference>() != nullptr || open.value->as<Array>() != nullptr ||
            open.value->as<Dictionary>() != nullptr)
            (open.navigates && open.value->as<Reference>() != nullptr ? later_ : open_).push_back(open);
    }

    void dictionary(const Dictionary& found, std::uint32_t holder, Place place) {
        if (visitor_.dictionary) visitor_.dictionary(found, holder, place);
        for (const auto& [key, value] : found.entries())
            push({&value, holder, place_below(place, key), navigates(key) && place != Place::resources});
    }

    Result<void> follow(const Open& open) {
        const auto& reference = *open.value->as<Reference>();
        auto object = document_.object(reference);
        if (!object) {
            if (object.error().code == "pdf.limit") return Unexpected(std::move(object).error());
            unreadable_.insert(reference.number);
            if (visitor_.reference) visitor_.reference({open.value, open.holder, open.place, open.navigates});
            return {};
        }
        const auto* found = (*object)->dictionary();
        const auto place = found == nullptr ? open.place : place_of_object(open.place, *found);
        if (visitor_.reference) visitor_.reference({open.value, open.holder, place, open.navigates});
        if (!seen_.insert(reference.number).second) return {};
        if (found != nullptr)
            dictionary(*found, reference.number, place);
        else
            push({&(*object)->value, reference.number, open.place, open.navigates});
        return {};
    }

    Document& document_;
    const PlaceVisitor& visitor_;
    std::unordered_set<std::uint32_t>& unreadable_;
    std::unordered_set<std::uint32_t> seen_;
    std::deque<Open> open_;
    std::deque<Open> later_;  ///< references that only navigate
};

}  // namespace

std::string_view change_code(Place place) noexcept {
    switch (place) {
        case Place::page_tree:
            return "audit.page-tree-changed";
        case Place::page:
            return "audit.page-changed";
        case Place::contents:
            return "audit.contents-changed";
        case Place::resources:
            return "audit.resources-changed";
        case Place::font:
            return "audit.font-changed";
        case Place::external_object:
            return "audit.image-changed";
        case Place::annotations:
        case Place::annotation:
            return "audit.annotation-changed";
        case Place::appearance:
            return "audit.appearance-changed";
        case Place::form:
            return "audit.form-changed";
        case Place::field:
            return "audit.field-changed";
        case Place::value:
            return "audit.value-changed";
        case Place::optional_content:
            return "audit.optional-content-changed";
        case Place::action:
            return "audit.action-changed";
        case Place::javascript:
            return "audit.javascript-changed";
        case Place::embedded_files:
            return "audit.embedded-files-changed";
        case Place::xfa:
            return "audit.xfa-changed";
        case Place::names:
            return "audit.names-changed";
        case Place::outlines:
            return "audit.outlines-changed";
        case Place::structure:
            return "audit.structure-tree-changed";
        case Place::metadata:
            return "audit.metadata-changed";
        case Place::information:
            return "audit.information-changed";
        case Place::validation:
            return "audit.validation-data-replaced";
        case Place::extensions:
            return "audit.extensions-changed";
        case Place::permissions:
            return "audit.certification-changed";
        case Place::trailer:
            return "audit.trailer-changed";
        case Place::catalog:
        case Place::other:
            break;
    }
    return "audit.catalog-changed";
}

Result<void> walk_places(Document& document, const PlaceVisitor& visitor,
                         std::unordered_set<std::uint32_t>& unreadable) {
    return Walk(document, visitor, unreadable).run();
}

}  // namespace sjcode::pdf
