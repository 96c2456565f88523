#include "sjcode/key.h"
#include "catch.h"
#include "test_data.h"

#include <atomic>
#include <thread>

using namespace sjcode;

namespace {

const std::string ed25519_prefix = "302a300506032b6570032100";
const std::string p256_prefix = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
const std::string sm2_prefix = "3059301306072a8648ce3d020106082a811ccf5501822d03420004";

PublicKey public_key(const std::string& prefix, const std::string& point) {
    auto key = PublicKey::from_der(hex(prefix + point));
    REQUIRE(key);
    return *std::move(key);
}

struct KnownAnswer {
    Algorithm algorithm;
    PublicKey key;
    std::string message;
    Bytes signature;
};

std::vector<KnownAnswer> known_answers() {
    return {
        // RFC 8032, section 7.1, test 2
        {Algorithm::ed25519,
         public_key(ed25519_prefix, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), "\x72",
         hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")},
        // RFC 6979, appendix A.2.5, SHA-256, "sample"
        {Algorithm::esp256,
         public_key(p256_prefix,
                    "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"),
         "sample",
         hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
             "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")},
        // GB/T 32918.5-2017, appendix A.2: user id 1234567812345678
        {Algorithm::sm2,
         public_key(sm2_prefix,
                    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"),
         "message digest",
         hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
             "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")},
    };
}

/// n − s in place of s.
Bytes with_other_s(Bytes signature, const Bytes& order) {
    int borrow = 0;
    for (std::size_t i = 32; i-- > 0;) {
        const int difference = order[i] - signature[32 + i] - borrow;
        borrow = difference < 0 ? 1 : 0;
        signature[32 + i] = static_cast<std::uint8_t>(difference + 256 * borrow);
    }
    return signature;
}

}  // namespace

TEST_CASE("published signatures verify, and nothing near them does") {
    for (const auto& known : known_answers()) {
        INFO(name(known.algorithm));
        CHECK(known.key.algorithm() == known.algorithm);
        CHECK(known.key.verify(as_bytes(known.message), known.signature));
        CHECK_FALSE(known.key.verify(as_bytes(known.message + " "), known.signature));
        CHECK_FALSE(known.key.verify({}, known.signature));
        for (std::size_t i = 0; i < known.signature.size(); ++i) {
            auto changed = known.signature;
            changed[i] ^= 0x01;
            CHECK_FALSE(known.key.verify(as_bytes(known.message), changed));
        }
        auto longer = known.signature;
        longer.push_back(0);
        CHECK_FALSE(known.key.verify(as_bytes(known.message), longer));
        CHECK_FALSE(known.key.verify(as_bytes(known.message), ByteView(known.signature).first(63)));
        CHECK_FALSE(known.key.verify(as_bytes(known.message), {}));
        CHECK_FALSE(known.key.verify(as_bytes(known.message), Bytes(64, 0)));
        CHECK_FALSE(known.key.verify(as_bytes(known.message), Bytes(64, 0xFF)));
        // Still good after all these failures.
        CHECK(known.key.verify(as_bytes(known.message), known.signature));
    }
}

TEST_CASE("a signature in DER is refused, also where it would be right") {
    const auto known = known_answers()[1];
    const auto der =
        hex("3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
            "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    CHECK_FALSE(known.key.verify(as_bytes(known.message), der));
}

TEST_CASE("ECDSA has a second signature of the same message, so a signature is no identity") {
    const auto known = known_answers()[1];
    const auto other =
        with_other_s(known.signature, hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));
    CHECK(other != known.signature);
    CHECK(known.key.verify(as_bytes(known.message), other));
}

TEST_CASE("an Ed25519 signature whose S is not reduced is refused") {
    const auto known = known_answers()[0];
    auto signature = known.signature;
    // S + L, L = 2^252 + 27742317777372353535851937790883648493, little-endian
    const auto order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        const unsigned sum = signature[32 + i] + order[i] + carry;
        signature[32 + i] = static_cast<std::uint8_t>(sum);
        carry = sum >> 8;
    }
    REQUIRE(carry == 0);
    CHECK_FALSE(known.key.verify(as_bytes(known.message), signature));
}

TEST_CASE("SM2 is verified with the user id 1234567812345678 and no other") {
    const auto key = PrivateKey::from_pem(data_text("sm2.pem")).value().public_key();
    const auto message = as_bytes("message digest");
    // Both by the openssl command, with the key of sm2.pem.
    CHECK(key.verify(message, hex(data_text("sm2-usual-id.hex"))));
    CHECK_FALSE(key.verify(message, hex(data_text("sm2-empty-id.hex"))));
}

TEST_CASE("every algorithm generates, signs and verifies") {
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        INFO(name(algorithm));
        const auto key = PrivateKey::generate(algorithm);
        REQUIRE(key);
        CHECK(key->algorithm() == algorithm);
        CHECK(key->public_key().algorithm() == algorithm);
        const auto message = as_bytes("司法鉴定意见书");
        // Often enough that r or s begins with a zero byte now and then (one in 128).
        for (int i = 0; i < 300; ++i) {
            const auto signature = key->sign(message);
            REQUIRE(signature);
            REQUIRE(signature->size() == 64);
            REQUIRE(key->public_key().verify(message, *signature));
        }
        const auto other = PrivateKey::generate(algorithm);
        REQUIRE(other);
        CHECK_FALSE(other->public_key().verify(message, key->sign(message).value()));
        CHECK_FALSE(other->public_key() == key->public_key());
        CHECK(key->sign({}).has_value());
    }
}

TEST_CASE("SM3 goes with SM2, SHA-256 with the others") {
    CHECK(digest_of(Algorithm::sm2) == DigestAlgorithm::sm3);
    CHECK(digest_of(Algorithm::esp256) == DigestAlgorithm::sha256);
    CHECK(digest_of(Algorithm::ed25519) == DigestAlgorithm::sha256);
    CHECK(name(Algorithm::sm2) == "sm2");
    CHECK(name(Algorithm::esp256) == "p256");
    CHECK(name(Algorithm::ed25519) == "ed25519");
}

TEST_CASE("a public key comes back from its encoding") {
    for (const auto& known : known_answers()) {
        const auto back = PublicKey::from_der(known.key.to_der());
        REQUIRE(back);
        CHECK(*back == known.key);
        CHECK(back->to_der() == known.key.to_der());
    }
    CHECK_FALSE(known_answers()[0].key == known_answers()[1].key);
}

TEST_CASE("public keys that are none of ours are refused") {
    const auto code = [](const Bytes& der) {
        const auto key = PublicKey::from_der(der);
        return key ? std::string() : key.error().code;
    };
    const auto good = known_answers()[1].key.to_der();
    CHECK(code({}) == "key.format");
    CHECK(code(hex("3000")) == "key.format");
    CHECK(code(Bytes(good.begin(), good.end() - 1)) == "key.format");
    auto trailing = good;
    trailing.push_back(0);
    CHECK(code(trailing) == "key.format");
    auto off_curve = good;
    off_curve.back() ^= 0x01;
    CHECK(code(off_curve) == "key.format");
    // The point at infinity
    CHECK(code(hex("3019301306072a8648ce3d020106082a8648ce3d03010703020000")) == "key.format");
    // X25519: a key for agreement, not for signatures
    CHECK(code(hex("302a300506032b656e032100" + std::string(62, '0') + "09")) == "key.algorithm");
}

TEST_CASE("one public key serves several threads") {
    const auto known = known_answers()[2];
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i)
                if (!known.key.verify(as_bytes(known.message), known.signature)) ++failures;
        });
    for (auto& thread : threads) thread.join();
    CHECK(failures == 0);
}

TEST_CASE("a device's signature is checked before it is used") {
    const auto key = PrivateKey::generate(Algorithm::sm2).value();
    const auto other = PrivateKey::generate(Algorithm::sm2).value();
    const auto message = as_bytes("message");

    const CallbackSigner good(key.public_key(), [&](ByteView bytes) { return key.sign(bytes); });
    CHECK(good.algorithm() == Algorithm::sm2);
    CHECK(good.public_key() == key.public_key());
    REQUIRE(good.sign(message));
    CHECK(key.public_key().verify(message, good.sign(message).value()));

    const CallbackSigner wrong_key(key.public_key(), [&](ByteView bytes) { return other.sign(bytes); });
    CHECK(wrong_key.sign(message).error().code == "key.signer");
    const CallbackSigner short_answer(key.public_key(), [](ByteView) { return Result<Bytes>(Bytes(10, 1)); });
    CHECK(short_answer.sign(message).error().code == "key.signer");
    const CallbackSigner other_message(key.public_key(), [&](ByteView) { return key.sign(as_bytes("else")); });
    CHECK(other_message.sign(message).error().code == "key.signer");
    const CallbackSigner unplugged(key.public_key(), [](ByteView) -> Result<Bytes> { return fail("device.gone"); });
    CHECK(unplugged.sign(message).error().code == "device.gone");
    const CallbackSigner nobody(key.public_key(), nullptr);
    CHECK(nobody.sign(message).error().code == "key.signer");
}

TEST_CASE("the system's randomness fills the whole span") {
    const auto random = system_random();
    Bytes first(64, 0), second(64, 0);
    REQUIRE(random(first));
    REQUIRE(random(second));
    CHECK(first != second);
    // 64 zero bytes at an end would be one chance in 2^128.
    CHECK(Bytes(first.end() - 16, first.end()) != Bytes(16, 0));
    CHECK(random({}).has_value());
}
