#include "pdf/page_tree.h"

#include "base/try.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

/// What a node hands down (table 31). Shared, since a node may have a hundred thousand kids.
struct Inherited {
    SharedObject resources;
    SharedObject media;
    SharedObject crop;
    SharedObject rotate;
};

struct Node {
    Reference id;
    Inherited inherited;
    std::uint32_t depth;
    bool leave;  ///< the walk is done with this node's kids
};

Inherited inherit(Inherited from, const ObjectPointer& node) {
    const auto take = [&](std::string_view key, SharedObject& to) {
        if (const auto* value = node->dictionary()->find(key)) to = SharedObject(node, value);
    };
    take("Resources", from.resources);
    take("MediaBox", from.media);
    take("CropBox", from.crop);
    take("Rotate", from.rotate);
    return from;
}

Result<Page> make_page(Document& document, Reference id, ObjectPointer object, const Inherited& inherited) {
    Page page;
    page.id = id;
    page.object = std::move(object);
    page.resources = inherited.resources;
    SJCODE_TRY(const auto media, read_box(document, *inherited.media));
    // A page without a media box is a fault; every reader takes US Letter for it, and so the stamp must.
    page.media = media.value_or(Box{0, 0, 612, 792});
    page.crop = page.media;
    SJCODE_TRY(const auto crop, read_box(document, *inherited.crop));
    if (crop) {
        const Box within{std::max(crop->left, page.media.left), std::max(crop->bottom, page.media.bottom),
                         std::min(crop->right, page.media.right), std::min(crop->top, page.media.top)};
        if (within.width() > 0 && within.height() > 0) page.crop = within;
    }
    SJCODE_TRY(const auto rotate, document.resolve(inherited.rotate));
    const auto degrees = rotate->is_null() ? std::optional<std::int64_t>(0) : rotate->integer();
    if (!degrees || *degrees % 90 != 0) return damaged("/Rotate", page.object->span.begin);
    page.rotate = static_cast<int>((*degrees % 360 + 360) % 360);
    if (const auto* unit = page.object->dictionary()->find("UserUnit")) {
        SJCODE_TRY(const auto value, document.resolve(*unit));
        const auto* number = value->value.as<Number>();
        if (number == nullptr || !(number->real() > 0) || number->real() > 1e6)
            return damaged("/UserUnit", page.object->span.begin);
        page.unit = number->real();
    }
    return page;
}

}  // namespace

Result<std::optional<Box>> read_box(Document& document, const Object& object) {
    SJCODE_TRY(const auto resolved, document.resolve(object));
    const auto* array = resolved->value.as<Array>();
    if (array == nullptr) return std::optional<Box>{};
    if (array->size() != 4) return damaged("rectangle", resolved->span.begin);
    std::array<double, 4> value{};
    for (std::size_t i = 0; i < 4; ++i) {
        SJCODE_TRY(const auto element, document.resolve((*array)[i]));
        const auto* number = element->value.as<Number>();
        if (number == nullptr) return damaged("rectangle", resolved->span.begin);
        value[i] = number->real();
        if (!std::isfinite(value[i]) || std::abs(value[i]) > 1e7) return damaged("rectangle", resolved->span.begin);
    }
    return std::optional<Box>{Box{std::min(value[0], value[2]), std::min(value[1], value[3]),
                                  std::max(value[0], value[2]), std::max(value[1], value[3])}};
}

Result<std::vector<Page>> read_pages(Document& document) {
    SJCODE_TRY(const auto catalog, document.catalog());
    const auto* root = catalog->dictionary()->find("Pages");
    if (root == nullptr || root->as<Reference>() == nullptr) return damaged("page tree missing", catalog->span.begin);
    std::vector<Page> pages;
    const auto nothing = std::make_shared<const Object>();
    std::vector<Node> open{{*root->as<Reference>(), {nothing, nothing, nothing, nothing}, 0, false}};
    std::unordered_set<std::uint32_t> above;  // nodes on the way from the root: meeting one again is a loop
    std::uint64_t visits = 0;
    while (!open.empty()) {
        auto node = std::move(open.back());
        open.pop_back();
        if (node.leave) {
            above.erase(node.id.number);
            continue;
        }
        if (++visits > 4ULL * document.limits().pages || pages.size() > document.limits().pages)
            return limit_reached("pages");
        if (node.depth > document.limits().depth) return limit_reached("depth");
        SJCODE_TRY(auto object, document.object(node.id));
        const auto* dictionary = object->dictionary();
        if (dictionary == nullptr || object->stream)
            return Unexpected(
                Error{"pdf.damaged", {{"what", "page tree node missing"}}, {}, object->span.begin, node.id.number});
        const auto inherited = inherit(node.inherited, object);
        SJCODE_TRY(const auto kids, document.get(*dictionary, "Kids"));
        const auto* type = dictionary->find("Type");
        if (type != nullptr && type->is_name("Page") && !kids->value.is_null())
            return damaged("page with /Kids", object->span.begin);
        if (kids->value.is_null()) {
            if (type == nullptr || !type->is_name("Page")) return damaged("page without /Type", object->span.begin);
            SJCODE_TRY(auto page, make_page(document, node.id, std::move(object), inherited));
            pages.push_back(std::move(page));
            continue;
        }
        const auto* list = kids->value.as<Array>();
        if (list == nullptr) return damaged("/Kids", object->span.begin);
        if (!above.insert(node.id.number).second) return damaged("loop in the page tree", object->span.begin);
        open.push_back({node.id, {}, node.depth, true});
        if (open.size() + list->size() > 4ULL * document.limits().pages) return limit_reached("pages");
        for (auto kid = list->rbegin(); kid != list->rend(); ++kid) {
            const auto* reference = kid->as<Reference>();
            if (reference == nullptr) return damaged("page that is no object of its own", object->span.begin);
            open.push_back({*reference, inherited, node.depth + 1, false});
        }
    }
    if (pages.empty()) return fail("pdf.no-pages");
    return pages;
}

std::uint32_t first_page_number(const std::vector<Page>& pages, Reference id) {
    const auto found = std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.id == id; });
    return found == pages.end() ? 0 : static_cast<std::uint32_t>(found - pages.begin() + 1);
}

}  // namespace sjcode::pdf
