#include "pdf/audit/certification.h"

#include "pdf/audit/signature_fields.h"

#include <algorithm>
#include <array>

namespace sjcode::pdf {
namespace {

/// The signature that /Perms says certifies; nothing where it says none.
std::optional<Reference> permitted(Document& document) {
    const auto catalog = document.catalog();
    if (!catalog) return std::nullopt;
    const auto permissions = document.get(*(*catalog)->dictionary(), "Perms");
    if (!permissions || (*permissions)->dictionary() == nullptr) return std::nullopt;
    const auto* value = (*permissions)->dictionary()->find("DocMDP");
    if (value == nullptr) return std::nullopt;
    const auto* reference = value->as<Reference>();
    return reference == nullptr ? Reference{} : *reference;
}

std::optional<std::int64_t> level_of(Document& document, const SignatureInfo& signature) {
    const auto fields = find_signature_fields(document);
    if (!fields) return std::nullopt;
    for (const auto& field : *fields) {
        if (field.value != signature.object || !field.is_signed) continue;
        const auto reservation = read_reservation(document, field);
        if (reservation && reservation->certifies) return reservation->permission;
    }
    return std::nullopt;
}

}  // namespace

void check_certification(Document& newest, const std::vector<SignatureInfo>& signatures, std::uint32_t first,
                         AuditFindings& findings) {
    static constexpr std::array<const char*, 3> levels{"audit.certified-1", "audit.certified-2", "audit.certified-3"};
    const auto named = permitted(newest);
    std::vector<const SignatureInfo*> certifying;
    for (const auto& signature : signatures)
        if (signature.kind == SignatureKind::certification) certifying.push_back(&signature);
    if (certifying.empty()) {
        if (named)
            findings.fail("certification", "audit.certification-mismatch");
        else
            findings.warn("certification", "audit.not-certified");
        return;
    }
    const auto& one = *certifying.front();
    const Parameters parameters{{"field", one.field}, {"revision", std::to_string(one.revision)}};
    if (certifying.size() > 1) findings.fail("certification", "audit.certification-several");
    if (one.revision != 0 && one.revision != first)
        findings.fail("certification", "audit.certification-second", parameters);
    if (named && *named != one.object)
        findings.fail("certification", "audit.certification-mismatch");
    else if (!named)
        findings.warn("certification", "audit.certification-unnamed", parameters);
    const auto level = level_of(newest, one);
    if (level && (*level < 1 || *level > 3))
        findings.fail("certification", "audit.certification-level", {{"level", std::to_string(*level)}});
    else if (level && !findings.failed("certification"))
        findings.pass("certification", levels[static_cast<std::size_t>(*level - 1)], parameters);
}

}  // namespace sjcode::pdf
