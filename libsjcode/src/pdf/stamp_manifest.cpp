#include "pdf/stamp_manifest.h"

#include "base/byte_reader.h"
#include "code/cbor.h"

#include <array>

namespace sjcode::pdf {
namespace {

std::string serialised(const Object& object) {
    std::string text;
    serialise(object, text);
    return text;
}

void write_font(const EmbeddedFont& font, cbor::Writer& writer) {
    writer.array(7);
    writer.byte_string(as_bytes(font.base_font));
    writer.byte_string(as_bytes(serialised(Object(font.widths))));
    writer.byte_string(as_bytes(serialised(Object(font.descriptor))));
    writer.byte_string(font.font_file);
    writer.unsigned_integer(static_cast<std::uint64_t>(font.font_file_length));
    writer.byte_string(font.to_unicode);
    writer.byte_string(font.cid_set);
}

void write_stamp(const ManifestStamp& stamp, cbor::Writer& writer) {
    writer.array(6);
    writer.unsigned_integer(stamp.page);
    writer.text_string(decimal(stamp.left));
    writer.text_string(decimal(stamp.bottom));
    writer.unsigned_integer(static_cast<std::uint64_t>(stamp.main_version));
    writer.array(stamp.entries.size());
    for (const auto key : stamp.entries) writer.unsigned_integer(key);
    writer.array(stamp.glyphs.size());
    for (const auto& glyphs : stamp.glyphs) writer.byte_string(as_bytes(glyphs));
}

}  // namespace

Digest manifest_digest(DigestAlgorithm algorithm, const std::vector<ManifestStamp>& stamps, const EmbeddedFont& chinese,
                       const EmbeddedFont& latin) {
    cbor::Writer writer;
    writer.array(3);
    writer.array(stamps.size());
    for (const auto& stamp : stamps) write_stamp(stamp, writer);
    write_font(chinese, writer);
    write_font(latin, writer);
    static constexpr std::array<std::uint8_t, 1> domain{0x03};
    Hasher hasher(algorithm);
    hasher.update(domain);
    hasher.update(std::move(writer).take());
    return hasher.finish();
}

Bytes manifest_entry(const Digest& digest) {
    cbor::Writer writer;
    writer.byte_string(digest);
    return std::move(writer).take();
}

}  // namespace sjcode::pdf
