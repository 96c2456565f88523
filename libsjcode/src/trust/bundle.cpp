#include "sjcode/bundle.h"

#include "base/try.h"
#include "code/cbor.h"

namespace sjcode {
namespace {

constexpr std::string_view mark = "sjcode/bundle/1";
constexpr std::string_view any_mark = "sjcode/bundle/";
constexpr std::size_t longest_type = 200;
constexpr std::uint64_t most_parts = 1'024;
constexpr std::size_t largest_bundle = std::size_t{1} << 32;

}  // namespace

Result<Bytes> make_bundle(std::span<const BundlePart> parts) {
    cbor::Writer to;
    to.array(1 + 2 * parts.size()).text_string(mark);
    for (const auto& part : parts) {
        if (part.type.empty() || part.type.size() > longest_type) return fail("bundle.type");
        to.text_string(part.type).byte_string(part.content);
    }
    return to.take();
}

Result<std::vector<BundlePart>> open_bundle(ByteView bytes) {
    const auto malformed = [](std::string reason) { return fail("bundle.format", {{"reason", std::move(reason)}}); };
    auto opened = cbor::open(bytes, largest_bundle);
    if (!opened) return malformed(opened.error().code);
    const auto items = opened->array();
    const auto found = opened->text_string();
    if (!items || !found || *items % 2 == 0) return malformed("cose.structure");
    if (*found != mark) {
        if (found->starts_with(any_mark)) return fail("bundle.newer-format");
        return malformed("cose.structure");
    }
    if (*items / 2 > most_parts) return fail("bundle.limit");
    std::vector<BundlePart> parts;
    for (std::uint64_t i = 1; i < *items; i += 2) {
        const auto type = opened->text_string();
        const auto content = opened->byte_string();
        if (!type || type->empty() || type->size() > longest_type || !content) return malformed("cose.structure");
        parts.push_back({std::string(*type), *content});
    }
    return parts;
}

}  // namespace sjcode
