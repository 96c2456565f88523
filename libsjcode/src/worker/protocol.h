// What the library and its worker program say to each other. Both are built from the same sources, and the version byte
// tells when they are not. Each message: its length (8 bytes, big-endian), then the body; all numbers are big-endian.
//   request body:  version, request, arguments
//   answer body:   version, Failure::none, values — or version, failure, a text
// Texts and byte strings stand as a length of 4 bytes and the bytes; what comes last and is large, without a length.
#pragma once

#include "base/byte_reader.h"
#include "sjcode/qr.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sjcode::worker {

inline constexpr std::uint8_t kProtocolVersion = 1;
inline constexpr std::size_t kLengthSize = 8;

// Descriptors of the worker process, besides the standard ones, which lead nowhere.
inline constexpr int kSocketDescriptor = 3;
inline constexpr int kDocumentDescriptor = 4;

/// Exit statuses of the worker process.
inline constexpr int kExitMemory = 71;     ///< an allocation failed and a parser could not go on
inline constexpr int kExitProtocol = 72;   ///< a request that is none: built from other sources
inline constexpr int kExitNotFound = 127;  ///< as the dynamic linker ends where a library is missing

enum class Request : std::uint8_t {
    text_extractor = 1,
    page_count,
    page_texts,          ///< annotations, count, pages
    page_image,          ///< page, dpi × 1000, annotations
    page_png,            ///< page, dpi × 1000
    page_symbols,        ///< page
    image_pages,         ///
    image_page_symbols,  ///< page
    lenient_view,
    normalise,
};

enum class Failure : std::uint8_t {
    none = 0,
    document,       ///< text: why it cannot be read
    encrypted,      ///
    image,          ///
    page,           ///< text: the page that does not exist
    size,           ///< text: pixels
    memory,         ///
    image_library,  ///< libvips is not there
};

// Limits that both sides keep.
inline constexpr std::size_t kMostRequestBytes = 1U << 24;
inline constexpr std::size_t kMostCodeBytes = 4096;
inline constexpr std::size_t kMostRecordBytes = 1U << 20;
inline constexpr std::size_t kMostCodes = 64;
inline constexpr std::uint64_t kMostPixels = 200'000'000;
inline constexpr std::uint32_t kMostImagePages = 1000;
inline constexpr std::size_t kMostReason = 200;

inline void append_string(Bytes& to, ByteView bytes) {
    append_big_endian(to, bytes.size(), 4);
    append(to, bytes);
}
inline void append_string(Bytes& to, std::string_view text) {
    append_string(to, as_bytes(text));
}

inline std::optional<std::uint32_t> read_number(ByteReader& reader) {
    const auto value = reader.big_endian(4);
    if (!value) return std::nullopt;
    return static_cast<std::uint32_t>(*value);
}
inline std::optional<ByteView> read_string(ByteReader& reader) {
    const auto size = reader.big_endian(4);
    if (!size) return std::nullopt;
    return reader.take(*size);
}

inline void append_symbols(Bytes& to, const std::vector<ReadSymbol>& symbols) {
    append_big_endian(to, symbols.size(), 4);
    for (const auto& symbol : symbols) {
        append_string(to, symbol.bytes);
        for (const auto& corner : symbol.corners)
            for (const int coordinate : corner) append_big_endian(to, static_cast<std::uint32_t>(coordinate), 4);
    }
}
inline std::optional<std::vector<ReadSymbol>> read_symbols(ByteReader& reader) {
    const auto count = read_number(reader);
    if (!count) return std::nullopt;
    std::vector<ReadSymbol> symbols;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto bytes = read_string(reader);
        if (!bytes) return std::nullopt;
        ReadSymbol symbol;
        symbol.bytes.assign(bytes->begin(), bytes->end());
        for (auto& corner : symbol.corners)
            for (auto& coordinate : corner) {
                const auto value = read_number(reader);
                if (!value) return std::nullopt;
                coordinate = static_cast<int>(*value);
            }
        symbols.push_back(std::move(symbol));
    }
    return symbols;
}

}  // namespace sjcode::worker
