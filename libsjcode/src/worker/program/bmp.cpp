#include "worker/program/bmp.h"

#include "base/byte_reader.h"
#include "worker/program/failure.h"

#include <array>
#include <string>

namespace sjcode::worker {
namespace {

using Colour = std::array<std::uint8_t, 3>;

std::uint32_t little_endian(ByteReader& reader, std::size_t count) {
    const auto bytes = reader.take(count);
    if (!bytes) throw Refusal{Failure::image};
    std::uint32_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = value << 8 | (*bytes)[i];
    return value;
}

struct Header {
    std::uint32_t pixels_at;
    std::uint32_t palette_at;
    std::int64_t width;
    std::int64_t height;
    bool from_top;
    std::uint32_t bits;
    std::uint32_t colours;
};

Header read_header(ByteView file) {
    constexpr std::uint32_t kFileHeader = 14;
    constexpr std::uint32_t kInfoHeader = 40;
    constexpr std::uint32_t kUncompressed = 0;
    constexpr std::uint32_t kMasks = 3;  // 32 bits with the masks of the usual order
    ByteReader reader(file);
    reader.take(10);
    Header header{};
    header.pixels_at = little_endian(reader, 4);
    const auto header_size = little_endian(reader, 4);
    if (header_size < kInfoHeader) throw Refusal{Failure::image};
    header.width = static_cast<std::int32_t>(little_endian(reader, 4));
    header.height = static_cast<std::int32_t>(little_endian(reader, 4));
    header.from_top = header.height < 0;
    if (header.from_top) header.height = -header.height;
    little_endian(reader, 2);  // planes
    header.bits = little_endian(reader, 2);
    const auto compression = little_endian(reader, 4);
    little_endian(reader, 4);  // size of the pixels
    little_endian(reader, 4);  // pixels a metre
    little_endian(reader, 4);
    header.colours = little_endian(reader, 4);
    if (compression != kUncompressed && !(compression == kMasks && header.bits == 32)) throw Refusal{Failure::image};
    if (header.width <= 0 || header.height <= 0) throw Refusal{Failure::image};
    if (header.width > static_cast<std::int64_t>(kMostPixels) / header.height)
        throw Refusal{Failure::size, std::to_string(header.width) + " x " + std::to_string(header.height)};
    header.palette_at = kFileHeader + header_size;
    return header;
}

std::vector<Colour> read_palette(ByteView file, const Header& header) {
    if (header.bits > 8) return {};
    const std::uint32_t most = 1U << header.bits;
    const auto count = header.colours == 0 || header.colours > most ? most : header.colours;
    ByteReader reader(file);
    if (!reader.take(header.palette_at)) throw Refusal{Failure::image};
    std::vector<Colour> palette(most, Colour{});
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto entry = reader.take(4);
        if (!entry) throw Refusal{Failure::image};
        palette[i] = {(*entry)[2], (*entry)[1], (*entry)[0]};
    }
    return palette;
}

/// The colour of pixel `x` of a row.
Colour colour_at(ByteView row, std::size_t x, std::uint32_t bits, const std::vector<Colour>& palette) {
    if (bits == 24 || bits == 32) {
        const std::size_t at = x * (bits / 8);
        return {row[at + 2], row[at + 1], row[at]};
    }
    const std::size_t per_byte = 8 / bits;
    const auto shift = static_cast<unsigned>((per_byte - 1 - x % per_byte) * bits);
    return palette.at(static_cast<std::size_t>(row[x / per_byte]) >> shift & ((1U << bits) - 1));
}

}  // namespace

bool is_bmp(ByteView file) noexcept {
    return file.size() > 54 && file[0] == 'B' && file[1] == 'M';
}

Bitmap read_bmp(ByteView file) {
    const auto header = read_header(file);
    if (header.bits != 1 && header.bits != 4 && header.bits != 8 && header.bits != 24 && header.bits != 32)
        throw Refusal{Failure::image};
    const auto palette = read_palette(file, header);
    const auto width = static_cast<std::size_t>(header.width);
    const auto height = static_cast<std::size_t>(header.height);
    const std::size_t pitch = (width * header.bits + 31) / 32 * 4;
    ByteReader reader(file);
    if (!reader.take(header.pixels_at)) throw Refusal{Failure::image};
    const auto pixels = reader.take(std::uint64_t{pitch} * height);
    if (!pixels) throw Refusal{Failure::image};

    Bitmap bitmap;
    bitmap.width = static_cast<int>(header.width);
    bitmap.height = static_cast<int>(header.height);
    bitmap.rgb.reserve(3 * width * height);
    for (std::size_t y = 0; y < height; ++y) {
        const auto row = pixels->subspan((header.from_top ? y : height - 1 - y) * pitch, pitch);
        for (std::size_t x = 0; x < width; ++x) append(bitmap.rgb, colour_at(row, x, header.bits, palette));
    }
    return bitmap;
}

}  // namespace sjcode::worker
