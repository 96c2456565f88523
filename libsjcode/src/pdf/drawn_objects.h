// Large form XObjects and images that pages name, and whether anything draws them.
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/page_tree.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// Object numbers of page-sized form XObjects and images that stand in the resources of pages, or of the forms named
/// there, yet are drawn by nothing: prepared to be put forward by a later revision.
Result<std::vector<std::uint32_t>> undrawn_page_sized_objects(Document& document, const std::vector<Page>& pages);

}  // namespace sjcode::pdf
