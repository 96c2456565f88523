#include "sjcode/trust_store.h"
#include "sjcode/messages.h"
#include "trust/trust_list_head.h"
#include "trust_sample.h"

using namespace trust_sample;

namespace {

struct Regulator {
    PrivateKey key = PrivateKey::generate(Algorithm::ed25519).value();
    [[nodiscard]] Bytes list(std::uint64_t number, std::size_t count = 20) const {
        return sign_trust_list(content(key.public_key(), number, count), key).value();
    }
    [[nodiscard]] TrustImportOptions pin() const { return {fingerprint(key.public_key()), false}; }
};

std::uint64_t held(const TemporaryFolder& folder) {
    const auto lists = TrustStore::open(folder.path()).value().lists();
    return lists ? lists->front().info().number : 0;
}

/// What an import answers, and that the list held stays.
std::string refusal(const TemporaryFolder& folder, Bytes file, const TrustImportOptions& options = {}) {
    const auto before = held(folder);
    auto store = TrustStore::open(folder.path()).value();
    const auto result = store.import(file_of(std::move(file)), options);
    CHECK(held(folder) == before);
    return code_of(result);
}

}  // namespace

TEST_CASE("a first list is taken in only under a root that somebody compared") {
    const TemporaryFolder folder;
    const Regulator regulator;
    const Regulator stranger;
    auto store = TrustStore::open_or_create(folder.path()).value();
    CHECK_FALSE(TrustStore::is_store(folder.path()));
    const auto unknown = store.import(file_of(regulator.list(7)));
    REQUIRE(code_of(unknown) == "trust-store.not-pinned");
    CHECK(unknown.error().parameters.at("fingerprint") == to_hex(fingerprint(regulator.key.public_key())));
    CHECK(code_of(store.import(file_of(stranger.list(7)), regulator.pin())) == "trust-store.root");
    CHECK_FALSE(TrustStore::is_store(folder.path()));
    const auto first = store.import(file_of(regulator.list(7)), regulator.pin());
    REQUIRE(first);
    CHECK(first->first);
    CHECK(held(folder) == 7);
    // Or whatever comes first, where a person looked at it.
    const TemporaryFolder trusting;
    auto other = TrustStore::open_or_create(trusting.path()).value();
    CHECK(other.import(file_of(stranger.list(3)), {{}, true}));
    CHECK(held(trusting) == 3);
}

TEST_CASE("newer lists and deltas replace what is held; nothing else does") {
    const TemporaryFolder folder;
    const Regulator regulator;
    auto store = TrustStore::open_or_create(folder.path()).value();
    REQUIRE(store.import(file_of(regulator.list(7)), regulator.pin()));
    const auto again = store.import(file_of(regulator.list(7)));
    REQUIRE(again);
    CHECK(again->unchanged);

    CHECK(refusal(folder, regulator.list(6)) == "trust-store.rollback");
    CHECK(refusal(folder, regulator.list(7, 21)) == "trust-store.same-number");
    CHECK(refusal(folder, Regulator().list(8)) == "trust-store.root");
    CHECK(refusal(folder, Regulator().list(8), {{}, true}) == "trust-store.root");
    CHECK(refusal(folder, {}) == "trust-store.kind");
    auto forged = regulator.list(8);
    forged.back() ^= 1;
    CHECK(refusal(folder, forged) == "trust-store.refused");
    auto cut = regulator.list(8);
    cut.resize(cut.size() / 2);
    CHECK(refusal(folder, cut) == "trust-store.refused");
    auto signature = regulator.list(8);
    signature[trust::cose_size(signature).value() - 1] ^= 1;
    CHECK(refusal(folder, signature) == "trust-store.refused");
    auto what = content(regulator.key.public_key(), 8, 20);
    what.info.issued = t2026;
    CHECK(refusal(folder, sign_trust_list(what, regulator.key).value()) == "trust-store.issued-earlier");
    what = content(regulator.key.public_key(), 8, 20);
    what.info.regions = {"33", "44"};
    CHECK(refusal(folder, sign_trust_list(what, regulator.key).value()) == "trust-store.regions");
    what.info.regions.clear();
    CHECK(refusal(folder, sign_trust_list(what, regulator.key).value()) == "trust-store.regions");

    const auto pin = fingerprint(regulator.key.public_key());
    const auto seven = TrustList::open(file_of(regulator.list(7)), pin).value();
    const auto eight = TrustList::open(file_of(regulator.list(8, 22)), pin).value();
    const auto delta = make_trust_delta(seven, eight).value();
    auto bad_delta = delta;
    bad_delta.back() ^= 1;
    CHECK(refusal(folder, bad_delta) == "trust-store.refused");
    store = TrustStore::open(folder.path()).value();
    const auto imported = store.import(file_of(delta));
    REQUIRE(imported);
    CHECK(imported->previous == 7);
    CHECK(held(folder) == 8);
    CHECK(refusal(folder, delta) == "trust-store.refused");
    CHECK(refusal(folder, regulator.list(7)) == "trust-store.rollback");
    // Only the state and the one list are left in the folder.
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        files += entry.is_regular_file() ? 1U : 0U;
    CHECK(files == 2);
}

TEST_CASE("a root change is followed, and there is no way back") {
    const TemporaryFolder folder;
    const Regulator before;
    const Regulator after;
    auto store = TrustStore::open_or_create(folder.path()).value();
    REQUIRE(store.import(file_of(before.list(7)), before.pin()));
    const auto what = content(before.key.public_key(), 8, 20);
    const auto change = sign_root_change(what.info.id, after.key.public_key(), t2026, before.key).value();
    const auto imported = store.import(file_of(sign_trust_list(what, after.key, {change}).value()));
    REQUIRE(imported);
    CHECK(imported->root_changed);
    CHECK(held(folder) == 8);
    // Whoever stole the old root key comes too late.
    CHECK(refusal(folder, before.list(9)) == "trust-store.root");
    CHECK(store.import(file_of(sign_trust_list(content(before.key.public_key(), 9, 20), after.key, {change}).value())));
    CHECK(held(folder) == 9);
}

TEST_CASE("lists of several authorities stand side by side") {
    const TemporaryFolder folder;
    const Regulator one;
    const Regulator two;
    auto store = TrustStore::open_or_create(folder.path()).value();
    REQUIRE(store.import(file_of(one.list(7)), one.pin()));
    auto what = content(two.key.public_key(), 3, 0);
    what.info.id = "cn.example.south";
    what.info.regions = {"44"};
    what.institutions = {institution("440100001", two.key.public_key())};
    REQUIRE(store.import(file_of(sign_trust_list(what, two.key).value()), two.pin()));
    const auto lists = TrustLists::of(TrustStore::open(folder.path()).value().lists().value());
    CHECK(lists.lists().size() == 2);
    CHECK(lists.issuer("330100001").value()->list->id == "cn.example.trust");
    CHECK(lists.issuer("440100001").value()->list->id == "cn.example.south");
    CHECK(lists.issuer("440100002").value() == nullptr);
    CHECK(lists.appraiser("330100001002").value().has_value());
    CHECK(lists.is_official_host("v.example.cn"));
    // What cannot be read is of neither, and nobody is told that no list is in use.
    auto cut = one.list(8);
    cut.resize(100);
    const auto unknown = store.import(file_of(std::move(cut)));
    REQUIRE(code_of(unknown) == "trust-store.refused-unknown");
    const auto said = sentence(unknown.error(), Language::en);
    INFO(said);
    CHECK(said.find("those held stay in use") != std::string::npos);
    CHECK(said.find("trust-list.") != std::string::npos);
    // A delta to a list that nobody holds.
    const TemporaryFolder empty;
    auto other = TrustStore::open_or_create(empty.path()).value();
    const auto pin = fingerprint(one.key.public_key());
    const auto seven = TrustList::open(file_of(one.list(7)), pin).value();
    CHECK(code_of(other.import(file_of(make_trust_delta(seven, seven).value()))) == "trust-store.no-base");
}

TEST_CASE("a list exchanged or damaged in the folder is not used") {
    const TemporaryFolder folder;
    const Regulator regulator;
    auto store = TrustStore::open_or_create(folder.path()).value();
    REQUIRE(store.import(file_of(regulator.list(7)), regulator.pin()));
    const auto name = store.pins().front().file;
    folder.write(name, regulator.list(6));
    CHECK(code_of(TrustStore::open(folder.path()).value().lists()) == "trust-store.list");
    folder.write(name, Regulator().list(7));
    CHECK(code_of(TrustStore::open(folder.path()).value().lists()) == "trust-store.list");
    std::filesystem::remove(folder / name);
    CHECK(code_of(TrustStore::open(folder.path()).value().lists()) == "trust-store.list");
    folder.write(name, regulator.list(7));
    CHECK(held(folder) == 7);
    for (const auto* const state : {"", "{", "[]", "{\"version\":2,\"lists\":[]}", "{\"version\":1}",
                                    "{\"version\":1,\"lists\":[{\"list\":1}]}"}) {
        folder.write("trust-store.json", as_bytes(std::string_view(state)));
        CHECK(code_of(TrustStore::open(folder.path())) == "trust-store.state");
    }
    CHECK(code_of(TrustStore::open(folder / "nowhere")) == "trust-store.none");
}

TEST_CASE("a code authority's key and host count while it signs for the issuer") {
    const Regulator regulator;
    const auto platform = PrivateKey::generate(Algorithm::sm2).value();
    auto what = content(regulator.key.public_key(), 7, 1);
    what.authorities = {{"330000",
                         {{"旧名", {}, {t2020, t2026}}, {"示例省赋码平台", {}, {t2026, {}}}},
                         {{platform.public_key().to_der(), {t2020 + 10 * day, {}}, t2026 + day}},
                         {{"code.example.gov.cn", {t2020, {}}}}}};
    what.institutions[0].keys.clear();
    what.institutions[0].signers = {{"330000", {t2020, t2026}}};
    const auto file = sign_trust_list(what, regulator.key).value();
    const auto lists =
        TrustLists::of({TrustList::open(file_of(file), fingerprint(regulator.key.public_key())).value()});
    const auto issuer = lists.issuer("330100000").value();
    REQUIRE(issuer);
    REQUIRE(issuer->keys.size() == 1);
    CHECK(issuer->keys[0].key == platform.public_key());
    CHECK(issuer->keys[0].period == Period{t2020 + 10 * day, t2026});
    CHECK(issuer->keys[0].invalid_since == t2026 + day);
    CHECK(issuer->keys[0].signer == "示例省赋码平台");
    REQUIRE(issuer->hosts.size() == 2);
    CHECK(issuer->hosts[1] == DatedHost{"code.example.gov.cn", {t2020, t2026}});
    // The second time it comes from what was kept.
    CHECK(lists.issuer("330100000").value() == issuer);
}
