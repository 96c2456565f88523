#include "verify/embedded_code.h"

#include "base/hex.h"
#include "base/try.h"
#include "pdf/accounting.h"
#include "pdf/lexer.h"
#include "pdf/page_tree.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr std::size_t most_codes = 16;  // different ones; a document of ours has one
constexpr std::size_t most_revisions = 64;
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

std::vector<CarriedCode> codes_of_earlier_revisions(const pdf::Document& document) {
    const auto ends = pdf::revision_ends(document);
    for (std::size_t i = 1; i < ends.size() && i <= most_revisions; ++i) {
        auto earlier = pdf::Document::open(document.file().first(static_cast<std::size_t>(ends[i])), document.limits());
        if (!earlier) continue;
        if (auto codes = find_embedded_codes(*earlier); codes && !codes->empty()) return *std::move(codes);
    }
    return {};
}

std::vector<CarriedCode> codes_in_bytes(ByteView file) {
    static constexpr std::string_view key = "/SJCode<";
    std::vector<CarriedCode> codes;
    const auto text = as_text(file);
    for (auto at = text.find(key); at != std::string_view::npos && codes.size() < most_codes; at = text.find(key, at)) {
        at += key.size();
        const auto digits = text.substr(at, 2 * (code_limit + 1));
        const auto bytes = from_hex(digits.substr(0, digits.find('>')));
        if (!bytes || bytes->empty()) continue;
        const auto known =
            std::any_of(codes.begin(), codes.end(), [&](const auto& other) { return other.code == *bytes; });
        if (!known) codes.push_back({0, *bytes, {}});
    }
    return codes;
}

}  // namespace sjcode
