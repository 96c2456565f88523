#include "fixtures.h"
#include "sjcode/symbol_url.h"

using namespace sjcode;

TEST_CASE("digits and bytes have one form each, for every length") {
    const auto random = counting_random();
    for (std::size_t size = 1; size <= 64; ++size) {
        Bytes bytes(size);
        for (const auto fill : {std::uint8_t{0}, std::uint8_t{0xFF}}) {
            bytes.assign(size, fill);
            CHECK(decode_digits(encode_digits(bytes)).value() == bytes);
        }
        REQUIRE(random(bytes));
        const auto digits = encode_digits(bytes);
        CHECK(digits.find_first_not_of("0123456789") == std::string::npos);
        CHECK(decode_digits(digits).value() == bytes);
    }
    CHECK(encode_digits({}).empty());
    CHECK(encode_digits(Bytes{1}) == "001");
    CHECK(encode_digits(Bytes(7, 0xFF)) == "72057594037927935");
    CHECK(encode_digits(Bytes(8, 0xFF)) == "72057594037927935255");
}

TEST_CASE("digits that no bytes have are errors") {
    CHECK(error_code(decode_digits("")) == "digits.empty");
    CHECK(error_code(decode_digits("256")) == "digits.range");
    CHECK(error_code(decode_digits("72057594037927936")) == "digits.range");
    CHECK(error_code(decode_digits("99999999999999999")) == "digits.range");
    CHECK(error_code(decode_digits("00a")) == "digits.character");
    CHECK(error_code(decode_digits("-01")) == "digits.character");
    CHECK(error_code(decode_digits("００１")) == "digits.character");
    CHECK(error_code(decode_digits(std::string("00\0", 3))) == "digits.character");
    for (const std::size_t tail : {1U, 2U, 4U, 6U, 7U, 9U, 11U, 12U, 14U, 16U}) {
        CHECK(error_code(decode_digits(std::string(tail, '0'))) == "digits.length");
        CHECK(error_code(decode_digits(std::string(17 + tail, '0'))) == "digits.length");
    }
}

TEST_CASE("hosts are lower-case names without anything else") {
    for (const auto* const host : {"v.example.cn", "a.b", "xn--fiq228c.cn", "1.example.cn", "a-b.cn", "localhost"}) {
        INFO(host);
        CHECK(is_valid_host(host));
    }
    for (const auto* const host : {"", ".", "a.", ".a", "a..b", "A.cn", "a_b.cn", "-a.cn", "a-.cn", "a.cn:443",
                                   "u@a.cn", "a.cn/", "1.2.3.4", "[::1]", "验证.cn", "a.%63n", "a b.cn", "a.cn\n"}) {
        INFO(host);
        CHECK_FALSE(is_valid_host(host));
    }
    CHECK(is_valid_host(std::string(63, 'a') + ".cn"));
    CHECK_FALSE(is_valid_host(std::string(64, 'a') + ".cn"));
    std::string longest;
    for (int i = 0; i < 126; ++i) longest += "a.";
    CHECK(is_valid_host(longest + "a"));
    CHECK_FALSE(is_valid_host(longest + "ab"));
}
