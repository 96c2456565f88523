// Deltas and bundles: a delta onto a list leads to a file that has exactly the blocks that its head names, or to an
// error.
#include "check.h"
#include "sjcode/bundle.h"
#include "sjcode/trust_list.h"
#include "trust/trust_list_head.h"

using namespace sjcode;

namespace {

/// The list that every delta of the corpus is for, in its first bytes: 4 bytes of length, the list, the delta.
constexpr std::size_t length_size = 4;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    if (const auto parts = open_bundle(bytes)) {
        const auto again = make_bundle(*parts);
        check(again && *again == Bytes(bytes.begin(), bytes.end()));
    }
    (void)trust_delta_base(bytes);
    (void)trust_file_kind(bytes);
    if (size < length_size) return 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_size; ++i) length = length << 8 | data[i];
    if (length > size - length_size) return 0;
    const auto file = bytes.subspan(length_size, length);
    const auto delta = bytes.subspan(length_size + length);
    const auto claimed = TrustList::unverified(file);
    if (!claimed) return 0;
    const auto list = TrustList::open(InputFile::borrow(file), fingerprint(claimed->root));
    if (!list) return 0;
    const auto result = apply_trust_delta(*list, delta, 1U << 20);
    if (!result) return 0;
    const auto parts = trust::split_file(*result);
    check(parts.has_value());
    check(TrustList::unverified(*result).has_value());
    return 0;
}
