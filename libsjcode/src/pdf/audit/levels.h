// Which level of PAdES (ETSI EN 319 142-1) each signature of a file has, by what is there.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/document.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// Whether a state of a document has certificates in its document security store.
bool has_validation_data(Document& state);

/// Sets the levels. `data_since` is the first revision with validation data, 0 where there is none. Whether the data
/// prove anything is not judged.
void find_levels(std::vector<SignatureInfo>& signatures, std::uint32_t data_since);

}  // namespace sjcode::pdf
