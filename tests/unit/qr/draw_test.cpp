// Symbols as they are drawn: versions, limits, and that they can be read.
#include "catch.h"
#include "picture.h"

#include "qr/capacity.h"

using namespace sjcode;
using namespace sjcode::test;

namespace {

constexpr std::array kLevels{QrLevel::L, QrLevel::M, QrLevel::Q, QrLevel::H};

/// The most digits that a version holds beside a byte segment.
std::size_t most_digits(std::size_t byte_count, int version, QrLevel level) {
    std::size_t count = 0;
    for (std::size_t step = 4096; step > 0; step /= 2)
        while (qr::segment_bits(byte_count, count + step, version) <= qr::capacity_bits(version, level)) count += step;
    return count;
}

}  // namespace

TEST_CASE("capacities are those of ISO/IEC 18004 table 7") {
    struct Row {
        int version;
        std::array<std::size_t, 4> digits;
        std::array<std::size_t, 4> bytes;
    };
    for (const auto& row :
         {Row{1, {41, 34, 27, 17}, {17, 14, 11, 7}}, Row{9, {552, 432, 312, 235}, {230, 180, 130, 98}},
          Row{10, {652, 513, 364, 288}, {271, 213, 151, 119}},
          Row{40, {7089, 5596, 3993, 3057}, {2953, 2331, 1663, 1273}}})
        for (std::size_t i = 0; i < kLevels.size(); ++i) {
            INFO(row.version << " " << i);
            CHECK(most_digits(0, row.version, kLevels.at(i)) == row.digits.at(i));
            const auto bits = qr::capacity_bits(row.version, kLevels.at(i));
            CHECK(qr::segment_bits(row.bytes.at(i), 0, row.version) <= bits);
            CHECK(qr::segment_bits(row.bytes.at(i) + 1, 0, row.version) > bits);
        }
}

TEST_CASE("the smallest version is drawn, at every version and level") {
    const std::string_view prefix = "https:";
    for (const auto level : kLevels)
        for (int version = 1; version <= 40; ++version) {
            const auto most = most_digits(prefix.size(), version, level);
            INFO("version " << version << ", level " << static_cast<int>(level) << ", digits " << most);
            const auto full = draw_qr(prefix, digits(most, 1), level, version);
            REQUIRE(full);
            CHECK(full->version == version);
            CHECK(full->level == level);
            CHECK(full->size == 17 + 4 * version);
            CHECK(full->modules.size() == static_cast<std::size_t>(full->size * full->size));
            const auto over = draw_qr(prefix, digits(most + 1, 1), level, version);
            REQUIRE(!over);
            CHECK(over.error().code == "qr.too-large");
            CHECK(over.error().parameters.at("limit") == std::to_string(version));
            CHECK(over.error().parameters.at("version") == (version == 40 ? "> 40" : std::to_string(version + 1)));
        }
}

TEST_CASE("the usual report code has the version that the format promises") {
    // docs/code-format.md, section 7: 7 bytes are 17 digits, a tail of 2 bytes 5, of 6 bytes 15.
    const auto version = [](std::size_t host_length, std::size_t digit_count) {
        const auto symbol =
            draw_qr("https://" + std::string(host_length, 'h') + "/r/", digits(digit_count, 1), QrLevel::M, 12);
        REQUIRE(symbol);
        return symbol->version;
    };
    const std::size_t ed25519 = 25 * 17 + 5;  // 177 bytes
    const std::size_t sm2 = 25 * 17 + 15;     // 181 bytes
    CHECK(version(15, ed25519) == 10);
    CHECK(version(15, sm2) == 10);
    CHECK(version(40, ed25519) == 11);
    CHECK(version(40, sm2) == 11);
}

TEST_CASE("what is no digit is refused, and so is nothing") {
    for (const auto* bad : {"12a4", "12 4", "-1", "１２", "12\n"})
        CHECK(draw_qr("https://h/r/", bad, QrLevel::M, 40).error().code == "digits.character");
    CHECK(draw_qr("https://h/r/", std::string_view("1\0002", 3), QrLevel::M, 40).error().code == "digits.character");
    CHECK(draw_qr("", "", QrLevel::M, 40).error().code == "qr.empty");
}

TEST_CASE("a segment may be missing") {
    CHECK(read_back(draw_qr("https://h/n/J123", "", QrLevel::Q, 5).value(), 4) == "https://h/n/J123");
    CHECK(read_back(draw_qr("", "0123456789", QrLevel::Q, 5).value(), 4) == "0123456789");
}

TEST_CASE("a prefix of any bytes is drawn as it is") {
    const std::string prefix("\xE9\x89\xB4\0\x01\xFF/", 7);
    CHECK(read_back(draw_qr(prefix, "0012300", QrLevel::M, 5).value(), 4) == prefix + "0012300");
}

TEST_CASE("symbols of every version and level are read back at several scales") {
    for (const auto level : kLevels)
        for (int version = 1; version <= 40; ++version) {
            // Full to the last digit, so that no padding repeats itself.
            const std::string_view prefix = version == 1 ? "h:" : "https:";
            const auto text = digits(most_digits(prefix.size(), version, level), static_cast<unsigned>(version));
            const auto symbol = draw_qr(prefix, text, level, version);
            REQUIRE(symbol);
            for (const int scale : {2, 3, 5}) {
                INFO("version " << version << ", level " << static_cast<int>(level) << ", scale " << scale);
                CHECK(read_back(*symbol, scale) == std::string(prefix) + text);
            }
        }
}
