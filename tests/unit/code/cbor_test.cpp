#include "code/cbor.h"
#include "base/hex.h"
#include "diagnostic.h"
#include "fixtures.h"

#include <limits>

using namespace sjcode;

namespace {

std::string check(std::string_view hex_digits, std::size_t limit = cbor::code_limit) {
    const auto bytes = from_hex(hex_digits).value();
    auto reader = cbor::open(bytes, limit);
    return reader ? diagnostic(*reader) : reader.error().code;
}

}  // namespace

TEST_CASE("the examples of RFC 8949, appendix A, that the format allows") {
    for (const auto& [hex_digits, text] :
         std::vector<std::pair<std::string, std::string>>{{"00", "0"},
                                                          {"17", "23"},
                                                          {"1818", "24"},
                                                          {"1903e8", "1000"},
                                                          {"1a000f4240", "1000000"},
                                                          {"1bffffffffffffffff", "18446744073709551615"},
                                                          {"20", "-1"},
                                                          {"3903e7", "-1000"},
                                                          {"40", "h''"},
                                                          {"4401020304", "h'01020304'"},
                                                          {"60", "\"\""},
                                                          {"62225c", "\"\\\"\\\\\""},
                                                          {"63e6b0b4", "\"水\""},
                                                          {"64f0908591", "\"𐅑\""},
                                                          {"80", "[]"},
                                                          {"8301820203820405", "[1, [2, 3], [4, 5]]"},
                                                          {"a0", "{}"},
                                                          {"a201020304", "{1: 2, 3: 4}"},
                                                          {"f6", "null"},
                                                          {"d28101", "18([1])"}}) {
        INFO(hex_digits);
        CHECK(check(hex_digits) == text);
    }
}

TEST_CASE("a length that claims more than there is ends at once, without memory for it") {
    for (const auto* const hex_digits : {"5bffffffffffffffff", "7bffffffffffffffff", "9bffffffffffffffff",
                                         "bbffffffffffffffff", "9b7fffffffffffffff00", "5affffffff00"}) {
        INFO(hex_digits);
        CHECK(check(hex_digits) == "cbor.truncated");
    }
    // A record's limit full of array heads, each claiming the most
    Bytes bomb;
    while (bomb.size() + 9 <= cbor::record_limit)
        bomb.insert(bomb.end(), {0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF});
    CHECK(error_code(cbor::open(bomb, cbor::record_limit)) == "cbor.depth");
}

TEST_CASE("errors say where") {
    const auto bytes = from_hex("8301fb3ff000000000000003").value();
    const auto error = cbor::open(bytes, cbor::code_limit);
    REQUIRE_FALSE(error);
    CHECK(error.error().code == "cbor.float");
    CHECK(error.error().offset == 3);
}

TEST_CASE("eight levels are allowed and nine are not") {
    CHECK(check("8181818181818181"
                "00") == "[[[[[[[[0]]]]]]]]");
    CHECK(check("818181818181818181"
                "00") == "cbor.depth");
    CHECK(check("d2d2d2d2d2d2d2d2"
                "00") == "18(18(18(18(18(18(18(18(0))))))))");
    CHECK(check("a100a100a100a100a100a100a100a10000") == "{0: {0: {0: {0: {0: {0: {0: {0: 0}}}}}}}}");
    CHECK(check("a100a100a100a100a100a100a100a100a10000") == "cbor.depth");
}

TEST_CASE("the limit is on bytes, exactly") {
    for (const auto limit : {cbor::code_limit, cbor::record_limit}) {
        cbor::Writer writer;
        const std::size_t head = limit == cbor::code_limit ? 3 : 5;
        writer.byte_string(Bytes(limit - head, 7));
        CHECK(writer.bytes().size() == limit);
        CHECK(cbor::open(writer.bytes(), limit).has_value());
        auto longer = cbor::Writer().byte_string(Bytes(limit - head + 1, 7)).take();
        CHECK(error_code(cbor::open(longer, limit)) == "cbor.size");
    }
}

TEST_CASE("the writer uses the shortest form at every boundary, and the reader takes it back") {
    for (const std::uint64_t value :
         {std::uint64_t{0}, std::uint64_t{23}, std::uint64_t{24}, std::uint64_t{255}, std::uint64_t{256},
          std::uint64_t{65'535}, std::uint64_t{65'536}, std::uint64_t{4'294'967'295}, std::uint64_t{4'294'967'296},
          std::numeric_limits<std::uint64_t>::max()}) {
        const auto bytes = cbor::Writer().unsigned_integer(value).take();
        auto reader = cbor::open(bytes, cbor::code_limit);
        REQUIRE(reader);
        CHECK(reader->unsigned_integer() == value);
        CHECK(reader->at_end());
    }
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{-24}, std::int64_t{-25}, std::int64_t{-65'602},
          std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        const auto bytes = cbor::Writer().integer(value).take();
        auto reader = cbor::open(bytes, cbor::code_limit);
        REQUIRE(reader);
        CHECK(reader->integer() == value);
    }
}

TEST_CASE("a read of another type gives nothing and does not move") {
    const auto bytes = from_hex("3bffffffffffffffff").value();
    auto reader = cbor::open(bytes, cbor::code_limit).value();
    CHECK_FALSE(reader.unsigned_integer());
    CHECK_FALSE(reader.integer());  // below the range of 64 bits
    CHECK_FALSE(reader.byte_string());
    CHECK_FALSE(reader.text_string());
    CHECK_FALSE(reader.array());
    CHECK_FALSE(reader.map());
    CHECK_FALSE(reader.tag());
    CHECK_FALSE(reader.null());
    CHECK(reader.type() == cbor::Type::negative_integer);
    CHECK(reader.item().size() == 9);
    CHECK(reader.type() == cbor::Type::none);
    CHECK(reader.item().empty());
    CHECK_FALSE(reader.null());
}

TEST_CASE("whatever is accepted is written back as the same bytes") {
    // Every byte string of one and two bytes, and every three-byte one that begins with a head of interest
    std::size_t accepted = 0;
    const auto attempt = [&](const Bytes& bytes) {
        const auto reader = cbor::open(bytes, cbor::code_limit);
        if (!reader) return;
        // Integers below the range of 64 bits have no place here: they need nine bytes.
        ++accepted;
        CHECK(reencoded(*reader) == bytes);
    };
    for (unsigned a = 0; a < 256; ++a) {
        attempt({static_cast<std::uint8_t>(a)});
        for (unsigned b = 0; b < 256; ++b) {
            attempt({static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)});
            for (const unsigned head : {0x19U, 0x42U, 0x62U, 0x82U, 0xA1U, 0xD2U, 0x59U, 0x79U, 0x99U, 0xB9U})
                attempt({static_cast<std::uint8_t>(head), static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)});
        }
    }
    CHECK(accepted > 60'000);
}
