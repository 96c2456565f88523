// The seal of a report that is being issued: room for its signature in the seal revision, and the signature.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include "pdf/seal_revision.h"

namespace sjcode {

/// Whoever seals, and whoever stamps the time of it; without the latter the seal is of level B-B, else of B-T.
struct Sealer {
    const SealSigner& signer;
    const TimestampClient* timestamps;
    const RandomSource& random;
};

/// A signature still to be made, its room filled with zeros. Errors: those of the signer.
Result<pdf::SealSignature> reserve_seal(const Sealer& sealer, UnixTime signed_at);

/// Signs `original` followed by the revision, all but the gap, and puts the signature there.
/// Errors: those of signer and client, "seal.room", "timestamp.*".
Result<void> seal(const Sealer& sealer, UnixTime signed_at, ByteView original, pdf::WrittenSealRevision& revision);

}  // namespace sjcode
