#include "pdf/glyph_set.h"

#include "base/byte_reader.h"

#include <optional>
#include <string_view>

namespace sjcode::pdf {
namespace {

std::optional<std::uint64_t> number_at(ByteView bytes, std::size_t offset, std::size_t size) {
    ByteReader reader(bytes);
    if (!reader.take(offset)) return std::nullopt;
    return reader.big_endian(size);
}

/// A table of the font (OpenType 1.9, "Organization of an OpenType font"); empty where there is none.
ByteView table(ByteView program, std::string_view tag) {
    const auto count = number_at(program, 4, 2).value_or(0);
    for (std::size_t i = 0; i < count; ++i) {
        ByteReader entry(program);
        if (!entry.take(12 + 16 * i)) return {};
        const auto name = entry.take(4);
        entry.take(4);  // checksum
        const auto offset = entry.big_endian(4);
        const auto length = entry.big_endian(4);
        if (!name || !offset || !length) return {};
        if (as_text(*name) != tag) continue;
        ByteReader whole(program);
        if (!whole.take(*offset)) return {};
        return whole.take(*length).value_or(ByteView());
    }
    return {};
}

}  // namespace

Result<Bytes> glyph_set(ByteView program) {
    const auto glyphs = number_at(table(program, "maxp"), 4, 2);
    if (!glyphs || *glyphs == 0) return fail("font.unusable", {{"file", ""}, {"reason", "maxp"}});
    Bytes set((static_cast<std::size_t>(*glyphs) + 7) / 8, 0xFF);
    const auto padding = set.size() * 8 - *glyphs;
    set.back() = static_cast<std::uint8_t>(set.back() << padding);
    return set;
}

}  // namespace sjcode::pdf
