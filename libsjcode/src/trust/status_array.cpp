// Values in bits, and their ZLIB form: Token Status List, section 4.1.
#include "base/try.h"
#include "sjcode/status_list.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace sjcode {
namespace {

constexpr bool is_width(unsigned bits) noexcept {
    return bits == 1 || bits == 2 || bits == 4 || bits == 8;
}

Unexpected too_large() {
    return fail("status-list.size", {{"limit", std::to_string(StatusArray::most_bytes)}});
}

/// Grows with what is really there, so that a claim of much costs nothing; a bomb ends at the limit.
Result<Bytes> inflate_all(ByteView data) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return fail("status-list.compression");
    struct End {
        z_stream* stream;
        ~End() { inflateEnd(stream); }
    } const end{&stream};
    // zlib's interface takes a pointer to non-const but does not write through it. The caller's limit is below 4 GiB.
    stream.next_in = const_cast<Bytef*>(data.data());
    stream.avail_in = static_cast<uInt>(data.size());
    Bytes out;
    std::array<std::uint8_t, 65'536> buffer{};
    for (;;) {
        stream.next_out = buffer.data();
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int status = inflate(&stream, Z_NO_FLUSH);
        const auto produced = buffer.size() - stream.avail_out;
        if (produced > StatusArray::most_bytes - out.size()) return too_large();
        out.insert(out.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(produced));
        if (status == Z_STREAM_END) {
            if (stream.avail_in != 0) return fail("status-list.compression");
            return out;
        }
        if (status != Z_OK || (produced == 0 && stream.avail_in == 0)) return fail("status-list.compression");
    }
}

}  // namespace

Result<StatusArray> StatusArray::create(unsigned bits, std::uint64_t size) {
    if (!is_width(bits)) return fail("status-list.bits", {{"bits", std::to_string(bits)}});
    const std::uint64_t in_a_byte = 8 / bits;
    if (size > most_bytes * in_a_byte) return too_large();
    return StatusArray(bits, Bytes(static_cast<std::size_t>((size + in_a_byte - 1) / in_a_byte)));
}

Result<StatusArray> StatusArray::decompress(unsigned bits, ByteView zlib) {
    if (!is_width(bits)) return fail("status-list.bits", {{"bits", std::to_string(bits)}});
    if (zlib.size() > most_bytes) return too_large();
    SJCODE_TRY(auto bytes, inflate_all(zlib));
    return StatusArray(bits, std::move(bytes));
}

Result<Bytes> StatusArray::compress() const {
    Bytes out(compressBound(static_cast<uLong>(bytes_.size())));
    auto size = static_cast<uLongf>(out.size());
    if (compress2(out.data(), &size, bytes_.data(), static_cast<uLong>(bytes_.size()), Z_BEST_COMPRESSION) != Z_OK)
        return fail("status-list.compression");
    out.resize(size);
    return out;
}

std::optional<std::uint8_t> StatusArray::get(std::uint64_t index) const noexcept {
    if (index >= size()) return std::nullopt;
    const auto bit = index * bits_;
    const unsigned byte = bytes_[static_cast<std::size_t>(bit / 8)];
    return static_cast<std::uint8_t>(byte >> (bit % 8) & ((1U << bits_) - 1));
}

bool StatusArray::set(std::uint64_t index, std::uint8_t value) noexcept {
    const unsigned mask = (1U << bits_) - 1;
    if (index >= size() || value > mask) return false;
    const auto bit = index * bits_;
    auto& byte = bytes_[static_cast<std::size_t>(bit / 8)];
    const auto shift = static_cast<unsigned>(bit % 8);
    byte = static_cast<std::uint8_t>((byte & ~(mask << shift)) | static_cast<unsigned>(value) << shift);
    return true;
}

}  // namespace sjcode
