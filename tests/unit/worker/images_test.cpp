// Photographs and scans.
#include "catch.h"
#include "pdf_file.h"

#include "base/byte_reader.h"

#include <algorithm>

using namespace sjcode;
using namespace sjcode::test;

namespace {

constexpr std::size_t kDigits = 435;

/// A symbol with modules of three pixels in the middle of white.
GreyImage drawn(unsigned seed) {
    constexpr int kModule = 3;
    constexpr int kQuiet = 4;
    const auto symbol = draw_qr("https://sfjd.example.cn/r/", digits(kDigits, seed), QrLevel::M, 12);
    REQUIRE(symbol);
    GreyImage image;
    image.width = (symbol->size + 2 * kQuiet) * kModule;
    image.height = image.width + 10;
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const int row = y / kModule - kQuiet;
            const int column = x / kModule - kQuiet;
            const bool inside = row >= 0 && column >= 0 && row < symbol->size && column < symbol->size;
            image.pixels.push_back(inside && symbol->dark(row, column) ? 0 : 255);
        }
    return image;
}

std::string content(unsigned seed) {
    return "https://sfjd.example.cn/r/" + digits(kDigits, seed);
}

void little(Bytes& to, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i) to.push_back(i < 8 ? static_cast<std::uint8_t>(value >> (8 * i)) : std::uint8_t{0});
}

std::uint8_t pixel(const GreyImage& image, int x, int y) {
    return image.pixels.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                           static_cast<std::size_t>(x));
}

/// `bits` a pixel: 1 and 8 with a palette, 24, 32. From the bottom up, as usual, or from the top.
Bytes bmp(const GreyImage& image, int bits, bool from_top) {
    const auto colours = bits <= 8 ? 1U << bits : 0U;
    const auto offset = 54 + 4 * colours;
    Bytes file{'B', 'M'};
    little(file, 0, 8);
    little(file, offset, 4);
    little(file, 40, 4);
    little(file, static_cast<std::uint64_t>(image.width), 4);
    little(file, static_cast<std::uint64_t>(std::int64_t{from_top ? -image.height : image.height}), 4);
    little(file, 1, 2);
    little(file, static_cast<std::uint64_t>(bits), 2);
    little(file, 0, 24);
    for (unsigned i = 0; i < colours; ++i) little(file, 0x010101U * (i * 255U / (colours - 1)), 4);
    for (int line = 0; line < image.height; ++line) {
        const int y = from_top ? line : image.height - 1 - line;
        const auto start = file.size();
        for (int x = 0; x < image.width; ++x) {
            const auto grey = pixel(image, x, y);
            if (bits == 1) {
                if (x % 8 == 0) file.push_back(0);
                file.back() = static_cast<std::uint8_t>(file.back() | (grey >> 7) << (7 - x % 8));
            } else if (bits == 8) {
                file.push_back(grey);
            } else {
                file.insert(file.end(), static_cast<std::size_t>(bits) / 8, grey);
            }
        }
        while ((file.size() - start) % 4 != 0) file.push_back(0);
    }
    return file;
}

/// An uncompressed grey TIFF, a page for each image; `orientation` as in Exif.
Bytes tiff(const std::vector<GreyImage>& images, std::uint16_t orientation = 1) {
    Bytes file{'I', 'I', 42, 0};
    auto link = file.size();
    little(file, 0, 4);
    const auto set = [&](std::size_t at, std::size_t value) {
        for (std::size_t i = 0; i < 4; ++i) file.at(at + i) = static_cast<std::uint8_t>(value >> (8 * i));
    };
    for (const auto& image : images) {
        const auto strip = file.size();
        append(file, image.pixels);
        if (file.size() % 2 != 0) file.push_back(0);
        set(link, file.size());
        const auto entry = [&](std::uint16_t tag, std::uint16_t type, std::size_t value) {
            little(file, tag, 2);
            little(file, type, 2);
            little(file, 1, 4);
            little(file, value, 4);
        };
        constexpr std::uint16_t kShort = 3;
        constexpr std::uint16_t kLong = 4;
        little(file, 10, 2);
        entry(256, kLong, static_cast<std::size_t>(image.width));
        entry(257, kLong, static_cast<std::size_t>(image.height));
        entry(258, kShort, 8);
        entry(259, kShort, 1);
        entry(262, kShort, 1);
        entry(273, kLong, strip);
        entry(274, kShort, orientation);
        entry(277, kShort, 1);
        entry(278, kLong, static_cast<std::size_t>(image.height));
        entry(279, kLong, image.pixels.size());
        link = file.size();
        little(file, 0, 4);
    }
    return file;
}

std::vector<std::vector<std::string>> read(Bytes file) {
    const auto pages = open(InputFile::own(std::move(file))).image_symbols();
    REQUIRE(pages);
    std::vector<std::vector<std::string>> all;
    for (const auto& page : *pages) {
        std::vector<std::string> contents;
        for (const auto& symbol : page) contents.emplace_back(as_text(symbol.bytes));
        all.push_back(contents);
    }
    return all;
}

using Pages = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("BMP in its usual forms") {
    const auto image = drawn(1);
    for (const int bits : {1, 8, 24, 32})
        for (const bool from_top : {false, true}) {
            INFO(bits << " bits");
            CHECK(read(bmp(image, bits, from_top)) == Pages{{content(1)}});
        }
}

TEST_CASE("hostile BMP is no image, or too large") {
    const auto good = bmp(drawn(1), 8, false);
    const auto code = [](Bytes file) { return open(InputFile::own(std::move(file))).image_symbols().error().code; };
    CHECK(code(Bytes(good.begin(), good.end() - 100)) == "worker.image");
    CHECK(code(Bytes(good.begin(), good.begin() + 60)) == "worker.image");
    auto changed = good;
    changed[10] = 0xFF;
    changed[13] = 0xFF;
    CHECK(code(changed) == "worker.image");  // pixels outside the file
    changed = good;
    changed[28] = 7;
    CHECK(code(changed) == "worker.image");  // 7 bits
    changed = good;
    changed[20] = 0x7F;
    changed[24] = 0x7F;
    CHECK(code(changed) == "worker.size");
    changed = good;
    changed[30] = 1;
    CHECK(code(changed) == "worker.image");  // compressed
}

TEST_CASE("TIFF of several pages, turned as its tag says") {
    GreyImage empty;
    empty.width = 50;
    empty.height = 40;
    empty.pixels.assign(2000, 255);
    CHECK(read(tiff({drawn(1), empty, drawn(2)})) == Pages{{content(1)}, {}, {content(2)}});
    const auto turned = open(InputFile::own(tiff({drawn(3)}, 3))).image_symbols();
    REQUIRE(turned);
    REQUIRE(turned->size() == 1);
    REQUIRE(turned->front().size() == 1);
    // Half a turn: the symbol's top left comes to the lower right.
    const auto& corners = turned->front().front().corners;
    CHECK(corners[0][0] > corners[2][0]);
    CHECK(corners[0][1] > corners[2][1]);
}

TEST_CASE("an image that claims too many pixels is refused before it is unpacked") {
    Bytes png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    append_big_endian(png, 60'000, 4);
    append_big_endian(png, 60'000, 4);
    append(png, Bytes{8, 0, 0, 0, 0});
    append_big_endian(png, 0x6B8F3E5C, 4);  // any checksum
    const auto code = open(InputFile::own(png)).image_symbols().error().code;
    CHECK((code == "worker.size" || code == "worker.image"));
    auto wide = tiff({drawn(1)});
    const auto directory = ByteReader(ByteView(wide).subspan(4)).take(4).value();
    const auto at = static_cast<std::size_t>(directory[0]) | static_cast<std::size_t>(directory[1]) << 8 |
                    static_cast<std::size_t>(directory[2]) << 16;
    for (const std::size_t entry : {0U, 1U}) {
        wide.at(at + 2 + 12 * entry + 8) = 0xFF;
        wide.at(at + 2 + 12 * entry + 9) = 0xFF;
    }
    CHECK(open(InputFile::own(wide)).image_symbols().error().code == "worker.size");
}

TEST_CASE("what is no image, or of a kind that is not promised, is an error") {
    for (const auto* text : {"no image", "%PDF-1.7\n", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
                             "P5 1 1 255\n ", "\x89PNG\r\n\x1A\n"})
        CHECK(open(own(text)).image_symbols().error().code == "worker.image");
    PdfFile pdf;
    pdf.add_page("");
    CHECK(open(pdf.file()).image_symbols().error().code == "worker.image");
}
