#include "issue/sealing.h"

#include "base/try.h"
#include "crypto/message_digest.h"
#include "crypto/signed_data.h"

namespace sjcode {

Result<pdf::SealSignature> reserve_seal(const SealSigner& signer, UnixTime signed_at) {
    SJCODE_TRY(const auto room, crypto::signed_data_size_bound(signer));
    const auto sub_filter = signer.algorithm() == SealAlgorithm::sm2 ? pdf::sm2_sub_filter : pdf::pades_sub_filter;
    return pdf::SealSignature{std::string(sub_filter), signed_at, Bytes(room)};
}

Result<void> seal(const SealSigner& signer, ByteView original, pdf::WrittenSealRevision& revision) {
    const ByteView bytes = revision.bytes;
    const auto begin = static_cast<std::size_t>(revision.gap->begin - original.size());
    const auto end = static_cast<std::size_t>(revision.gap->end - original.size());
    crypto::MethodHasher hasher(crypto::method_of(signer.digest()));
    hasher.update(original).update(bytes.first(begin)).update(bytes.subspan(end));
    SJCODE_TRY(const auto signed_data, crypto::make_signed_data(signer, hasher.finish()));
    return pdf::fill_contents(revision, original.size(), signed_data);
}

}  // namespace sjcode
