// The lenient view of a PDF, by QPDF: what a viewer that repairs and guesses would take the file for.
#pragma once

#include "sjcode/worker.h"

#include <optional>

namespace sjcode::worker {

/// Throws Refusal and whatever QPDF throws.
LenientView lenient_view(ByteView document);

/// The document written anew: one revision, deterministic identifier, streams as they are. Refusal: encrypted.
Bytes normalise(ByteView document);

/// The document without annotations, or without those that carry /SJCode; nothing where there are none to leave out.
std::optional<Bytes> without_annotations(ByteView document, Annotations annotations);

}  // namespace sjcode::worker
