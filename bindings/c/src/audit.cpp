// Auditing signed PDFs from C.
#include "sjcode/audit.h"

#include "sjcode/sjcode_audit.h"

#include "check.h"

#include "sjcode/file.h"

#include <string>
#include <utility>
#include <vector>

using sjcode::AuditOutcome;
using sjcode::AuditReport;
using sjcode::AuditRevision;
using sjcode::AuditSignature;
using sjcode::AuditSignatureKind;
using sjcode::ByteView;
using sjcode::InputFile;
using sjcode::Result;
using sjcode::Unexpected;
using sjcode::c::bad_argument;
using sjcode::c::guarded;
using sjcode::c::without_nul;

/// Its texts are made when it is, so that reading them needs no lock.
struct sjcode_audit_report {
    explicit sjcode_audit_report(AuditReport from);

    AuditReport report;
    std::vector<sjcode::c::ShownCheck> checks;
    /// The texts of the report itself, as C strings can hold them.
    std::vector<AuditSignature> signatures;
    std::vector<AuditRevision> revisions;
};

namespace {

static_assert(sjcode::AuditOptions{}.revisions == SJCODE_AUDIT_REVISIONS);

sjcode_audit_outcome outcome_of(AuditOutcome outcome) noexcept {
    switch (outcome) {
        case AuditOutcome::no_failure:
            return SJCODE_AUDIT_NO_FAILURE;
        case AuditOutcome::failed:
            return SJCODE_AUDIT_FAILED;
        case AuditOutcome::nothing_signed:
            return SJCODE_AUDIT_NOTHING_SIGNED;
    }
    return SJCODE_AUDIT_FAILED;
}

int kind_of(AuditSignatureKind kind) noexcept {
    switch (kind) {
        case AuditSignatureKind::approval:
            return SJCODE_APPROVAL_SIGNATURE;
        case AuditSignatureKind::certification:
            return SJCODE_CERTIFICATION_SIGNATURE;
        case AuditSignatureKind::timestamp:
            return SJCODE_DOCUMENT_TIMESTAMP;
        case AuditSignatureKind::usage_rights:
            return SJCODE_USAGE_RIGHTS_SIGNATURE;
    }
    return -1;
}

ByteView view_of(const void* bytes, size_t size) noexcept {
    return bytes == nullptr ? ByteView() : ByteView(static_cast<const std::uint8_t*>(bytes), size);
}

/// The file at a path, or an error.
Result<InputFile> file_at(const char* path) {
    if (path == nullptr) return bad_argument("path");
    return InputFile::open(path);
}

/// Bytes of the caller's, for as long as the call runs.
Result<InputFile> borrowed(const void* bytes, size_t size) {
    if (bytes == nullptr && size != 0) return bad_argument("bytes");
    return InputFile::borrow(view_of(bytes, size));
}

template <class Open>
sjcode_status audited(sjcode_audit_report** report, std::uint32_t revisions, sjcode_error** error, Open&& open) {
    if (report != nullptr) *report = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (report == nullptr) return bad_argument("report");
        const Result<InputFile> file = open();
        if (!file) return Unexpected(file.error());
        sjcode::AuditOptions options;
        if (revisions != 0) options.revisions = revisions;
        *report = new sjcode_audit_report(sjcode::audit(*file, options));
        return {};
    });
}

template <class Open>
sjcode_status original_of(uint8_t** pdf, size_t* size, sjcode_error** error, Open&& open) {
    if (pdf != nullptr) *pdf = nullptr;
    if (size != nullptr) *size = 0;
    return guarded(error, [&]() -> Result<void> {
        if (pdf == nullptr) return bad_argument("pdf");
        if (size == nullptr) return bad_argument("size");
        const Result<InputFile> file = open();
        if (!file) return Unexpected(file.error());
        const auto original = sjcode::original_part(*file);
        if (!original) return Unexpected(original.error());
        *pdf = sjcode::c::copied(*original);
        *size = original->size();
        return {};
    });
}

const sjcode::c::ShownCheck* check_at(const sjcode_audit_report* report, size_t index) noexcept {
    return report != nullptr && index < report->checks.size() ? &report->checks[index] : nullptr;
}

const AuditSignature* signature_at(const sjcode_audit_report* report, size_t index) noexcept {
    return report != nullptr && index < report->signatures.size() ? &report->signatures[index] : nullptr;
}

const AuditRevision* revision_at(const sjcode_audit_report* report, size_t index) noexcept {
    return report != nullptr && index < report->revisions.size() ? &report->revisions[index] : nullptr;
}

/// A text of a signature; NULL where there is no such signature.
const char* text_of(const sjcode_audit_report* report, size_t index, std::string AuditSignature::*member) noexcept {
    const auto* signature = signature_at(report, index);
    return signature == nullptr ? nullptr : (signature->*member).c_str();
}

int flag_of(const sjcode_audit_report* report, size_t index, bool AuditSignature::*member) noexcept {
    const auto* signature = signature_at(report, index);
    return signature != nullptr && signature->*member ? 1 : 0;
}

}  // namespace

sjcode_audit_report::sjcode_audit_report(AuditReport from)
    : report(std::move(from)),
      checks(sjcode::c::shown(report.checks)),
      signatures(report.signatures),
      revisions(report.revisions) {
    for (auto& signature : signatures)
        for (auto member :
             {&AuditSignature::field, &AuditSignature::format, &AuditSignature::claimed_name,
              &AuditSignature::claimed_time, &AuditSignature::signer, &AuditSignature::issuer, &AuditSignature::level})
            signature.*member = without_nul(std::move(signature.*member));
    for (auto& revision : revisions)
        for (auto& field : revision.signatures) field = without_nul(std::move(field));
}

sjcode_status sjcode_audit_file(const char* path, uint32_t revisions, sjcode_audit_report** report,
                                sjcode_error** error) {
    return audited(report, revisions, error, [&] { return file_at(path); });
}

sjcode_status sjcode_audit_bytes(const void* bytes, size_t size, uint32_t revisions, sjcode_audit_report** report,
                                 sjcode_error** error) {
    return audited(report, revisions, error, [&] { return borrowed(bytes, size); });
}

void sjcode_audit_report_free(sjcode_audit_report* report) {
    delete report;
}

sjcode_audit_outcome sjcode_audit_report_outcome(const sjcode_audit_report* report) {
    return report == nullptr ? SJCODE_AUDIT_FAILED : outcome_of(report->report.outcome);
}

const char* sjcode_audit_outcome_name(int outcome) {
    switch (outcome) {
        case SJCODE_AUDIT_NO_FAILURE:
            return "no_failure";
        case SJCODE_AUDIT_FAILED:
            return "failed";
        case SJCODE_AUDIT_NOTHING_SIGNED:
            return "nothing_signed";
        default:
            return nullptr;
    }
}

sjcode_status sjcode_audit_report_text(const sjcode_audit_report* report, int language, char** text,
                                       sjcode_error** error) {
    if (text != nullptr) *text = nullptr;
    return guarded(error, [&]() -> Result<void> {
        const auto wanted = sjcode::c::language_of(language);
        if (report == nullptr) return bad_argument("report");
        if (!wanted) return bad_argument("language");
        if (text == nullptr) return bad_argument("text");
        *text = sjcode::c::copied(report->report.to_text(*wanted));
        return {};
    });
}

sjcode_status sjcode_audit_report_json(const sjcode_audit_report* report, int language, const char* input_name,
                                       char** json, sjcode_error** error) {
    if (json != nullptr) *json = nullptr;
    return guarded(error, [&]() -> Result<void> {
        const auto wanted = sjcode::c::language_of(language);
        if (report == nullptr) return bad_argument("report");
        if (!wanted) return bad_argument("language");
        if (json == nullptr) return bad_argument("json");
        *json = sjcode::c::copied(report->report.to_json(*wanted, input_name == nullptr ? "" : input_name));
        return {};
    });
}

size_t sjcode_audit_report_check_count(const sjcode_audit_report* report) {
    return report == nullptr ? 0 : report->checks.size();
}

const char* sjcode_audit_report_check_name(const sjcode_audit_report* report, size_t index) {
    const auto* check = check_at(report, index);
    return check == nullptr ? nullptr : check->name.c_str();
}

sjcode_check_result sjcode_audit_report_check_result(const sjcode_audit_report* report, size_t index) {
    const auto* check = check_at(report, index);
    return check == nullptr ? SJCODE_UNCHECKED : check->result;
}

const char* sjcode_audit_report_check_code(const sjcode_audit_report* report, size_t index) {
    const auto* check = check_at(report, index);
    return check == nullptr ? nullptr : check->code.c_str();
}

const char* sjcode_audit_report_check_text(const sjcode_audit_report* report, size_t index, int language) {
    const auto* check = check_at(report, index);
    return check == nullptr ? nullptr : check->sentence.in(language);
}

size_t sjcode_audit_report_signature_count(const sjcode_audit_report* report) {
    return report == nullptr ? 0 : report->signatures.size();
}

const char* sjcode_audit_report_signature_field(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::field);
}

int sjcode_audit_report_signature_kind(const sjcode_audit_report* report, size_t index) {
    const auto* signature = signature_at(report, index);
    return signature == nullptr ? -1 : kind_of(signature->kind);
}

const char* sjcode_audit_report_signature_format(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::format);
}

const char* sjcode_audit_report_signature_level(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::level);
}

const char* sjcode_audit_report_signature_claimed_name(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::claimed_name);
}

const char* sjcode_audit_report_signature_claimed_time(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::claimed_time);
}

const char* sjcode_audit_report_signature_signer(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::signer);
}

const char* sjcode_audit_report_signature_issuer(const sjcode_audit_report* report, size_t index) {
    return text_of(report, index, &AuditSignature::issuer);
}

int sjcode_audit_report_signature_timestamp(const sjcode_audit_report* report, size_t index, int64_t* seconds) {
    const auto* signature = signature_at(report, index);
    if (signature == nullptr || !signature->timestamp) return 0;
    if (seconds != nullptr) *seconds = *signature->timestamp;
    return 1;
}

uint32_t sjcode_audit_report_signature_object(const sjcode_audit_report* report, size_t index) {
    const auto* signature = signature_at(report, index);
    return signature == nullptr ? 0 : signature->object;
}

uint32_t sjcode_audit_report_signature_revision(const sjcode_audit_report* report, size_t index) {
    const auto* signature = signature_at(report, index);
    return signature == nullptr ? 0 : signature->revision;
}

int sjcode_audit_report_signature_is_valid(const sjcode_audit_report* report, size_t index) {
    return flag_of(report, index, &AuditSignature::valid);
}

int sjcode_audit_report_signature_covers_file(const sjcode_audit_report* report, size_t index) {
    return flag_of(report, index, &AuditSignature::covers_file);
}

int sjcode_audit_report_signature_is_removed(const sjcode_audit_report* report, size_t index) {
    return flag_of(report, index, &AuditSignature::removed);
}

size_t sjcode_audit_report_revision_count(const sjcode_audit_report* report) {
    return report == nullptr ? 0 : report->revisions.size();
}

uint32_t sjcode_audit_report_revision_number(const sjcode_audit_report* report, size_t index) {
    const auto* revision = revision_at(report, index);
    return revision == nullptr ? 0 : revision->number;
}

uint64_t sjcode_audit_report_revision_begin(const sjcode_audit_report* report, size_t index) {
    const auto* revision = revision_at(report, index);
    return revision == nullptr ? 0 : revision->begin;
}

uint64_t sjcode_audit_report_revision_end(const sjcode_audit_report* report, size_t index) {
    const auto* revision = revision_at(report, index);
    return revision == nullptr ? 0 : revision->end;
}

const uint32_t* sjcode_audit_report_revision_objects(const sjcode_audit_report* report, size_t index, int which,
                                                     size_t* count) {
    if (count == nullptr) return nullptr;
    *count = 0;
    const auto* revision = revision_at(report, index);
    if (revision == nullptr) return nullptr;
    const std::vector<std::uint32_t>* objects = nullptr;
    if (which == SJCODE_ADDED_OBJECTS) objects = &revision->added;
    if (which == SJCODE_REPLACED_OBJECTS) objects = &revision->replaced;
    if (which == SJCODE_FREED_OBJECTS) objects = &revision->freed;
    if (objects == nullptr || objects->empty()) return nullptr;
    *count = objects->size();
    return objects->data();
}

size_t sjcode_audit_report_revision_signature_count(const sjcode_audit_report* report, size_t index) {
    const auto* revision = revision_at(report, index);
    return revision == nullptr ? 0 : revision->signatures.size();
}

const char* sjcode_audit_report_revision_signature(const sjcode_audit_report* report, size_t index, size_t place) {
    const auto* revision = revision_at(report, index);
    if (revision == nullptr || place >= revision->signatures.size()) return nullptr;
    return revision->signatures[place].c_str();
}

sjcode_status sjcode_original_of_file(const char* path, uint8_t** pdf, size_t* size, sjcode_error** error) {
    return original_of(pdf, size, error, [&] { return file_at(path); });
}

sjcode_status sjcode_original_of_bytes(const void* bytes, size_t bytes_size, uint8_t** pdf, size_t* size,
                                       sjcode_error** error) {
    return original_of(pdf, size, error, [&] { return borrowed(bytes, bytes_size); });
}
