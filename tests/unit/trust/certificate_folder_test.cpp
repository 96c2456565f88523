#include "catch.h"
#include "sjcode/file.h"
#include "sjcode/trust.h"
#include "temporary_folder.h"

#include <filesystem>

using namespace sjcode;

namespace {

struct Institution {
    PrivateKey key;
    Certificate certificate;
};

Institution institution(const std::string& licence, Algorithm algorithm = Algorithm::ed25519) {
    auto key = PrivateKey::generate(algorithm).value();
    auto certificate = Certificate::self_signed(key, {licence, "明州司法鉴定中心", "明司鉴中心", {"v.example.cn"}},
                                                1'767'225'600, 2'082'758'400, system_random())
                           .value();
    return {std::move(key), std::move(certificate)};
}

std::string data_file(const std::string& name) {
    const auto file = InputFile::open(SJCODE_SOURCE_DIR "/tests/unit/crypto/data/" + name).value();
    return std::string(as_text(file.bytes()));
}

Result<CertificateFolder> open(const TemporaryFolder& folder) {
    return CertificateFolder::open(folder.path());
}

std::string error_code(const TemporaryFolder& folder) {
    const auto opened = open(folder);
    return opened ? std::string("no error") : opened.error().code;
}

}  // namespace

TEST_CASE("certificates are found by licence number, from every form of file") {
    const TemporaryFolder folder;
    const auto first = institution("330203001");
    const auto second = institution("330203002", Algorithm::sm2);
    const auto third = institution("330203003", Algorithm::esp256);
    folder.write("a.pem", first.certificate.to_pem());
    folder.write("b.der", second.certificate.der());
    folder.write("c.CER", third.certificate.der());
    folder.write("d.crt", institution("330203001").certificate.to_pem());
    const auto trust = open(folder);
    REQUIRE(trust);
    CHECK(trust->size() == 4);
    CHECK(trust->certificates("330203001").size() == 2);
    REQUIRE(trust->certificates("330203002").size() == 1);
    CHECK(trust->certificates("330203002")[0].public_key() == second.key.public_key());
    CHECK(trust->certificates("330203003")[0].der() == third.certificate.der());
    CHECK(trust->certificates("330203004").empty());
    CHECK(trust->certificates("").empty());
    CHECK(trust->certificates("33020300").empty());
}

TEST_CASE("a file may hold several certificates, and the same one counts once") {
    const TemporaryFolder folder;
    const auto first = institution("330203001").certificate.to_pem();
    const auto second = institution("330203002").certificate.to_pem();
    folder.write("all.pem", "Two institutions\n" + first + "\n" + second);
    folder.write("again.pem", second);
    const auto trust = open(folder);
    REQUIRE(trust);
    CHECK(trust->size() == 2);
}

TEST_CASE("private keys and other files are passed over") {
    const TemporaryFolder folder;
    const auto who = institution("330203001");
    folder.write("certificate.pem", who.certificate.to_pem());
    folder.write("key.pem", who.key.to_pem_secret().value());
    folder.write("encrypted.pem", data_file("p256.encrypted.pem"));
    folder.write("sec1.crt", data_file("p256.sec1.pem"));
    folder.write("empty.pem", std::string());
    folder.write("notes.txt", "-----BEGIN CERTIFICATE-----\nbroken");
    folder.write("certificate", "no ending");
    std::filesystem::create_directory(folder / "old.pem");
    const auto trust = open(folder);
    REQUIRE(trust);
    CHECK(trust->size() == 1);
}

TEST_CASE("a key and its certificate in one file: the certificate is read") {
    const TemporaryFolder folder;
    folder.write("both.pem", data_file("key-and-certificate.pem"));
    CHECK(open(folder).value().certificates("330203001").size() == 1);
}

TEST_CASE("nothing broken is passed over in silence") {
    const auto good = institution("330203001").certificate;
    const auto broken = [&](const std::string& name, const std::string& content) {
        const TemporaryFolder folder;
        folder.write("good.pem", good.to_pem());
        folder.write(name, content);
        const auto opened = open(folder);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().parameters.at("file") == folder / "" + name);
        return opened.error().code;
    };
    auto damaged = good.to_pem();
    damaged.erase(200, 30);
    CHECK(broken("x.pem", damaged) == "trust.unreadable");
    CHECK(broken("x.pem", good.to_pem() + damaged) == "trust.unreadable");
    auto unfinished = good.to_pem();
    unfinished.resize(unfinished.size() / 2);
    CHECK(broken("x.crt", unfinished) == "trust.unreadable");
    CHECK(broken("x.der", "no DER") == "trust.unreadable");
    CHECK(broken("x.der", "") == "trust.unreadable");
    CHECK(broken("x.crt", data_file("rsa.crt")) == "trust.unreadable");
    CHECK(broken("x.crt", data_file("two-licences.crt")) == "trust.unreadable");
    CHECK(broken("x.crt", data_file("no-licence.crt")) == "trust.identity");
}

TEST_CASE("a dangling link is an error that names it") {
    const TemporaryFolder folder;
    folder.write("good.pem", institution("330203001").certificate.to_pem());
    std::filesystem::create_symlink("nowhere", folder / "gone.pem");
    const auto opened = open(folder);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "trust.unreadable");
    CHECK(opened.error().parameters.at("file") == folder / "gone.pem");
}

TEST_CASE("a folder that is missing, a file, or without certificates is an error") {
    const TemporaryFolder folder;
    CHECK(error_code(folder) == "trust.empty");
    folder.write("key.pem", institution("330203001").key.to_pem_secret().value());
    CHECK(error_code(folder) == "trust.empty");
    CHECK(CertificateFolder::open(folder / "missing").error().code == "trust.folder");
    CHECK(CertificateFolder::open(folder / "key.pem").error().code == "trust.folder");
    CHECK(CertificateFolder::open("").error().code == "trust.folder");
}

TEST_CASE("trust records may be made of certificates at hand") {
    const auto trust = CertificateFolder::of({institution("330203001").certificate});
    CHECK(trust.size() == 1);
    CHECK(trust.certificates("330203001").size() == 1);
    CHECK(trust.is_official_host("v.example.cn"));
    // Exactly, never by suffix or by prefix.
    for (const auto* const host :
         {"", "example.cn", "x.v.example.cn", "v.example.cn.evil.cn", "V.example.cn", "v.example.c"})
        CHECK_FALSE(trust.is_official_host(host));
}
