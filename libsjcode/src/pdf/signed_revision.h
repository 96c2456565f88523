// Writes a later revision that bears a signature over the whole file: /ByteRange states where it lies itself.
#pragma once

#include "pdf/sealed_state.h"

#include <array>
#include <functional>
#include <vector>

namespace sjcode::pdf {

/// The four numbers of /ByteRange.
using ByteRange = std::array<std::uint64_t, 4>;

struct SignedRevision {
    WrittenRevision revision;
    Span gap;
};

/// `objects` gives all objects of the revision for a /ByteRange; the signature dictionary is object `number`, and its
/// /Contents begins `contents_offset` bytes behind the beginning of the object. `room` is the size of its value.
Result<SignedRevision> write_signed_revision(const RevisionBase& base, std::uint32_t number,
                                             std::uint64_t contents_offset, std::size_t room,
                                             const FileIdentifier& identifier,
                                             const std::function<std::vector<NewObject>(const ByteRange&)>& objects);

/// As the value of /ByteRange.
Array byte_range_array(const ByteRange& range);

}  // namespace sjcode::pdf
