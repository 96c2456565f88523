#include "crypto/signed_data_check.h"
#include "catch.h"
#include "crypto/signed_data.h"
#include "test_data.h"

#include <algorithm>

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

constexpr auto cades = SignedDataUse::cades_detached;
constexpr auto pkcs7 = SignedDataUse::pkcs7_detached;

Bytes content() {
    return data_bytes("cms/content.bin");
}

Bytes external(DigestMethod method) {
    return digest_of(method, content());
}

SignedDataCheck check(const std::string& name, SignedDataUse use = cades) {
    return check_signed_data(data_bytes("cms/" + name + ".der"), use, external);
}

/// The codes, each with "!" before it where it fails.
std::string codes(const SignedDataCheck& check) {
    std::string text;
    for (const auto& fault : check.faults)
        text += (text.empty() ? "" : " ") + std::string(fault.fails ? "!" : "") + fault.code;
    return text;
}

bool is_proof(const SignedDataCheck& check) {
    return check.is_signature_valid && check.is_digest_equal;
}

SealKey seal_key(const std::string& name, const SealMethod& method = {}) {
    return SealKey::from_pem(data_text(name + ".pem"), read_certificates(data_bytes(name + ".crt")).value(), {}, method)
        .value();
}

std::vector<SealKey> all_seals() {
    std::vector<SealKey> keys;
    for (const auto digest : {SealDigest::sha256, SealDigest::sha384, SealDigest::sha512}) {
        keys.push_back(seal_key("p256", {{}, digest}));
        keys.push_back(seal_key("rsa", {SealAlgorithm::rsa_pkcs1, digest}));
        keys.push_back(seal_key("rsa", {SealAlgorithm::rsa_pss, digest}));
    }
    keys.push_back(seal_key("ed25519"));
    keys.push_back(seal_key("sm2"));
    return keys;
}

}  // namespace

TEST_CASE("our own seals are without a fault, and within their bound") {
    for (const auto& key : all_seals()) {
        const auto method = method_of(key.digest());
        const auto made = make_signed_data(key, external(method));
        REQUIRE(made);
        CHECK(made->size() <= signed_data_size_bound(key).value());
        CHECK(made->size() + 16 > signed_data_size_bound(key).value());

        auto placed = *made;
        placed.resize(placed.size() + 500);
        const auto checked = check_signed_data(placed, cades, external);
        CHECK(codes(checked).empty());
        CHECK(is_proof(checked));
        CHECK(checked.is_certificate_signed);
        CHECK(checked.certificate == key.certificates().front());
        CHECK(checked.message_digest == method);
        CHECK(checked.trailing == 500);
        CHECK(checked.data->is_der);
        CHECK(checked.data->certificates == key.certificates());

        const auto of_other = check_signed_data(
            *made, cades, [](DigestMethod asked) { return digest_of(asked, as_bytes("other bytes")); });
        CHECK(codes(of_other) == "!cms.digest-differs");
        CHECK(of_other.is_signature_valid);
        CHECK_FALSE(of_other.is_digest_equal);
    }
}

TEST_CASE("no bit of our own seal can be flipped without a fault") {
    for (const std::string name : {"p256", "ed25519", "sm2"}) {
        const auto key = seal_key(name);
        const auto made = make_signed_data(key, external(method_of(key.digest()))).value();
        for (std::size_t i = 0; i < made.size(); ++i) {
            auto flipped = made;
            flipped[i] ^= static_cast<std::uint8_t>(1u << (i % 8));
            INFO(name << " byte " << i);
            CHECK(check_signed_data(flipped, cades, external).fails());
        }
    }
}

TEST_CASE("a digest of another size is not signed") {
    CHECK(make_signed_data(seal_key("p256"), Bytes(20)).error().code == "seal.digest");
    CHECK(make_signed_data(seal_key("ed25519"), Bytes(32)).error().code == "seal.digest");
}

TEST_CASE("what openssl and others sign is read") {
    const struct {
        std::string name;
        SignedDataUse use;
        std::string codes;
        std::string key;
        int bits;
        DigestMethod digest;
    } cases[] = {
        {"rsa-sha256", cades, "", "rsa", 2048, DigestMethod::sha256},
        {"rsa-sha512", cades, "", "rsa", 2048, DigestMethod::sha512},
        {"rsa-pss", cades, "", "rsa", 2048, DigestMethod::sha384},
        {"p256", cades, "", "ec", 256, DigestMethod::sha256},
        {"p384", cades, "", "ec", 384, DigestMethod::sha384},
        {"dsa", cades, "", "dsa", 2048, DigestMethod::sha256},
        {"key-identifier", cades, "", "ec", 256, DigestMethod::sha256},
        {"plain", cades, "", "ec", 256, DigestMethod::sha256},
        {"issuer-serial", cades, "", "ec", 256, DigestMethod::sha256},
        {"zeros-after", cades, "", "ec", 256, DigestMethod::sha256},
        {"signing-time", cades, "", "ec", 256, DigestMethod::sha256},
        {"no-signing-certificate", pkcs7, "cms.signing-certificate-missing", "ec", 256, DigestMethod::sha256},
        {"certificate-v1", cades, "cms.signing-certificate-v1", "ec", 256, DigestMethod::sha256},
        {"no-attributes", pkcs7, "cms.no-signed-attributes", "rsa", 2048, DigestMethod::sha256},
        {"no-attributes-p256", pkcs7, "cms.no-signed-attributes", "ec", 256, DigestMethod::sha256},
        {"content", pkcs7, "cms.content", "ec", 256, DigestMethod::sha256},
        {"streamed", pkcs7, "cms.not-der cms.content", "ec", 256, DigestMethod::sha256},
        {"unordered", pkcs7, "cms.not-der", "ec", 256, DigestMethod::sha256},
        {"sha1", pkcs7, "cms.weak-digest cms.signing-certificate-v1", "rsa", 2048, DigestMethod::sha1},
        {"short-key", pkcs7, "cms.weak-key", "rsa", 1024, DigestMethod::sha256},
        {"pkcs7-sha1", SignedDataUse::pkcs7_sha1, "cms.weak-digest cms.signing-certificate-missing", "rsa", 2048,
         DigestMethod::sha1},
        {"timestamp", SignedDataUse::timestamp, "", "ec", 256, DigestMethod::sha256},
        {"timestamp-sha512-v1", SignedDataUse::timestamp, "", "ec", 256, DigestMethod::sha256},
        {"timestamp-sha1", SignedDataUse::timestamp, "cms.weak-digest", "ec", 256, DigestMethod::sha256},
    };
    for (const auto& expected : cases) {
        INFO(expected.name);
        const auto checked = check(expected.name, expected.use);
        CHECK(codes(checked) == expected.codes);
        CHECK(is_proof(checked));
        CHECK(checked.key_algorithm == expected.key);
        CHECK(checked.key_bits == expected.bits);
        CHECK(checked.message_digest == expected.digest);
        CHECK(checked.signature_digest == expected.digest);
    }
}

TEST_CASE("each fault of a hostile message has its code") {
    const struct {
        std::string name;
        SignedDataUse use;
        std::string codes;
    } cases[] = {
        {"wrong-digest", cades, "!cms.digest-differs"},
        {"broken-signature", cades, "!cms.signature"},
        {"other-key", cades, "!cms.signature"},
        {"two-signers", cades, "!cms.several-signers"},
        {"no-signer", cades, "!cms.no-signer"},
        {"bytes-after", cades, "!cms.trailing"},
        {"two-messages", cades, "!cms.trailing"},
        {"cut", cades, "!cms.format"},
        {"deep", cades, "!cms.limit"},
        {"many-certificates", cades, "!cms.limit"},
        {"many-attributes", cades, "!cms.limit"},
        {"not-der-length", cades, "!cms.not-der"},
        {"unordered", cades, "!cms.not-der"},
        {"streamed", cades, "!cms.not-der !cms.content"},
        {"content", cades, "!cms.content"},
        {"sha1", cades, "!cms.weak-digest cms.signing-certificate-v1"},
        {"md5", pkcs7, "!cms.weak-digest cms.signing-certificate-missing"},
        {"short-key", cades, "!cms.weak-key"},
        {"no-signing-certificate", cades, "!cms.signing-certificate-missing"},
        {"no-attributes", cades, "!cms.no-signed-attributes"},
        {"no-message-digest", cades, "!cms.no-message-digest"},
        {"no-content-type", cades, "!cms.content-type"},
        {"other-content-type", cades, "!cms.content-type"},
        {"other-encapsulated-type", cades, "!cms.content-type !cms.content-type"},
        {"two-digests", cades, "!cms.duplicate-attribute"},
        {"two-digest-values", cades, "!cms.duplicate-attribute"},
        {"two-signing-certificates", cades, "!cms.duplicate-attribute !cms.signing-certificate-differs"},
        {"exchanged-certificate", cades, "!cms.signing-certificate-differs"},
        {"exchanged-certificate-v1", pkcs7, "cms.signing-certificate-v1 !cms.signing-certificate-differs"},
        {"ambiguous-certificate", cades, "!cms.ambiguous-certificate"},
        {"other-issuer-serial", cades, "!cms.signing-certificate-differs"},
        {"certificate-of-another", cades, "!cms.no-certificate"},
        {"no-certificates", cades, "!cms.no-certificate"},
        {"unknown-digest", cades, "!cms.algorithm"},
        {"pkcs7-sha1", pkcs7, "cms.content cms.weak-digest !cms.digest-differs cms.signing-certificate-missing"},
        {"plain", SignedDataUse::pkcs7_sha1, "!cms.content-missing"},
        {"plain", SignedDataUse::timestamp, "!cms.content-missing !timestamp.certificate"},
        {"timestamp", cades, "!cms.content !cms.content-type !cms.digest-differs"},
        {"timestamp-of-other", SignedDataUse::timestamp, "!timestamp.imprint"},
        {"timestamp-by-signer", SignedDataUse::timestamp, "!timestamp.certificate"},
        {"timestamp-of-nothing", SignedDataUse::timestamp, "!timestamp.format !timestamp.certificate"},
    };
    for (const auto& expected : cases) {
        INFO(expected.name);
        CHECK(codes(check(expected.name, expected.use)) == expected.codes);
    }
}

TEST_CASE("the values of a message are told") {
    CHECK(check("signing-time").signing_time == 1'788'415'509);
    CHECK_FALSE(check("plain").signing_time);
    CHECK(check("two-signers").faults.front().parameters.at("count") == "2");
    CHECK(check("deep").faults.front().parameters.at("limit") == "48");
    CHECK(check("short-key").faults.front().parameters == Parameters{{"algorithm", "rsa"}, {"bits", "1024"}});
    CHECK(check("content").data->content == content());

    const auto timestamp = check("timestamp-sha512-v1", SignedDataUse::timestamp);
    REQUIRE(timestamp.timestamp);
    CHECK(timestamp.timestamp->policy == "1.2.3.4.1");
    CHECK(timestamp.timestamp->digest == DigestMethod::sha512);
    CHECK(timestamp.timestamp->time > 1'700'000'000);
}

TEST_CASE("a timestamp is added to a seal, and found there") {
    for (const auto& key : all_seals()) {
        const auto made = make_signed_data(key, external(method_of(key.digest()))).value();
        const auto token = data_bytes("cms/timestamp.der");
        const auto stamped = add_signature_timestamp(made, token);
        REQUIRE(stamped);
        const auto checked = check_signed_data(*stamped, cades, external);
        CHECK(codes(checked).empty());
        CHECK(is_proof(checked));
        CHECK(checked.signature_timestamp == token);
        CHECK(checked.data->signers.front().signature == signature_value(made).value());
        CHECK(signature_value(*stamped).value() == signature_value(made).value());
    }
    CHECK(signature_value(content()).error().code == "certificate.format");
    CHECK(add_signature_timestamp(content(), {}).error().code == "certificate.format");
}

TEST_CASE("bare RSA signatures are checked with the certificate beside them") {
    const std::vector<Bytes> certificates = {read_certificates(data_bytes("rsa.crt")).value().front()};
    const auto sha1 = check_x509_rsa_sha1(data_bytes("cms/x509-rsa-sha1.der"), certificates, external);
    CHECK(codes(sha1) == "cms.weak-digest cms.signing-certificate-missing");
    CHECK(is_proof(sha1));
    auto bytes = data_bytes("cms/x509-rsa-sha256.der");
    const auto sha256 = check_x509_rsa_sha1(bytes, certificates, external);
    CHECK(codes(sha256) == "cms.signing-certificate-missing");
    CHECK(sha256.message_digest == DigestMethod::sha256);

    const auto other = [](DigestMethod method) { return digest_of(method, as_bytes("other")); };
    CHECK(codes(check_x509_rsa_sha1(bytes, certificates, other)) ==
          "!cms.digest-differs cms.signing-certificate-missing");
    CHECK(codes(check_x509_rsa_sha1(bytes, {}, external)) == "!cms.no-certificate");
    CHECK(codes(check_x509_rsa_sha1(bytes, {Bytes{1}}, external)) == "!cms.key");
    CHECK(codes(check_x509_rsa_sha1(content(), certificates, external)) == "!cms.format");
    const std::vector<Bytes> p256 = {read_certificates(data_bytes("p256.crt")).value().front()};
    CHECK(codes(check_x509_rsa_sha1(bytes, p256, external)) == "!cms.signature");
    bytes.push_back(1);
    CHECK(codes(check_x509_rsa_sha1(bytes, certificates, external)) == "!cms.trailing cms.signing-certificate-missing");
    bytes[40] ^= 1;
    CHECK(codes(check_x509_rsa_sha1(bytes, certificates, external)) == "!cms.trailing !cms.signature");
}
