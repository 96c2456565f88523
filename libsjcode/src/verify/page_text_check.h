// Compares the text of a copy's pages with the page entries of the record (section 5 of the format).
#pragma once

#include "sjcode/record.h"
#include "sjcode/worker.h"

#include "verify/findings.h"

namespace sjcode {

/// How differing text counts.
enum class RecordBacking {
    file,    ///< the document carries code and record: differing text is a failure
    symbol,  ///< the code was read from a page: a scan may bring a text layer of its own, so differing text warns
    none,    ///< nothing vouches for the record: differing text warns
};

/// Adds the check pages. A match of text never raises an outcome: appearance is not compared. Without a code the digest
/// algorithm is not known: the one under which more pages match counts.
void check_page_texts(WorkerSession& session, const Record& record, RecordBacking backing, Findings& findings);

}  // namespace sjcode
