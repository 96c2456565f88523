// The seal revision: what issuing adds to a report's PDF. docs/code-format.md, section 8; rule S1 of docs/audit.md.
//
// Its bytes follow from its values: writing and verifying share one function, so that a verifier rebuilds the revision
// from what it parsed and compares byte for byte. Not even white space can differ.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/embedded_font.h"
#include "pdf/page_tree.h"
#include "pdf/sealed_state.h"
#include "pdf/signature_field.h"
#include "pdf/stamp_content.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::pdf {

/// One stamp on one page.
struct Stamp {
    Reference page;
    double left = 0;  ///< lower left corner of the annotation rectangle, default user space
    double bottom = 0;
    double width = 0;  ///< of the stamp as it is read, in points (StampLayout)
    double height = 0;
    Bytes content;  ///< Flate-compressed content stream
};

struct SealRevision {
    Bytes code;               ///< COSE_Sign1
    Bytes record;             ///< deterministic CBOR
    std::string description;  ///< text alternative, UTF-8
    std::vector<Stamp> stamps;
    EmbeddedFont chinese;
    EmbeddedFont latin;
    std::optional<SealSignature> signature{};
    std::uint32_t countersign = 0;  ///< empty fields for others to sign; with a signature only
};

/// The revision's bytes behind `base`. `pages` are the base's. Errors: "pdf.damaged", "pdf.limit".
Result<AppendedRevision> write_seal_revision(Document& base, const std::vector<Page>& pages,
                                             const SealRevision& revision);

/// Reads the values of a seal revision: the newest revision of `whole`, which stands directly behind `base`, the same
/// file up to the original's length. Errors: "revision.shape" (something that a seal revision does not have), "pdf.*".
/// Says nothing of the bytes: rebuild and compare.
Result<SealRevision> read_seal_revision(Document& base, const std::vector<Page>& pages, Document& whole);

/// The rectangle in default user space for a stamp whose lower left corner, as the page is seen, lies at (x, y) points
/// from the lower left corner of the seen page.
Box stamp_rectangle(const Page& page, double x, double y, double width, double height);

}  // namespace sjcode::pdf
