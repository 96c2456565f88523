// What the record says of the stamps, so that nobody without the key can move them, add to them, or let their fonts
// draw something else: docs/code-format.md, section 5, entry 64.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"

#include "pdf/embedded_font.h"
#include "pdf/stamp_content.h"

#include <cstdint>
#include <vector>

namespace sjcode::pdf {

/// One stamp as far as it is known before the code is signed. What the main symbol says is not part of it: that is the
/// signature itself.
struct ManifestStamp {
    std::uint32_t page;  ///< from 1, the first page that shows it
    double left;         ///< of the annotation rectangle
    double bottom;
    int main_version;                    ///< version of the main symbol
    std::vector<std::uint32_t> entries;  ///< record keys of the entry symbols, in order
    Glyphs glyphs;
};

/// Key of the record entry that holds the digest.
constexpr std::uint32_t stamps_key = 64;

/// H(0x03 ‖ manifest), the manifest being deterministic CBOR of stamps and fonts.
Digest manifest_digest(DigestAlgorithm algorithm, const std::vector<ManifestStamp>& stamps, const EmbeddedFont& chinese,
                       const EmbeddedFont& latin);

/// The value of record entry 64: the digest as a CBOR byte string.
Bytes manifest_entry(const Digest& digest);

}  // namespace sjcode::pdf
