#include "pdf/audit/levels.h"

#include "pdf/signature_field.h"

#include <algorithm>

namespace sjcode::pdf {

bool has_validation_data(Document& state) {
    const auto catalog = state.catalog();
    if (!catalog) return false;
    const auto store = state.get(*(*catalog)->dictionary(), "DSS");
    if (!store || (*store)->dictionary() == nullptr) return false;
    const auto certificates = state.get(*(*store)->dictionary(), "Certs");
    const auto* list = certificates ? (*certificates)->value.as<Array>() : nullptr;
    return list != nullptr && !list->empty();
}

void find_levels(std::vector<SignatureInfo>& signatures, std::uint32_t data_since) {
    const auto is_stamped_after = [&](std::uint32_t revision) {
        return std::any_of(signatures.begin(), signatures.end(), [&](const SignatureInfo& other) {
            return other.kind == SignatureKind::timestamp && other.valid && !other.removed && other.revision > revision;
        });
    };
    for (auto& signature : signatures) {
        const bool is_baseline = signature.sub_filter == pades_sub_filter || signature.sub_filter == sm2_sub_filter;
        if (!is_baseline || !signature.valid || signature.revision == 0) continue;
        const bool is_stamped = signature.timestamp || is_stamped_after(signature.revision);
        const bool has_data = is_stamped && data_since > signature.revision;
        signature.level = !is_stamped ? "B-B" : !has_data ? "B-T" : is_stamped_after(data_since) ? "B-LTA" : "B-LT";
    }
}

}  // namespace sjcode::pdf
