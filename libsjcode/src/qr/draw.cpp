#include "qr/draw.h"

#include "qr/capacity.h"
#include "sjcode/qr.h"

#include <qrencode.h>

#include <algorithm>
#include <memory>
#include <new>

namespace sjcode {
namespace {

struct FreeInput {
    void operator()(QRinput* input) const { QRinput_free(input); }
};
struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

QRecLevel engine_level(QrLevel level) {
    switch (level) {
        case QrLevel::L:
            return QR_ECLEVEL_L;
        case QrLevel::M:
            return QR_ECLEVEL_M;
        case QrLevel::Q:
            return QR_ECLEVEL_Q;
        case QrLevel::H:
            return QR_ECLEVEL_H;
    }
    return QR_ECLEVEL_M;
}

Unexpected too_large(const std::string& version, int limit) {
    return fail("qr.too-large", {{"version", version}, {"limit", std::to_string(limit)}});
}

bool append_segment(QRinput* input, QRencodeMode mode, std::string_view text) {
    if (text.empty()) return true;
    return QRinput_append(input, mode, static_cast<int>(text.size()),
                          reinterpret_cast<const unsigned char*>(text.data())) == 0;
}

}  // namespace

Result<QrSymbol> qr::blank_symbol(std::size_t byte_count, std::size_t digit_count, QrLevel level, int version_limit) {
    const auto version = smallest_version(byte_count, digit_count, level);
    if (!version) return too_large("> 40", version_limit);
    if (*version > version_limit) return too_large(std::to_string(*version), version_limit);
    QrSymbol symbol;
    symbol.version = *version;
    symbol.level = level;
    symbol.size = 17 + 4 * *version;  // ISO/IEC 18004, 6.3.1
    return symbol;
}

Result<QrSymbol> draw_qr(std::string_view prefix, std::string_view digits, QrLevel level, int version_limit) {
    if (prefix.empty() && digits.empty()) return fail("qr.empty");
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return fail("digits.character");
    auto blank = qr::blank_symbol(prefix.size(), digits.size(), level, version_limit);
    if (!blank) return Unexpected(std::move(blank).error());
    auto symbol = *std::move(blank);

    const std::unique_ptr<QRinput, FreeInput> input(QRinput_new2(symbol.version, engine_level(level)));
    // Within version 40 no segment is longer than its count indicator can say, so none has to be split.
    if (!input || !append_segment(input.get(), QR_MODE_8, prefix) || !append_segment(input.get(), QR_MODE_NUM, digits))
        throw std::bad_alloc();
    const std::unique_ptr<QRcode, FreeCode> code(QRcode_encodeInput(input.get()));
    if (!code) throw std::bad_alloc();
    // libqrencode raises the version in silence; a symbol larger than computed is never handed out.
    if (code->version != symbol.version) return too_large(std::to_string(code->version), version_limit);

    const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    symbol.modules.resize(count);
    std::transform(code->data, code->data + count, symbol.modules.begin(),
                   [](unsigned char module) { return static_cast<std::uint8_t>(module & 1U); });
    return symbol;
}

}  // namespace sjcode
