// The seal's signature in a seal revision: rule B3 of docs/audit.md, and that it is the seal that the record names.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/record.h"

#include "crypto/signed_data_check.h"
#include "pdf/sealed_state.h"
#include "verify/code_check.h"
#include "verify/findings.h"

#include <optional>

namespace sjcode {

/// Checks `seal` and `chain`. `issued` is the seal revision of the file, whose form was checked. Returns the seal's
/// message where there is one and it is right.
std::optional<crypto::SignedDataCheck> check_seal_signature(ByteView file, const pdf::AppendedRevision& issued,
                                                            const OpenedCode& opened, const Record& record,
                                                            Findings& findings);

}  // namespace sjcode
