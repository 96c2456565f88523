// What a document carries that has no place in a report to be sealed: rule H1 of docs/issue.md.
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/page_tree.h"

#include <string>
#include <vector>

namespace sjcode::pdf {

/// A finding of the inspection. `code` is "hygiene.<rule>"; `rule` names the permission for those that refuse.
struct HygieneFinding {
    std::string rule;
    bool refuses = true;
    Error detail;
};

/// Walks everything that hangs on the trailer. Rules that refuse: javascript, automatic-action, embedded-files, xfa,
/// hidden-content, undrawn-content, revisions. Findings that only warn: unreachable, same-revisions, fonts, tagged,
/// unaccounted. Error besides those of Document: "pdf.signed" where a signature is there already, "pdf.coded" where a
/// code is.
Result<std::vector<HygieneFinding>> inspect(Document& document, const std::vector<Page>& pages);

}  // namespace sjcode::pdf
