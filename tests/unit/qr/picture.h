// Grey images of drawn symbols.
#pragma once

#include "sjcode/qr.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sjcode::test {

/// `count` digits that depend on `seed`.
inline std::string digits(std::size_t count, unsigned seed) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        seed = seed * 1103515245U + 12345U;
        text += static_cast<char>('0' + (seed >> 16) % 10);
    }
    return text;
}

inline GreyImage white(int width, int height) {
    GreyImage image;
    image.width = width;
    image.height = height;
    image.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 255);
    return image;
}

/// Draws a symbol, `scale` pixels a module, its top left module at (x, y).
inline void put(GreyImage& image, const QrSymbol& symbol, int x, int y, int scale) {
    for (int row = 0; row < symbol.size * scale; ++row)
        for (int column = 0; column < symbol.size * scale; ++column)
            if (symbol.dark(row / scale, column / scale))
                image.pixels.at(static_cast<std::size_t>(y + row) * static_cast<std::size_t>(image.width) +
                                static_cast<std::size_t>(x + column)) = 0;
}

inline GreyImage picture(const QrSymbol& symbol, int scale) {
    const int side = (symbol.size + 8) * scale;
    auto image = white(side, side);
    put(image, symbol, 4 * scale, 4 * scale, scale);
    return image;
}

/// The contents found in an image, sorted.
inline std::vector<std::string> contents(const GreyImage& image) {
    std::vector<std::string> all;
    const auto symbols = read_qr(image.view());
    if (symbols)
        for (const auto& symbol : *symbols) all.emplace_back(as_text(symbol.bytes));
    std::sort(all.begin(), all.end());
    return all;
}

/// The content of a symbol as read from its image; empty where it is not read.
inline std::string read_back(const QrSymbol& symbol, int scale) {
    const auto found = contents(picture(symbol, scale));
    return found.size() == 1 ? found.front() : std::string();
}

}  // namespace sjcode::test
