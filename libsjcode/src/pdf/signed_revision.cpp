#include "pdf/signed_revision.h"

#include "base/try.h"

#include <algorithm>

namespace sjcode::pdf {

Array byte_range_array(const ByteRange& range) {
    Array list;
    for (const auto value : range) list.push_back(Object::integer(static_cast<std::int64_t>(value)));
    return list;
}

Result<SignedRevision> write_signed_revision(const RevisionBase& base, std::uint32_t number,
                                             std::uint64_t contents_offset, std::size_t room,
                                             const FileIdentifier& identifier,
                                             const std::function<std::vector<NewObject>(const ByteRange&)>& objects) {
    // The length of the file belongs to what it states: written again until both agree, which they soon do, since more
    // digits never make it shorter.
    ByteRange range{};
    for (;;) {
        SJCODE_TRY(auto written, write_revision(base, objects(range), identifier));
        const auto found = std::find_if(written.offsets.begin(), written.offsets.end(),
                                        [&](const auto& entry) { return entry.first == number; });
        const auto begin = found->second + contents_offset;
        const Span gap{begin, begin + gap_size(room)};
        const ByteRange actual{0, gap.begin, gap.end, base.size + written.bytes.size() - gap.end};
        if (actual == range) return SignedRevision{std::move(written), gap};
        range = actual;
    }
}

}  // namespace sjcode::pdf
