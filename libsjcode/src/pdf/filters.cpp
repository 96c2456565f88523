#include "pdf/filters.h"

#include "base/hex.h"
#include "base/try.h"
#include "pdf/characters.h"
#include "pdf/lexer.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace sjcode::pdf {
namespace {

Result<Bytes> flate(ByteView data, std::uint64_t limit, bool to_the_end = false) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return limit_reached("memory");
    struct End {
        z_stream* stream;
        ~End() { inflateEnd(stream); }
    } const end{&stream};
    Bytes out;
    std::array<std::uint8_t, 65'536> buffer{};
    std::size_t consumed = 0;
    for (;;) {
        if (stream.avail_in == 0 && consumed < data.size()) {
            const auto piece = std::min<std::size_t>(data.size() - consumed, 1U << 30);
            // zlib's interface takes a pointer to non-const but does not write through it.
            stream.next_in = const_cast<Bytef*>(data.data() + consumed);
            stream.avail_in = static_cast<uInt>(piece);
            consumed += piece;
        }
        stream.next_out = buffer.data();
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int status = inflate(&stream, Z_NO_FLUSH);
        const auto produced = buffer.size() - stream.avail_out;
        if (out.size() + produced > limit) return limit_reached("decoded_stream");
        out.insert(out.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(produced));
        if (status == Z_STREAM_END) {
            if (to_the_end && (stream.avail_in != 0 || consumed != data.size())) return damaged("Flate data", 0);
            return out;
        }
        if (status != Z_OK || (produced == 0 && stream.avail_in == 0 && consumed == data.size()))
            return damaged("Flate data", 0);
    }
}

Result<Bytes> lzw(ByteView data, bool early_change, std::uint64_t limit) {
    // 7.4.4: codes of 9 to 12 bits, 256 clears the table, 257 ends the data.
    struct Sequence {
        std::uint16_t previous;
        std::uint16_t length;
        std::uint8_t last;
        std::uint8_t first;
    };
    std::vector<Sequence> table(4096);
    for (unsigned i = 0; i < 256; ++i) table[i] = {0, 1, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i)};
    Bytes out;
    unsigned next = 258;
    unsigned width = 9;
    unsigned previous = 4096;
    std::uint32_t bits = 0;
    unsigned have = 0;
    for (const auto byte : data) {
        bits = bits << 8 | byte;
        have += 8;
        if (have < width) continue;
        have -= width;
        const unsigned code = bits >> have & ((1U << width) - 1);
        if (code == 257) return out;
        if (code == 256) {
            next = 258;
            width = 9;
            previous = 4096;
            continue;
        }
        if (code > next || (code == next && previous == 4096) || (code >= 258 && previous == 4096))
            return damaged("LZW data", 0);
        if (previous != 4096 && next < 4096) {
            const auto& base = table[previous];
            const auto first = code == next ? base.first : table[code].first;
            table[next++] = {static_cast<std::uint16_t>(previous), static_cast<std::uint16_t>(base.length + 1), first,
                             base.first};
        }
        if (code >= next) return damaged("LZW data", 0);
        const auto length = table[code].length;
        if (out.size() + length > limit) return limit_reached("decoded_stream");
        out.resize(out.size() + length);
        unsigned at = code;
        for (std::size_t i = 0; i < length; ++i) {
            out[out.size() - 1 - i] = table[at].last;
            at = table[at].previous;
        }
        previous = code;
        const unsigned change = next + (early_change ? 1 : 0);
        width = change >= 2048 ? 12 : change >= 1024 ? 11 : change >= 512 ? 10 : 9;
    }
    return out;
}

Result<Bytes> ascii_hex(ByteView data, std::uint64_t limit) {
    Bytes out;
    int high = -1;
    for (const auto byte : data) {
        if (byte == '>') break;
        if (is_white(byte)) continue;
        const int digit = hex_digit(static_cast<char>(byte));
        if (digit < 0) return damaged("ASCIIHex data", 0);
        if (high < 0 && out.size() >= limit) return limit_reached("decoded_stream");
        if (high < 0) {
            high = digit;
        } else {
            out.push_back(static_cast<std::uint8_t>(high << 4 | digit));
            high = -1;
        }
    }
    if (high >= 0) out.push_back(static_cast<std::uint8_t>(high << 4));
    return out;
}

Result<Bytes> ascii_85(ByteView data, std::uint64_t limit) {
    Bytes out;
    std::uint64_t group = 0;
    unsigned count = 0;
    for (const auto byte : data) {
        if (byte == '~') break;
        if (is_white(byte)) continue;
        if (byte == 'z' && count == 0) {
            if (out.size() + 4 > limit) return limit_reached("decoded_stream");
            out.insert(out.end(), 4, 0);
            continue;
        }
        if (byte < '!' || byte > 'u') return damaged("ASCII85 data", 0);
        group = group * 85 + (byte - unsigned{'!'});
        if (++count < 5) continue;
        if (group > 0xFFFFFFFF) return damaged("ASCII85 data", 0);
        if (out.size() + 4 > limit) return limit_reached("decoded_stream");
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(group >> shift));
        group = 0;
        count = 0;
    }
    if (count == 1) return damaged("ASCII85 data", 0);
    if (count > 1) {
        for (unsigned i = count; i < 5; ++i) group = group * 85 + 84;
        if (group > 0xFFFFFFFF) return damaged("ASCII85 data", 0);
        if (out.size() + count - 1 > limit) return limit_reached("decoded_stream");
        for (unsigned i = 0; i + 1 < count; ++i) out.push_back(static_cast<std::uint8_t>(group >> (24 - 8 * i)));
    }
    return out;
}

Result<Bytes> run_length(ByteView data, std::uint64_t limit) {
    Bytes out;
    for (std::size_t at = 0; at < data.size();) {
        const unsigned length = data[at++];
        if (length == 128) break;
        const std::size_t count = length < 128 ? length + 1 : 257 - length;
        if (out.size() + count > limit) return limit_reached("decoded_stream");
        if (length < 128) {
            if (count > data.size() - at) return damaged("run-length data", 0);
            out.insert(out.end(), data.begin() + static_cast<std::ptrdiff_t>(at),
                       data.begin() + static_cast<std::ptrdiff_t>(at + count));
            at += count;
        } else {
            if (at == data.size()) return damaged("run-length data", 0);
            out.insert(out.end(), count, data[at++]);
        }
    }
    return out;
}

std::int64_t parameter(const Dictionary* parameters, std::string_view key, std::int64_t otherwise) {
    const auto* value = parameters == nullptr ? nullptr : parameters->find(key);
    return value == nullptr ? otherwise : value->integer().value_or(-1);
}

std::uint8_t paeth(int left, int up, int corner) {
    const int estimate = left + up - corner;
    const int a = std::abs(estimate - left);
    const int b = std::abs(estimate - up);
    const int c = std::abs(estimate - corner);
    return static_cast<std::uint8_t>(a <= b && a <= c ? left : b <= c ? up : corner);
}

/// 7.4.4.4: rows that were written as differences.
Result<Bytes> undo_predictor(Bytes data, const Dictionary* parameters) {
    const auto predictor = parameter(parameters, "Predictor", 1);
    if (predictor == 1) return data;
    const auto colors = parameter(parameters, "Colors", 1);
    const auto bits = parameter(parameters, "BitsPerComponent", 8);
    const auto columns = parameter(parameters, "Columns", 1);
    if (colors < 1 || colors > 32 || (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16) || columns < 1 ||
        columns > 1'000'000)
        return damaged("predictor parameters", 0);
    const auto row = static_cast<std::size_t>((colors * bits * columns + 7) / 8);
    const auto pixel = static_cast<std::size_t>(std::max<std::int64_t>(1, colors * bits / 8));
    if (predictor == 2) {
        if (bits != 8) return fail("pdf.filter", {{"filter", "TIFF predictor"}});
        for (std::size_t begin = 0; begin < data.size(); begin += row)
            for (std::size_t i = begin + pixel; i < std::min(begin + row, data.size()); ++i)
                data[i] = static_cast<std::uint8_t>(data[i] + data[i - pixel]);
        return data;
    }
    if (predictor < 10 || predictor > 15) return damaged("predictor parameters", 0);
    if (data.size() % (row + 1) != 0) return damaged("predictor rows", 0);
    Bytes out(data.size() / (row + 1) * row);
    for (std::size_t line = 0; line * (row + 1) < data.size(); ++line) {
        const auto* in = data.data() + line * (row + 1);
        auto* to = out.data() + line * row;
        const auto* above = line == 0 ? nullptr : to - row;
        const auto type = *in++;
        if (type > 4) return damaged("predictor rows", 0);
        for (std::size_t i = 0; i < row; ++i) {
            const int left = i >= pixel ? to[i - pixel] : 0;
            const int up = above != nullptr ? above[i] : 0;
            const int corner = above != nullptr && i >= pixel ? above[i - pixel] : 0;
            const int add = type == 0   ? 0
                            : type == 1 ? left
                            : type == 2 ? up
                            : type == 3 ? (left + up) / 2
                                        : paeth(left, up, corner);
            to[i] = static_cast<std::uint8_t>(in[i] + add);
        }
    }
    return out;
}

}  // namespace

Result<Bytes> decode_filter(std::string_view filter, const Dictionary* parameters, ByteView data, std::uint64_t limit) {
    if (filter == "FlateDecode" || filter == "Fl") {
        SJCODE_TRY(auto bytes, flate(data, limit));
        return undo_predictor(std::move(bytes), parameters);
    }
    if (filter == "LZWDecode" || filter == "LZW") {
        SJCODE_TRY(auto bytes, lzw(data, parameter(parameters, "EarlyChange", 1) != 0, limit));
        return undo_predictor(std::move(bytes), parameters);
    }
    if (filter == "ASCIIHexDecode" || filter == "AHx") return ascii_hex(data, limit);
    if (filter == "ASCII85Decode" || filter == "A85") return ascii_85(data, limit);
    if (filter == "RunLengthDecode" || filter == "RL") return run_length(data, limit);
    return fail("pdf.filter", {{"filter", std::string(filter)}});
}

Result<Bytes> inflate_exactly(ByteView data, std::uint64_t limit) {
    return flate(data, limit, true);
}

Bytes deflate(ByteView data, int level) {
    auto size = compressBound(static_cast<uLong>(data.size()));
    Bytes out(size);
    if (compress2(out.data(), &size, data.data(), static_cast<uLong>(data.size()), level) != Z_OK) return {};
    out.resize(size);
    return out;
}

}  // namespace sjcode::pdf
