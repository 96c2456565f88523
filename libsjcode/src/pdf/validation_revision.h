// A later revision with the proofs of a sealed file's signatures: certificates, OCSP responses and revocation lists in
// the document security store (PAdES B-LT). docs/code-format.md, section 8.11.
#pragma once

#include "pdf/document.h"
#include "pdf/sealed_state.h"

#include <string>
#include <utility>
#include <vector>

namespace sjcode::pdf {

/// The values that the revision is written from.
struct ValidationRevision {
    std::vector<Bytes> certificates{};  ///< that the file did not have
    std::vector<Bytes> responses{};
    std::vector<Bytes> lists{};
    std::vector<ValidationEntry> entries{};  ///< of signatures that had none
};

/// What proves one signature.
struct SignatureProofs {
    std::string key;
    const std::vector<Bytes>& certificates;
    const std::vector<Bytes>& responses;
    const std::vector<Bytes>& lists;
};

/// With each proof that the file does not have yet as a new object.
ValidationRevision make_validation_revision(const SealedState& before, const std::vector<SignatureProofs>& proofs);

/// Errors: "pdf.damaged" (the original has a store without a signature), "pdf.limit", "revision.shape" (no entry, or
/// one of no signature of the file, or again; a proof that no entry names or that is none).
Result<AppendedRevision> write_validation_revision(const SealedState& before, const ValidationRevision& revision);

/// Whether the newest revision of `after` can only be one of these.
bool is_validation_revision(const SealedState& before, const Document& after);

/// Reads the values. Says nothing of the bytes: rebuild and compare. Errors: "revision.shape", "pdf.*".
Result<ValidationRevision> read_validation_revision(const SealedState& before, Document& after);

}  // namespace sjcode::pdf
