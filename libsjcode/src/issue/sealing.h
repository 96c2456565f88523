// The seal of a report that is being issued: room for its signature in the seal revision, and the signature.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/seal_key.h"

#include "pdf/seal_revision.h"

namespace sjcode {

/// A signature still to be made, its room filled with zeros. Errors: those of the signer.
Result<pdf::SealSignature> reserve_seal(const SealSigner& signer, UnixTime signed_at);

/// Signs `original` followed by the revision, all but the gap, and puts the signature there.
/// Errors: those of the signer, "seal.room".
Result<void> seal(const SealSigner& signer, ByteView original, pdf::WrittenSealRevision& revision);

}  // namespace sjcode
