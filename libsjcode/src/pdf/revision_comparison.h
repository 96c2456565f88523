// Whether earlier revisions of a document showed other pages.
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/page_tree.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sjcode::pdf {

/// The first page (from 1) that an earlier revision showed differently, or 0 where the number of pages differed;
/// nothing where all earlier revisions have the same pages. An earlier revision that cannot be opened counts as
/// different.
Result<std::optional<std::uint32_t>> page_changed_since(Document& document, const std::vector<Page>& pages);

}  // namespace sjcode::pdf
