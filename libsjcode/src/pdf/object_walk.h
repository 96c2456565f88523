// Visits every dictionary that can be reached from the trailer, each object once.
#pragma once

#include "sjcode/result.h"

#include "pdf/document.h"

#include <functional>
#include <unordered_set>

namespace sjcode::pdf {

/// Called for each dictionary, direct or not; `holder` is the indirect object that it lies in (number 0: `from`
/// itself).
using DictionaryVisitor = std::function<void(const Dictionary& dictionary, const ObjectPointer& holder)>;

/// Walks from an object without recursion. Adds the numbers of the indirect objects met to `seen`; those already in it
/// are not visited again.
Result<void> walk(Document& document, const Object& from, const DictionaryVisitor& visit,
                  std::unordered_set<std::uint32_t>& seen);

}  // namespace sjcode::pdf
