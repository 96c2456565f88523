// Symbols in images made here: several at once, turned, faint, noisy; and images in which there is nothing.
#include "catch.h"
#include "picture.h"

#include "qr/finder.h"
#include "qr/resample.h"

#include <cmath>
#include <random>

using namespace sjcode;
using namespace sjcode::test;

namespace {

QrSymbol symbol(std::size_t digit_count, unsigned seed) {
    auto drawn = draw_qr("https://sfjd.example.cn/r/", digits(digit_count, seed), QrLevel::M, 40);
    REQUIRE(drawn);
    return *drawn;
}

std::string content(std::size_t digit_count, unsigned seed) {
    return "https://sfjd.example.cn/r/" + digits(digit_count, seed);
}

/// The image turned about its middle, on white.
GreyImage turned(const GreyImage& image, double degrees) {
    const double angle = degrees * 3.14159265358979 / 180;
    auto result = white(image.width * 3 / 2, image.height * 3 / 2);
    for (int y = 0; y < result.height; ++y)
        for (int x = 0; x < result.width; ++x) {
            const double u = x - result.width / 2.0;
            const double v = y - result.height / 2.0;
            const double from_x = u * std::cos(angle) + v * std::sin(angle) + image.width / 2.0;
            const double from_y = -u * std::sin(angle) + v * std::cos(angle) + image.height / 2.0;
            const int left = static_cast<int>(std::floor(from_x));
            const int top = static_cast<int>(std::floor(from_y));
            if (left < 0 || top < 0 || left + 1 >= image.width || top + 1 >= image.height) continue;
            const auto at = [&](int dx, int dy) {
                return static_cast<double>(
                    image.pixels[static_cast<std::size_t>(top + dy) * static_cast<std::size_t>(image.width) +
                                 static_cast<std::size_t>(left + dx)]);
            };
            const double a = from_x - left;
            const double b = from_y - top;
            const double grey = (at(0, 0) * (1 - a) + at(1, 0) * a) * (1 - b) + (at(0, 1) * (1 - a) + at(1, 1) * a) * b;
            result.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(result.width) +
                          static_cast<std::size_t>(x)] = static_cast<std::uint8_t>(grey);
        }
    return result;
}

}  // namespace

TEST_CASE("all symbols of an image are returned, of whatever sizes") {
    auto image = white(1400, 900);
    put(image, symbol(435, 1), 40, 40, 4);
    put(image, symbol(500, 2), 500, 60, 2);
    put(image, symbol(1800, 3), 760, 40, 4);
    put(image, symbol(1000, 4), 60, 500, 3);
    put(image, symbol(20, 5), 600, 500, 10);
    auto expected = std::vector{content(435, 1), content(500, 2), content(1800, 3), content(1000, 4), content(20, 5)};
    std::sort(expected.begin(), expected.end());
    CHECK(contents(image) == expected);
}

TEST_CASE("a coarse symbol and a fine one beside it") {
    auto image = white(2600, 2100);
    put(image, symbol(435, 1), 200, 200, 30);
    put(image, symbol(435, 2), 2250, 900, 2);
    auto expected = std::vector{content(435, 1), content(435, 2)};
    std::sort(expected.begin(), expected.end());
    CHECK(contents(image) == expected);
}

TEST_CASE("the same content twice is one finding") {
    auto image = white(700, 300);
    put(image, symbol(435, 1), 30, 30, 3);
    put(image, symbol(435, 1), 400, 50, 3);
    CHECK(contents(image) == std::vector{content(435, 1)});
}

TEST_CASE("corners are those of the image handed in, at whatever scale it was read") {
    const auto drawn = symbol(435, 7);
    for (const int scale : {2, 4, 12}) {
        auto image = white(1000, 1000);
        put(image, drawn, 100, 150, scale);
        const auto found = read_qr(image.view());
        REQUIRE(found);
        REQUIRE(found->size() == 1);
        const int end = drawn.size * scale;
        const std::array<std::array<int, 2>, 4> expected{
            {{100, 150}, {100 + end, 150}, {100 + end, 150 + end}, {100, 150 + end}}};
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t k = 0; k < 2; ++k) {
                INFO("scale " << scale << ", corner " << i << ", coordinate " << k);
                CHECK(std::abs(found->front().corners.at(i).at(k) - expected.at(i).at(k)) <= scale + 2);
            }
    }
}

TEST_CASE("symbols are read at any angle") {
    const auto image = picture(symbol(435, 11), 4);
    for (const double degrees : {3.0, 17.0, 45.0, 90.0, 133.0, 180.0, 271.0}) {
        INFO(degrees << " degrees");
        CHECK(contents(turned(image, degrees)) == std::vector{content(435, 11)});
    }
}

TEST_CASE("faint, dark, noisy and blurred symbols are read") {
    const auto clean = picture(symbol(435, 12), 4);
    const auto expected = std::vector{content(435, 12)};
    SECTION("faint") {
        auto image = clean;
        for (auto& pixel : image.pixels) pixel = pixel == 0 ? 190 : 235;
        CHECK(contents(image) == expected);
    }
    SECTION("dark") {
        auto image = clean;
        for (auto& pixel : image.pixels) pixel = pixel == 0 ? 5 : 45;
        CHECK(contents(image) == expected);
    }
    SECTION("a shadow across") {
        auto image = clean;
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x) {
                auto& pixel = image.pixels[static_cast<std::size_t>(y * image.width + x)];
                pixel = static_cast<std::uint8_t>(pixel * (x + y < image.width ? 1.0 : 0.4));
            }
        CHECK(contents(image) == expected);
    }
    SECTION("noise") {
        auto image = clean;
        std::mt19937 random(1);
        for (auto& pixel : image.pixels) {
            const int noisy = pixel + static_cast<int>(random() % 161) - 80;
            pixel = static_cast<std::uint8_t>(std::clamp(noisy, 0, 255));
        }
        CHECK(contents(image) == expected);
    }
    SECTION("blur") {
        CHECK(contents(qr::smooth(clean.view())) == expected);
    }
    SECTION("grey seal over it") {
        auto image = clean;
        for (int y = 60; y < 180; ++y)
            for (int x = 60; x < 200; ++x) {
                auto& pixel = image.pixels[static_cast<std::size_t>(y * image.width + x)];
                if (pixel == 255 && (x / 6 + y / 6) % 3 == 0) pixel = 110;
            }
        CHECK(contents(image) == expected);
    }
}

TEST_CASE("rows may be padded, and the padding is not looked at") {
    const auto drawn = symbol(435, 13);
    const auto image = picture(drawn, 3);
    const auto stride = static_cast<std::size_t>(image.width) + 37;
    Bytes padded(stride * static_cast<std::size_t>(image.height), 0);
    for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y)
        std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(y * static_cast<std::size_t>(image.width)),
                    image.width, padded.begin() + static_cast<std::ptrdiff_t>(y * stride));
    const auto found = read_qr({padded.data(), image.width, image.height, static_cast<int>(stride)});
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(as_text(found->front().bytes) == content(435, 13));
}

TEST_CASE("large images are read, in whatever part the symbol is") {
    auto image = white(9000, 7000);  // 63 million pixels
    put(image, symbol(435, 14), 8200, 6300, 3);
    put(image, symbol(435, 15), 300, 400, 40);
    auto expected = std::vector{content(435, 14), content(435, 15)};
    std::sort(expected.begin(), expected.end());
    CHECK(contents(image) == expected);
}

TEST_CASE("an image of nothing, of noise or of no size") {
    CHECK(contents(white(300, 300)).empty());
    CHECK(contents(white(1, 1)).empty());
    CHECK(contents(white(1, 2000)).empty());
    CHECK(contents(white(3, 3)).empty());
    auto noise = white(600, 400);
    std::mt19937 random(2);
    for (auto& pixel : noise.pixels) pixel = static_cast<std::uint8_t>(random() % 256);
    CHECK(contents(noise).empty());
    auto black = white(200, 200);
    std::fill(black.pixels.begin(), black.pixels.end(), std::uint8_t{0});
    CHECK(contents(black).empty());

    const Bytes one(1, 0);
    for (const auto& view : {GreyImageView{}, GreyImageView{one.data(), 0, 1, 1}, GreyImageView{one.data(), 1, 0, 1},
                             GreyImageView{one.data(), -1, 1, 1}, GreyImageView{one.data(), 2, 1, 1},
                             GreyImageView{one.data(), 20'000, 20'000, 20'000}})
        CHECK(read_qr(view).error().code == "image.size");
}

TEST_CASE("finder patterns are seen, and text is not taken for them") {
    CHECK(qr::may_hold_symbol(picture(symbol(435, 16), 2).view()));
    CHECK(qr::may_hold_symbol(picture(symbol(435, 16), 9).view()));
    CHECK(!qr::may_hold_symbol(white(500, 500).view()));
    auto stripes = white(500, 500);
    for (std::size_t i = 0; i < stripes.pixels.size(); ++i) stripes.pixels[i] = i / 7 % 2 == 0 ? 0 : 255;
    CHECK(!qr::may_hold_symbol(stripes.view()));
    const auto finders = qr::find_finders(picture(symbol(20, 16), 6).view(), 10);
    REQUIRE(finders.size() == 3);
    for (const auto& finder : finders) CHECK(std::abs(finder.module - 6) < 0.5);
}
