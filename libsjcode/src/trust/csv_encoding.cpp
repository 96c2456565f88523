#include "trust/csv_encoding.h"

#include "base/unicode.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <utility>

namespace sjcode {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_of(ByteView file, std::size_t offset) {
    return 1 +
           static_cast<std::size_t>(std::count(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

Unexpected wrong_byte(ByteView file, std::size_t offset) {
    return fail("csv.encoding", {{"line", std::to_string(line_of(file, offset))}});
}

/// What becomes of bytes that are no UTF-8 when they are read as such.
struct Utf8Reading {
    std::size_t first_wrong = 0;
    /// A damaged UTF-8 file, not one of another encoding, where it would become other characters in silence: Chinese in
    /// GB18030 hardly ever looks like UTF-8.
    bool is_mostly = false;
};

Utf8Reading read_as_utf8(std::string_view text) {
    constexpr std::array<std::pair<unsigned, unsigned>, 4> lengths{{{0x80, 1}, {0xE0, 2}, {0xF0, 3}, {0xF8, 4}}};
    std::size_t good = 0;
    std::size_t wrong = 0;
    std::size_t first_wrong = text.size();
    for (std::size_t at = 0; at < text.size();) {
        const unsigned lead = static_cast<unsigned char>(text[at]);
        std::size_t length = 1;
        for (const auto& [below, size] : lengths)
            if (lead < below) {
                length = size;
                break;
            }
        if (unicode::is_utf8(text.substr(at, length)) && at + length <= text.size()) {
            if (length > 1) good += length;
            at += length;
        } else {
            first_wrong = std::min(first_wrong, at);
            ++wrong;
            ++at;
        }
    }
    return {first_wrong, good > 3 * wrong};
}

Result<std::string> from_gb18030(ByteView file) {
    const auto converter = iconv_open("UTF-8", "GB18030");
    // Part of every C library, but its tables are files, which a small system may leave out.
    if (converter == reinterpret_cast<iconv_t>(-1)) return fail("csv.converter");
    struct Close {
        iconv_t converter;
        ~Close() { iconv_close(converter); }
    } const close{converter};
    std::string text;
    std::array<char, 65'536> buffer{};
    // iconv's interface takes a pointer to non-const but does not write through it.
    auto* in = const_cast<char*>(as_text(file).data());
    std::size_t left = file.size();
    while (left > 0) {
        auto* out = buffer.data();
        std::size_t room = buffer.size();
        const auto before = left;
        const auto done = iconv(converter, &in, &left, &out, &room);
        text.append(buffer.data(), buffer.size() - room);
        const bool moved = left < before || room < buffer.size();
        if (done == static_cast<std::size_t>(-1) && !moved) return wrong_byte(file, file.size() - left);
    }
    return text;
}

}  // namespace

Result<std::string> csv_text(ByteView file) {
    const auto bytes = as_text(file);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return fail("csv.utf16");
    const bool marked = bytes.starts_with(byte_order_mark);
    const auto text = marked ? bytes.substr(byte_order_mark.size()) : bytes;
    if (unicode::is_utf8(text)) return std::string(text);
    const auto read = read_as_utf8(text);
    if (marked || read.is_mostly) return wrong_byte(file, file.size() - text.size() + read.first_wrong);
    return from_gb18030(file);
}

}  // namespace sjcode
