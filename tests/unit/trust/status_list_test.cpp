#include "catch.h"

#include "sjcode/status_details.h"
#include "sjcode/status_list.h"

#include <array>
#include <cstdint>
#include <random>

using namespace sjcode;

namespace {

constexpr UnixTime issued = 1'790'000'000;

struct List {
    PrivateKey key = PrivateKey::generate(Algorithm::ed25519).value();
    StatusListClaims claims{status_list_subject("440110087"), issued, issued + 86'400 * 30, 43'200};
    StatusArray statuses = StatusArray::create(4, 1000).value();

    [[nodiscard]] Bytes token() const { return sign_status_list(claims, statuses, key).value(); }
    [[nodiscard]] VerifiedStatusList verified() const {
        const std::array keys{key.public_key()};
        return VerifiedStatusList::verify(RawStatusList::decode(token()).value(), claims.subject, keys).value();
    }
};

CodeNumber number(std::string_view seed) {
    return CodeNumber::generate([seed](std::span<std::uint8_t> bytes) -> Result<void> {
               static std::mt19937 engine(1);
               for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine() + seed.size());
               return {};
           })
        .value();
}

/// 10 million codes, 0.1 % of them set, the statuses mixed evenly, at indices without order.
StatusArray ten_million() {
    auto statuses = StatusArray::create(4, 10'000'000).value();
    constexpr std::array values{CodeStatus::revoked, CodeStatus::suspended, CodeStatus::superseded,
                                CodeStatus::withdrawn, CodeStatus::reappraised};
    // By hand: the standard's distributions differ from library to library.
    std::mt19937_64 engine(20'261'122);
    for (int set = 0; set < 10'000;) {
        const auto index = engine() % 10'000'000;
        if (statuses.get(index) != 0) continue;
        REQUIRE(statuses.set(index, static_cast<std::uint8_t>(values[engine() % values.size()])));
        ++set;
    }
    return statuses;
}

std::string error_of(const Result<void>& result) {
    return result ? std::string() : result.error().code;
}

}  // namespace

TEST_CASE("a status stands at its index and nowhere else", "[trust][status]") {
    for (const unsigned bits : {1U, 2U, 4U, 8U}) {
        auto statuses = StatusArray::create(bits, 64).value();
        CHECK(statuses.size() == 64);
        const auto most = static_cast<std::uint8_t>((1U << bits) - 1);
        CHECK(statuses.set(13, most));
        for (std::uint64_t index = 0; index < 64; ++index) CHECK(statuses.get(index) == (index == 13 ? most : 0));
        CHECK(statuses.set(13, 0));
        CHECK(statuses == StatusArray::create(bits, 64).value());
        CHECK_FALSE(statuses.set(64, 0));
        CHECK_FALSE(statuses.get(64));
        if (bits < 8) CHECK_FALSE(statuses.set(0, static_cast<std::uint8_t>(1U << bits)));
    }
    CHECK(StatusArray::create(4, 3).value().size() == 4);
    CHECK(StatusArray::create(4, std::uint64_t{1} << 25).has_value());
    CHECK(StatusArray::create(4, (std::uint64_t{1} << 25) + 1).error().code == "status-list.size");
    CHECK(StatusArray::create(3, 8).error().code == "status-list.bits");
}

TEST_CASE("ten million codes with one in a thousand set take at most 35 kB", "[trust][status]") {
    const auto statuses = ten_million();
    const auto packed = statuses.compress().value();
    INFO(packed.size() << " bytes");
    CHECK(packed.size() <= 35'000);
    CHECK(StatusArray::decompress(4, packed).value() == statuses);
    List list;
    list.statuses = statuses;
    CHECK(list.token().size() <= 35'000);
}

TEST_CASE("a list says how old it is", "[trust][status]") {
    const auto list = List{}.verified();
    CHECK(list.age(issued) == StatusListAge::current);
    CHECK(list.age(issued + 43'200) == StatusListAge::current);
    CHECK(list.age(issued + 43'201) == StatusListAge::refresh_due);
    CHECK(list.age(issued + 86'400 * 30 - 1) == StatusListAge::refresh_due);
    CHECK(list.age(issued + 86'400 * 30) == StatusListAge::expired);
    CHECK(list.age(issued - 300) == StatusListAge::current);
    CHECK(list.age(issued - 301) == StatusListAge::future);
    List endless;
    endless.claims.expires.reset();
    endless.claims.time_to_live.reset();
    CHECK(endless.verified().age(issued + 1'000'000'000) == StatusListAge::current);
}

TEST_CASE("only a later list of the same institution takes the place of one", "[trust][status]") {
    List first;
    const auto held = first.verified();
    CHECK(error_of(may_replace(held, first.verified())).empty());
    List later{PrivateKey::generate(Algorithm::ed25519).value(), first.claims, first.statuses};
    later.claims.issued += 1;
    CHECK(error_of(may_replace(held, later.verified())).empty());
    const auto rolled_back = may_replace(later.verified(), held);
    CHECK(error_of(rolled_back) == "status-list.older");
    CHECK(rolled_back.error().parameters.at("held") != rolled_back.error().parameters.at("offered"));
    List same_time{PrivateKey::generate(Algorithm::ed25519).value(), first.claims, first.statuses};
    REQUIRE(same_time.statuses.set(5, 1));
    CHECK(error_of(may_replace(held, same_time.verified())) == "status-list.older");
    later.statuses = StatusArray::create(4, 10).value();
    CHECK(error_of(may_replace(held, later.verified())) == "status-list.shorter");
    later.claims.subject = status_list_subject("440110088");
    CHECK(error_of(may_replace(held, later.verified())) == "status-list.subject");
}

TEST_CASE("what a reader would refuse is not signed", "[trust][status]") {
    const List list;
    const auto sign = [&](StatusListClaims claims) {
        const auto token = sign_status_list(claims, list.statuses, list.key);
        return token ? std::string() : token.error().parameters.at("claim");
    };
    CHECK(sign({"", issued, {}, {}}) == "sub");
    CHECK(sign({"a", -1, {}, {}}) == "iat");
    CHECK(sign({"a", issued, issued, {}}) == "exp");
    CHECK(sign({"a", issued, {}, 0}) == "ttl");
    CHECK(sign({"a", issued, {}, {}}).empty());
}

TEST_CASE("every altered byte of a token is noticed", "[trust][status]") {
    List list;
    REQUIRE(list.statuses.set(7, 1));
    const auto token = list.token();
    const std::array keys{list.key.public_key()};
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto altered = token;
        altered[i] ^= 0x10;
        auto raw = RawStatusList::decode(altered);
        if (!raw) continue;
        INFO("byte " << i);
        CHECK_FALSE(VerifiedStatusList::verify(*std::move(raw), list.claims.subject, keys).has_value());
    }
    for (std::size_t size = 0; size < token.size(); ++size)
        CHECK_FALSE(RawStatusList::decode(ByteView(token).first(size)).has_value());
}

TEST_CASE("details are for who has the code number", "[trust][status]") {
    const List list;
    const auto code = number("a");
    const auto other = number("b");
    const std::vector<StatusChange> history{{issued - 100, CodeStatus::suspended, "核查举报", {}},
                                            {issued - 50, CodeStatus::superseded, "补正文号", PriorReport(other)}};
    const auto file =
        sign_status_details(list.claims, {{9, other, history}, {3, code, history}}, list.key, system_random()).value();
    // Neither number nor reason stands in the file.
    const auto text = std::string(as_text(file));
    CHECK(text.find("核查") == std::string::npos);
    const auto bytes = other.to_bytes();
    CHECK(text.find(std::string(bytes.begin(), bytes.end())) == std::string::npos);
    const auto details = VerifiedStatusDetails::verify(RawStatusDetails::decode(file).value(), list.verified()).value();
    CHECK(details.size() == 2);
    CHECK(details.history(3, code).value() == history);
    CHECK(details.history(9, other).value() == history);
    CHECK(details.history(4, code).value().empty());
    CHECK(details.history(3, other).error().code == "status-details.number");
    CHECK(status_at(history, issued - 101) == CodeStatus::valid);
    CHECK(status_at(history, issued - 100) == CodeStatus::suspended);
    CHECK(status_at(history, issued) == CodeStatus::superseded);
}

TEST_CASE("details have no entry twice, none out of order, none too long", "[trust][status]") {
    const List list;
    const auto code = number("c");
    const StatusChange change{issued, CodeStatus::revoked, "理由", {}};
    const auto index = [&](std::vector<StatusDetailsEntry> entries) {
        const auto file = sign_status_details(list.claims, std::move(entries), list.key, system_random());
        return file ? std::string() : file.error().parameters.at("index");
    };
    CHECK(index({{1, code, {change}}, {2, code, {change}}, {1, code, {change}}}) == "1");
    CHECK(index({{4, code, {}}}) == "4");
    auto earlier = change;
    earlier.time -= 1;
    CHECK(index({{5, code, {change, earlier}}}) == "5");
    auto wordy = change;
    wordy.reason.assign(60'001, 'a');
    CHECK(index({{6, code, {wordy}}}) == "6");
    CHECK(index({}).empty());
}

TEST_CASE("a subject names one licence number, in one form", "[trust][status]") {
    CHECK(status_list_subject("440110087") == "sjcode:status:440110087");
    CHECK(status_list_subject("粤 1/2") == "sjcode:status:%E7%B2%A4%201%2F2");
    for (const std::string licence : {"440110087", "粤 1/2", "a%b", "~._-"})
        CHECK(licence_of_subject(status_list_subject(licence)) == licence);
    for (const std::string_view other : {"", "sjcode:status:", "https://example.com/statuslists/1", "sjcode:status:%4",
                                         "sjcode:status:%zz", "sjcode:status:%31", "sjcode:status:%e7%b2%a4"})
        CHECK_FALSE(licence_of_subject(other));
}
