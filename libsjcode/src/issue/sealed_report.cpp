#include "issue/sealed_report.h"

#include "base/try.h"
#include "pdf/page_tree.h"
#include "pdf/sealed_file.h"
#include "pdf/sealed_signature.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"

#include <algorithm>
#include <optional>

namespace sjcode {
namespace {

struct Carried {
    Bytes code;
    Bytes record;
};

/// The code and record that hang on an annotation of a page.
Result<std::optional<Carried>> carried_by(pdf::Document& document, const pdf::Page& page) {
    SJCODE_TRY(const auto list, document.get(*page.object->dictionary(), "Annots"));
    const auto* annotations = list->value.as<pdf::Array>();
    if (annotations == nullptr) return std::optional<Carried>();
    for (const auto& element : *annotations) {
        SJCODE_TRY(const auto annotation, document.resolve(element));
        const auto* dictionary = annotation->dictionary();
        const auto* code = dictionary == nullptr ? nullptr : dictionary->find("SJCode");
        if (code == nullptr || code->as<pdf::String>() == nullptr) continue;
        SJCODE_TRY(const auto record, document.get(*dictionary, "SJRecord"));
        if (!record->stream) continue;
        const auto& bytes = code->as<pdf::String>()->value;
        const auto raw = document.raw(*record);
        return std::optional(Carried{{bytes.begin(), bytes.end()}, {raw.begin(), raw.end()}});
    }
    return std::optional<Carried>();
}

/// How long the original is, as the record says that the code is over. Errors: "preserve.no-seal", "preserve.altered".
Result<std::uint64_t> original_length(pdf::Document& document, const std::vector<pdf::Page>& pages) {
    for (const auto& page : pages) {
        SJCODE_TRY(const auto carried, carried_by(document, page));
        if (!carried) continue;
        const auto code = RawReportCode::decode(carried->code);
        if (!code) return fail("preserve.altered");
        const auto algorithm = digest_of(code->algorithm());
        const auto record = Record::decode(carried->record, algorithm);
        if (!record || !record->matches(code->unverified_claims())) return fail("preserve.altered");
        const auto length = record->values().original_length;
        const auto file = document.file();
        if (length > file.size() ||
            digest(algorithm, file.first(static_cast<std::size_t>(length))) != record->values().original)
            return fail("preserve.altered");
        return length;
    }
    return fail("preserve.no-seal");
}

}  // namespace

Result<pdf::SealedState> open_sealed_report(const InputFile& report) {
    SJCODE_TRY(auto whole, pdf::Document::open(report.bytes()));
    if (whole.encrypted()) return fail("pdf.encrypted");
    SJCODE_TRY(const auto pages, pdf::read_pages(whole));
    SJCODE_TRY(const auto length, original_length(whole, pages));
    SJCODE_TRY(auto base, pdf::Document::open(report.bytes().first(static_cast<std::size_t>(length))));
    SJCODE_TRY(const auto base_pages, pdf::read_pages(base));
    const auto issued = pdf::read_issued_file(base, base_pages, whole);
    if (!issued) return fail("preserve.altered");
    if (!issued->rebuilt.next) return fail("preserve.no-seal");
    auto later = pdf::read_later_revisions(whole, *issued);
    const bool is_right = std::none_of(later.state.signatures.begin(), later.state.signatures.end(),
                                       [&](const pdf::SealedSignature& signature) {
                                           return pdf::check_sealed_signature(report.bytes(), signature).fails();
                                       });
    if (!later.is_whole || !is_right) return fail("preserve.altered");
    return std::move(later.state);
}

}  // namespace sjcode
