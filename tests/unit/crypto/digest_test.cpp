#include "sjcode/digest.h"
#include "catch.h"

#include <string>

using namespace sjcode;

namespace {
std::string hex_digest(DigestAlgorithm algorithm, const std::string& text) {
    return to_hex(digest(algorithm, as_bytes(text)));
}
}  // namespace

TEST_CASE("SHA-256 gives the examples of FIPS 180-4") {
    CHECK(hex_digest(DigestAlgorithm::sha256, "abc") ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex_digest(DigestAlgorithm::sha256, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex_digest(DigestAlgorithm::sha256, "") ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("SM3 gives the examples of GB/T 32905-2016, appendix A") {
    CHECK(hex_digest(DigestAlgorithm::sm3, "abc") ==
          "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int i = 0; i < 16; ++i) sixteen_times += "abcd";
    CHECK(hex_digest(DigestAlgorithm::sm3, sixteen_times) ==
          "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

TEST_CASE("a digest taken in pieces is the digest of the whole") {
    const std::string text(1'000, 'x');
    for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
        Hasher hasher(algorithm);
        for (std::size_t i = 0; i < text.size(); i += 7)
            hasher.update(as_bytes(text).subspan(i, std::min<std::size_t>(7, text.size() - i)));
        Hasher moved = std::move(hasher);
        CHECK(moved.finish() == digest(algorithm, as_bytes(text)));
    }
}
