#include "sjcode/seal_key.h"
#include "catch.h"
#include "crypto/seal_scheme.h"
#include "test_data.h"

using namespace sjcode;

namespace {

std::vector<Bytes> certificates(const std::string& name) {
    return read_certificates(data_bytes(name)).value();
}

Result<SealKey> seal_key(const std::string& name, const SealMethod& method = {}) {
    return SealKey::from_pem(data_text(name + ".pem"), certificates(name + ".crt"), {}, method);
}

bool verifies(const SealSigner& signer, ByteView message, ByteView signature) {
    const auto key = crypto::sealing_key_of(signer.certificates().front()).value();
    return crypto::verify(key.get(), {signer.algorithm(), signer.digest()}, message, signature);
}

void check_signs(const SealSigner& signer) {
    const auto signature = signer.sign(as_bytes("attributes"));
    REQUIRE(signature);
    CHECK(verifies(signer, as_bytes("attributes"), *signature));
    CHECK_FALSE(verifies(signer, as_bytes("Attributes"), *signature));
}

}  // namespace

TEST_CASE("a seal's key signs by the algorithm and digest that fit it") {
    struct Case {
        std::string name;
        SealMethod method;
        SealAlgorithm algorithm;
        SealDigest digest;
    };
    const Case cases[] = {
        {"ed25519", {}, SealAlgorithm::ed25519, SealDigest::sha512},
        {"p256", {}, SealAlgorithm::ecdsa_p256, SealDigest::sha256},
        {"p256", {{}, SealDigest::sha512}, SealAlgorithm::ecdsa_p256, SealDigest::sha512},
        {"sm2", {}, SealAlgorithm::sm2, SealDigest::sm3},
        {"rsa", {}, SealAlgorithm::rsa_pkcs1, SealDigest::sha256},
        {"rsa", {{}, SealDigest::sha384}, SealAlgorithm::rsa_pkcs1, SealDigest::sha384},
        {"rsa", {SealAlgorithm::rsa_pss, SealDigest::sha512}, SealAlgorithm::rsa_pss, SealDigest::sha512},
    };
    for (const auto& expected : cases) {
        INFO(expected.name);
        const auto key = seal_key(expected.name, expected.method);
        REQUIRE(key);
        CHECK(key->algorithm() == expected.algorithm);
        CHECK(key->digest() == expected.digest);
        CHECK(key->certificates() == certificates(expected.name + ".crt"));
        check_signs(*key);
    }
}

TEST_CASE("PKCS#12 gives the key, its certificate and the others") {
    for (const std::string name : {"ed25519", "p256", "sm2"}) {
        INFO(name);
        const auto key = SealKey::from_pkcs12(data_bytes(name + ".p12"), test_passphrase);
        REQUIRE(key);
        CHECK(key->certificates() == certificates(name + ".crt"));
        check_signs(*key);
    }
    CHECK(SealKey::from_pkcs12(data_bytes("p256.p12"), "wrong").error().code == "key.passphrase");
    CHECK(SealKey::from_pkcs12(data_bytes("key-only.p12"), test_passphrase).error().code == "seal.certificate");
    CHECK(SealKey::from_pkcs12(data_bytes("certificate-only.p12"), test_passphrase).error().code == "key.format");
}

TEST_CASE("a method that does not fit the key is refused") {
    const auto code = [](const std::string& name, const SealMethod& method) {
        return seal_key(name, method).error().code;
    };
    CHECK(code("p256", {SealAlgorithm::rsa_pss, {}}) == "seal.algorithm");
    CHECK(code("p256", {SealAlgorithm::sm2, {}}) == "seal.algorithm");
    CHECK(code("sm2", {SealAlgorithm::ecdsa_p256, {}}) == "seal.algorithm");
    CHECK(code("p256", {{}, SealDigest::sm3}) == "seal.digest");
    CHECK(code("rsa", {{}, SealDigest::sm3}) == "seal.digest");
    CHECK(code("ed25519", {{}, SealDigest::sha256}) == "seal.digest");
    CHECK(code("sm2", {{}, SealDigest::sha256}) == "seal.digest");
}

TEST_CASE("key and certificate must belong together") {
    auto several = certificates("rsa.crt");
    CHECK(SealKey::from_pem(data_text("p256.pem"), several).error().code == "seal.certificate");
    CHECK(SealKey::from_pem(data_text("p256.pem"), {}).error().code == "seal.certificate");
    CHECK(SealKey::from_pem(data_text("p384.pem"), several).error().code == "key.algorithm");
    // The key's own is found behind another.
    several.push_back(certificates("p256.crt").front());
    const auto key = SealKey::from_pem(data_text("p256.pem"), several);
    REQUIRE(key);
    CHECK(key->certificates() == std::vector<Bytes>{several[1], several[0]});
}

TEST_CASE("short RSA keys do not seal") {
    const auto key = SealKey::from_pem(data_text("rsa-1024.pem"), certificates("rsa-1024.crt"));
    REQUIRE_FALSE(key);
    CHECK(key.error().code == "seal.key-size");
    CHECK(key.error().parameters.at("bits") == "1024");
    CHECK(CallbackSeal::create(certificates("rsa-1024.crt"), {}).error().code == "seal.key-size");
}

TEST_CASE("certificates are read from PEM and DER, in order, and damage is told") {
    const auto pem = data_text("rsa.crt") + data_text("p256.crt");
    const auto both = read_certificates(as_bytes(pem));
    REQUIRE(both);
    CHECK(*both == std::vector<Bytes>{certificates("rsa.crt").front(), certificates("p256.crt").front()});
    CHECK(read_certificates(both->front()).value() == std::vector<Bytes>{both->front()});

    const auto code = [](std::string_view text) { return read_certificates(as_bytes(text)).error().code; };
    CHECK(code("") == "certificate.format");
    CHECK(code("no certificate") == "certificate.format");
    CHECK(code(data_text("p256.pem")) == "certificate.format");
    // A damaged second one is not passed over.
    auto damaged = pem;
    damaged.erase(damaged.rfind("-----END") - 40, 20);
    CHECK(code(damaged) == "certificate.format");
    std::string many;
    for (int i = 0; i < 65; ++i) many += data_text("ed25519.crt");
    CHECK(code(many) == "certificate.format");
    auto trailing = both->front();
    trailing.push_back(0);
    CHECK(read_certificates(trailing).error().code == "certificate.format");
}

TEST_CASE("a device's signature is used only if it verifies under the certificate") {
    for (const std::string name : {"ed25519", "p256", "sm2", "rsa"}) {
        INFO(name);
        const auto key = seal_key(name).value();
        const auto device = CallbackSeal::create(key.certificates(), [&](ByteView bytes) { return key.sign(bytes); });
        REQUIRE(device);
        CHECK(device->algorithm() == key.algorithm());
        CHECK(device->digest() == key.digest());
        check_signs(*device);

        const auto other =
            CallbackSeal::create(key.certificates(), [&](ByteView) { return key.sign(as_bytes("other bytes")); });
        CHECK(other->sign(as_bytes("attributes")).error().code == "key.signer");
        const auto empty = CallbackSeal::create(key.certificates(), {});
        CHECK(empty->sign(as_bytes("attributes")).error().code == "key.signer");
        const auto failing =
            CallbackSeal::create(key.certificates(), [](ByteView) -> Result<Bytes> { return fail("key.passphrase"); });
        CHECK(failing->sign(as_bytes("attributes")).error().code == "key.passphrase");
    }
    CHECK(CallbackSeal::create({}, {}).error().code == "certificate.format");
    CHECK(CallbackSeal::create({Bytes{1, 2}}, {}).error().code == "certificate.format");
}

TEST_CASE("the key of the codes seals too") {
    for (const std::string name : {"ed25519", "p256", "sm2"}) {
        INFO(name);
        const auto key = PrivateKey::from_pem(data_text(name + ".pem")).value();
        const auto certificate = Certificate::parse(data_bytes(name + ".crt")).value();
        const auto seal = seal_with_code_key(key, certificate, certificates("rsa.crt"));
        REQUIRE(seal);
        CHECK(seal->certificates().size() == 2);
        CHECK(seal->certificates().front() == certificate.der());
        check_signs(*seal);
    }
    const auto key = PrivateKey::from_pem(data_text("p256.pem")).value();
    const auto other = Certificate::parse(data_bytes("sm2.crt")).value();
    CHECK(seal_with_code_key(key, other).error().code == "seal.certificate");
}
