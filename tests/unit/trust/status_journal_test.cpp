#include "catch.h"

#include "sjcode/status_journal.h"

#include <array>

using namespace sjcode;

namespace {

constexpr UnixTime now = 1'790'000'000;

CodeNumber fresh() {
    return CodeNumber::generate(system_random()).value();
}

StatusChange change(CodeStatus status, std::string reason = "理由", UnixTime time = now) {
    return {time, status, std::move(reason), {}};
}

std::string error_of(const Result<void>& result) {
    return result ? std::string() : result.error().code;
}

StatusJournal journal() {
    return StatusJournal::create("440110087").value();
}

}  // namespace

TEST_CASE("a journal becomes a list and details that agree with it", "[trust][status]") {
    auto book = journal();
    const auto revoked = fresh();
    const auto superseded = fresh();
    const auto after = fresh();
    const auto first = book.assign(system_random()).value();
    REQUIRE(book.set(first, revoked, change(CodeStatus::revoked)));
    auto replaced = change(CodeStatus::superseded, "");
    replaced.successor = after;
    REQUIRE(book.set(2'000'000, superseded, replaced));
    CHECK(book.size() == 2 * StatusJournal::space);
    const auto key = PrivateKey::generate(Algorithm::sm2).value();
    const auto published = book.sign(key, now + 10, 86'400, 3'600, system_random()).value();
    const std::array keys{key.public_key()};
    const auto list = VerifiedStatusList::verify(RawStatusList::decode(published.list).value(),
                                                 status_list_subject("440110087"), keys)
                          .value();
    CHECK(list.value(first) == 1);
    CHECK(list.value(2'000'000) == 0x0B);
    CHECK(list.value(2'000'001) == 0);
    CHECK_FALSE(list.value(book.size()));
    CHECK(list.claims().expires == now + 10 + 86'400);
    const auto details =
        VerifiedStatusDetails::verify(RawStatusDetails::decode(published.details).value(), list).value();
    CHECK(details.history(first, revoked).value().front().reason == "理由");
    CHECK(details.history(2'000'000, superseded).value().front().successor == PriorReport(after));
    // The next list is later than the last, and its details do not pass for those of the first.
    CHECK(book.sign(key, now + 10, 86'400, 3'600, system_random()).error().code == "status-journal.clock");
    const auto next = book.sign(key, now + 11, 86'400, 3'600, system_random()).value();
    CHECK(VerifiedStatusDetails::verify(RawStatusDetails::decode(next.details).value(), list).error().code ==
          "status-details.other-list");
}

TEST_CASE("a journal comes back from its file", "[trust][status]") {
    auto book = journal();
    const auto code = fresh();
    const auto index = book.assign(system_random()).value();
    REQUIRE(book.assign(system_random()));
    REQUIRE(book.set(index, code, change(CodeStatus::suspended)));
    REQUIRE(book.set(index, code, change(CodeStatus::revoked, "核查属实", now + 1)));
    REQUIRE(book.set(index, code, change(CodeStatus::valid, "录入错误", now + 2), StatusJournal::Correction::yes));
    auto uncoded = change(CodeStatus::reappraised, "", now + 3);
    uncoded.successor = std::string("另司鉴中心〔2026〕临鉴字第7号");
    REQUIRE(book.set(index, code, uncoded));
    REQUIRE(book.sign(PrivateKey::generate(Algorithm::ed25519).value(), now + 9, 10, 5, system_random()));
    const auto again = StatusJournal::parse(book.to_json());
    REQUIRE(again);
    CHECK(again->to_json() == book.to_json());
    CHECK(again->entries().at(index).history.size() == 4);
    CHECK(again->last_signed() == now + 9);
    CHECK(again->assigned() == 2);
}

TEST_CASE("indices are drawn without order, and none twice", "[trust][status]") {
    auto book = journal();
    // A source that repeats itself: the same index must not come out twice.
    std::uint8_t counter = 0;
    const RandomSource repeating = [&](std::span<std::uint8_t> bytes) -> Result<void> {
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(counter / 2);
        ++counter;
        return {};
    };
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 20; ++i) CHECK(seen.insert(book.assign(repeating).value()).second);
    const RandomSource stuck = [](std::span<std::uint8_t> bytes) -> Result<void> {
        std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
        return {};
    };
    CHECK(book.assign(stuck).error().code == "crypto.random");
}

TEST_CASE("a journal refuses what a clerk should not record", "[trust][status]") {
    auto book = journal();
    const auto code = fresh();
    const auto set = [&](std::uint64_t index, const CodeNumber& number, const StatusChange& one) {
        return error_of(book.set(index, number, one));
    };
    CHECK(set(1, code, change(CodeStatus::valid)) == "status-journal.unchanged");
    CHECK(set(1, code, change(CodeStatus::revoked, "")) == "status-journal.reason");
    CHECK(set(1, code, change(CodeStatus::revoked, std::string(601, 'a'))) == "status-journal.reason-length");
    CHECK(set(1, code, change(CodeStatus::revoked, "a\nb")) == "status-journal.reason-text");
    CHECK(set(1, code, change(CodeStatus::revoked, "当事人 11010519491231002X 举报")) == "status-journal.resident-id");
    CHECK(set(1, code, change(CodeStatus::superseded)) == "status-journal.successor");
    auto own = change(CodeStatus::superseded);
    own.successor = code;
    CHECK(set(1, code, own) == "status-journal.own-successor");
    auto revoked = change(CodeStatus::revoked);
    revoked.successor = fresh();
    CHECK(set(1, code, revoked) == "status-journal.no-successor");
    CHECK(set(StatusJournal::most_codes, code, change(CodeStatus::revoked)) == "status-journal.index");
    CHECK(book.entries().empty());

    CHECK(set(1, code, change(CodeStatus::revoked)).empty());
    CHECK(set(1, code, change(CodeStatus::revoked)) == "status-journal.unchanged");
    CHECK(set(1, fresh(), change(CodeStatus::revoked)) == "status-journal.other-code");
    CHECK(set(2, code, change(CodeStatus::revoked)) == "status-journal.other-code");
    CHECK(set(1, code, change(CodeStatus::valid, "", now + 1)) == "status-journal.final");
    CHECK(error_of(book.set(1, code, change(CodeStatus::valid, "录入错误", now - 1), StatusJournal::Correction::yes)) ==
          "status-journal.earlier");
    CHECK(book.index_of(code) == 1);
    CHECK_FALSE(book.index_of(fresh()));
}

TEST_CASE("a journal that somebody edited wrongly says what is wrong", "[trust][status]") {
    const auto wrong = [](std::string_view text) {
        const auto book = StatusJournal::parse(text);
        if (book) return std::string("read");
        const auto what = book.error().parameters.find("what");
        return what == book.error().parameters.end() ? book.error().code : what->second;
    };
    CHECK(wrong("") == "JSON");
    CHECK(wrong("[]") == "JSON");
    CHECK(wrong(R"({"format": "sjcode/status-journal/2"})") == "format");
    const std::string head = R"({"format": "sjcode/status-journal/1", "issuer": "1", "size": 1048576, )";
    CHECK(wrong(head + R"("changes": []})") == "assigned");
    CHECK(wrong(head + R"("assigned": [1048576], "changes": []})") == "assigned");
    CHECK(wrong(head + R"("assigned": [], "changes": [{"index": -1}]})") == "index");
    CHECK(wrong(head + R"("assigned": [], "changes": [{"index": 1, "code": "J"}]})") == "number.length");
    CHECK(wrong(head + R"("assigned": [], "changes": []})") == "read");
    CHECK(wrong(R"({"format": "sjcode/status-journal/1", "issuer": "1", "size": 5, "assigned": []})") == "size");
    CHECK(wrong(R"({"format": "sjcode/status-journal/1", "issuer": "", "size": 5})") == "status-journal.issuer");
}
