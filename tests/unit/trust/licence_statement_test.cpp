// What a licence document states: what held at one time, and nothing else.
#include "trust/licence_statement.h"
#include "sjcode/licence_kind.h"
#include "trust/trust_record_cbor.h"
#include "trust_sample.h"

using namespace trust_sample;
using sjcode::trust::decode_licence_statement;
using sjcode::trust::encode;
using sjcode::trust::statement_at;

namespace {

InstitutionRecord holder() {
    return institution("330100001", PrivateKey::generate(Algorithm::ed25519).value().public_key());
}

Claims claims_of(std::uint32_t category, std::string number) {
    Claims claims{"330100001", 0, CodeNumber::generate(system_random()).value(), std::move(number)};
    claims.category = category;
    return claims;
}

template <class Record>
std::string outcome(const Record& record, LicenceKind kind) {
    const auto decoded = decode_licence_statement(encode(record), kind);
    return decoded ? "" : decoded.error().code;
}

}  // namespace

TEST_CASE("claims say whose licence a document is") {
    CHECK(licence_holder(claims_of(9'009'901, "司法鉴定许可证330100001")) == "330100001");
    CHECK(licence_holder(claims_of(9'009'902, "司法鉴定人执业证330100001001")) == "330100001001");
    // A report, another institution's, no number, another title.
    CHECK_FALSE(licence_holder(claims_of(1'000'202, "司法鉴定许可证330100001")));
    CHECK_FALSE(licence_holder(claims_of(9'009'901, "司法鉴定许可证330100002")));
    CHECK_FALSE(licence_holder(claims_of(9'009'901, "司法鉴定许可证")));
    CHECK_FALSE(licence_holder(claims_of(9'009'902, "司法鉴定许可证330100001")));
    for (const auto kind : {LicenceKind::institution, LicenceKind::appraiser}) {
        CHECK(licence_kind(licence_category(kind)) == kind);
        CHECK(licence_holder(claims_of(licence_category(kind), licence_document_number(kind, "330100001"))) ==
              "330100001");
    }
    CHECK_FALSE(licence_kind(9'009'900));
    CHECK_FALSE(licence_kind(0));
}

TEST_CASE("a statement says what held at a time") {
    const auto record = holder();
    const auto early = statement_at(record, t2020 + day);
    REQUIRE(early);
    CHECK(early->licensed == record.licensed[0]);
    CHECK(early->categories == record.categories);
    CHECK(early->uscc == record.uscc);
    // Suspended for one category, the other has ended.
    const auto suspended = statement_at(record, t2026 + day);
    REQUIRE(suspended);
    CHECK(suspended->licensed == record.licensed[1]);
    CHECK(suspended->categories.empty());
    CHECK(statement_at(record, t2026 + 40 * day)->categories.size() == 1);
    CHECK_FALSE(statement_at(record, t2020 - 1));
    CHECK_FALSE(statement_at(record, t2020 + 11 * 365 * day));
}

TEST_CASE("an appraiser's says where registered, and leaves out what the institution must not do") {
    const auto person = appraiser("330100001001", "330100001");
    const auto stated = statement_at(person, holder(), t2020 + day);
    REQUIRE(stated);
    CHECK(stated->institution.id == "330100001");
    CHECK(stated->categories.size() == 1);
    CHECK(statement_at(person, holder(), t2026 + day)->categories.empty());
    auto other = holder();
    other.licence = "330100002";
    CHECK_FALSE(statement_at(person, other, t2020 + day));
}

TEST_CASE("statements read back, and whole records are none") {
    const auto stated = statement_at(holder(), t2020 + day).value();
    const auto bytes = encode(stated, LicenceKind::institution);
    const auto read = decode_licence_statement(bytes, LicenceKind::institution);
    REQUIRE(read);
    CHECK(read->name == stated.name);
    CHECK(read->uscc == stated.uscc);
    CHECK(read->categories == stated.categories);
    CHECK(encode(*read, LicenceKind::institution) == bytes);
    CHECK_FALSE(decode_licence_statement(bytes, LicenceKind::appraiser));
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(decode_licence_statement(ByteView(bytes).first(size), LicenceKind::institution));

    CHECK(outcome(holder(), LicenceKind::institution) == "licence-statement.form");
    auto record = holder();
    record.keys.clear();
    record.hosts.clear();
    record.seals.clear();
    record.events.clear();
    CHECK(outcome(record, LicenceKind::institution) == "licence-statement.form");  // two periods of licence
    record.licensed.pop_back();
    CHECK(outcome(record, LicenceKind::institution).empty());
    record.signers = {{"330000", {t2020, {}}}};
    CHECK(outcome(record, LicenceKind::institution) == "licence-statement.form");

    auto person = appraiser("330100001001", "330100001");
    CHECK(outcome(person, LicenceKind::appraiser).empty());
    person.institutions.push_back({"330100002", {t2020, {}}});
    CHECK(outcome(person, LicenceKind::appraiser) == "licence-statement.form");
    person.institutions.clear();
    CHECK(outcome(person, LicenceKind::appraiser) == "licence-statement.form");
}
