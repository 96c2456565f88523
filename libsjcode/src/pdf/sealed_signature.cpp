#include "pdf/sealed_signature.h"

#include <array>

namespace sjcode::pdf {

crypto::SignedDataCheck check_sealed_signature(ByteView file, const SealedSignature& signature) {
    const auto covered = file.first(static_cast<std::size_t>(signature.covered_end));
    const std::array<ByteView, 2> parts{covered.first(static_cast<std::size_t>(signature.gap.begin)),
                                        covered.subspan(static_cast<std::size_t>(signature.gap.end))};
    const auto use = signature.kind == SealedSignatureKind::timestamp ? crypto::SignedDataUse::timestamp
                                                                      : crypto::SignedDataUse::cades_detached;
    return crypto::check_signed_data(signature.contents, use,
                                     [&](crypto::DigestMethod method) { return crypto::digest_of(method, parts); });
}

}  // namespace sjcode::pdf
