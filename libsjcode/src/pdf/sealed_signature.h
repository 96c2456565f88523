// The message of a signature of ours in a file: whether it is right about the bytes that it covers.
#pragma once

#include "crypto/signed_data_check.h"
#include "pdf/sealed_state.h"

namespace sjcode::pdf {

/// What was signed is all of `file` up to the end of the signature's revision, but for its gap.
crypto::SignedDataCheck check_sealed_signature(ByteView file, const SealedSignature& signature);

}  // namespace sjcode::pdf
