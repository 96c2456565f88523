#include "crypto/der.h"
#include "catch.h"
#include "crypto/signed_data_read.h"
#include "test_data.h"

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

std::string error(std::string_view digits, const der::Limits& limits = {}) {
    const auto encoding = der::examine(hex(digits), limits);
    return encoding ? std::string() : encoding.error().code;
}

bool is_der(std::string_view digits) {
    const auto encoding = der::examine(hex(digits));
    REQUIRE(encoding);
    return encoding->is_der;
}

std::string made_definite(std::string_view digits) {
    const auto bytes = hex(digits);
    const auto encoding = der::examine(bytes);
    REQUIRE(encoding);
    CHECK_FALSE(encoding->is_definite);
    const auto definite = der::definite(ByteView(bytes).first(encoding->size));
    CHECK(der::examine(definite).value().is_definite);
    return to_hex(definite);
}

std::optional<UnixTime> time(std::uint8_t identifier, std::string_view text) {
    return read_time(der::element(identifier, as_bytes(text)));
}

}  // namespace

TEST_CASE("distinguished encoding is told from basic") {
    CHECK(is_der("3003020105"));
    CHECK(is_der("3000"));
    CHECK(is_der("0500"));
    CHECK(is_der("3106020101020102"));
    CHECK(is_der("a003020105"));
    CHECK(is_der("02020080"));
    CHECK(is_der("0202ff7f"));
    CHECK(is_der("010100"));
    CHECK(is_der("030204f0"));
    CHECK_FALSE(is_der("308103020105"));      // length in two bytes
    CHECK_FALSE(is_der("30820003020105"));    // leading zero
    CHECK_FALSE(is_der("30800201050000"));    // indefinite
    CHECK_FALSE(is_der("3106020102020101"));  // set out of order
    CHECK_FALSE(is_der("02020001"));          // integer with a needless byte
    CHECK_FALSE(is_der("0202ffff"));
    CHECK_FALSE(is_der("010101"));    // true is FF
    CHECK_FALSE(is_der("030204ff"));  // unused bits are 0
    CHECK_FALSE(is_der("030208ff"));
    CHECK_FALSE(is_der("0200"));
    CHECK_FALSE(is_der("2406040101040102"));  // string in pieces
}

TEST_CASE("only the first element is looked at") {
    CHECK(der::examine(hex("3003020105ffff")).value().size == 5);
    CHECK(der::examine(hex("30800201050000ff")).value().size == 7);
}

TEST_CASE("what is no encoding is refused") {
    for (const auto* digits :
         {"", "30", "3001", "300302", "30030201", "3005020105", "0000", "3002020105", "3080", "308002", "3080020105",
          "308002010500", "0480", "30020000", "3089010000000000000000", "2403020105"}) {
        INFO(digits);
        CHECK(error(digits) == "cms.format");
    }
    CHECK(error("2303030100") == "cms.format");  // a bit string in pieces
    CHECK(error("30020081") == "cms.format");
    // A tag of several bytes, which would be lost where lengths are made definite
    CHECK(error("1f2000") == "cms.format");
    CHECK(error("30803f80308000000000") == "cms.format");
}

TEST_CASE("nesting and size have limits") {
    std::string deep;
    for (int i = 0; i < 48; ++i) deep = to_hex(der::element(der::sequence, hex(deep)));
    CHECK(error(deep).empty());
    CHECK(error(to_hex(der::element(der::sequence, hex(deep)))) == "cms.limit");
    CHECK(error("3003020105", {5, 48}).empty());
    CHECK(error("3003020105", {4, 48}) == "cms.limit");
    // What is within the limit is read though something follows.
    CHECK(error("3003020105000000000000", {5, 48}).empty());
}

TEST_CASE("indefinite lengths and strings in pieces are made definite, all else is kept") {
    CHECK(made_definite("30800201050000") == "3003020105");
    CHECK(made_definite("3080308002010500003081030201060000") == "300b3003020105308103020106");
    CHECK(made_definite("24800401010401020000") == "04020102");
    CHECK(made_definite("24082403040101040102") == "04020102");
    CHECK(made_definite("a080248004016100000000") == "a003040161");
}

TEST_CASE("elements are read in order, and nothing past the end") {
    const auto bytes = hex("0201050401ff");
    der::Reader reader(bytes);
    CHECK_FALSE(reader.next(der::octet_string));
    CHECK(reader.next(der::integer)->content.front() == 5);
    CHECK(reader.peek() == der::octet_string);
    CHECK(to_hex(reader.next()->whole) == "0401ff");
    CHECK(reader.at_end());
    CHECK_FALSE(reader.next());
    CHECK_FALSE(der::Reader(hex("0402ff")).next());
    CHECK_FALSE(der::Reader(hex("30800000")).next());
}

TEST_CASE("object identifiers have their dotted form") {
    CHECK(der::dotted(hex("2a864886f70d010702")) == "1.2.840.113549.1.7.2");
    CHECK(der::dotted(hex("2a811ccf550601040202")) == "1.2.156.10197.6.1.4.2.2");
    CHECK(der::dotted(hex("883703")) == "2.999.3");
    CHECK(der::dotted(hex("2a80")).empty());
    CHECK(der::dotted(hex("2a8001")).empty());
    CHECK(der::dotted(hex("2affffffffffffffffffff7f")).empty());
    CHECK(der::dotted({}).empty());
}

TEST_CASE("elements are written with the shortest length, and sets in order") {
    for (const std::size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 65'535u, 65'536u}) {
        const auto element = der::element(der::octet_string, Bytes(size));
        CHECK(der::examine(element).value().is_der);
        CHECK(der::Reader(element).next()->content.size() == size);
    }
    CHECK(to_hex(der::sorted(hex("020102020101040100"))) == "020101020102040100");
}

TEST_CASE("times are read as RFC 5280 has them") {
    CHECK(time(der::utc_time, "260903060509Z") == 1'788'415'509);
    CHECK(time(der::utc_time, "700101000000Z") == 0);
    CHECK(time(der::utc_time, "500101000000Z") == -631'152'000);
    CHECK(time(der::utc_time, "491231235959Z") == 2'524'607'999);
    CHECK(time(der::generalized_time, "20260903060509Z") == 1'788'415'509);
    CHECK(time(der::generalized_time, "20260903060509.25Z") == 1'788'415'509);
    for (const auto* text :
         {"", "Z", "20260903060509", "20260903060509+0800", "20261303060509Z", "20260903240000Z", "2026090306050Z",
          "20260903060509.Z", "2026090306O509Z", "20260903060509.123456789012345Z"})
        CHECK_FALSE(time(der::generalized_time, text));
    CHECK_FALSE(time(der::octet_string, "260903060509Z"));
    CHECK_FALSE(time(der::utc_time, "260903060509.5Z"));
}
