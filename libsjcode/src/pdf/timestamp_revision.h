// A later revision with a document timestamp over all of a sealed file (PAdES B-LTA; ISO 32000-2, 12.8.5).
// docs/code-format.md, section 8.11.
#pragma once

#include "pdf/document.h"
#include "pdf/sealed_state.h"

namespace sjcode::pdf {

/// `contents` is the token, and zeros up to the room kept for it. Errors: "pdf.damaged" (the original has a field of
/// that name), "pdf.limit".
Result<AppendedRevision> write_timestamp_revision(const SealedState& before, Bytes contents);

/// Whether the newest revision of `after` can only be one of these.
bool is_timestamp_revision(const SealedState& before, const Document& after);

/// The value of /Contents. Says nothing of the other bytes: rebuild and compare. Errors: "revision.shape", "pdf.*".
Result<Bytes> read_timestamp_revision(const SealedState& before, Document& after);

}  // namespace sjcode::pdf
