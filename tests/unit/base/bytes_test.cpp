#include "base/byte_reader.h"
#include "base/hex.h"
#include "catch.h"

using namespace sjcode;

TEST_CASE("hexadecimal digits go both ways") {
    const Bytes bytes{0x00, 0x7F, 0x80, 0xFF};
    CHECK(to_hex(bytes) == "007f80ff");
    CHECK(from_hex("007F80ff") == bytes);
    CHECK(from_hex("") == Bytes());
    CHECK_FALSE(from_hex("0"));
    CHECK_FALSE(from_hex("0g"));
    CHECK_FALSE(from_hex(" 0"));
    CHECK_FALSE(from_hex("0x"));
}

TEST_CASE("a reader never passes the end, and does not move when it fails") {
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    CHECK(reader.peek() == 1);
    CHECK(reader.big_endian(2) == 0x0102);
    CHECK_FALSE(reader.take(2));
    CHECK_FALSE(reader.take(~std::uint64_t{0}));
    CHECK_FALSE(reader.big_endian(2));
    CHECK_FALSE(reader.big_endian(9));
    CHECK(reader.position() == 2);
    CHECK(reader.remaining() == 1);
    CHECK(reader.byte() == 3);
    CHECK(reader.at_end());
    CHECK_FALSE(reader.byte());
    CHECK_FALSE(reader.peek());
    CHECK(reader.take(0)->empty());
    CHECK(reader.big_endian(0) == 0);
}

TEST_CASE("integers are appended big-endian") {
    Bytes bytes;
    append_big_endian(bytes, 0x0102030405060708, 8);
    append_big_endian(bytes, 0x01FF, 1);
    CHECK(bytes == Bytes{1, 2, 3, 4, 5, 6, 7, 8, 0xFF});
}
