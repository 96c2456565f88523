// A later revision in which somebody signs a field that the seal made for it. docs/code-format.md, section 8.11.
#pragma once

#include "pdf/document.h"
#include "pdf/sealed_state.h"
#include "pdf/signature_field.h"

#include <cstddef>

namespace sjcode::pdf {

/// The values that the revision is written from.
struct CountersignRevision {
    std::size_t field = 0;  ///< index among SealedState::fields; an empty one
    SealSignature signature;
};

/// Errors: "revision.shape" (no such field, or signed already), "pdf.limit".
Result<AppendedRevision> write_countersign_revision(const SealedState& before, const CountersignRevision& revision);

/// Whether the newest revision of `after` can only be one of these.
bool is_countersign_revision(const SealedState& before, const Document& after);

/// Reads the values. Says nothing of the other bytes: rebuild and compare. Errors: "revision.shape", "pdf.*".
Result<CountersignRevision> read_countersign_revision(const SealedState& before, Document& after);

}  // namespace sjcode::pdf
