// The seal of a report that is being issued: room for its signature in the seal revision, and the signature.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include "crypto/message_digest.h"
#include "pdf/seal_revision.h"

#include <vector>

namespace sjcode {

/// Whoever seals, and whoever stamps the time of it; without the latter the seal is of level B-B, else of B-T.
struct Sealer {
    const SealSigner& signer;
    const TimestampClient* timestamps;
    const RandomSource& random;
};

/// A signature still to be made, its room filled with zeros. Errors: those of the signer.
Result<pdf::SealSignature> reserve_seal(const Sealer& sealer, UnixTime signed_at);

/// Signs the file so far followed by the revision, all but the gap, and puts the signature there. The file is given in
/// pieces. Errors: those of signer and client, "seal.room", "timestamp.*".
Result<void> seal(const Sealer& sealer, UnixTime signed_at, const std::vector<ByteView>& file,
                  pdf::AppendedRevision& revision);

/// The digest of the file followed by the revision, all but the gap.
Bytes covered_digest(crypto::DigestMethod method, const std::vector<ByteView>& file,
                     const pdf::AppendedRevision& revision);

/// What tokens take, their authority's chain included: seldom more than 8 KiB.
inline constexpr std::size_t timestamp_room = 16'384;

/// That an authority's clock is this computer's. Error: "timestamp.time" ({time}, {here}).
Result<void> check_clock(UnixTime stamped, UnixTime here);

}  // namespace sjcode
