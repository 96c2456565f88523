#include "crypto/timestamp.h"
#include "catch.h"
#include "crypto/signed_data.h"
#include "crypto/signed_data_check.h"
#include "test_data.h"

#include <algorithm>

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

/// The answers in data/cms are to requests made with these.
Result<void> fixed_random(std::span<std::uint8_t> bytes) {
    std::fill(bytes.begin(), bytes.end(), std::uint8_t{0x11});
    return {};
}

Bytes file(const std::string& name) {
    return data_bytes("cms/" + name + ".der");
}

Bytes imprint() {
    return digest_of(DigestMethod::sha256, data_bytes("cms/content.bin"));
}

TimestampRequest request(std::string policy = {}) {
    return make_timestamp_request(DigestMethod::sha256, imprint(), fixed_random, std::move(policy)).value();
}

Error error(ByteView response, std::string policy = {}) {
    const auto token = read_timestamp_response(response, request(std::move(policy)));
    REQUIRE_FALSE(token);
    return token.error();
}

class Authority final : public TimestampClient {
public:
    explicit Authority(Bytes answer) : answer_(std::move(answer)) {}
    Result<Bytes> request(ByteView timestamp_request) const override {
        asked.assign(timestamp_request.begin(), timestamp_request.end());
        return answer_;
    }
    mutable Bytes asked;

private:
    Bytes answer_;
};

class NoAuthority final : public TimestampClient {
public:
    Result<Bytes> request(ByteView) const override { return fail("cli.network"); }
};

}  // namespace

TEST_CASE("the request is as another implementation writes it") {
    CHECK(request().der == file("request"));
    CHECK(request("1.2.3.4.1").der == file("request-policy"));
    for (const auto method : {DigestMethod::sha384, DigestMethod::sha512, DigestMethod::sm3})
        CHECK(make_timestamp_request(method, Bytes(size_of(method)), fixed_random));
}

TEST_CASE("two requests have different nonces, and a broken generator makes none") {
    const auto random = system_random();
    const auto one = make_timestamp_request(DigestMethod::sha256, imprint(), random).value();
    const auto other = make_timestamp_request(DigestMethod::sha256, imprint(), random).value();
    CHECK(one.nonce != other.nonce);
    CHECK(one.nonce.size() == 8);
    const auto broken = [](std::span<std::uint8_t>) -> Result<void> { return fail("crypto.random"); };
    CHECK(make_timestamp_request(DigestMethod::sha256, imprint(), broken).error().code == "crypto.random");
    CHECK(make_timestamp_request(DigestMethod::sha512, imprint(), random).error().code == "timestamp.request");
    CHECK(make_timestamp_request(DigestMethod::sha256, imprint(), random, "no policy").error().code ==
          "timestamp.request");
}

TEST_CASE("an authority's answer is checked and gives the token") {
    const Authority authority(file("response"));
    const auto token = get_timestamp(authority, DigestMethod::sha256, imprint(), fixed_random);
    REQUIRE(token);
    CHECK(authority.asked == file("request"));
    CHECK(token->info.imprint == imprint());
    CHECK(token->info.policy == "1.2.3.4.1");
    CHECK(token->info.time > 1'700'000'000);
    CHECK(token->certificate == read_certificates(data_bytes("cms/tsa.crt")).value().front());
    CHECK(read_timestamp_response(file("response"), request("1.2.3.4.1")));

    const auto checked =
        check_signed_data(token->der, SignedDataUse::timestamp, [](DigestMethod) { return imprint(); });
    CHECK(checked.faults.empty());
}

TEST_CASE("an answer to something else is not used") {
    CHECK(error(file("response-other-nonce")).code == "timestamp.nonce");
    CHECK(error(file("response-no-nonce")).code == "timestamp.nonce");
    CHECK(error(file("response-other-imprint")).code == "timestamp.imprint");
    CHECK(error(file("response-other-digest")).code == "timestamp.imprint");
    CHECK(error(file("response"), "1.2.3.4.2").code == "timestamp.policy");
}

TEST_CASE("an answer that proves nothing is not used") {
    CHECK(error(file("response-no-certificate")).code == "timestamp.certificate");
    CHECK(error(file("response-broken")).code == "timestamp.signature");
    CHECK(error({}).code == "timestamp.format");
    CHECK(error(as_bytes("<html>503</html>")).code == "timestamp.format");
    CHECK(error(file("timestamp")).code == "timestamp.format");
    auto bytes = file("response");
    bytes.push_back(0);
    CHECK(error(bytes).code == "timestamp.format");
    const auto cut = Bytes(bytes.begin(), bytes.end() - 20);
    CHECK(error(cut).code == "timestamp.format");
    CHECK(error(hex("30053003020100")).code == "timestamp.format");  // granted, without a token
    CHECK(error(Bytes(2u << 20, 0x30)).code == "timestamp.format");
}

TEST_CASE("a refusal is told with the authority's reason") {
    const auto answer = file("response-refused");
    const auto refused = error(answer);
    CHECK(refused.code == "timestamp.refused");
    CHECK(refused.parameters.at("status") == "2");
    CHECK(refused.parameters.at("reason") == "Requested policy is not supported.");
    const auto short_answer = hex("30053003020105");
    CHECK(error(short_answer).parameters.at("status") == "5");
    CHECK(get_timestamp(NoAuthority(), DigestMethod::sha256, imprint(), fixed_random).error().code == "cli.network");
}

TEST_CASE("no bit of an answer can be flipped and still give another time or imprint") {
    const auto good = file("response");
    const auto expected = read_timestamp_response(good, request()).value();
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto flipped = good;
        flipped[i] ^= static_cast<std::uint8_t>(1u << (i % 8));
        const auto token = read_timestamp_response(flipped, request());
        if (!token) continue;
        INFO("byte " << i);
        CHECK(token->info.time == expected.info.time);
        CHECK(token->certificate == expected.certificate);
    }
}
