#include "verify/embedded_code.h"

#include "base/try.h"
#include "pdf/lexer.h"
#include "pdf/page_tree.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr std::size_t most_codes = 16;  // different ones; a document of ours has one
constexpr std::size_t most_stamps = 100'000;
constexpr std::uint64_t record_limit = 1 << 20;  // docs/code-format.md, section 3
constexpr std::size_t code_limit = 4'096;

}  // namespace

Result<std::vector<CarriedCode>> find_embedded_codes(pdf::Document& document) {
    SJCODE_TRY(const auto pages, pdf::read_pages(document));
    std::vector<CarriedCode> codes;
    std::size_t stamps = 0;
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
            if (++stamps > most_stamps) return pdf::limit_reached("stamps");
            // One code on many pages is one code; a longer one than any is decoded is cut, so that none decodes it.
            const auto code_bytes = as_bytes(text->value).first(std::min(text->value.size(), code_limit + 1));
            const auto known = std::find_if(codes.begin(), codes.end(), [&](const CarriedCode& other) {
                return std::equal(other.code.begin(), other.code.end(), code_bytes.begin(), code_bytes.end());
            });
            if (known != codes.end()) continue;
            if (codes.size() == most_codes) return codes;
            CarriedCode found;
            found.page = number;
            found.code.assign(code_bytes.begin(), code_bytes.end());
            SJCODE_TRY(const auto record, document.get(*annotation->dictionary(), "SJRecord"));
            if (record->stream) {
                SJCODE_TRY(found.record, document.decode(*record, record_limit));
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
