#include "issue/inspection.h"

#include "base/try.h"
#include "issue/page_view.h"
#include "pdf/hygiene.h"

namespace sjcode {
namespace {

constexpr double render_dpi = 72.0;
constexpr double most_ink_below_field = 0.01;
constexpr std::int64_t hidden_flags = 2 | 32;  // Hidden, NoView (ISO 32000-2, table 167)

/// Boxes of the visible form fields of a page, signature fields aside, in points of the seen page.
Result<std::vector<pdf::Box>> field_boxes(pdf::Document& document, const pdf::Page& page) {
    std::vector<pdf::Box> boxes;
    SJCODE_TRY(const auto annotations, document.get(*page.object->dictionary(), "Annots"));
    const auto* list = annotations->value.as<pdf::Array>();
    if (list == nullptr) return boxes;
    for (const auto& element : *list) {
        SJCODE_TRY(const auto annotation, document.resolve(element));
        const auto* dictionary = annotation->dictionary();
        if (dictionary == nullptr) continue;
        SJCODE_TRY(const auto subtype, document.get(*dictionary, "Subtype"));
        if (!subtype->value.is_name("Widget")) continue;
        SJCODE_TRY(const auto flags, document.get(*dictionary, "F"));
        if ((flags->value.integer().value_or(0) & hidden_flags) != 0) continue;
        SJCODE_TRY(auto type, document.get(*dictionary, "FT"));
        if (type->value.is_null()) {
            SJCODE_TRY(const auto parent, document.get(*dictionary, "Parent"));
            if (parent->dictionary() != nullptr) {
                SJCODE_TRY(type, document.get(*parent->dictionary(), "FT"));
            }
        }
        if (type->value.is_name("Sig")) continue;
        const auto* rectangle = dictionary->find("Rect");
        if (rectangle == nullptr) continue;
        SJCODE_TRY(const auto box, pdf::read_box(document, *rectangle));
        if (box && box->width() > 0 && box->height() > 0) boxes.push_back(seen_box(page, *box));
    }
    return boxes;
}

/// Form fields over content: what they show can be changed without a change of the page (the shadow attack "replace").
Result<std::optional<std::uint32_t>> page_with_field_over_content(pdf::Document& document,
                                                                  const std::vector<pdf::Page>& pages,
                                                                  WorkerSession& session) {
    for (std::uint32_t number = 1; number <= pages.size(); ++number) {
        const auto& page = pages[number - 1];
        SJCODE_TRY(const auto boxes, field_boxes(document, page));
        if (boxes.empty()) continue;
        SJCODE_TRY(const auto image, session.page_image(number, render_dpi, Annotations::none));
        for (const auto& box : boxes) {
            // A field's own frame is often drawn by the page: its edge does not count.
            const double inset_x = std::min(3.0, box.width() / 4);
            const double inset_y = std::min(3.0, box.height() / 4);
            const pdf::Box inner{box.left + inset_x, box.bottom + inset_y, box.right - inset_x, box.top - inset_y};
            if (ink_share(image, page, inner) > most_ink_below_field) return std::optional<std::uint32_t>{number};
        }
    }
    return std::optional<std::uint32_t>{};
}

}  // namespace

const std::set<std::string>& permissions() {
    static const std::set<std::string> names = {"javascript",     "automatic-action", "embedded-files",    "xfa",
                                                "hidden-content", "undrawn-content",  "form-over-content", "revisions",
                                                "facts"};
    return names;
}

Result<std::vector<Error>> inspect_for_issue(pdf::Document& document, const std::vector<pdf::Page>& pages,
                                             WorkerSession& session, bool second_reader,
                                             const std::set<std::string>& allow) {
    std::vector<Error> warnings;
    SJCODE_TRY(auto findings, pdf::inspect(document, pages));
    if (second_reader) {
        SJCODE_TRY(const auto page_count, session.page_count());
        if (page_count != pages.size())
            return fail("pdf.views-differ",
                        {{"strict", std::to_string(pages.size())}, {"lenient", std::to_string(page_count)}});
    }
    SJCODE_TRY(const auto over_content, page_with_field_over_content(document, pages, session));
    if (over_content)
        findings.push_back({"form-over-content", true,
                            Error{"hygiene.form-over-content", {{"page", std::to_string(*over_content)}}, {}, {}, {}}});
    // All that is refused is told at once, so that the clerk decides once.
    std::string needed;
    for (const auto& finding : findings)
        if (finding.refuses && !allow.contains(finding.rule)) needed += (needed.empty() ? "" : ",") + finding.rule;
    for (auto& finding : findings) {
        if (finding.refuses && !allow.contains(finding.rule)) {
            finding.detail.parameters["rules"] = needed;
            return Unexpected(std::move(finding.detail));
        }
        if (finding.refuses)
            warnings.push_back(Error{"warning.allowed", {{"rule", finding.rule}}, {}, {}, finding.detail.object});
        else
            warnings.push_back(std::move(finding.detail));
    }
    return warnings;
}

}  // namespace sjcode
