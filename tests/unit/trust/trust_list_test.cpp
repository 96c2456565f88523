#include "code/cose.h"
#include "trust/trust_list_head.h"
#include "trust_sample.h"

#include <algorithm>

using namespace trust_sample;

namespace {

struct Signed {
    explicit Signed(Algorithm algorithm = Algorithm::ed25519, std::size_t count = 100)
        : key(PrivateKey::generate(algorithm).value()),
          what(content(key.public_key(), 7, count)),
          file(sign_trust_list(what, key).value()),
          pin(fingerprint(key.public_key())) {}
    PrivateKey key;
    TrustListContent what;
    Bytes file;
    Digest pin;

    [[nodiscard]] Result<TrustList> open(Bytes bytes) const { return TrustList::open(file_of(std::move(bytes)), pin); }
    [[nodiscard]] Result<TrustList> open() const { return open(file); }
};

bool by_licence(const InstitutionRecord& a, const InstitutionRecord& b) {
    return a.licence < b.licence;
}

}  // namespace

TEST_CASE("what was signed comes back, record by record and as a whole, with every algorithm") {
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        const Signed sample(algorithm);
        const auto list = sample.open();
        REQUIRE(list);
        CHECK(list->info() == sample.what.info);
        CHECK(list->institution_count() == 100);
        CHECK(list->appraiser_count() == 200);
        CHECK(list->authority_count() == 1);
        for (const auto& institution : sample.what.institutions)
            CHECK(list->institution(institution.licence).value() == institution);
        for (const auto& appraiser : sample.what.appraisers)
            CHECK(list->appraiser(appraiser.licence).value() == appraiser);
        CHECK(list->authority("330000").value() == sample.what.authorities[0]);
        for (const auto* const none : {"", "0", "330099999", "330100", "3301000000", "330100099001", "9"})
            CHECK_FALSE(list->institution(none).value().has_value());
        CHECK(list->is_official_host("v.example.cn").value());
        CHECK_FALSE(list->is_official_host("example.cn").value());
        CHECK(list->read_all().value() == sample.what);
        CHECK(list->verify_all());
    }
}

TEST_CASE("an unsorted draft and a sorted one give the same list but for the signature") {
    Signed sample;
    auto shuffled = sample.what;
    std::reverse(shuffled.institutions.begin(), shuffled.institutions.end());
    CHECK(sign_trust_list(shuffled, sample.key).value() == sample.file);
    std::sort(shuffled.institutions.begin(), shuffled.institutions.end(), by_licence);
    CHECK(shuffled == sample.what);
}

TEST_CASE("an empty list is a list") {
    const Signed sample(Algorithm::ed25519, 0);
    const auto list = sample.open();
    REQUIRE(list);
    CHECK_FALSE(list->institution("330100000").value().has_value());
    CHECK(list->read_all().value() == sample.what);
}

TEST_CASE("no bit of a list can be turned unseen") {
    const Signed sample(Algorithm::ed25519, 3);
    for (std::size_t at = 0; at < sample.file.size(); ++at) {
        auto forged = sample.file;
        forged[at] ^= 0x01;
        const auto list = sample.open(std::move(forged));
        INFO("byte " << at);
        CHECK_FALSE((list && list->verify_all()));
    }
}

TEST_CASE("no list that was cut or added to is a list") {
    const Signed sample(Algorithm::ed25519, 3);
    for (std::size_t size = 0; size < sample.file.size(); size += 7) {
        INFO("size " << size);
        CHECK_FALSE(sample.open(Bytes(sample.file.begin(), sample.file.begin() + static_cast<std::ptrdiff_t>(size))));
    }
    auto longer = sample.file;
    longer.push_back(0);
    CHECK(code_of(sample.open(longer)) == "trust-list.format");
}

TEST_CASE("blocks of a list cannot change places, nor records be taken from another") {
    const Signed sample;
    const auto parts = trust::split_file(sample.file).value();
    const auto head = trust::decode_payload(cose::decode(parts.head, trust::head_limit).value().payload).value();
    const auto& blocks = head.tables[1].blocks;
    REQUIRE(blocks.size() > 2);
    // Two blocks change places in the body; the sizes need not be the same for the digests to tell.
    auto forged = sample.file;
    const auto body = static_cast<std::ptrdiff_t>(sample.file.size() - parts.body.size());
    const auto first = forged.begin() + body + static_cast<std::ptrdiff_t>(blocks[0].offset);
    const auto second = first + static_cast<std::ptrdiff_t>(blocks[0].size);
    std::rotate(first, second, second + static_cast<std::ptrdiff_t>(blocks[1].size));
    const auto list = sample.open(forged);
    REQUIRE(list);
    CHECK(code_of(list->institution(blocks[0].first)) == "trust-list.block");
    CHECK(code_of(list->institution(blocks[1].first)) == "trust-list.block");
    // What was not touched is still read.
    CHECK(list->institution(blocks[2].first).value().has_value());
    CHECK(code_of(list->verify_all()) == "trust-list.block");
}

TEST_CASE("a list of another key, or signed as something else, is not opened") {
    const Signed sample;
    const Signed other;
    CHECK(code_of(TrustList::open(file_of(other.file), sample.pin)) == "trust-list.root");
    // Signed by the right key, for another purpose.
    const auto parts = trust::split_file(sample.file).value();
    const auto sign1 = cose::decode(parts.head, trust::head_limit).value();
    for (const auto* const context : {"sjcode/report/1", "sjcode/trust-list/2", ""}) {
        const auto signature = sample.key.sign(cose::signed_bytes(Algorithm::ed25519, context, sign1.payload)).value();
        auto forged = cose::encode({Algorithm::ed25519, sign1.payload, signature});
        forged.insert(forged.end(), sample.file.begin() + static_cast<std::ptrdiff_t>(parts.head.size()),
                      sample.file.end());
        CHECK(code_of(sample.open(forged)) == "trust-list.signature");
    }
}

TEST_CASE("a root key is followed through the changes that it signed, and through no others") {
    const auto first = PrivateKey::generate(Algorithm::ed25519).value();
    const auto second = PrivateKey::generate(Algorithm::sm2).value();
    const auto third = PrivateKey::generate(Algorithm::esp256).value();
    const auto what = content(first.public_key(), 9, 3);
    const auto& id = what.info.id;
    const auto one = sign_root_change(id, second.public_key(), t2026, first).value();
    const auto two = sign_root_change(id, third.public_key(), t2026 + day, second).value();
    const auto file = sign_trust_list(what, third, {one, two}).value();
    for (const auto* const key : {&first, &second, &third}) {
        const auto list = TrustList::open(file_of(file), fingerprint(key->public_key()));
        REQUIRE(list);
        CHECK(list->root() == third.public_key());
        CHECK(list->root_changes().size() == 2);
        CHECK(list->verify_all());
    }
    const auto stranger = PrivateKey::generate(Algorithm::ed25519).value();
    CHECK(code_of(TrustList::open(file_of(file), fingerprint(stranger.public_key()))) == "trust-list.root");
    // Not in their order, one left out, for another list, by a stranger.
    CHECK(code_of(sign_trust_list(what, third, {two, one})) == "trust-list.root-change");
    CHECK(code_of(sign_trust_list(what, third, {one})) == "trust-list.root-change");
    CHECK(code_of(sign_trust_list(what, first, {one})) == "trust-list.root-change");
    const auto elsewhere = sign_root_change("cn.example.other", second.public_key(), t2026, first).value();
    CHECK(code_of(sign_trust_list(what, second, {elsewhere})) == "trust-list.root-change");
    auto forged = one;
    forged.back() ^= 1;
    CHECK(code_of(sign_trust_list(what, second, {forged})) == "trust-list.root-change");
    // The second root's list alone does not satisfy who pinned the first.
    const auto without = sign_trust_list(what, second).value();
    CHECK(code_of(TrustList::open(file_of(without), fingerprint(first.public_key()))) == "trust-list.root");
}

TEST_CASE("a delta leads to the next list byte for byte, and is small") {
    const Signed sample(Algorithm::ed25519, 1'000);
    auto next = sample.what;
    next.info.number = 8;
    next.info.issued += day;
    next.institutions[500].events.push_back(
        {StatusEventKind::cancelled, {}, {t2026 + 40 * day, {}}, "明州市司法局", {}, "明州市档案馆"});
    next.appraisers.push_back(appraiser("330100500003", "330100500"));
    const auto file = sign_trust_list(next, sample.key).value();
    const auto from = sample.open().value();
    const auto to = sample.open(file).value();
    const auto delta = make_trust_delta(from, to).value();
    CHECK(trust_file_kind(delta) == TrustFileKind::delta);
    CHECK(trust_file_kind(file) == TrustFileKind::list);
    CHECK(trust_delta_base(delta).value() == next.info.id);
    CHECK(delta.size() < file.size() / 5);
    CHECK(apply_trust_delta(from, delta).value() == file);
    // To the same list, and back.
    CHECK(apply_trust_delta(from, make_trust_delta(from, from).value()).value() == sample.file);
    CHECK(apply_trust_delta(to, make_trust_delta(to, from).value()).value() == sample.file);
    // Not onto another list, nor cut, nor altered.
    CHECK(code_of(apply_trust_delta(to, delta)) == "trust-delta.base");
    auto other = sample.what;
    other.info.id = "cn.example.other";
    const auto foreign = sample.open(sign_trust_list(other, sample.key).value()).value();
    CHECK(code_of(apply_trust_delta(foreign, delta)) == "trust-delta.other-list");
    CHECK(code_of(make_trust_delta(foreign, to)) == "trust-delta.other-list");
    for (std::size_t cut = 1; cut < delta.size(); cut += delta.size() / 40)
        CHECK_FALSE(apply_trust_delta(from, ByteView(delta).first(delta.size() - cut)));
    auto altered = delta;
    altered.back() ^= 1;
    CHECK(code_of(apply_trust_delta(from, altered)) == "trust-delta.block");
    CHECK(code_of(apply_trust_delta(from, delta, 1'000)) == "trust-list.limit");
}

TEST_CASE("what says nothing sensible is not signed") {
    const Signed sample(Algorithm::ed25519, 2);
    const auto refused = [&](auto change) {
        auto what = sample.what;
        change(what);
        return code_of(sign_trust_list(what, sample.key));
    };
    CHECK(refused([](auto& what) { what.info.id.clear(); }) == "trust-list.info");
    CHECK(refused([](auto& what) { what.info.publisher.clear(); }) == "trust-list.info");
    CHECK(refused([](auto& what) { what.info.number = 0; }) == "trust-list.info");
    CHECK(refused([](auto& what) { what.info.next_update = what.info.issued; }) == "trust-list.info");
    CHECK(refused([](auto& what) { what.info.regions = {"浙"}; }) == "trust-list.info");
    CHECK(refused([](auto& what) { what.info.regions = {"44"}; }) == "trust-record.region");
    CHECK(refused([](auto& what) { what.institutions[1] = what.institutions[0]; }) == "trust-record.twice");
    CHECK(refused([](auto& what) { what.institutions[0].licence = "33 01"; }) == "trust-record.id");
    CHECK(refused([](auto& what) { what.institutions[0].names.clear(); }) == "trust-record.names");
    CHECK(refused([](auto& what) { what.institutions[0].names[0].short_name.clear(); }) == "trust-record.text");
    CHECK(refused([](auto& what) { what.institutions[0].licensed[1].from -= day; }) == "trust-record.overlap");
    CHECK(refused([](auto& what) { what.institutions[0].licensed[0].until = 5; }) == "trust-record.period");
    CHECK(refused([](auto& what) { what.institutions[0].categories[0].category = 5'000'000; }) ==
          "trust-record.category");
    CHECK(refused([](auto& what) { what.institutions[0].keys[0].key = {1, 2, 3}; }) == "trust-record.key");
    CHECK(refused([](auto& what) { what.institutions[0].hosts[0].host = "V.example.cn"; }) == "trust-record.host");
    CHECK(refused([](auto& what) { what.institutions[0].events[0].authority.clear(); }) == "trust-record.text");
    CHECK(refused([](auto& what) {
              what.institutions[0].signers = {{"110000", {t2020, {}}}};
          }) == "trust-record.signer");
    CHECK(refused([](auto& what) { what.appraisers[0].licence.clear(); }) == "trust-record.id");
}

TEST_CASE("a category includes what is below it") {
    const auto includes = [](std::uint32_t scope, std::uint32_t other) {
        return DatedCategory{scope, {}}.includes(other);
    };
    CHECK(includes(1'000'202, 1'000'202));
    CHECK(includes(1'000'200, 1'000'202));  // the field of its item
    CHECK(includes(1'000'101, 1'010'101));  // the item of its sub-item
    CHECK(includes(1'000'100, 1'010'101));  // the field of a sub-item
    CHECK_FALSE(includes(1'010'101, 1'000'101));
    CHECK_FALSE(includes(1'000'202, 1'000'203));
    CHECK_FALSE(includes(1'000'200, 1'000'302));
    CHECK_FALSE(includes(1'000'101, 4'000'101));  // numbers restart in each class
    CHECK_FALSE(includes(1'010'101, 1'010'102));
}
