// Where in a document an object hangs: what a change of it means to who reads the document.
#pragma once

#include "pdf/document.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_set>

namespace sjcode::pdf {

enum class Place : std::uint8_t {
    trailer,
    catalog,
    page_tree,
    page,
    contents,
    resources,
    font,
    external_object,  ///< form XObject or image
    annotations,      ///< a page's list
    annotation,
    appearance,
    form,  ///< the AcroForm dictionary
    field,
    value,  ///< of a field, a signature too
    optional_content,
    action,
    javascript,
    embedded_files,
    xfa,
    names,
    outlines,
    structure,
    metadata,
    information,
    validation,  ///< DSS
    extensions,
    permissions,
    other,
};

/// The code of the finding "what hangs here was changed".
std::string_view change_code(Place place) noexcept;

/// A reference met on the walk. The pointer stays valid as long as the document.
struct Step {
    const Object* reference = nullptr;
    std::uint32_t holder = 0;  ///< number of the object that it stands in; 0 for the trailer
    Place place = Place::other;
    /// It names a page, annotation or field to go to or to belong to, not for what that holds (/P, /Parent, /Dest …).
    bool navigates = false;
};

struct PlaceVisitor {
    std::function<void(const Step& step)> reference;
    std::function<void(const Dictionary& dictionary, std::uint32_t holder, Place place)> dictionary;
};

/// Walks from the trailer without recursion, each object once. Objects that cannot be read are noted and passed over.
/// Errors: "pdf.limit".
Result<void> walk_places(Document& document, const PlaceVisitor& visitor,
                         std::unordered_set<std::uint32_t>& unreadable);

}  // namespace sjcode::pdf
