// A sealed file taken apart: the seal revision, and each later one of ours, rebuilt from its values and compared byte
// for byte. docs/code-format.md, sections 8.8 and 8.11.
#pragma once

#include "pdf/document.h"
#include "pdf/page_tree.h"
#include "pdf/seal_revision.h"
#include "pdf/sealed_state.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sjcode::pdf {

/// What stands directly behind an original.
struct IssuedFile {
    SealRevision revision;
    AppendedRevision rebuilt;  ///< from its values: the same bytes
    std::uint64_t size = 0;    ///< of the file up to its end
    std::size_t later = 0;     ///< revisions behind it
};

/// The seal revision of `whole` behind `base`, the same file up to the original's length, whose pages are given.
/// Errors: "revision.missing", "revision.later" ({revisions}, {objects}: where those behind it cannot be told apart),
/// "revision.shape", "revision.differs" ({offset}), "pdf.*".
Result<IssuedFile> read_issued_file(Document& base, const std::vector<Page>& pages, const Document& whole);

enum class LaterKind : std::uint8_t { validation_data, timestamp, countersignature };

struct LaterRevision {
    LaterKind kind;
    std::uint64_t end = 0;  ///< of the file with it
};

/// The revisions behind the seal revision, as far as each is one that we write.
struct LaterRevisions {
    std::vector<LaterRevision> known;  ///< oldest first
    SealedState state;                 ///< with those
    bool is_whole = false;             ///< they are all, and nothing follows them
};
LaterRevisions read_later_revisions(const Document& whole, const IssuedFile& issued);

/// The error of a file to which something else than known revisions was added: how many, which objects.
Unexpected later_revisions_error(const Document& whole, std::size_t later);

}  // namespace sjcode::pdf
