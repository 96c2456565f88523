#include "code/cbor.h"
#include "fixtures.h"

using namespace sjcode;

namespace {

std::string make_error(const RecordValues& values) {
    const auto made = Record::make(values, DigestAlgorithm::sha256, counting_random());
    if (made) return "no error";
    auto error = made.error();
    return error.code + ":" + error.parameters["field"];
}

}  // namespace

TEST_CASE("a record comes back from its bytes") {
    auto values = some_values();
    values.case_code = Bytes{1, 2, 3};
    values.copies = 4;
    values.use = "保险理赔";
    values.extensions[64] = cbor::Writer().text_string("省内扩展").take();
    values.extensions[999] = cbor::Writer().null().take();
    values.pages[1] = std::nullopt;
    for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
        const auto record = Record::make(values, algorithm, system_random());
        REQUIRE(record);
        CHECK(record->values() == values);
        CHECK(record->entries() == 12 + 2 + 3);
        const auto back = Record::decode(record->encoded(), algorithm);
        REQUIRE(back);
        CHECK(back->values() == values);
        CHECK(back->digest() == record->digest());
        CHECK(back->encoded() == record->encoded());
        // The entries, joined behind the array's head, are the record.
        Bytes joined = cbor::Writer().array(record->entries()).take();
        for (std::uint32_t i = 0; i < record->entries(); ++i)
            joined.insert(joined.end(), record->entry(i).begin(), record->entry(i).end());
        CHECK(joined == record->encoded());
        CHECK(record->page_index(1) == 14);
        CHECK(record->page_index(3) == 16);
        CHECK(record->page_index(0) == record->entries());
        CHECK(record->page_index(4) == record->entries());
        CHECK(record->entry(record->entries()).empty());
        CHECK(record->path(record->entries()).empty());
    }
}

TEST_CASE("salts are new each time, so equal facts have different digests") {
    const auto values = some_values();
    const auto make = [&] { return Record::make(values, DigestAlgorithm::sha256, system_random()).value(); };
    CHECK(make().digest() != make().digest());
    CHECK(error_code(Record::make(values, DigestAlgorithm::sha256,
                                  [](auto) -> Result<void> { return fail("crypto.random"); })) == "crypto.random");
}

TEST_CASE("no byte of a record can be changed without its digest or form changing") {
    const auto record = some_record();
    for (std::size_t i = 0; i < record.encoded().size(); ++i) {
        auto changed = record.encoded();
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01);
        const auto read = Record::decode(changed, DigestAlgorithm::sha256);
        if (read) CHECK(read->digest() != record.digest());
    }
}

TEST_CASE("values that a record may not have are refused, with their name") {
    const auto with = [](auto change) {
        auto values = some_values();
        change(values);
        return make_error(values);
    };
    CHECK(with([](RecordValues&) {}) == "no error");
    CHECK(with([](RecordValues& v) { v.original_length = 0; }) == "record.value:original");
    CHECK(with([](RecordValues& v) { v.institution.clear(); }) == "record.value:institution");
    CHECK(with([](RecordValues& v) { v.short_name.clear(); }) == "record.value:institution");
    CHECK(with([](RecordValues& v) { v.appraisers.pop_back(); }) == "record.value:appraisers");
    CHECK(with([](RecordValues& v) { v.appraisers[0].licence.clear(); }) == "record.value:appraisers");
    CHECK(with([](RecordValues& v) { v.categories.clear(); }) == "record.value:categories");
    CHECK(with([](RecordValues& v) { v.matter = ""; }) == "record.value:matter");
    CHECK(with([](RecordValues& v) { v.commissioner->name.clear(); }) == "record.value:commissioner");
    CHECK(with([](RecordValues& v) { v.accepted += 1; }) == "record.value:accepted");
    CHECK(with([](RecordValues& v) { v.accepted = -28'800; }) == "record.value:accepted");
    CHECK(with([](RecordValues& v) { v.accepted = 253'402'185'600; }) == "no error");
    CHECK(with([](RecordValues& v) { v.accepted = 253'402'272'000; }) == "record.value:accepted");
    CHECK(with([](RecordValues& v) { v.opinion.clear(); }) == "record.value:opinion");
    CHECK(with([](RecordValues& v) { v.opinion.assign(1, static_cast<char>(0xFF)); }) == "record.value:opinion");
    CHECK(with([](RecordValues& v) { v.case_code = Bytes(); }) == "record.value:case");
    CHECK(with([](RecordValues& v) { v.use = ""; }) == "record.value:use");
    CHECK(with([](RecordValues& v) { v.text->version.clear(); }) == "record.value:text");
    CHECK(with([](RecordValues& v) { v.pages.clear(); }) == "record.value:pages");
    CHECK(with([](RecordValues& v) { v.extensions[63] = {0xF6}; }) == "record.value:extension 63");
    CHECK(with([](RecordValues& v) { v.extensions[1000] = {0xF6}; }) == "record.value:extension 1000");
    CHECK(with([](RecordValues& v) { v.extensions[64] = {}; }) == "record.value:extension 64");
    CHECK(with([](RecordValues& v) { v.extensions[64] = {0xF6, 0xF6}; }) == "record.value:extension 64");
    CHECK(with([](RecordValues& v) { v.extensions[64] = {0x81}; }) == "record.value:extension 64");
    // Six levels fit inside record and entry, seven do not.
    CHECK(with([](RecordValues& v) { v.extensions[64] = {0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00}; }) == "no error");
    CHECK(with([](RecordValues& v) { v.extensions[64] = {0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x81, 0x00}; }) ==
          "cbor.depth:");
    CHECK(with([](RecordValues& v) { v.opinion = std::string(1'048'576, 'x'); }) == "record.size:");
    CHECK(with([](RecordValues& v) { v.opinion = std::string(1'048'300, 'x'); }) == "record.size:");
    CHECK(with([](RecordValues& v) { v.pages.resize(1'000'000); }) == "record.size:");
}

TEST_CASE("a record belongs to its claims only") {
    const auto record = some_record();
    const auto claims = some_claims(record);
    CHECK(record.matches(claims));
    const auto with = [&](auto change) {
        auto changed = claims;
        change(changed);
        return record.matches(changed).error().code;
    };
    CHECK(with([](Claims& c) { ++c.entries; }) == "record.entries");
    CHECK(with([](Claims& c) { ++c.pages; }) == "record.pages");
    CHECK(with([](Claims& c) { c.record[31] = static_cast<std::uint8_t>(c.record[31] ^ 1); }) == "record.digest");
    CHECK(with([](Claims& c) { c.category = 1'000'201; }) == "record.category");
    CHECK(with([](Claims& c) { c.number = std::string("明司鉴中心〔2026〕临鉴字第18号"); }) == "claims.number");
    auto withheld = claims;
    withheld.category = 0;
    CHECK(record.matches(withheld));
    // The same bytes under the other digest are another record.
    CHECK(Record::decode(record.encoded(), DigestAlgorithm::sm3)->matches(claims).error().code == "record.digest");
}

TEST_CASE("entry names and kinds go both ways") {
    for (std::uint32_t key = 1; key <= 12; ++key) {
        const auto fixed = static_cast<RecordKey>(key);
        CHECK(record_key(name(fixed)) == fixed);
        CHECK(Record::index_of(fixed) == key - 1);
    }
    CHECK_FALSE(record_key("page"));
    CHECK_FALSE(record_key(""));
    for (const auto kind : {CommissionerKind::court, CommissionerKind::organ, CommissionerKind::organisation,
                            CommissionerKind::person, CommissionerKind::joint})
        CHECK(commissioner_kind(name(kind)) == kind);
    CHECK_FALSE(commissioner_kind("Court"));
}

TEST_CASE("a page's digest depends on text and page, not on its layout") {
    const auto digest = [](std::uint32_t page, std::string_view text) {
        return page_digest(DigestAlgorithm::sha256, page, text).value();
    };
    const auto expected = digest(1, "鉴定意见é");
    REQUIRE(expected);
    CHECK(digest(1, " 鉴 定\n意\t见\u3000e\u0301\u00AD") == expected);
    CHECK(digest(1, "鉴定意见e\u200B\u0301") == expected);
    CHECK(digest(2, "鉴定意见é") != expected);
    CHECK(digest(1, "鉴定意见e") != expected);
    CHECK_FALSE(digest(1, ""));
    CHECK_FALSE(digest(1, " \n\u3000\uFEFF"));
    CHECK(error_code(page_digest(DigestAlgorithm::sha256, 1, "\xED\xA0\x80")) == "text.utf8");
}
