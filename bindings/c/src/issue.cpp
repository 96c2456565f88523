#include "issue_options.h"
#include "signer.h"

#include "sjcode/environment.h"
#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/seal_key.h"
#include "sjcode/stamp_fonts.h"
#include "sjcode/worker.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

using sjcode::ByteView;
using sjcode::Facts;
using sjcode::InputFile;
using sjcode::IssueOptions;
using sjcode::Result;
using sjcode::Unexpected;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

struct sjcode_issuer {
    sjcode_signer signer;
    sjcode::Worker worker;
    sjcode::CallbackSeal seal;
    sjcode::StampFonts fonts = sjcode::StampFonts::installed();
    bool seals = true;

    [[nodiscard]] sjcode::Issuer issuer() const {
        return {.signer = *signer.key,
                .certificate = signer.certificate,
                .worker = worker,
                .clock = sjcode::system_clock(),
                .random = sjcode::system_random(),
                .fonts = fonts,
                .seal = seals ? &seal : nullptr};
    }
};

struct sjcode_issued {
    explicit sjcode_issued(sjcode::IssuedReport from) : report(std::move(from)), number(report.number.grouped()) {
        for (const auto& warning : report.warnings) warnings.emplace_back(warning);
    }

    sjcode::IssuedReport report;
    std::string number;
    std::vector<sjcode_error> warnings{};
};

namespace {

constexpr double least_dpi = 36;
constexpr double most_dpi = 600;

ByteView view(const void* bytes, size_t size) {
    return {static_cast<const std::uint8_t*>(bytes), size};
}

/// What both ways of issuing do; `open` gives Result<InputFile>.
template <class Open>
sjcode_status issue(const sjcode_issuer* issuer, const char* facts_json, const sjcode_issue_options* options,
                    sjcode_issued** issued, sjcode_error** error, Open&& open) {
    if (issued != nullptr) *issued = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (issuer == nullptr) return bad_argument("issuer");
        if (facts_json == nullptr) return bad_argument("facts_json");
        if (issued == nullptr) return bad_argument("issued");
        const Result<InputFile> document = open();
        if (!document) return Unexpected(document.error());
        const auto facts = Facts::from_json(facts_json);
        if (!facts) return Unexpected(facts.error());
        auto report = issuer->issuer().issue(*document, *facts, options == nullptr ? IssueOptions{} : options->options);
        if (!report) return Unexpected(std::move(report).error());
        *issued = new sjcode_issued(*std::move(report));
        return {};
    });
}

}  // namespace

sjcode_status sjcode_issuer_new(const sjcode_signer* signer, const char* worker, sjcode_issuer** issuer,
                                sjcode_error** error) {
    if (issuer != nullptr) *issuer = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (signer == nullptr) return bad_argument("signer");
        if (issuer == nullptr) return bad_argument("issuer");
        auto seal = sjcode::seal_with_code_key(*signer->key, signer->certificate);
        if (!seal) return Unexpected(std::move(seal).error());
        const std::string program = worker == nullptr ? sjcode_installed_worker() : worker;
        *issuer = new sjcode_issuer{*signer, sjcode::Worker({.program = program}), *std::move(seal)};
        return {};
    });
}

sjcode_status sjcode_issuer_set_seal(sjcode_issuer* issuer, int seal, sjcode_error** error) {
    return guarded(error, [&]() -> Result<void> {
        if (issuer == nullptr) return bad_argument("issuer");
        issuer->seals = seal != 0;
        return {};
    });
}

sjcode_status sjcode_issuer_set_fonts(sjcode_issuer* issuer, const char* chinese, const char* latin,
                                      sjcode_error** error) {
    return guarded(error, [&]() -> Result<void> {
        if (issuer == nullptr) return bad_argument("issuer");
        if (chinese == nullptr) return bad_argument("chinese");
        if (latin == nullptr) return bad_argument("latin");
        issuer->fonts = {chinese, latin};
        return {};
    });
}

void sjcode_issuer_free(sjcode_issuer* issuer) {
    delete issuer;
}

sjcode_status sjcode_issue_file(const sjcode_issuer* issuer, const char* path, const char* facts_json,
                                const sjcode_issue_options* options, sjcode_issued** issued, sjcode_error** error) {
    return issue(issuer, facts_json, options, issued, error, [&]() -> Result<InputFile> {
        if (path == nullptr) return bad_argument("path");
        return InputFile::open(path);
    });
}

sjcode_status sjcode_issue_bytes(const sjcode_issuer* issuer, const void* pdf, size_t size, const char* facts_json,
                                 const sjcode_issue_options* options, sjcode_issued** issued, sjcode_error** error) {
    return issue(issuer, facts_json, options, issued, error, [&]() -> Result<InputFile> {
        if (pdf == nullptr) return bad_argument("pdf");
        const auto bytes = view(pdf, size);
        return InputFile::own(sjcode::Bytes(bytes.begin(), bytes.end()));
    });
}

sjcode_status sjcode_preview_file(const sjcode_issuer* issuer, const char* path, const char* facts_json,
                                  const sjcode_issue_options* options, double dpi, uint8_t** png, size_t* size,
                                  sjcode_error** error) {
    if (png != nullptr) *png = nullptr;
    if (size != nullptr) *size = 0;
    return guarded(error, [&]() -> Result<void> {
        if (issuer == nullptr) return bad_argument("issuer");
        if (path == nullptr) return bad_argument("path");
        if (facts_json == nullptr) return bad_argument("facts_json");
        if (!(dpi >= least_dpi && dpi <= most_dpi)) return bad_argument("dpi");
        if (png == nullptr) return bad_argument("png");
        if (size == nullptr) return bad_argument("size");
        const auto document = InputFile::open(path);
        if (!document) return Unexpected(document.error());
        const auto facts = Facts::from_json(facts_json);
        if (!facts) return Unexpected(facts.error());
        const auto image =
            issuer->issuer().preview(*document, *facts, options == nullptr ? IssueOptions{} : options->options, dpi);
        if (!image) return Unexpected(image.error());
        *png = sjcode::c::copied(*image);
        *size = image->size();
        return {};
    });
}

sjcode_status sjcode_issued_write(const sjcode_issued* issued, const char* path, int overwrite, sjcode_error** error) {
    return guarded(error, [&]() -> Result<void> {
        if (issued == nullptr) return bad_argument("issued");
        if (path == nullptr) return bad_argument("path");
        return issued->report.write(path, overwrite != 0 ? sjcode::Overwrite::yes : sjcode::Overwrite::no);
    });
}

sjcode_status sjcode_issued_bytes(const sjcode_issued* issued, uint8_t** pdf, size_t* size, sjcode_error** error) {
    if (pdf != nullptr) *pdf = nullptr;
    if (size != nullptr) *size = 0;
    return guarded(error, [&]() -> Result<void> {
        if (issued == nullptr) return bad_argument("issued");
        if (pdf == nullptr) return bad_argument("pdf");
        if (size == nullptr) return bad_argument("size");
        const auto original = issued->report.original.bytes();
        *pdf = sjcode::c::copied(original, issued->report.revision);
        *size = original.size() + issued->report.revision.size();
        return {};
    });
}

const char* sjcode_issued_number(const sjcode_issued* issued) {
    return issued == nullptr ? nullptr : issued->number.c_str();
}

const char* sjcode_issued_url(const sjcode_issued* issued) {
    return issued == nullptr ? nullptr : issued->report.url.c_str();
}

const uint8_t* sjcode_issued_record(const sjcode_issued* issued, size_t* size) {
    if (size == nullptr) return nullptr;
    *size = issued == nullptr ? 0 : issued->report.record.size();
    return issued == nullptr ? nullptr : issued->report.record.data();
}

const uint8_t* sjcode_issued_code(const sjcode_issued* issued, size_t* size) {
    if (size == nullptr) return nullptr;
    *size = issued == nullptr ? 0 : issued->report.code.size();
    return issued == nullptr ? nullptr : issued->report.code.data();
}

size_t sjcode_issued_warning_count(const sjcode_issued* issued) {
    return issued == nullptr ? 0 : issued->warnings.size();
}

const sjcode_error* sjcode_issued_warning(const sjcode_issued* issued, size_t index) {
    return index < sjcode_issued_warning_count(issued) ? &issued->warnings[index] : nullptr;
}

size_t sjcode_issued_stamp_count(const sjcode_issued* issued) {
    return issued == nullptr ? 0 : issued->report.stamps.size();
}

uint32_t sjcode_issued_stamp_page(const sjcode_issued* issued, size_t index) {
    return index < sjcode_issued_stamp_count(issued) ? issued->report.stamps[index].page : 0;
}

void sjcode_issued_free(sjcode_issued* issued) {
    delete issued;
}
