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

HashedFile HashedFile::of(crypto::DigestMethod method, std::span<const ByteView> pieces) {
    HashedFile file{crypto::MethodHasher(method), 0};
    for (const auto piece : pieces) {
        file.size += piece.size();
        file.hasher.update(piece);
    }
    return file;
}

Bytes covered_digest(HashedFile file, const pdf::AppendedRevision& revision) {
    const ByteView bytes = revision.bytes;
    file.hasher.update(bytes.first(static_cast<std::size_t>(revision.gap->begin - file.size)));
    file.hasher.update(bytes.subspan(static_cast<std::size_t>(revision.gap->end - file.size)));
    return file.hasher.finish();
}

crypto::DigestMethod seal_digest_method(const Sealer& sealer) noexcept {
    return crypto::method_of(sealer.signer.digest());
}

Result<void> seal(const Sealer& sealer, UnixTime signed_at, HashedFile file, pdf::AppendedRevision& revision) {
    const auto begin = file.size;
    SJCODE_TRY(auto signed_data, crypto::make_signed_data(sealer.signer, covered_digest(std::move(file), revision)));
    if (sealer.timestamps != nullptr) {
        SJCODE_TRY(auto with_timestamp, stamped(sealer, signed_at, signed_data));
        signed_data = std::move(with_timestamp);
    }
    return pdf::fill_contents(revision, begin, signed_data);
}

}  // namespace sjcode
