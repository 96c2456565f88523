// Total accounting: which bytes of a file belong to nothing (rule T1 of docs/audit.md).
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// The bytes of every object of some revision, cross-reference section, trailer, startxref and %%EOF, by where they
/// begin; they may overlap. An empty one stands at the end of the file.
std::vector<Span> accounted_spans(Document& document);

/// Bytes that are neither header, object of some revision, cross-reference section, trailer, startxref, %%EOF, white
/// space nor comment; in order. Objects that cannot be read strictly count as unaccounted from where they begin.
/// Since every object that a cross-reference names is accounted for, a scan of the rest finds what none names (T3).
Result<std::vector<Span>> unaccounted_bytes(Document& document);

/// The end of each revision (behind its %%EOF), newest first, up to the first that is not where it should be: fewer
/// than Document::revisions() then. The first-page section of a linearized file has an end of its own, which counts for
/// none.
std::vector<std::uint64_t> revision_ends(const Document& document);

}  // namespace sjcode::pdf
