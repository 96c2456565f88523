#include "crypto/revocation.h"
#include "catch.h"
#include "crypto/validation_data.h"
#include "test_data.h"

#include <map>

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

constexpr UnixTime june_2 = 1'780'358'400;   // 2026-06-02
constexpr UnixTime april_1 = 1'775'001'600;  // 2026-04-01
constexpr UnixTime july_1 = 1'782'864'000;   // 2026-07-01

Bytes file(const std::string& name) {
    return data_bytes("revocation/" + name);
}

template <class T>
std::string code(const Result<T>& result) {
    return result ? "good" : result.error().code;
}

Result<RevocationProof> response(const std::string& name, const std::string& certificate = "leaf.der") {
    return read_ocsp_response(file(name + ".ocsp"), file(certificate), file("root.der"));
}

Result<RevocationProof> list(const std::string& name) {
    return read_revocation_list(file(name + ".crl"), file("leaf.der"), file("root.der"));
}

/// Gives what stands ready for an address.
class Web final : public OcspClient, public CrlClient {
public:
    explicit Web(std::map<std::string, std::string> pages) : pages_(std::move(pages)) {}
    Result<Bytes> request(const std::string& url, ByteView ocsp_request) const override {
        CHECK(!ocsp_request.empty());
        return fetch(url);
    }
    Result<Bytes> fetch(const std::string& url) const override {
        const auto found = pages_.find(url);
        if (found == pages_.end()) return fail("test.unreachable");
        return file(found->second);
    }

private:
    std::map<std::string, std::string> pages_;
};

std::string collected(const std::map<std::string, std::string>& pages, UnixTime at = june_2, UnixTime now = june_2) {
    const Web web(pages);
    const auto leaf = file("leaf.der");
    return code(collect_validation_data({leaf, {}, at, ChainPurpose::document}, {web, web}, now));
}

}  // namespace

TEST_CASE("where a certificate says that proofs are") {
    const auto sources = revocation_sources(file("leaf.der"));
    // No LDAP; no list of some reasons only.
    CHECK(sources.responders == std::vector<std::string>{"http://ocsp.example/", "https://second.example/a"});
    CHECK(sources.lists == std::vector<std::string>{"http://crl.example/all.crl"});
    CHECK(sources.issuers == std::vector<std::string>{"http://ca.example/root.der"});
    CHECK(revocation_sources(file("root.der")).responders.empty());
    CHECK(revocation_sources({}).lists.empty());
}

TEST_CASE("responses of those who may give them") {
    for (const auto* name : {"good", "good-sha256", "good-by-issuer", "good-by-checked"}) {
        INFO(name);
        const auto proof = response(name);
        REQUIRE(proof);
        CHECK_FALSE(proof->revoked);
        CHECK(proof->covers(june_2));
        CHECK(proof->covers(april_1));
        CHECK_FALSE(proof->covers(july_1));
        CHECK(proof->responder_needs_proof == (std::string_view(name) == "good-by-checked"));
        CHECK(proof->responder.empty() == (std::string_view(name) == "good-by-issuer"));
    }
    REQUIRE(response("revoked"));
    CHECK(response("revoked")->revoked == 1'777'593'600);  // 2026-05-01
}

TEST_CASE("responses that prove nothing") {
    const std::map<std::string, std::string> expected{
        {"unknown", "ocsp.unknown"},        {"of-second", "ocsp.other-certificate"},   {"by-plain", "ocsp.responder"},
        {"by-gone", "ocsp.responder"},      {"by-stranger", "ocsp.responder"},         {"by-small", "ocsp.signature"},
        {"by-other-key", "ocsp.signature"}, {"without-certificate", "ocsp.responder"}, {"try-later", "ocsp.refused"},
    };
    for (const auto& [name, told] : expected) {
        INFO(name);
        CHECK(code(response(name)) == told);
    }
    CHECK(code(response("good", "second.der")) == "ocsp.other-certificate");
    CHECK(code(read_ocsp_response(file("good.ocsp"), file("leaf.der"), file("other.der"))) == "ocsp.responder");
    CHECK(code(read_ocsp_response(file("good.ocsp"), {}, file("root.der"))) == "certificate.format");
    CHECK(code(read_ocsp_response(file("good.crl"), file("leaf.der"), file("root.der"))) == "ocsp.format");
}

TEST_CASE("no byte of a response can be changed") {
    const auto good = file("good.ocsp");
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto changed = good;
        changed[at] ^= 0x01;
        const auto proof = read_ocsp_response(changed, file("leaf.der"), file("root.der"));
        if (!proof) continue;
        // What is left unsigned names nothing that counts: parts of the responder's certificate that it carries.
        INFO(at);
        CHECK_FALSE(proof->revoked);
        CHECK(proof->this_update == response("good")->this_update);
    }
    auto longer = good;
    longer.push_back(0);
    CHECK_FALSE(is_ocsp_response(longer));
    CHECK(is_ocsp_response(good));
    for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(is_ocsp_response(ByteView(good).first(size)));
}

TEST_CASE("revocation lists") {
    const std::map<std::string, std::string> expected{
        {"good", "good"},          {"others", "good"},           {"users", "good"},
        {"point", "good"},         {"by-other", "crl.issuer"},   {"by-other-key", "crl.signature"},
        {"delta", "crl.scope"},    {"authorities", "crl.scope"}, {"reasons", "crl.scope"},
        {"indirect", "crl.scope"}, {"other-point", "crl.scope"}, {"unknown-extension", "crl.scope"},
    };
    for (const auto& [name, told] : expected) {
        INFO(name);
        CHECK(code(list(name)) == told);
        if (told == "good") CHECK_FALSE(list(name)->revoked);
        CHECK(is_revocation_list(file(name + ".crl")));
    }
    REQUIRE(list("revoked"));
    CHECK(list("revoked")->revoked == 1'777'593'600);
    CHECK(code(read_revocation_list(file("good.ocsp"), file("leaf.der"), file("root.der"))) == "crl.format");
    CHECK_FALSE(is_revocation_list(file("leaf.der")));
    const auto good = file("good.crl");
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto changed = good;
        changed[at] ^= 0x01;
        INFO(at);
        CHECK_FALSE(read_revocation_list(changed, file("leaf.der"), file("root.der")));
    }
}

TEST_CASE("proofs are collected") {
    const std::string ca = "http://ca.example/root.der";
    const std::string ocsp = "http://ocsp.example/";
    const std::string crl = "http://crl.example/all.crl";
    CHECK(collected({{ca, "root.der"}, {ocsp, "good.ocsp"}}) == "good");
    CHECK(collected({{ca, "root.der"}, {"https://second.example/a", "good.ocsp"}}) == "good");
    CHECK(collected({{ca, "root.der"}, {crl, "good.crl"}}) == "good");
    CHECK(collected({{ca, "root.der"}, {ocsp, "by-stranger.ocsp"}, {crl, "good.crl"}}) == "good");
    CHECK(collected({{ca, "root.der"}, {ocsp, "revoked.ocsp"}, {crl, "good.crl"}}) == "revocation.revoked");
    CHECK(collected({{ca, "root.der"}, {crl, "revoked.crl"}}) == "revocation.revoked");
    // It was revoked after it was used.
    CHECK(collected({{ca, "root.der"}, {crl, "revoked.crl"}}, april_1) == "good");
    CHECK(collected({{ca, "root.der"}, {ocsp, "good.ocsp"}}, june_2, july_1) == "revocation.outdated");
    CHECK(collected({{ca, "root.der"}, {ocsp, "by-stranger.ocsp"}, {"https://second.example/a", "unknown.ocsp"}}) ==
          "ocsp.responder");
    CHECK(collected({{ca, "other.der"}, {ocsp, "good.ocsp"}}) == "revocation.no-issuer");
    CHECK(collected({}) == "test.unreachable");
    // A responder that must be proven itself, and names no list.
    CHECK(collected({{ca, "root.der"}, {ocsp, "good-by-checked.ocsp"}}) == "revocation.no-source");
    const Web web({});
    const auto root = file("root.der");
    CHECK(code(collect_validation_data({file("second.der"), {root}, june_2, ChainPurpose::document}, {web, web},
                                       june_2)) == "revocation.no-source");
}

TEST_CASE("proofs are judged as of a time") {
    const auto leaf = file("leaf.der");
    const std::vector<Bytes> none;
    const auto state = [&](const ValidationData& data, UnixTime at, const std::vector<Bytes>& anchors = {}) {
        return check_validation_data({leaf, none, at, ChainPurpose::document}, data, anchors).state;
    };
    const ValidationData good{{file("root.der")}, {file("good.ocsp")}, {}};
    CHECK(state(good, june_2) == ProofState::good);
    CHECK(state(good, april_1) == ProofState::good);
    CHECK(state(good, july_1) == ProofState::unproven);
    CHECK(state({{}, {file("good.ocsp")}, {}}, june_2) == ProofState::unproven);
    CHECK(state({{file("other.der")}, {file("good.ocsp")}, {}}, june_2) == ProofState::unproven);
    CHECK(state({{file("root.der")}, {file("of-second.ocsp")}, {file("by-other-key.crl")}}, june_2) ==
          ProofState::unproven);
    CHECK(state({}, june_2, {leaf}) == ProofState::none_needed);
    CHECK(state({{}, {file("good.ocsp")}, {}}, june_2, {file("root.der")}) == ProofState::good);
    // Who says that it was good does not outweigh who says that it was revoked.
    const ValidationData both{{file("root.der")}, {file("good.ocsp")}, {file("revoked.crl")}};
    CHECK(state(both, june_2) == ProofState::revoked);
    CHECK(state(both, april_1) == ProofState::good);
    // A responder that needs a proof has one in the list of others.
    const ValidationData checked{{file("root.der")}, {file("good-by-checked.ocsp")}, {}};
    CHECK(state(checked, june_2) == ProofState::unproven);
    const auto root = file("root.der");
    CHECK(check_validation_data({root, none, june_2, ChainPurpose::document}, {}, {}).state == ProofState::none_needed);
}
