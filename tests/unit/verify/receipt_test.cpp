// Receipts of hostile verdicts. What a receipt says is tested with the program, in tests/integration/test_receipt.py.
#include "sjcode/receipt.h"
#include "catch.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace sjcode;

namespace {

Receipt receipt() {
    Receipt made;
    made.verdict.outcome = Outcome::not_authentic;
    made.verdict.checks = {
        {"original", CheckResult::fail, "original.changed"},
        {"signature", CheckResult::pass, "signature.verified", {{"institution", "示例司法鉴定中心"}}}};
    made.verdict.facts = {{"institution", "示例司法鉴定中心"}};
    made.file = VerifiedFile::of(InputFile::borrow(as_bytes("content")), "report.pdf");
    made.trust = {{"list 7", 1'793'590'000, {}}};
    made.checked = 1'793'590'000;
    made.software = "sjcode test";
    return made;
}

/// What a program prints; nothing where it fails.
std::string output_of(const std::string& command) {
    std::string text;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), size);
    REQUIRE(pclose(pipe) == 0);
    return text;
}

struct Drawn {
    Bytes pdf;
    std::string text;  ///< as pdftotext finds it, without white space
    int pages = 0;
};

Drawn draw(const Receipt& receipt, Language language = Language::zh) {
    auto pdf = receipt.to_pdf(language, ReceiptFonts::installed());
    REQUIRE(pdf);
    const auto path =
        (std::filesystem::temp_directory_path() / ("sjcode-receipt-" + std::to_string(getpid()))).string();
    {
        std::ofstream file(path, std::ios::binary);
        file << as_text(*pdf);
    }
    output_of("qpdf --check " + path + " 2>&1");
    Drawn drawn{*std::move(pdf), {}, std::atoi(output_of("qpdf --show-npages " + path).c_str())};
    for (const char c : output_of("pdftotext -raw " + path + " -"))
        if (c != ' ' && c != '\n' && c != '\f') drawn.text += c;
    std::filesystem::remove(path);
    return drawn;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the same receipt has the same bytes") {
    const auto first = draw(receipt());
    CHECK(first.pdf == receipt().to_pdf(Language::zh, ReceiptFonts::installed()).value());
    CHECK(contains(first.text, "核验不通过"));
    CHECK(contains(first.text, "list7，发布于"));
    CHECK(first.pages == 1);
}

TEST_CASE("a verdict of many findings takes several pages, and loses none") {
    auto long_one = receipt();
    for (int i = 0; i < 150; ++i)
        long_one.verdict.checks.push_back(
            {"symbol", CheckResult::warn, "symbol.other", {{"text", "no." + std::to_string(i) + "!"}}});
    const auto drawn = draw(long_one);
    CHECK(drawn.pages > 5);
    for (int i = 0; i < 150; ++i) CHECK(contains(drawn.text, "no." + std::to_string(i) + "!"));
    CHECK(contains(drawn.text, "第" + std::to_string(drawn.pages) + "页，共" + std::to_string(drawn.pages) + "页"));
}

TEST_CASE("hostile texts are shown, and do no more") {
    auto hostile = receipt();
    const std::string orders =
        "\xE2\x80\xAE"
        "gpj.exe"
        "\xE2\x80\xAC\x07\x1B[2J\xEF\xBB\xBF";
    hostile.file.name = orders + ") Tj ET (\\";
    hostile.verdict.facts = {
        {"matter", std::string(10'000, 'W')},         {"opinion", "甲\xF0\x9F\x98\x80乙\xF0\xAA\xA1\x8B丙"},
        {"use", std::string("\xFF\xFE\0\x80", 4)},    {"commissioner", ""},
        {"copies", "first\r\nsecond\rthird\nfourth"}, {"accepted", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xE2\x80\x8F"}};
    std::string wide;
    for (int i = 0; i < 10'000; ++i) wide += "鉴";
    hostile.verdict.checks = {{"symbol", CheckResult::warn, "symbol.other", {{"text", wide}}},
                              {"symbol", CheckResult::fail, "no.such-code", {{"text", orders}}}};
    for (const auto language : {Language::zh, Language::en}) {
        const auto drawn = draw(hostile, language);
        CHECK(drawn.pages > 10);
        CHECK_FALSE(contains(drawn.text, "\xE2\x80\xAE"));
        CHECK_FALSE(contains(drawn.text, "\x1B"));
        CHECK(contains(drawn.text, "\xEF\xBF\xBDgpj.exe\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD[2J"));
        CHECK(contains(drawn.text, ")TjET(\\"));
        CHECK(contains(drawn.text, "甲[U+1F600]乙[U+2A84B]丙"));
        CHECK(contains(drawn.text, "firstsecondthirdfourth"));
        std::size_t count = 0;
        for (auto at = drawn.text.find("鉴"); at != std::string::npos; at = drawn.text.find("鉴", at + 1)) ++count;
        CHECK(count >= 10'000);
        CHECK(std::count(drawn.text.begin(), drawn.text.end(), 'W') >= 10'000);
    }
}

TEST_CASE("a font that is missing is told") {
    auto fonts = ReceiptFonts::installed();
    fonts.chinese = "/no/such/font.ttf";
    CHECK(receipt().to_pdf(Language::zh, fonts).error().code == "font.missing");
    fonts.chinese = "/etc/passwd";
    CHECK(receipt().to_pdf(Language::zh, fonts).error().code == "font.unusable");
}

TEST_CASE("a receipt is signed with the key of its certificate only") {
    const InstitutionIdentity identity{"440100001", "某法院", "某院", {"example.cn"}};
    const auto key = PrivateKey::generate(Algorithm::esp256).value();
    const auto other = PrivateKey::generate(Algorithm::esp256).value();
    const auto certificate =
        Certificate::self_signed(key, identity, 1'700'000'000, 1'900'000'000, system_random()).value();
    const auto json = receipt().to_json(Language::zh);
    CHECK(sign_receipt(json, key, certificate));
    CHECK(sign_receipt(json, other, certificate).error().code == "receipt.key");
}
