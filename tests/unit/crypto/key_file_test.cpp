#include "catch.h"
#include "sjcode/key.h"
#include "test_data.h"

using namespace sjcode;

namespace {

std::string pem_error(const std::string& name, std::optional<std::string_view> passphrase = {}) {
    const auto key = PrivateKey::from_pem(data_text(name), passphrase);
    return key ? std::string() : key.error().code;
}

void check_is(const Result<PrivateKey>& key, const std::string& pem_name) {
    REQUIRE(key);
    const auto expected = PrivateKey::from_pem(data_text(pem_name));
    REQUIRE(expected);
    CHECK(key->public_key() == expected->public_key());
    const auto signature = key->sign(as_bytes("message"));
    REQUIRE(signature);
    CHECK(expected->public_key().verify(as_bytes("message"), *signature));
}

}  // namespace

TEST_CASE("private keys that openssl wrote are read") {
    const auto algorithm = [](const std::string& name) {
        return PrivateKey::from_pem(data_text(name), test_passphrase).value().algorithm();
    };
    CHECK(algorithm("ed25519.pem") == Algorithm::ed25519);
    CHECK(algorithm("p256.pem") == Algorithm::esp256);
    CHECK(algorithm("sm2.pem") == Algorithm::sm2);
    for (const std::string name : {"ed25519", "p256", "sm2"}) {
        INFO(name);
        check_is(PrivateKey::from_pem(data_text(name + ".encrypted.pem"), test_passphrase), name + ".pem");
        check_is(PrivateKey::from_pkcs12(data_bytes(name + ".p12"), test_passphrase), name + ".pem");
        // A passphrase for a key that needs none does no harm.
        check_is(PrivateKey::from_pem(data_text(name + ".pem"), test_passphrase), name + ".pem");
    }
}

TEST_CASE("SEC1 keys are read, with parameters before them and encrypted too") {
    check_is(PrivateKey::from_pem(data_text("p256.sec1.pem")), "p256.pem");
    check_is(PrivateKey::from_pem(data_text("p256.sec1-with-parameters.pem")), "p256.pem");
    check_is(PrivateKey::from_pem(data_text("p256.sec1-encrypted.pem"), test_passphrase), "p256.pem");
    check_is(PrivateKey::from_pem(data_text("sm2.sec1.pem")), "sm2.pem");
    check_is(PrivateKey::from_pem(data_text("key-and-certificate.pem")), "p256.pem");
}

TEST_CASE("a missing or wrong passphrase is told as such, and nobody is asked on the terminal") {
    for (const std::string name :
         {"ed25519.encrypted.pem", "p256.encrypted.pem", "sm2.encrypted.pem", "p256.sec1-encrypted.pem"}) {
        INFO(name);
        CHECK(pem_error(name) == "key.passphrase");
        CHECK(pem_error(name, "wrong") == "key.passphrase");
        CHECK(pem_error(name, "") == "key.passphrase");
        CHECK(pem_error(name, std::string(5'000, 'x')) == "key.passphrase");
    }
    for (const std::string name : {"ed25519.p12", "p256.p12", "sm2.p12"}) {
        INFO(name);
        CHECK(PrivateKey::from_pkcs12(data_bytes(name), "wrong").error().code == "key.passphrase");
        CHECK(PrivateKey::from_pkcs12(data_bytes(name), "").error().code == "key.passphrase");
        CHECK(PrivateKey::from_pkcs12(data_bytes(name), std::string("口令-secret\0x", 15)).error().code ==
              "key.passphrase");
    }
}

TEST_CASE("keys of other algorithms are refused") {
    CHECK(pem_error("rsa.pem") == "key.algorithm");
    CHECK(pem_error("p384.pem") == "key.algorithm");
    CHECK(pem_error("x25519.pem") == "key.algorithm");
    // Spelled-out parameters, even of the right curve
    CHECK(pem_error("p256.explicit.pem") == "key.format");
}

TEST_CASE("what is no private key is refused") {
    CHECK(PrivateKey::from_pem("").error().code == "key.format");
    CHECK(PrivateKey::from_pem("no key").error().code == "key.format");
    CHECK(pem_error("p256.pub.pem") == "key.format");
    CHECK(pem_error("p256.crt") == "key.format");
    auto cut = data_text("p256.pem");
    cut.erase(cut.find("\n-----END") - 20, 20);
    CHECK(PrivateKey::from_pem(cut).error().code == "key.format");
    // A private key with the public half of another
    CHECK(pem_error("p256.mismatched.pem") == "key.format");
    CHECK(pem_error("sm2.mismatched.pem") == "key.format");

    CHECK(PrivateKey::from_pkcs12({}, "x").error().code == "key.format");
    CHECK(PrivateKey::from_pkcs12(as_bytes("no PKCS#12"), "x").error().code == "key.format");
    CHECK(PrivateKey::from_pkcs12(data_bytes("certificate-only.p12"), test_passphrase).error().code == "key.format");
    auto trailing = data_bytes("p256.p12");
    trailing.push_back(0);
    CHECK(PrivateKey::from_pkcs12(trailing, test_passphrase).error().code == "key.format");
}

TEST_CASE("a key comes back from its own PEM, plain and encrypted") {
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        INFO(name(algorithm));
        const auto key = PrivateKey::generate(algorithm).value();
        const auto plain = key.to_pem_secret().value();
        CHECK(plain.starts_with("-----BEGIN PRIVATE KEY-----"));
        CHECK(PrivateKey::from_pem(plain).value().public_key() == key.public_key());
        const auto encrypted = key.to_pem_secret("口令").value();
        CHECK(encrypted.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
        CHECK(PrivateKey::from_pem(encrypted, "口令").value().public_key() == key.public_key());
        CHECK(PrivateKey::from_pem(encrypted, "other").error().code == "key.passphrase");
        CHECK(key.to_pem_secret("").error().code == "key.passphrase");
    }
}

TEST_CASE("a private key may be moved") {
    auto key = PrivateKey::generate(Algorithm::sm2).value();
    const auto public_key = key.public_key();
    PrivateKey moved = std::move(key);
    CHECK(public_key.verify(as_bytes("message"), moved.sign(as_bytes("message")).value()));
}
