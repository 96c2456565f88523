#include "pdf/accounting.h"

#include "pdf_builder.h"

#include <cstring>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

/// The texts of the unaccounted spans.
std::vector<std::string> unknown(const std::string& file) {
    auto document = opened(file);
    const auto spans = unaccounted_bytes(document);
    REQUIRE(spans);
    std::vector<std::string> texts;
    for (const auto& span : *spans) texts.push_back(file.substr(span.begin, span.size()));
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("files in which every byte has its place") {
    for (const auto kind : {Kind::table, Kind::stream, Kind::hybrid}) {
        auto builder = one_page();
        if (kind != Kind::table) builder.packed(6, "(x)");
        const auto first = builder.write(kind);
        CHECK(unknown(first).empty());
        const auto second = PdfBuilder().object(4, "(new)").write(kind, first);
        CHECK(unknown(second).empty());
    }
    // Comments and white space between objects.
    const auto spaced = one_page().object(5, "(xxxx)").write();
    CHECK(unknown(replaced(spaced, "(xxxx)\nendobj\n", "(x)endobj\n%cc\n")).empty());
}

TEST_CASE("bytes that belong to nothing") {
    const auto file = one_page().write();
    CHECK(unknown(file + "garbage") == Texts{"\ngarbage"});
    CHECK(unknown(file + "% a comment\n").empty());
    CHECK(unknown(file + std::string("\n\n\0 \n", 5)).empty());
    // An object that no cross-reference names, behind the end and in the middle.
    CHECK(unknown(file + "9 0 obj(x)endobj") == Texts{"\n9 0 obj(x)endobj"});
    const auto padded = one_page().object(5, "(" + std::string(60, ' ') + ")").write();
    const auto hidden = "(x) endobj 9 0 obj (hidden) endobj";
    const auto middle =
        replaced(padded, "(" + std::string(60, ' ') + ")\nendobj", hidden + std::string(69 - std::strlen(hidden), ' '));
    REQUIRE(middle.size() == padded.size());
    const auto texts = unknown(middle);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].find("9 0 obj (hidden) endobj") != std::string::npos);
    // Between the trailer and startxref, then the end is not where it should be either.
    const auto behind = replaced(file, "startxref", "junk startxref");
    CHECK(unknown(behind).size() == 1);
    CHECK(unknown(behind)[0].find("junk") != std::string::npos);
}

TEST_CASE("objects that cannot be read strictly are unaccounted") {
    const auto file = one_page().stream(5, "", "abc").write();
    const auto broken = replaced(file, "abc\nendstream", "abc\nendstreem");
    const auto texts = unknown(broken);
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].starts_with("\n5 0 obj"));
    // Of an older revision as well: its objects count even where a newer one took their place.
    const auto newer = PdfBuilder().object(5, "(x)").write(Kind::table, broken);
    CHECK(unknown(newer).size() == 1);
}

TEST_CASE("a file of objects within objects is no endless work") {
    std::string file = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n";
    std::string table = "0 2\n" + table_entry(0, 65535, 'f') + table_entry(9);
    constexpr std::uint32_t count = 20'000;
    table += "2 " + std::to_string(count) + "\n";
    for (std::uint32_t i = 0; i < count; ++i) {
        table += table_entry(file.size());
        file += std::to_string(2 + i) + " 0 obj(";
    }
    const auto section = file.size() + 1;
    file += "\nxref\n" + table + "trailer\n<</Size 9/Root 1 0 R>>\nstartxref\n" + std::to_string(section) + "\n%%EOF\n";
    Limits limits;
    limits.parsed_total = 20'000'000;
    auto document = opened(file, limits);
    const auto spans = unaccounted_bytes(document);
    REQUIRE(spans);
    REQUIRE(spans->size() == 1);
    CHECK((*spans)[0].size() > 100'000);
}

TEST_CASE("the ends of revisions") {
    const auto first = one_page().write();
    const auto second = PdfBuilder().object(4, "(2)").write(Kind::table, first);
    const auto third = PdfBuilder().object(4, "(3)").write(Kind::stream, second);
    const auto ends = revision_ends(opened(third));
    REQUIRE(ends.size() == 3);
    CHECK(ends[0] == third.size() - 1);
    CHECK(ends[1] == second.size() - 1);
    CHECK(ends[2] == first.size() - 1);
    // One that is not where it should be ends the list: those before it could not be told apart.
    const auto at = first.rfind("\nstartxref") + 1;
    auto without = second;
    without.replace(at, 9, "startxxxx");
    CHECK(revision_ends(opened(without)).size() == 1);
}
