// Whether a document may be stamped: the rules of docs/issue.md, "Refused".
#pragma once

#include "sjcode/result.h"
#include "sjcode/worker.h"

#include "pdf/document.h"
#include "pdf/page_tree.h"

#include <set>
#include <string>
#include <vector>

namespace sjcode {

/// The rules that `IssueOptions::allow` may name.
const std::set<std::string>& permissions();

/// Findings that only warn. With `second_reader` poppler counts the pages, too. Errors: "pdf.signed",
/// "pdf.views-differ" (strict reader and poppler count other pages),
/// "hygiene.<rule>" for the first rule that refuses and is not allowed ({rules}: all of them), those of the worker.
Result<std::vector<Error>> inspect_for_issue(pdf::Document& document, const std::vector<pdf::Page>& pages,
                                             WorkerSession& session, bool second_reader,
                                             const std::set<std::string>& allow);

}  // namespace sjcode
