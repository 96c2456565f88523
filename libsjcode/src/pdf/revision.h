// Writes one incremental revision (ISO 32000-2, 7.5.6) behind a document, in one fixed form.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/embedded_font.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sjcode::pdf {

/// The two strings of /ID (14.4).
struct FileIdentifier {
    std::string first;
    std::string second;
};

/// What a revision is written behind, as far as its bytes depend on it.
struct RevisionBase {
    std::uint64_t size = 0;       ///< of the file so far
    std::uint64_t startxref = 0;  ///< its last one
    CrossReferenceKind kind = CrossReferenceKind::table;
    std::uint32_t next_object_number = 1;
    Dictionary trailer;
    Limits limits;

    static RevisionBase of(const Document& document);
};

/// A revision, and where in the file (not in `bytes`) each of its objects begins, by ascending number.
struct WrittenRevision {
    Bytes bytes;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> offsets;
    RevisionBase next;  ///< the file with this revision
};

/// The bytes to put behind `base`, whose length is that of the document so far: the objects by ascending number, the
/// cross-reference section in the kind that the base's newest one has (a table after a hybrid one), the trailer.
/// Numbers from the base's next on are new ones; a stream section takes the number after the highest.
/// Error: "pdf.offset" where a table could not hold an offset.
Result<WrittenRevision> write_revision(const RevisionBase& base, const std::vector<NewObject>& objects,
                                       const FileIdentifier& identifier);
Result<WrittenRevision> write_revision(const Document& base, const std::vector<NewObject>& objects,
                                       const FileIdentifier& identifier);

/// The identifier for a revision: the first string stays, or is `otherwise` where the document has none.
FileIdentifier next_identifier(const Dictionary& trailer, std::string otherwise, std::string second);

}  // namespace sjcode::pdf
