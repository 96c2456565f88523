// Whether a SignedData is, to the byte, what make_signed_data() makes. Much of a CMS message is under no signature, and
// most of what it says can be said in several ways: in a seal only one of them is right.
#pragma once

#include "crypto/signed_data_check.h"

namespace sjcode::crypto {

/// Of a message without a fault. `contents` and `external` are those that were checked.
bool is_as_made(const SignedDataCheck& check, ByteView contents, const ExternalDigest& external);

}  // namespace sjcode::crypto
