// A composite font with its TrueType subset, as values: what a stamp carries of a typeface.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/document.h"
#include "pdf/object.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::pdf {

/// A composite font (ISO 32000-2, 9.7) with its TrueType subset, as values: who writes it decides on object numbers.
struct EmbeddedFont {
    std::string base_font;              ///< name with the subset's tag
    Array widths;                       ///< /W
    Dictionary descriptor;              ///< numbers, names and arrays of numbers only; only descriptor_keys
    Bytes font_file;                    ///< Flate-compressed
    std::int64_t font_file_length = 0;  ///< /Length1: bytes before compression
    Bytes to_unicode;                   ///< Flate-compressed
    Bytes cid_set;                      ///< which glyphs the program has (9.8.3.3), Flate-compressed; PDF/A-1 wants it
};

/// The keys of a font descriptor that a stamp's font has, in the order of writing.
extern const std::array<std::string_view, 9> descriptor_keys;

/// Numbers, names, and arrays of numbers (or of such arrays): nothing that refers or acts.
bool is_plain(const Object& object);

/// An object that a revision is to write; `stream` is empty where it is none.
struct NewObject {
    std::uint32_t number = 0;
    Object value;
    std::optional<Bytes> stream{};
};

/// How many objects a font takes.
constexpr std::uint32_t font_object_count = 6;
/// The font as objects `first` to `first` + 5: composite font, descendant, descriptor, font program, Unicode map, set
/// of glyphs.
std::vector<NewObject> font_objects(const EmbeddedFont& font, std::uint32_t first);
/// The values of a font that font_objects wrote. Errors: "revision.shape", "pdf.damaged".
Result<EmbeddedFont> read_font_objects(Document& document, std::uint32_t first);

}  // namespace sjcode::pdf
