// What preserves a seal: its timestamps, the proofs that certificates were good, and what our later revisions add.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/trust.h"

#include "crypto/signed_data_check.h"
#include "pdf/sealed_file.h"
#include "verify/findings.h"

namespace sjcode {

/// Checks `time`, `revocation`, `level` and `countersign`, and tells each later revision in `history`. `later` are all
/// of the file, and `seal` is its seal's message, which was found right; `issued` is the claimed time.
void check_preservation(const pdf::Document& whole, const pdf::LaterRevisions& later,
                        const crypto::SignedDataCheck& seal, UnixTime issued, const TrustRecords& trust, UnixTime now,
                        Findings& findings);

}  // namespace sjcode
