// QR symbols (GB/T 18284, ISO/IEC 18004): drawn from segments, read from grey images.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

enum class QrLevel { L, M, Q, H };

/// A symbol as modules, without its quiet zone (4 modules on each side, the drawer's duty).
struct QrSymbol {
    int version = 0;  ///< 1–40
    QrLevel level = QrLevel::M;
    int size = 0;                       ///< modules a side: 17 + 4 × version
    std::vector<std::uint8_t> modules;  ///< row by row from the top, 1 = dark

    [[nodiscard]] bool dark(int row, int column) const {
        return modules[static_cast<std::size_t>(row) * static_cast<std::size_t>(size) +
                       static_cast<std::size_t>(column)] != 0;
    }
};

/// Draws `prefix` as one byte segment and `digits` as one numeric segment, in the smallest version that holds them.
/// Errors: "qr.too-large" ({version}, {limit}) where that is over `version_limit`; "digits.character"; "qr.empty".
Result<QrSymbol> draw_qr(std::string_view prefix, std::string_view digits, QrLevel level, int version_limit);

/// Eight-bit grey pixels, row by row from the top; 0 is black. Views somebody else's memory.
struct GreyImageView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0;  ///< bytes from one row to the next, at least width
};

/// An owned grey image.
struct GreyImage {
    Bytes pixels;
    int width = 0;
    int height = 0;
    [[nodiscard]] GreyImageView view() const { return {pixels.data(), width, height, width}; }
};

/// A symbol found in an image.
struct ReadSymbol {
    Bytes bytes;                                  ///< the content as read
    std::array<std::array<int, 2>, 4> corners{};  ///< x, y: top left, top right, bottom right, bottom left
};

/// All QR symbols in the image, each content once; empty where there is none. Tries the image as it is, larger,
/// smaller, and in other contrasts; where it finds something, it looks on in the rest of the image. Thread-safe. For
/// untrusted images call it where time is limited: the engine has been seen to loop. Error: "image.size" ({width},
/// {height}) where the image is empty or over 200 million pixels.
Result<std::vector<ReadSymbol>> read_qr(const GreyImageView& image);

}  // namespace sjcode
