#include "verify/embedded_code.h"

#include "base/try.h"
#include "pdf/lexer.h"
#include "pdf/page_tree.h"

namespace sjcode {
namespace {

constexpr std::size_t most_codes = 4'096;

}  // namespace

Result<std::vector<CarriedCode>> find_embedded_codes(pdf::Document& document) {
    SJCODE_TRY(const auto pages, pdf::read_pages(document));
    std::vector<CarriedCode> codes;
    for (std::uint32_t number = 1; number <= pages.size(); ++number) {
        SJCODE_TRY(const auto annotations, document.get(*pages[number - 1].object->dictionary(), "Annots"));
        const auto* list = annotations->value.as<pdf::Array>();
        if (list == nullptr) continue;
        for (const auto& element : *list) {
            SJCODE_TRY(const auto annotation, document.resolve(element));
            if (annotation->dictionary() == nullptr) continue;
            SJCODE_TRY(const auto code, document.get(*annotation->dictionary(), "SJCode"));
            const auto* text = code->value.as<pdf::String>();
            if (text == nullptr) continue;
            if (codes.size() == most_codes) return pdf::limit_reached("codes");
            CarriedCode found;
            found.page = number;
            found.code.assign(text->value.begin(), text->value.end());
            SJCODE_TRY(const auto record, document.get(*annotation->dictionary(), "SJRecord"));
            // All our annotations share one record: decode it once.
            if (!codes.empty() && codes.front().code == found.code) {
                found.record = codes.front().record;
            } else if (record->stream) {
                SJCODE_TRY(found.record, document.decode(*record));
            }
            codes.push_back(std::move(found));
        }
    }
    return codes;
}

Result<std::vector<CarriedCode>> carried_codes(const InputFile& pdf) {
    SJCODE_TRY(auto document, pdf::Document::open(pdf.bytes()));
    if (document.encrypted()) return fail("pdf.encrypted");
    return find_embedded_codes(document);
}

}  // namespace sjcode
