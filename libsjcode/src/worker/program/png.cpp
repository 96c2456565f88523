#include "worker/program/png.h"

#include "base/byte_reader.h"

#include <zlib.h>

#include <array>
#include <cmath>
#include <new>
#include <string_view>

namespace sjcode::worker {
namespace {

void append_chunk(Bytes& to, std::string_view type, ByteView data) {
    append_big_endian(to, data.size(), 4);
    const auto start = to.size();
    append(to, as_bytes(type));
    append(to, data);
    const auto sum = ::crc32(0, to.data() + start, static_cast<uInt>(to.size() - start));
    append_big_endian(to, sum, 4);
}

}  // namespace

Bytes write_png(ByteView rgb, std::uint32_t width, std::uint32_t height, double dpi) {
    // Each row after filter 2 (Up): pages are mostly the same as the row above.
    const std::size_t pitch = std::size_t{3} * width;
    Bytes filtered;
    filtered.reserve((pitch + 1) * height);
    for (std::size_t y = 0; y < height; ++y) {
        filtered.push_back(2);
        const auto row = rgb.subspan(y * pitch, pitch);
        for (std::size_t x = 0; x < pitch; ++x) {
            const unsigned above = y == 0 ? 0U : rgb[(y - 1) * pitch + x];
            filtered.push_back(static_cast<std::uint8_t>(row[x] - above));
        }
    }
    auto packed_size = ::compressBound(filtered.size());
    Bytes packed(packed_size);
    if (::compress2(packed.data(), &packed_size, filtered.data(), filtered.size(), 4) != Z_OK) throw std::bad_alloc();
    packed.resize(packed_size);

    Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    Bytes header;
    append_big_endian(header, width, 4);
    append_big_endian(header, height, 4);
    append(header, std::array<std::uint8_t, 5>{8, 2, 0, 0, 0});  // bits, RGB, deflate, filters, not interlaced
    append_chunk(png, "IHDR", header);
    Bytes density;
    const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / 0.0254));
    append_big_endian(density, per_metre, 4);
    append_big_endian(density, per_metre, 4);
    density.push_back(1);
    append_chunk(png, "pHYs", density);
    append_chunk(png, "IDAT", packed);
    append_chunk(png, "IEND", {});
    return png;
}

}  // namespace sjcode::worker
