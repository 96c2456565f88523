// The seal of a report that is being issued: room for its signature in the seal revision, and the signature.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include "crypto/message_digest.h"
#include "pdf/seal_revision.h"

#include <cstdint>
#include <span>

namespace sjcode {

/// Whoever seals, and whoever stamps the time of it; without the latter the seal is of level B-B, else of B-T.
struct Sealer {
    const SealSigner& signer;
    const TimestampClient* timestamps;
    const RandomSource& random;
};

/// A signature still to be made, its room filled with zeros. Errors: those of the signer.
Result<pdf::SealSignature> reserve_seal(const Sealer& sealer, UnixTime signed_at);

/// A file as far as it is written, hashed. It is kept in this form so that what the record and the seal both digest,
/// which may be hundreds of megabytes, is read once.
struct HashedFile {
    crypto::MethodHasher hasher;
    std::uint64_t size;

    static HashedFile of(crypto::DigestMethod method, std::span<const ByteView> pieces);
};

/// The digest that the seal's signature is over.
crypto::DigestMethod seal_digest_method(const Sealer& sealer) noexcept;

/// Signs the file so far, hashed by the sealer's method, followed by the revision, all but the gap, and puts the
/// signature there. Errors: those of signer and client, "seal.room", "timestamp.*".
Result<void> seal(const Sealer& sealer, UnixTime signed_at, HashedFile file, pdf::AppendedRevision& revision);

/// The digest of the file followed by the revision, all but the gap.
Bytes covered_digest(HashedFile file, const pdf::AppendedRevision& revision);

/// What tokens take, their authority's chain included: seldom more than 8 KiB.
inline constexpr std::size_t timestamp_room = 16'384;

/// That an authority's clock is this computer's. Error: "timestamp.time" ({time}, {here}).
Result<void> check_clock(UnixTime stamped, UnixTime here);

}  // namespace sjcode
