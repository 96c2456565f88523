#include "issue/sealing.h"

#include "base/civil_time.h"
#include "base/try.h"
#include "crypto/message_digest.h"
#include "crypto/signed_data.h"
#include "crypto/timestamp.h"

#include <cstdlib>

namespace sjcode {
namespace {

/// How far the authority's clock and ours may differ, the time of the answer included.
constexpr UnixTime largest_difference = 600;

/// B-T: a timestamp over the signature's value.
Result<Bytes> stamped(const Sealer& sealer, UnixTime signed_at, const Bytes& signed_data) {
    const auto method =
        sealer.signer.algorithm() == SealAlgorithm::sm2 ? crypto::DigestMethod::sm3 : crypto::DigestMethod::sha256;
    SJCODE_TRY(const auto value, crypto::signature_value(signed_data));
    SJCODE_TRY(const auto token,
               crypto::get_timestamp(*sealer.timestamps, method, crypto::digest_of(method, value), sealer.random));
    SJCODE_CHECK(check_clock(token.info.time, signed_at));
    return crypto::add_signature_timestamp(signed_data, token.der);
}

}  // namespace

Result<pdf::SealSignature> reserve_seal(const Sealer& sealer, UnixTime signed_at) {
    SJCODE_TRY(auto room, crypto::signed_data_size_bound(sealer.signer));
    if (sealer.timestamps != nullptr) room += timestamp_room;
    const bool is_sm2 = sealer.signer.algorithm() == SealAlgorithm::sm2;
    return pdf::SealSignature{std::string(is_sm2 ? pdf::sm2_sub_filter : pdf::pades_sub_filter), signed_at,
                              Bytes(room)};
}

Result<void> check_clock(UnixTime stamped, UnixTime here) {
    // One of both clocks is wrong; either would put a wrong time into evidence.
    if (std::abs(stamped - here) <= largest_difference) return {};
    return fail("timestamp.time", {{"time", chinese_time_text(stamped)}, {"here", chinese_time_text(here)}});
}

Bytes covered_digest(crypto::DigestMethod method, const std::vector<ByteView>& file,
                     const pdf::AppendedRevision& revision) {
    std::size_t size = 0;
    crypto::MethodHasher hasher(method);
    for (const auto piece : file) {
        size += piece.size();
        hasher.update(piece);
    }
    const ByteView bytes = revision.bytes;
    hasher.update(bytes.first(static_cast<std::size_t>(revision.gap->begin - size)));
    hasher.update(bytes.subspan(static_cast<std::size_t>(revision.gap->end - size)));
    return hasher.finish();
}

Result<void> seal(const Sealer& sealer, UnixTime signed_at, const std::vector<ByteView>& file,
                  pdf::AppendedRevision& revision) {
    const auto digest = covered_digest(crypto::method_of(sealer.signer.digest()), file, revision);
    SJCODE_TRY(auto signed_data, crypto::make_signed_data(sealer.signer, digest));
    if (sealer.timestamps != nullptr) {
        SJCODE_TRY(auto with_timestamp, stamped(sealer, signed_at, signed_data));
        signed_data = std::move(with_timestamp);
    }
    return pdf::fill_contents(revision, revision.next->base.size - revision.bytes.size(), signed_data);
}

}  // namespace sjcode
