// What raises a sealed file's level, and keeps it provable: proofs for its signatures, and document timestamps, each in
// a revision of its own. docs/code-format.md, section 8.11.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"
#include "sjcode/revocation.h"
#include "sjcode/timestamp.h"

#include "pdf/sealed_state.h"

#include <vector>

namespace sjcode {

/// A sealed file that revisions are put behind.
struct GrowingFile {
    std::vector<ByteView> pieces;  ///< what stays: they must outlive it
    Bytes added;                   ///< what follows them
    pdf::SealedState state;        ///< of all

    [[nodiscard]] std::vector<ByteView> all() const;
    void append(pdf::AppendedRevision revision);
};

/// Whether some signature has no proofs in the file.
bool lacks_validation_data(const pdf::SealedState& state);

/// Adds the proofs of all signatures that have none, and of the timestamps that those bear. Errors: those of
/// collect_validation_data(), "preserve.signature" ({field}: a signature that cannot be read).
Result<void> add_validation_data(GrowingFile& file, const RevocationClients& clients, UnixTime now);

/// Whether some timestamp says when the seal was there already.
bool has_timestamp(const pdf::SealedState& state);

/// Returns the time that it says. Errors: the client's, "timestamp.*", "pdf.*".
Result<UnixTime> add_document_timestamp(GrowingFile& file, const TimestampClient& client, const RandomSource& random,
                                        UnixTime now);

}  // namespace sjcode
