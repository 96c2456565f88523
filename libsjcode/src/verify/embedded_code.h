// Finds the codes that a PDF carries in annotations of ours.
#pragma once

#include "sjcode/result.h"
#include "sjcode/verify.h"

#include "pdf/document.h"

#include <vector>

namespace sjcode {

/// By the strict reader: on the annotations of all pages. Errors: those of Document.
Result<std::vector<CarriedCode>> find_embedded_codes(pdf::Document& document);

/// The codes that an earlier revision of the document carried: what a later one took off its pages is still there.
std::vector<CarriedCode> codes_of_earlier_revisions(const pdf::Document& document);

/// Codes that stand in the bytes of a file that no reader can open, in the one form that we write them. Evidence that a
/// code was there, and nothing more; their page is 0.
std::vector<CarriedCode> codes_in_bytes(ByteView file);

}  // namespace sjcode
