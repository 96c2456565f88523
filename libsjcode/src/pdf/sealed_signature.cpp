#include "pdf/sealed_signature.h"

#include "crypto/signed_data_rebuild.h"

#include <array>
#include <map>

namespace sjcode::pdf {

crypto::SignedDataCheck check_sealed_signature(ByteView file, const SealedSignature& signature) {
    const auto covered = file.first(static_cast<std::size_t>(signature.covered_end));
    const std::array<ByteView, 2> parts{covered.first(static_cast<std::size_t>(signature.gap.begin)),
                                        covered.subspan(static_cast<std::size_t>(signature.gap.end))};
    const auto use = signature.kind == SealedSignatureKind::timestamp ? crypto::SignedDataUse::timestamp
                                                                      : crypto::SignedDataUse::cades_detached;
    // Of hundreds of megabytes, perhaps: once.
    std::map<crypto::DigestMethod, Bytes> digests;
    const auto external = [&](crypto::DigestMethod method) {
        auto [found, is_new] = digests.try_emplace(method);
        if (is_new) found->second = crypto::digest_of(method, parts);
        return found->second;
    };
    auto check = crypto::check_signed_data(signature.contents, use, external);
    if (signature.kind != SealedSignatureKind::timestamp && !check.fails() &&
        !crypto::is_as_made(check, signature.contents, external))
        check.faults.push_back({true, "cms.form", {}});
    return check;
}

}  // namespace sjcode::pdf
