#include "base/byte_reader.h"
#include "base/unicode.h"
#include "code/page_text.h"
#include "sjcode/record.h"

namespace sjcode {

std::optional<std::string> normalised_page_text(std::string_view text) {
    const auto characters = unicode::decode(text);
    if (!characters) return std::nullopt;
    std::u32string kept;
    kept.reserve(characters->size());
    for (const auto c : *characters)
        if (!unicode::is_white_space(c) && !unicode::is_control_or_format(c)) kept.push_back(c);
    // Composed only now, so that nothing that was taken out keeps a letter and its accent apart.
    return unicode::nfc(unicode::encode(kept));
}

Result<std::optional<Digest>> page_digest(DigestAlgorithm algorithm, std::uint32_t page, std::string_view text) {
    const auto normalised = normalised_page_text(text);
    if (!normalised) return fail("text.utf8");
    if (normalised->empty()) return std::optional<Digest>();
    Bytes prefix{0x02};
    append_big_endian(prefix, page, 4);
    return std::optional<Digest>(Hasher(algorithm).update(prefix).update(as_bytes(*normalised)).finish());
}

}  // namespace sjcode
