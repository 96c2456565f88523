// Symbols that were drawn, read from their modules alone: every one of which must be right.
#include "qr/exact.h"

#include "qr/capacity.h"

#include "catch.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <string_view>

using namespace sjcode;

namespace {

const std::string prefix = "https://c.cn/r/";

/// Digits that are not all alike.
std::string digits(std::size_t count) {
    std::mt19937 random(static_cast<unsigned>(count));
    std::string out;
    while (out.size() < count) out.push_back(static_cast<char>('0' + random() % 10));
    return out;
}

/// How many digits behind `text` a version holds at most; nothing where not even the text fits.
std::optional<std::size_t> most_digits(std::string_view text, int version, QrLevel level) {
    std::optional<std::size_t> most;
    for (std::size_t count = 0; count < 4000; ++count) {
        const auto smallest = qr::smallest_version(text.size(), count, level);
        if (!smallest || *smallest > version) break;
        most = count;
    }
    return most;
}

void reads(std::string_view text, std::size_t count, QrLevel level, int version) {
    const auto content = digits(count);
    const auto symbol = draw_qr(text, content, level, 40);
    REQUIRE(symbol);
    INFO("version " << symbol->version << ", " << count << " digits");
    CHECK(symbol->version == version);
    const auto read = qr::read_exact(*symbol);
    REQUIRE(read);
    CHECK(as_text(*read) == std::string(text) + content);
}

}  // namespace

TEST_CASE("every version and level that we draw reads exactly") {
    for (const auto level : {QrLevel::M, QrLevel::Q})
        for (int version = 1; version <= 22; ++version) {
            // Version 1 has no room for the whole prefix.
            const std::string_view text = version < 3 ? std::string_view("h") : std::string_view(prefix);
            const auto most = most_digits(text, version, level);
            REQUIRE(most);
            // Full, one to seven below (terminator and padding of every length), and half full.
            for (std::size_t less = 0; less < 8; ++less) reads(text, *most - less, level, version);
            const auto before = version == 1 ? std::optional<std::size_t>(0) : most_digits(text, version - 1, level);
            reads(text, before ? std::max<std::size_t>(*before + 1, 1) : 0, level, version);
        }
}

TEST_CASE("one segment alone") {
    for (const auto level : {QrLevel::M, QrLevel::Q}) {
        const auto numeric = draw_qr("", "0123456789", level, 40);
        REQUIRE(numeric);
        CHECK(as_text(qr::read_exact(*numeric).value()) == "0123456789");
        const auto bytes = draw_qr(std::string("\0\xFF any bytes", 12), "", level, 40);
        REQUIRE(bytes);
        CHECK(as_text(qr::read_exact(*bytes).value()) == std::string("\0\xFF any bytes", 12));
    }
}

TEST_CASE("no single module may differ") {
    struct Case {
        QrLevel level;
        int version;
    };
    // The smallest; one without and one with version information; one with blocks of two lengths.
    for (const auto& [level, version] :
         {Case{QrLevel::M, 1}, Case{QrLevel::Q, 3}, Case{QrLevel::M, 7}, Case{QrLevel::M, 10}}) {
        const auto text = version == 1 ? std::string("h") : prefix;
        auto symbol = draw_qr(text, digits(*most_digits(text, version, level) - 1), level, 40).value();
        REQUIRE(symbol.version == version);
        REQUIRE(qr::read_exact(symbol));
        std::size_t accepted = 0;
        for (auto& module : symbol.modules) {
            module ^= 1;
            if (const auto read = qr::read_exact(symbol); read || read.error().code != "qr.modules") ++accepted;
            module ^= 1;
        }
        CHECK(accepted == 0);
        CHECK(qr::read_exact(symbol));
    }
}

TEST_CASE("errors that another reader would correct are none here") {
    auto symbol = draw_qr(prefix, digits(330), QrLevel::M, 40).value();
    std::mt19937 random(11);
    for (int i = 0; i < 200; ++i) {
        auto changed = symbol;
        for (int k = 0; k < 12; ++k) changed.modules[random() % changed.modules.size()] ^= 1;
        if (changed.modules != symbol.modules) CHECK_FALSE(qr::read_exact(changed));
    }
    // Turned and mirrored, as a camera would not mind.
    auto turned = symbol;
    auto mirrored = symbol;
    const auto size = static_cast<std::size_t>(symbol.size);
    for (std::size_t row = 0; row < size; ++row)
        for (std::size_t column = 0; column < size; ++column) {
            turned.modules[column * size + (size - 1 - row)] = symbol.modules[row * size + column];
            mirrored.modules[column * size + row] = symbol.modules[row * size + column];
        }
    CHECK_FALSE(qr::read_exact(turned));
    CHECK_FALSE(qr::read_exact(mirrored));
    auto inverted = symbol;
    for (auto& module : inverted.modules) module ^= 1;
    CHECK_FALSE(qr::read_exact(inverted));
}

TEST_CASE("levels and versions that we do not draw") {
    for (const auto level : {QrLevel::L, QrLevel::H}) {
        const auto symbol = draw_qr(prefix, digits(100), level, 40);
        REQUIRE(symbol);
        CHECK_FALSE(qr::read_exact(*symbol));
    }
    const auto most = most_digits(prefix, 22, QrLevel::M);
    const auto large = draw_qr(prefix, digits(*most + 1), QrLevel::M, 40);
    REQUIRE(large);
    REQUIRE(large->version == 23);
    CHECK_FALSE(qr::read_exact(*large));
}

TEST_CASE("what is no symbol") {
    CHECK_FALSE(qr::read_exact(QrSymbol{}));
    const auto with = [](int version, int size, std::size_t modules, std::uint8_t value = 0) {
        QrSymbol symbol;
        symbol.version = version;
        symbol.size = size;
        symbol.modules.assign(modules, value);
        const auto read = qr::read_exact(symbol);
        return read ? std::string() : read.error().code;
    };
    CHECK(with(1, 21, 441) == "qr.modules");
    CHECK(with(1, 21, 441, 1) == "qr.modules");
    CHECK(with(1, 21, 440) == "qr.modules");
    CHECK(with(1, 21, 0) == "qr.modules");
    CHECK(with(1, 25, 625) == "qr.modules");
    CHECK(with(0, 17, 289) == "qr.modules");
    CHECK(with(-1, 13, 169) == "qr.modules");
    CHECK(with(23, 109, 109U * 109U) == "qr.modules");
    CHECK(with(2147483647, 2147483647, 4) == "qr.modules");
    CHECK(with(-2147483647 - 1, 0, 0) == "qr.modules");
    std::mt19937 random(3);
    for (int version = 1; version <= 22; ++version) {
        QrSymbol symbol;
        symbol.version = version;
        symbol.size = 17 + 4 * version;
        for (int i = 0; i < symbol.size * symbol.size; ++i)
            symbol.modules.push_back(static_cast<std::uint8_t>(random() & 1));
        CHECK_FALSE(qr::read_exact(symbol));
    }
}
