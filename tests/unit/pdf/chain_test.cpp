// Several cross-reference sections: /Prev, hybrid and linearized files.
#include "pdf/document.h"

#include "pdf_builder.h"

#include <algorithm>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

std::string value_of(Document& document, std::uint32_t number) {
    std::string out;
    serialise(loaded(document, number)->value, out);
    return out;
}

/// A linearized file (annex F): the first-page section, which startxref names, stands before the main one.
struct Linearized {
    std::string file;
    std::string dictionary = "<</Linearized 1/L 0000/N 1>>";

    /// `extra` are further table subsections of the main section.
    explicit Linearized(const std::string& extra = {}) {
        file = "%PDF-1.7\n";
        std::map<int, std::uint64_t> at;
        const auto add = [&](int number, const std::string& text) {
            at[number] = file.size();
            file += std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
        };
        add(4, dictionary);
        const auto first = file.size();
        const std::string head = "xref\n4 2\n";
        const std::string placeholder(40, '0');
        const std::string trailer = "trailer\n<</Size 6/Root 5 0 R/Prev 0000000000>>\nstartxref\n0\n%%EOF\n";
        file += head + placeholder + trailer;
        add(5, "<</Type/Catalog/Pages 1 0 R>>");
        add(1, "<</Type/Pages/Kids[2 0 R]/Count 1>>");
        add(2, "<</Type/Page/Parent 1 0 R/MediaBox[0 0 9 9]/Contents 3 0 R>>");
        add(3, "<</Length 0>>stream\n\nendstream");
        const auto main = file.size();
        file += "xref\n0 4\n" + table_entry(0, 65535, 'f') + table_entry(at[1]) + table_entry(at[2]) +
                table_entry(at[3]) + extra + "trailer\n<</Size 4>>\nstartxref\n" + std::to_string(first) + "\n%%EOF\n";
        file.replace(first + head.size(), 40, table_entry(at[4]) + table_entry(at[5]));
        file = replaced(file, "/Prev 0000000000", "/Prev " + table_entry(main).substr(0, 10));
    }
};

}  // namespace

TEST_CASE("every revision is read, and the newest object counts") {
    for (const auto kind : {Kind::table, Kind::stream}) {
        const auto first = one_page().write(kind);
        const auto second = PdfBuilder().object(4, "(second)").object(7, "(new)").write(kind, first);
        const auto third = PdfBuilder().object(4, "(third)").write(kind, second);
        auto document = opened(third);
        CHECK(document.revisions() == 3);
        CHECK(document.sections().size() == 3);
        CHECK_FALSE(document.linearized());
        CHECK(value_of(document, 4) == "<7468697264>");
        CHECK(value_of(document, 7) == "<6E6577>");
        CHECK(value_of(document, 99) == "null");
        CHECK(document.end().startxref == document.sections()[0].offset);
        CHECK(document.sections()[1].offset < document.sections()[0].offset);
        auto older = opened(second);
        CHECK(value_of(older, 4) == "<7365636F6E64>");
        CHECK(document.next_object_number() > 7);
    }
}

TEST_CASE("freed objects are null, and stay so until they come again") {
    const auto first = one_page().object(6, "(six)").write();
    std::string file = first + "6 1 obj\n(again)\nendobj\n";
    const auto add_table = [&](const std::string& table) {
        const auto section = file.size();
        file += "xref\n" + table + "trailer\n<</Size 7/Root 1 0 R/Prev " +
                std::to_string(last_number(file, "startxref\n", 0)) + ">>\nstartxref\n" + std::to_string(section) +
                "\n%%EOF\n";
    };
    add_table("6 1\n" + table_entry(0, 1, 'f'));
    {
        auto document = opened(file);
        CHECK(value_of(document, 6) == "null");
    }
    add_table("6 1\n" + table_entry(first.size(), 1));
    auto document = opened(file);
    CHECK(value_of(document, 6) == "null");  // generation 0 is gone for good
    CHECK(document.object({6, 1}).value()->value.as<String>() != nullptr);
}

TEST_CASE("loops and links of /Prev") {
    const auto first = one_page().write();
    const auto second = PdfBuilder().object(4, "(x)").write(Kind::table, first);
    const auto section = last_number(second, "startxref\n", 0);
    const auto previous = "/Prev " + std::to_string(last_number(first, "startxref\n", 0));
    const auto loop = replaced(second, previous, "/Prev " + std::to_string(section));
    CHECK(open_outcome(loop) == "pdf.damaged: loop of /Prev");
    CHECK(open_outcome(replaced(second, previous, "/Prev 9")) == "pdf.damaged: object expected");

    Limits limits;
    limits.sections = 2;
    CHECK(open_outcome(second, limits).empty());
    CHECK(open_outcome(PdfBuilder().object(4, "(y)").write(Kind::table, second), limits) == "pdf.limit: sections");
}

TEST_CASE("sections must go back in the file") {
    // Two sections in the wrong order that both have object 3: no linearized file, but one with a revision hidden.
    const auto first = one_page().write();
    const auto table = last_number(first, "startxref\n", 0);
    auto file = first.substr(0, first.rfind("startxref"));
    file = replaced(file, "/Root 1 0 R>>\n", "/Root 1 0 R/Prev 9999>>\n");
    const auto other = file.size();
    file = replaced(file, "/Prev 9999", "/Prev " + table_entry(other).substr(6, 4));
    const auto wrong = [&](const std::string& entries) {
        return file + "xref\n" + entries + "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n" + std::to_string(table) +
               "\n%%EOF\n";
    };
    CHECK(open_outcome(wrong("3 1\n" + table_entry(9))) == "pdf.damaged: order of cross-reference sections");
    CHECK(open_outcome(wrong("0 1\n" + table_entry(0, 65535, 'f'))).empty());
}

TEST_CASE("linearized files have two sections and one revision") {
    const Linearized original;
    auto document = opened(original.file);
    CHECK(document.linearized());
    CHECK(document.sections().size() == 2);
    CHECK(document.revisions() == 1);
    CHECK(pages_of(document).size() == 1);

    const auto updated = PdfBuilder().trailer("/Dummy 1").object(7, "(x)").write(Kind::table, original.file);
    const auto with_root = replaced(updated, "/Dummy 1/Root 1 0 R", "/Dummy 1/Root 5 0 R");
    auto document2 = opened(with_root);
    CHECK(document2.linearized());
    CHECK(document2.revisions() == 2);

    // The main section must not bring anything that the first-page section has.
    CHECK(open_outcome(Linearized("5 1\n" + table_entry(9)).file) == "pdf.damaged: order of cross-reference sections");
}

TEST_CASE("hybrid files: one view, or none") {
    const auto file = one_page().packed(6, "(hidden)").packed(7, "[6 0 R]").write(Kind::hybrid);
    auto document = opened(file);
    REQUIRE(document.sections().size() == 1);
    CHECK(document.sections()[0].kind == CrossReferenceKind::hybrid);
    CHECK(document.sections()[0].stream_span);
    CHECK(value_of(document, 6) == "<68696464656E>");
    CHECK(loaded(document, 6)->container == 8);
    CHECK(loaded(document, 6)->span == loaded(document, 8)->span);
    CHECK(pages_of(document).size() == 1);

    // The stream says where object 4 is too. Elsewhere, free, or free in the table only.
    const auto stream = document.sections()[0].stream_entries;
    const auto four = std::find_if(stream.begin(), stream.end(), [](const auto& entry) { return entry.number == 4; });
    REQUIRE(four != stream.end());
    const auto entry = big_endian(1, 1) + big_endian(four->offset_or_container, 4);
    CHECK(open_outcome(replaced(file, entry, big_endian(1, 1) + big_endian(four->offset_or_container - 1, 4))) ==
          "pdf.damaged: hybrid file with two views");
    CHECK(open_outcome(replaced(file, entry, big_endian(0, 5))) == "pdf.damaged: hybrid file with two views");
    const auto in_table = table_entry(four->offset_or_container);
    const auto freed = replaced(file, in_table, table_entry(four->offset_or_container, 0, 'f'));
    auto hidden_content = opened(freed);
    CHECK(loaded(hidden_content, 4)->stream);
}

TEST_CASE("what only the stream of a hybrid revision tells counts") {
    const auto first = one_page().write();
    const auto file = PdfBuilder().object(8, "(x)").packed(4, "(other content)").write(Kind::hybrid, first);
    const auto other = "<6F7468657220636F6E74656E74>";
    auto document = opened(file);
    CHECK(value_of(document, 4) == other);
    // Without a word of it in the table, which many writers leave so.
    const auto table_line = "4 1\n" + table_entry(0, 0, 'f');
    REQUIRE(file.find(table_line) != std::string::npos);
    const auto silent = replaced(file, table_line, "");
    auto same = opened(silent);
    CHECK(value_of(same, 4) == other);
}
