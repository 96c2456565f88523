// Compares the text of a copy's pages with the page entries of the record (section 5 of the format).
#pragma once

#include "sjcode/record.h"
#include "sjcode/worker.h"

#include "verify/findings.h"

namespace sjcode {

enum class RecordBacking {
    code,  ///< a report code at hand is that of the record: differing text is a failure
    none,  ///< nothing vouches for the record: differing text can only be a warning
};

/// Adds the check pages. A match of text never raises an outcome: appearance is not compared. Without a code the digest
/// algorithm is not known: the one under which more pages match counts.
void check_page_texts(WorkerSession& session, const Record& record, RecordBacking backing, Findings& findings);

}  // namespace sjcode
