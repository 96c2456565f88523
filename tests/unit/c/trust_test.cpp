// What is trusted, through the C interface: folders, trust lists, bundles, status lists.
#include "unit/c/c_world.h"

#include "sjcode/bundle.h"
#include "sjcode/status_list.h"
#include "sjcode/trust_store.h"

#include <array>

using namespace c_world;
using sjcode::as_bytes;
using sjcode::Bytes;

namespace {

/// A trust list and its root.
struct List {
    sjcode::PrivateKey root = sjcode::PrivateKey::generate(sjcode::Algorithm::sm2).value();
    sjcode::PrivateKey key = sjcode::PrivateKey::generate(sjcode::Algorithm::sm2).value();
    std::string fingerprint = sjcode::to_hex(sjcode::fingerprint(root.public_key()));

    [[nodiscard]] Bytes signed_list(std::uint64_t number) const {
        return sjcode::sign_trust_list(trust_sample::content(key.public_key(), number, 2), root).value();
    }
    [[nodiscard]] Bytes status_list() const {
        const sjcode::StatusListClaims claims{sjcode::status_list_subject("330100000"), trust_sample::t2026, {}, {}};
        return sjcode::sign_status_list(claims, sjcode::StatusArray::create(4, 1'000).value(), key).value();
    }
};

std::string open_list(const std::string& path, const std::string& root, Trust* trust = nullptr) {
    const std::array<const char*, 1> paths{path.c_str()};
    const std::array<const char*, 1> roots{root.c_str()};
    sjcode_trust* opened = nullptr;
    const auto code =
        code_of([&](auto** error) { return sjcode_trust_open_lists(paths.data(), roots.data(), 1, &opened, error); });
    Trust held(opened);
    if (trust != nullptr) *trust = std::move(held);
    return code;
}

}  // namespace

TEST_CASE("C: a trust list under the root that the regulator published") {
    const TemporaryFolder folder;
    const List list;
    folder.write("list.sjt", list.signed_list(1));
    CHECK(open_list(folder / "list.sjt", list.fingerprint) == "no error");
    std::string grouped;
    for (std::size_t i = 0; i < list.fingerprint.size(); i += 2)
        grouped += (i ? ":" : "") + list.fingerprint.substr(i, 2);
    CHECK(open_list(folder / "list.sjt", grouped) == "no error");

    auto another = list.fingerprint;
    another[0] = another[0] == '0' ? '1' : '0';
    CHECK(open_list(folder / "list.sjt", another) == "trust-list.root");
    CHECK(open_list(folder / "list.sjt", "") == "usage.fingerprint");
    CHECK(open_list(folder / "list.sjt", list.fingerprint + "00") == "usage.fingerprint");
    CHECK(open_list(folder / "nothing.sjt", list.fingerprint) == "file.not-found");
    auto forged = list.signed_list(2);
    forged[forged.size() / 4] ^= 1;
    folder.write("forged.sjt", forged);
    CHECK(open_list(folder / "forged.sjt", list.fingerprint) != "no error");
    folder.write("garbage.sjt", as_bytes("no list at all"));
    CHECK(open_list(folder / "garbage.sjt", list.fingerprint) == "trust-list.format");
}

TEST_CASE("C: status lists are checked under the trust that they are added to") {
    const TemporaryFolder folder;
    const List list;
    folder.write("list.sjt", list.signed_list(1));
    folder.write("status.cwt", list.status_list());
    folder.write("forged.cwt", List().status_list());
    folder.write("garbage.cwt", as_bytes("\xff"));
    Trust trust;
    REQUIRE(open_list(folder / "list.sjt", list.fingerprint, &trust) == "no error");
    const auto add = [&](const std::string& name) {
        return code_of([&](auto** error) {
            return sjcode_trust_add_status_list(trust.get(), (folder / name).c_str(), nullptr, error);
        });
    };
    CHECK(add("forged.cwt") != "no error");
    CHECK(add("garbage.cwt") != "no error");
    CHECK(add("nothing.cwt") == "file.not-found");
    CHECK(add("status.cwt") == "no error");
    CHECK(code_of([&](auto** error) { return sjcode_trust_add_status_list(trust.get(), nullptr, nullptr, error); }) ==
          "c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_trust_add_status_list(nullptr, "x", nullptr, error); }) ==
          "c-api.argument");
}

TEST_CASE("C: a bundle, by a root or by the pins of a store") {
    const TemporaryFolder folder;
    const List list;
    const auto older = list.signed_list(1);
    const auto newer = list.signed_list(2);
    const auto status = list.status_list();
    const auto forged = List().status_list();
    const auto bundle_of = [&](const Bytes& trust_list) {
        const std::array parts{
            sjcode::BundlePart{std::string(sjcode::trust_list_media_type), trust_list},
            sjcode::BundlePart{std::string(sjcode::status_list_media_type), status},
            sjcode::BundlePart{std::string(sjcode::status_list_media_type), forged},
        };
        return sjcode::make_bundle(parts).value();
    };
    folder.write("older.sjb", bundle_of(older));
    folder.write("newer.sjb", bundle_of(newer));
    auto store = sjcode::TrustStore::open_or_create(folder / "store").value();
    REQUIRE(store.import(sjcode::InputFile::own(newer), {.root = sjcode::fingerprint(list.root.public_key())}));

    const auto open = [&](const std::string& name, const char* pins, const char* root, Trust& trust) {
        sjcode_trust* opened = nullptr;
        const auto code = code_of([&](auto** error) {
            return sjcode_trust_open_bundle((folder / name).c_str(), pins, root, &opened, error);
        });
        trust.reset(opened);
        return code;
    };
    const auto pins = folder / "store";
    Trust trust;
    REQUIRE(open("older.sjb", nullptr, list.fingerprint.c_str(), trust) == "no error");
    CHECK(sjcode_trust_refused_count(trust.get()) == 1);  // the forged status list
    REQUIRE(open("newer.sjb", pins.c_str(), nullptr, trust) == "no error");
    CHECK(sjcode_trust_refused_count(trust.get()) == 1);
    REQUIRE(open("older.sjb", pins.c_str(), nullptr, trust) == "no error");
    REQUIRE(sjcode_trust_refused_count(trust.get()) == 2);
    CHECK(std::string(sjcode_error_code(sjcode_trust_refused(trust.get(), 0))) == "trust-store.rollback");
    CHECK(sjcode_trust_refused(trust.get(), 2) == nullptr);
    CHECK(open("newer.sjb", nullptr, nullptr, trust) == "usage.trust");
    CHECK(trust == nullptr);
    const auto stranger = List().fingerprint;
    CHECK(open("newer.sjb", nullptr, stranger.c_str(), trust) == "trust-store.root");
    folder.write("garbage.sjb", as_bytes("garbage"));
    CHECK(open("garbage.sjb", pins.c_str(), nullptr, trust) == "bundle.format");

    // The store itself is a trust folder, too.
    sjcode_trust* opened = nullptr;
    succeed([&](auto** error) { return sjcode_trust_open(pins.c_str(), &opened, error); });
    sjcode_trust_free(opened);
}

TEST_CASE("C: hostile calls to open trust") {
    sjcode_trust* trust = nullptr;
    const char* path = "x";
    const char* none = nullptr;
    const auto misuse = std::string("c-api.argument");
    CHECK(code_of([&](auto** error) { return sjcode_trust_open(nullptr, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open("x", nullptr, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(nullptr, &path, 1, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(&path, nullptr, 1, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(&path, &path, 0, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(&none, &path, 1, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(&path, &none, 1, &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_lists(&path, &path, 1, nullptr, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_bundle(nullptr, "x", "x", &trust, error); }) == misuse);
    CHECK(code_of([&](auto** error) { return sjcode_trust_open_bundle("x", "x", "x", nullptr, error); }) == misuse);
    CHECK(trust == nullptr);
}
