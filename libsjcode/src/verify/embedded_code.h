// Finds the codes that a PDF carries in annotations of ours.
#pragma once

#include "sjcode/result.h"
#include "sjcode/verify.h"

#include "pdf/document.h"

#include <vector>

namespace sjcode {

/// By the strict reader: on the annotations of all pages. Errors: those of Document.
Result<std::vector<CarriedCode>> find_embedded_codes(pdf::Document& document);

}  // namespace sjcode
