#include "sjcode/certificate.h"
#include "catch.h"
#include "test_data.h"

using namespace sjcode;

namespace {

constexpr UnixTime start = 1'767'225'600;  // 2026-01-01T00:00:00Z
constexpr UnixTime end = 2'082'758'400;    // 2036-01-01T00:00:00Z

InstitutionIdentity identity() {
    return {"330203001", "明州司法鉴定中心", "明司鉴中心", {"v.example.cn", "xn--fiq228c.example.cn"}};
}

std::string parse_error(ByteView bytes) {
    const auto certificate = Certificate::parse(bytes);
    return certificate ? std::string() : certificate.error().code;
}

std::string self_signed_error(const InstitutionIdentity& who, UnixTime from = start, UnixTime to = end) {
    const auto key = PrivateKey::generate(Algorithm::ed25519).value();
    const auto made = Certificate::self_signed(key, who, from, to, system_random());
    if (made) return {};
    auto error = made.error();
    return error.code.append(" ").append(error.parameters["field"]);
}

}  // namespace

TEST_CASE("a self-signed certificate says what it was made of, for every algorithm") {
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        INFO(name(algorithm));
        const auto key = PrivateKey::generate(algorithm).value();
        const auto made = Certificate::self_signed(key, identity(), start, end, system_random());
        REQUIRE(made);
        for (const auto& read : {Certificate::parse(made->der()), Certificate::parse(as_bytes(made->to_pem()))}) {
            REQUIRE(read);
            CHECK(read->identity() == identity());
            CHECK(read->public_key() == key.public_key());
            CHECK(read->not_before() == start);
            CHECK(read->not_after() == end);
            CHECK(read->der() == made->der());
            CHECK(read->fingerprint() == digest(DigestAlgorithm::sha256, made->der()));
        }
    }
}

TEST_CASE("two certificates of one key and identity have different serial numbers") {
    const auto key = PrivateKey::generate(Algorithm::ed25519).value();
    const auto make = [&] { return Certificate::self_signed(key, identity(), start, end, system_random()).value(); };
    CHECK(make().fingerprint() != make().fingerprint());
    const auto no_random = Certificate::self_signed(key, identity(), start, end,
                                                    [](auto) -> Result<void> { return fail("crypto.random"); });
    CHECK(no_random.error().code == "crypto.random");
}

TEST_CASE("a certificate without hosts is possible") {
    auto who = identity();
    who.hosts.clear();
    const auto key = PrivateKey::generate(Algorithm::esp256).value();
    const auto made = Certificate::self_signed(key, who, 0, 253'402'300'799, system_random());
    REQUIRE(made);
    CHECK(made->identity().hosts.empty());
    CHECK(made->not_before() == 0);
    CHECK(made->not_after() == 253'402'300'799);
}

TEST_CASE("identities that do not fit into a certificate are refused") {
    const auto with = [](auto change) {
        auto who = identity();
        change(who);
        return self_signed_error(who);
    };
    CHECK(with([](auto&) {}).empty());
    CHECK(with([](auto& who) { who.licence.clear(); }) == "certificate.identity licence");
    CHECK(with([](auto& who) { who.name.clear(); }) == "certificate.identity name");
    CHECK(with([](auto& who) { who.short_name.clear(); }) == "certificate.identity short_name");
    CHECK(with([](auto& who) { who.name = std::string(1, static_cast<char>(0xFF)); }) == "certificate.identity name");
    CHECK(with([](auto& who) { who.name = std::string("a\0b", 3); }) == "certificate.identity name");
    CHECK(with([](auto& who) {
              who.name.clear();
              for (int i = 0; i < 64; ++i) who.name += "鉴";
          }).empty());
    CHECK(with([](auto& who) {
              who.name.clear();
              for (int i = 0; i < 65; ++i) who.name += "鉴";
          }) == "certificate.identity name");
    CHECK(with([](auto& who) { who.hosts = {""}; }) == "certificate.identity hosts");
    CHECK(with([](auto& who) { who.hosts = {"V.example.cn"}; }) == "certificate.identity hosts");
    // A comma would begin another name in OpenSSL's syntax.
    CHECK(with([](auto& who) { who.hosts = {"a.cn,DNS:b.cn"}; }) == "certificate.identity hosts");
}

TEST_CASE("a validity that ends before it begins is refused") {
    CHECK(self_signed_error(identity(), end, start) == "certificate.validity ");
    CHECK(self_signed_error(identity(), start, start) == "certificate.validity ");
    CHECK(self_signed_error(identity(), -1, start) == "certificate.validity ");
    CHECK(self_signed_error(identity(), start, 253'402'300'800) == "certificate.validity ");
}

TEST_CASE("certificates that openssl wrote are read") {
    for (const std::string name : {"ed25519", "p256", "sm2"}) {
        INFO(name);
        const auto certificate = Certificate::parse(data_bytes(name + ".crt"));
        REQUIRE(certificate);
        CHECK(certificate->identity() ==
              InstitutionIdentity{"330203001", "明州司法鉴定中心", "明司鉴中心", {"v.example.cn", "v2.example.cn"}});
        CHECK(certificate->public_key() == PrivateKey::from_pem(data_text(name + ".pem")).value().public_key());
        CHECK(certificate->not_after() - certificate->not_before() == UnixTime{36'500} * 86'400);
        const auto from_pkcs12 = Certificate::from_pkcs12(data_bytes(name + ".p12"), test_passphrase);
        REQUIRE(from_pkcs12);
        CHECK(from_pkcs12->der() == certificate->der());
    }
    CHECK(Certificate::from_pkcs12(data_bytes("certificate-only.p12"), test_passphrase).has_value());
    CHECK(Certificate::parse(data_bytes("key-and-certificate.pem")).has_value());
}

TEST_CASE("names in UTF-16 are read as the same names") {
    const auto certificate = Certificate::parse(data_bytes("bmp.crt"));
    REQUIRE(certificate);
    CHECK(certificate->identity() == InstitutionIdentity{"330203001", "明州司法鉴定中心", "明司鉴中心", {}});
}

TEST_CASE("a certificate without a licence number is read, one with two is refused") {
    const auto certificate = Certificate::parse(data_bytes("no-licence.crt"));
    REQUIRE(certificate);
    CHECK(certificate->identity().licence.empty());
    CHECK(parse_error(data_bytes("two-licences.crt")) == "certificate.format");
}

TEST_CASE("what is no certificate of ours is refused") {
    CHECK(parse_error({}) == "certificate.format");
    CHECK(parse_error(as_bytes("no certificate")) == "certificate.format");
    CHECK(parse_error(data_bytes("p256.pem")) == "certificate.format");
    CHECK(parse_error(data_bytes("rsa.crt")) == "key.algorithm");
    auto der = Certificate::parse(data_bytes("p256.crt"))->der();
    CHECK(parse_error(der).empty());
    der.push_back(0);
    CHECK(parse_error(der) == "certificate.format");
    der.resize(der.size() - 2);
    CHECK(parse_error(der) == "certificate.format");
    auto pem = data_text("p256.crt");
    pem.erase(100, 50);
    CHECK(parse_error(as_bytes(pem)) == "certificate.format");

    CHECK(Certificate::from_pkcs12({}, "x").error().code == "certificate.format");
    CHECK(Certificate::from_pkcs12(data_bytes("key-only.p12"), test_passphrase).error().code == "certificate.format");
    CHECK(Certificate::from_pkcs12(data_bytes("p256.p12"), "wrong").error().code == "key.passphrase");
}

TEST_CASE("no damage to a certificate does harm") {
    const auto der = Certificate::parse(data_bytes("p256.crt"))->der();
    for (std::size_t i = 0; i < der.size(); ++i) {
        for (const unsigned flip : {0x01U, 0x80U, 0xFFU}) {
            auto damaged = der;
            damaged[i] = static_cast<std::uint8_t>(damaged[i] ^ flip);
            const auto read = Certificate::parse(damaged);
            // Parsing checks no signature, so much of it is still a certificate; then it is exactly what was given.
            if (read) CHECK(read->der() == damaged);
        }
        CHECK(parse_error(ByteView(der).first(i)) == "certificate.format");
    }
}
