// The table of situations (tests/situations/situations.json): what each gives, and the sentence in both languages.
#include "catch.h"

#include "situation_world.h"
#include "sjcode/file.h"
#include "sjcode/trust_store.h"
#include "temporary_folder.h"
#include "trust/trust_list_head.h"

#include <algorithm>
#include <set>

using namespace sjcode;
using situations::Json;

namespace {

Json table() {
    const auto file = InputFile::open(SJCODE_SOURCE_DIR "/tests/situations/situations.json");
    REQUIRE(file);
    return Json::parse(as_text(file->bytes()));
}

Json world_of(const Json& base, const Json& change) {
    auto world = base;
    world.merge_patch(change);
    return world;
}

Verdict verdict_of(const Json& world) {
    const auto& root = situations::key("root");
    const auto file = sign_trust_list(situations::list_content(world), root);
    REQUIRE(file);
    const auto list = TrustList::open(InputFile::own(*file), fingerprint(root.public_key()));
    REQUIRE(list);
    const auto trust = TrustLists::of({*list});
    return situations::verdict_of(world, situations::make_report(world), trust);
}

void check(const Json& situation, const Verdict& verdict) {
    const auto& expect = situation.at("expect");
    CHECK(name(verdict.outcome) == expect.at("outcome").get<std::string>());
    const auto code = expect.at("code").get<std::string>();
    const auto found = std::find_if(verdict.checks.begin(), verdict.checks.end(),
                                    [&](const Check& check) { return check.code == code; });
    if (found == verdict.checks.end()) {
        FAIL_CHECK("no finding " << code << " in\n" << verdict.to_text(Language::en));
        return;
    }
    CHECK(found->check == expect.at("check").get<std::string>());
    CHECK(name(found->result) == expect.at("result").get<std::string>());
    CHECK(sentence(code, found->parameters, Language::zh) == expect.at("zh").get<std::string>());
    CHECK(sentence(code, found->parameters, Language::en) == expect.at("en").get<std::string>());
}

Bytes damaged(Bytes file, const std::string& how) {
    if (how == "cut") file.resize(file.size() - 300);
    if (how == "altered") file[file.size() - 100] ^= 1;
    if (how == "reordered") {
        // The first two records of the body change places.
        const auto body = file.size() - trust::split_file(file).value().body.size();
        std::rotate(file.begin() + static_cast<std::ptrdiff_t>(body),
                    file.begin() + static_cast<std::ptrdiff_t>(body) + 100, file.end());
    }
    return file;
}

Bytes offered(const Json& base, const Json& offer) {
    auto world = base;
    world["list"]["number"] = offer.at("number");
    if (offer.contains("issued")) world["list"]["issued"] = offer.at("issued");
    if (offer.contains("regions")) world["list"]["regions"] = offer.at("regions");
    if (offer.contains("list")) world["list"]["id"] = offer.at("list");
    if (offer.value("without_second_appraiser", false)) world["appraisers"].erase("second");
    const auto content = situations::list_content(world);
    const auto& root = situations::key("root");
    const auto& signer = situations::key(offer.value("signed_by", "root"));
    std::vector<Bytes> changes;
    if (offer.value("root_change", false))
        changes.push_back(sign_root_change(content.info.id, signer.public_key(), content.info.issued, root).value());
    return damaged(sign_trust_list(content, signer, changes).value(), offer.value("damage", ""));
}

}  // namespace

TEST_CASE("each situation gives the outcome and the sentences that the table says", "[situations]") {
    const auto all = table();
    std::set<std::string> ids;
    for (const auto& situation : all.at("situations")) {
        INFO(situation.at("id").get<std::string>());
        CHECK(ids.insert(situation.at("id").get<std::string>()).second);
        check(situation, verdict_of(world_of(all.at("base"), situation.at("change"))));
    }
    CHECK(ids.size() >= 40);
}

TEST_CASE("each offered list is taken in or refused as the table says", "[situations]") {
    const auto all = table();
    const auto& base = all.at("base");
    const auto held_file = offered(base, Json{{"number", 7}});
    const auto pin = fingerprint(situations::key("root").public_key());
    for (const auto& situation : all.at("imports")) {
        INFO(situation.at("id").get<std::string>());
        const TemporaryFolder folder;
        auto store = TrustStore::open_or_create(folder.path()).value();
        REQUIRE(store.import(InputFile::borrow(held_file), {pin, false}));
        const auto& offer = situation.at("offer");
        auto file = offer.at("number") == 7 && offer.size() == 1 ? held_file : offered(base, offer);
        if (offer.value("as_delta", false)) {
            const auto from = TrustList::open(InputFile::borrow(held_file), pin).value();
            const auto to = TrustList::open(InputFile::borrow(file), pin).value();
            file = make_trust_delta(from, to).value();
        }
        const auto imported = store.import(InputFile::borrow(file));
        const auto& expect = situation.at("expect");
        const auto code = expect.at("code").get<std::string>();
        const auto held = TrustStore::open(folder.path()).value().lists().value().front().info().number;
        if (imported) {
            CHECK(code == "accepted");
            CHECK(held == offer.at("number").get<std::uint64_t>());
            continue;
        }
        CHECK(imported.error().code == code);
        CHECK(held == 7);
        auto parameters = imported.error().parameters;
        // Keys are drawn anew for each run.
        for (const auto* const key : {"fingerprint", "pinned"})
            if (parameters.contains(key) && parameters.at(key).size() == 64) parameters[key] = "…";
        CHECK(sentence(code, parameters, Language::zh) == expect.at("zh").get<std::string>());
        CHECK(sentence(code, parameters, Language::en) == expect.at("en").get<std::string>());
    }
}
