#include "crypto/chain.h"
#include "catch.h"
#include "sjcode/seal_key.h"
#include "test_data.h"

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

constexpr UnixTime june_2026 = 1'780'272'000;
constexpr UnixTime year_2200 = 7'258'118'400;
constexpr UnixTime june_2025 = 1'748'736'000;

Bytes certificate(const std::string& name) {
    return data_bytes("chain/" + name + ".der");
}

std::vector<Bytes> certificates(const std::vector<std::string>& names) {
    std::vector<Bytes> all;
    for (const auto& name : names) all.push_back(certificate(name));
    return all;
}

ChainCheck check(const std::string& signer, const std::vector<std::string>& others,
                 const std::vector<std::string>& anchors, UnixTime time = june_2026,
                 ChainPurpose purpose = ChainPurpose::document) {
    return check_chain(certificate(signer), certificates(others), certificates(anchors), time, purpose);
}

}  // namespace

TEST_CASE("a chain leads to the anchor, whatever the algorithms and the order") {
    const auto usual = check("signer", {"other-root", "sub", "middle"}, {"short-root", "root"});
    CHECK(usual.code.empty());
    CHECK(usual.path == certificates({"signer", "sub", "root"}));
    CHECK(check("signer-pss", {"sub"}, {"root"}).holds());
    CHECK(check("signer-non-repudiation", {"sub"}, {"root"}).holds());
    CHECK(check("ed25519-signer", {"ed25519-sub"}, {"ed25519-root"}).holds());
    // An issuer may be the anchor itself.
    CHECK(check("signer", {}, {"sub"}).holds());
    // What cannot be read is passed over.
    auto others = certificates({"sub"});
    others.push_back({1, 2, 3});
    CHECK(check_chain(certificate("signer"), others, certificates({"root"}), june_2026).holds());
}

TEST_CASE("SM2 certificates are verified with the usual user id") {
    // They were made by the openssl command, which dates them from that day on.
    constexpr UnixTime year_2050 = 2'524'608'000;
    const auto chain = check("sm2-signer", {"sm2-sub"}, {"sm2-root"}, year_2050);
    CHECK(chain.code.empty());
    CHECK(chain.path.size() == 3);
    CHECK(check("sm2-signer", {}, {"sm2-root"}, year_2050).code == "chain.no-anchor");
    auto forged = certificate("sm2-signer");
    forged.back() ^= 1;
    CHECK(check_chain(forged, certificates({"sm2-sub"}), certificates({"sm2-root"}), year_2050).code ==
          "chain.signature");
}

TEST_CASE("a certificate that is trusted itself needs no chain") {
    for (const std::string name : {"p256", "ed25519", "sm2", "rsa"}) {
        INFO(name);
        const auto own = read_certificates(data_bytes(name + ".crt")).value();
        constexpr UnixTime year_2050 = 2'524'608'000;
        CHECK(check_chain(own.front(), {}, own, year_2050).holds());
        CHECK(check_chain(own.front(), {}, own, year_2200).code == "chain.expired");
        CHECK(check_chain(own.front(), {}, own, 0).code == "chain.not-yet-valid");
        CHECK(check_chain(own.front(), own, certificates({"root"}), year_2050).code == "chain.no-anchor");
    }
    CHECK(check("signer", {}, {"signer"}).holds());
    CHECK(check("signer-encipherment", {}, {"signer-encipherment"}).code == "chain.key-usage");
}

TEST_CASE("each way in which a chain fails has its code") {
    const auto code = [](const auto&... arguments) { return check(arguments...).code; };
    using Names = std::vector<std::string>;
    CHECK(code("signer", Names{"sub"}, Names{}) == "chain.no-anchor");
    CHECK(code("signer", Names{}, Names{"root"}) == "chain.no-anchor");
    CHECK(code("signer", Names{"sub", "root"}, Names{"short-root"}) == "chain.no-anchor");
    CHECK(code("signer", Names{"sub"}, Names{"root"}, year_2200) == "chain.expired");
    CHECK(code("signer", Names{"sub"}, Names{"root"}, june_2025) == "chain.not-yet-valid");
    CHECK(code("signer-expired", Names{"sub"}, Names{"root"}) == "chain.expired");
    CHECK(code("signer-future", Names{"sub"}, Names{"root"}) == "chain.not-yet-valid");
    CHECK(code("signer", Names{"sub-expired"}, Names{"root"}) == "chain.expired");
    CHECK(code("signer", Names{"sub-no-ca"}, Names{"root"}) == "chain.not-ca");
    CHECK(code("signer", Names{"sub-no-constraints"}, Names{"root"}) == "chain.not-ca");
    CHECK_FALSE(check("below-signer", {"signer", "sub"}, {"root"}).holds());
    CHECK(code("signer-lower", Names{"lower", "middle"}, Names{"short-root"}) == "chain.too-long");
    CHECK(code("signer-encipherment", Names{"sub"}, Names{"root"}) == "chain.key-usage");
    CHECK(code("signer-unknown-extension", Names{"sub"}, Names{"root"}) == "chain.constraint");
    CHECK(code("signer-forged", Names{"sub"}, Names{"root"}) == "chain.signature");
    CHECK(code("signer", Names{"sub"}, Names{"namesake-root"}) == "chain.signature");
    CHECK(check_chain(Bytes{1, 2}, {}, {}, june_2026).code == "chain.format");
    CHECK(check("signer-expired", {"sub"}, {"root"}).parameters.at("subject") == "CN=明州司法鉴定中心,C=CN");
}

TEST_CASE("paths have a limit") {
    std::vector<std::string> between;
    for (int i = 12; i > 0; --i) between.push_back("long-" + std::to_string(i));
    CHECK(check("long-13", between, {"long-0"}).code == "chain.too-long");
    CHECK(check_chain(certificate("signer"), std::vector<Bytes>(257, certificate("sub")), certificates({"root"}),
                      june_2026)
              .code == "chain.format");
}

TEST_CASE("a timestamp authority's certificate is for timestamps alone") {
    const auto code = [](const std::string& name) {
        return check(name, {"ed25519-sub"}, {"ed25519-root"}, june_2026, ChainPurpose::timestamp).code;
    };
    CHECK(code("tsa").empty());
    CHECK(code("tsa-not-critical") == "chain.key-usage");
    CHECK(code("tsa-and-more") == "chain.key-usage");
    CHECK(code("ed25519-signer") == "chain.key-usage");
}

TEST_CASE("what is shown of a certificate") {
    const auto summary = summarize(certificate("signer"));
    REQUIRE(summary);
    CHECK(summary->common_name == "明州司法鉴定中心");
    CHECK(summary->subject == "CN=明州司法鉴定中心,C=CN");
    CHECK(summary->issuer == "CN=Sub CA,C=CN");
    CHECK(summary->not_before == 1'767'225'600);
    CHECK(summary->serial.size() > 8);
    CHECK_FALSE(summary->is_self_issued);
    CHECK(summarize(certificate("root"))->is_self_issued);
    CHECK_FALSE(summarize(Bytes{1, 2}));
}
