#include "code/cbor.h"
#include "code/claims.h"
#include "code/cose.h"
#include "fixtures.h"
#include "sjcode/symbol_url.h"

using namespace sjcode;

namespace {

const std::vector<Algorithm> all_algorithms{Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2};

std::string sign_error(const Claims& claims) {
    const auto key = PrivateKey::generate(Algorithm::ed25519).value();
    return error_code(sign_report_code(claims, key));
}

}  // namespace

TEST_CASE("a signed code verifies under its key and says what was signed") {
    for (const auto algorithm : all_algorithms) {
        INFO(name(algorithm));
        const auto key = PrivateKey::generate(algorithm).value();
        const auto claims = some_claims(some_record(digest_of(algorithm)));
        const auto encoded = sign_report_code(claims, key);
        REQUIRE(encoded);
        const auto raw = RawReportCode::decode(*encoded);
        REQUIRE(raw);
        CHECK(raw->algorithm() == algorithm);
        CHECK(raw->unverified_claims() == claims);
        CHECK(raw->encoded() == *encoded);
        const auto verified = VerifiedReportCode::verify(*raw, key.public_key());
        REQUIRE(verified);
        CHECK(verified->claims() == claims);
        CHECK(verified->algorithm() == algorithm);
        CHECK(verified->encoded() == *encoded);
        // The size that the format page counts on for the symbol
        CHECK(encoded->size() <= (algorithm == Algorithm::sm2 ? 185U : 181U));
        CHECK(encoded->size() >= 170U);
    }
}

TEST_CASE("no byte of a code can be changed") {
    for (const auto algorithm : all_algorithms) {
        const auto key = PrivateKey::generate(algorithm).value();
        const auto encoded = sign_report_code(some_claims(some_record()), key).value();
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            auto changed = encoded;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01);
            const auto raw = RawReportCode::decode(changed);
            if (raw) CHECK(error_code(VerifiedReportCode::verify(*raw, key.public_key())) == "cose.signature");
            CHECK_FALSE(RawReportCode::decode(ByteView(encoded).first(i)).has_value());
        }
        auto longer = encoded;
        longer.push_back(0);
        CHECK(error_code(RawReportCode::decode(longer)) == "cbor.trailing");
    }
}

TEST_CASE("another key, of the same or another algorithm, does not verify") {
    const auto claims = some_claims(some_record());
    for (const auto signing : all_algorithms) {
        const auto raw =
            RawReportCode::decode(sign_report_code(claims, PrivateKey::generate(signing).value()).value()).value();
        for (const auto other : all_algorithms)
            CHECK(error_code(VerifiedReportCode::verify(raw, PrivateKey::generate(other)->public_key())) ==
                  "cose.signature");
    }
}

TEST_CASE("a signature made in another context, or with the header of another algorithm, does not verify") {
    const auto key = PrivateKey::generate(Algorithm::esp256).value();
    const auto payload = encode_claims(some_claims(some_record()));
    const auto assemble = [&](Algorithm header, Algorithm signed_header, std::string_view context) {
        const auto signature = key.sign(cose::signed_bytes(signed_header, context, payload)).value();
        return RawReportCode::decode(cose::encode({header, payload, signature})).value();
    };
    const auto esp256 = Algorithm::esp256;
    CHECK(VerifiedReportCode::verify(assemble(esp256, esp256, "sjcode/report/1"), key.public_key()).has_value());
    CHECK_FALSE(VerifiedReportCode::verify(assemble(esp256, esp256, ""), key.public_key()).has_value());
    CHECK_FALSE(VerifiedReportCode::verify(assemble(esp256, esp256, "sjcode/status/1"), key.public_key()).has_value());
    CHECK_FALSE(VerifiedReportCode::verify(assemble(Algorithm::ed25519, esp256, "sjcode/report/1"), key.public_key())
                    .has_value());
    CHECK_FALSE(VerifiedReportCode::verify(assemble(Algorithm::ed25519, Algorithm::ed25519, "sjcode/report/1"),
                                           key.public_key())
                    .has_value());
}

TEST_CASE("corrections and the like name the report that they are about") {
    auto claims = some_claims(some_record());
    for (const auto kind : {ReportKind::correction, ReportKind::supplementary, ReportKind::reappraisal}) {
        claims.kind = kind;
        claims.prior.reset();
        CHECK(sign_error(claims) == "claims.kind");
        claims.prior = PriorReport(some_number(9));
        CHECK(sign_error(claims) == "no error");
        CHECK(decode_claims(encode_claims(claims)).value() == claims);
        claims.prior = PriorReport("明司鉴中心〔2025〕临鉴字第3号");
        CHECK(decode_claims(encode_claims(claims)).value() == claims);
        claims.prior = PriorReport("明司鉴中心(2025)临鉴字第3号");
        CHECK(sign_error(claims) == "claims.number");
    }
    claims.kind = ReportKind::report;
    claims.prior = PriorReport(some_number(9));
    CHECK(sign_error(claims) == "claims.kind");
}

TEST_CASE("claims that a reader would refuse are never signed") {
    const auto good = some_claims(some_record());
    const auto with = [&](auto change) {
        auto claims = good;
        change(claims);
        return sign_error(claims);
    };
    CHECK(with([](Claims&) {}) == "no error");
    CHECK(with([](Claims& c) { c.issuer.clear(); }) == "claims.value");
    CHECK(with([](Claims& c) { c.issuer = "\xC0\x80"; }) == "cbor.utf8");
    CHECK(with([](Claims& c) { c.issued = -1; }) == "claims.type");
    CHECK(with([](Claims& c) { c.pages = 0; }) == "claims.value");
    CHECK(with([](Claims& c) { c.entries = c.pages + 11; }) == "claims.value");
    CHECK(with([](Claims& c) { c.entries = 0; }) == "claims.value");
    CHECK(with([](Claims& c) { c.number = std::string("明司鉴 〔2026〕"); }) == "claims.number");
    CHECK(with([](Claims& c) { c.number = std::string(); }) == "claims.number");
    CHECK(with([](Claims& c) { c.number = ShortReportNumber{26, "临鉴字", 18}; }) == "claims.number");
    CHECK(with([](Claims& c) { c.number = ShortReportNumber{2026, "临鉴字第", 18}; }) == "claims.number");
    CHECK(with([](Claims& c) { c.number = ShortReportNumber{2026, "临（鉴）字", 18}; }) == "claims.number");
    CHECK(with([](Claims& c) { c.issuer = std::string(5'000, '1'); }) == "cbor.size");
    CHECK(with([](Claims& c) { c.issuer = std::string(4'050, '1'); }) == "cbor.size");
}

TEST_CASE("a failing signer's error comes through") {
    const CallbackSigner signer(PrivateKey::generate(Algorithm::sm2)->public_key(),
                                [](ByteView) -> Result<Bytes> { return fail("device.gone"); });
    CHECK(error_code(sign_report_code(some_claims(some_record()), signer)) == "device.gone");
}

TEST_CASE("the report number is put together with the short name, and must be in parts where it can be") {
    auto claims = some_claims(some_record());
    CHECK(claims.report_number("明司鉴中心") == "明司鉴中心〔2026〕临鉴字第18号");
    CHECK(check_report_number(claims, "明司鉴中心"));
    claims.number = std::string("明司鉴中心〔2026〕临鉴字第18号");
    CHECK(check_report_number(claims, "明司鉴中心").error().code == "claims.number");
    CHECK(check_report_number(claims, "另一家"));
    CHECK(claims.report_number("另一家") == "明司鉴中心〔2026〕临鉴字第18号");
}

TEST_CASE("unknown claims below 24 are a newer format, from 24 on they are ignored") {
    const auto claims = some_claims(some_record());
    const auto encoded = encode_claims(claims);
    const auto with = [&](std::uint64_t key) {
        // One pair more in the map's head, and the pair at the end, where a higher key belongs.
        REQUIRE(encoded.front() == 0xA9);
        Bytes changed = encoded;
        changed.front() = 0xAA;
        const auto pair = cbor::Writer().unsigned_integer(key).null().take();
        changed.insert(changed.end(), pair.begin(), pair.end());
        return decode_claims(changed);
    };
    CHECK(error_code(with(12)) == "claims.newer-format");
    CHECK(error_code(with(23)) == "claims.newer-format");
    CHECK(with(23).error().parameters.at("key") == "23");
    CHECK(with(24).value() == claims);
    CHECK(with(~std::uint64_t{0}).value() == claims);
}

TEST_CASE("a code passes through its URL") {
    const auto key = PrivateKey::generate(Algorithm::sm2).value();
    const auto encoded = sign_report_code(some_claims(some_record(DigestAlgorithm::sm3)), key).value();
    const auto text = report_url_prefix("v.example.cn") + encode_digits(encoded);
    const auto url = SymbolUrl::parse(text).value();
    CHECK(url.host == "v.example.cn");
    CHECK(std::get<SymbolUrl::Report>(url.content).code == encoded);
    const auto number = some_number();
    const auto short_form = SymbolUrl::parse(number_url("v.example.cn", number)).value();
    CHECK(std::get<SymbolUrl::Number>(short_form.content).code == number);
}
