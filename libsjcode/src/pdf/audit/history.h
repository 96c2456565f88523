// A file as the revisions that it grew by.
#pragma once

#include "pdf/audit/report.h"
#include "pdf/document.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// Offsets behind the %%EOF of each revision, oldest first.
std::vector<std::uint64_t> ends_of_revisions(const Document& document);

/// The file up to the end of a revision, opened as a document of its own. Errors: those of Document; "pdf.damaged"
/// where its cross-references are not those by which the whole file knows this revision.
Result<Document> open_state(const Document& whole, std::uint64_t end);

/// What each revision adds, replaces and frees. Revisions that cannot be opened have none of it.
std::vector<RevisionInfo> read_history(const Document& whole, const std::vector<std::uint64_t>& ends);

}  // namespace sjcode::pdf
