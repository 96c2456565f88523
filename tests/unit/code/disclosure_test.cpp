#include "code/cbor.h"
#include "fixtures.h"

using namespace sjcode;

namespace {

struct Issued {
    Record record;
    VerifiedReportCode code;
};

Issued issue(const RecordValues& values, Algorithm algorithm = Algorithm::ed25519) {
    const auto key = PrivateKey::generate(algorithm).value();
    auto record = Record::make(values, digest_of(algorithm), counting_random()).value();
    const auto raw = RawReportCode::decode(sign_report_code(some_claims(record), key).value()).value();
    return {std::move(record), VerifiedReportCode::verify(raw, key.public_key()).value()};
}

Disclosure disclose(const Issued& issued, std::uint32_t index) {
    return Disclosure::make(issued.record, issued.code.claims().issuer, issued.code.claims().code, index);
}

}  // namespace

TEST_CASE("every entry of a record verifies by itself, and comes back from its bytes") {
    auto values = some_values();
    values.extensions[64] = cbor::Writer().text_string("省内扩展").take();
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::sm2}) {
        const auto issued = issue(values, algorithm);
        for (std::uint32_t index = 0; index < issued.record.entries(); ++index) {
            INFO(index);
            const auto disclosure = disclose(issued, index);
            CHECK(disclosure.verify(issued.code));
            const auto back = Disclosure::decode(disclosure.encode());
            REQUIRE(back);
            CHECK(back->encode() == disclosure.encode());
            CHECK(back->index() == index);
            CHECK(back->key() == disclosure.key());
            CHECK(back->verify(issued.code));
        }
    }
}

TEST_CASE("a disclosure verifies against no other report") {
    const auto issued = issue(some_values());
    const auto disclosure = disclose(issued, 7);
    auto other_values = some_values();
    other_values.opinion = "被鉴定人构成九级伤残。";
    const auto other = issue(other_values);
    // Same issuer and number, another opinion: what a forger would want.
    CHECK(disclosure.verify(other.code).error().code == "disclosure.digest");
    const auto& claims = issued.code.claims();
    CHECK(Disclosure::make(issued.record, "330203002", claims.code, 7).verify(issued.code).error().code ==
          "disclosure.code");
    CHECK(Disclosure::make(issued.record, claims.issuer, some_number(5), 7).verify(issued.code).error().code ==
          "disclosure.code");
    auto longer_values = some_values();
    longer_values.pages.push_back(std::nullopt);
    CHECK(disclosure.verify(issue(longer_values).code).error().code == "disclosure.entries");
}

TEST_CASE("no byte of a disclosure can be changed") {
    const auto issued = issue(some_values());
    for (const std::uint32_t index : {7U, 13U}) {
        const auto encoded = disclose(issued, index).encode();
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            auto changed = encoded;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01);
            const auto read = Disclosure::decode(changed);
            CHECK_FALSE((read && read->verify(issued.code)));
        }
    }
}

TEST_CASE("an index outside the record makes a disclosure that verifies nowhere") {
    const auto issued = issue(some_values());
    for (const auto index : {issued.record.entries(), issued.record.page_index(99), 0xFFFF'FFFFU})
        CHECK(disclose(issued, index).verify(issued.code).error().code == "disclosure.index");
}

TEST_CASE("entries have names and texts for people") {
    auto values = some_values();
    values.case_code = Bytes{0xAB, 0xCD};
    values.copies = 4;
    values.pages[2] = std::nullopt;
    values.extensions[64] = cbor::Writer().unsigned_integer(5).take();
    const auto issued = issue(values);
    const auto text = [&](RecordKey key) { return disclose(issued, Record::index_of(key)).value_text(); };
    CHECK(text(RecordKey::original) == std::string(64, '1') + "，共 123456 字节");
    CHECK(text(RecordKey::institution) == "明州司法鉴定中心（明司鉴中心）");
    CHECK(text(RecordKey::appraisers) == "张三（330203001001）、李四（330203001002）");
    CHECK(text(RecordKey::categories) == "FY0202 人体残疾等级");
    CHECK(text(RecordKey::matter) == "伤残等级");
    CHECK(text(RecordKey::commissioner) == "明州市人民法院（法院）");
    CHECK(text(RecordKey::accepted) == "2026年9月3日");
    CHECK(text(RecordKey::opinion) == "被鉴定人构成十级伤残。");
    CHECK(text(RecordKey::case_code) == "abcd");
    CHECK(text(RecordKey::copies) == "4 份");
    CHECK(text(RecordKey::use) == "（无）");
    CHECK(text(RecordKey::text) == "poppler 22.12.0");

    CHECK(disclose(issued, Record::index_of(RecordKey::opinion)).entry_name() == "opinion");
    CHECK(disclose(issued, 12).entry_name() == "extension 64");
    CHECK(disclose(issued, 12).value_text() == "05");
    const auto page = disclose(issued, issued.record.page_index(1));
    CHECK(page.entry_name() == "page 1");
    CHECK(page.value_text() == to_hex(*values.pages[0]));
    CHECK(disclose(issued, issued.record.page_index(3)).value_text() == "（无）");
}
