#include "crypto/message_digest.h"
#include "catch.h"

#include <string>

using namespace sjcode;
using crypto::DigestMethod;
using crypto::MethodHasher;

TEST_CASE("every method gives the example of its standard for \"abc\"") {
    const auto hex_of = [](DigestMethod method) { return to_hex(crypto::digest_of(method, as_bytes("abc"))); };
    CHECK(hex_of(DigestMethod::sha1) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(hex_of(DigestMethod::sha256) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex_of(DigestMethod::sha384) ==
          "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    CHECK(hex_of(DigestMethod::sm3) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST_CASE("a copy of a hasher goes on from the same place, and neither moves the other") {
    MethodHasher first(DigestMethod::sha256);
    first.update(as_bytes("ab"));
    auto second = first.copy();
    CHECK(second.method() == DigestMethod::sha256);
    second.update(as_bytes("x"));
    first.update(as_bytes("c"));
    CHECK(first.finish() == crypto::digest_of(DigestMethod::sha256, as_bytes("abc")));
    CHECK(second.finish() == crypto::digest_of(DigestMethod::sha256, as_bytes("abx")));
}
