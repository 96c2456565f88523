// The lenient view of a PDF, and writing it anew.
#include "catch.h"
#include "pdf_file.h"

#include <algorithm>
#include <array>

using namespace sjcode;
using namespace sjcode::test;

namespace {

Bytes bytes(std::string_view text) {
    const auto view = as_bytes(text);
    return {view.begin(), view.end()};
}

std::size_t occurrences(std::string_view text, std::string_view of) {
    std::size_t count = 0;
    for (auto at = text.find(of); at != std::string_view::npos; at = text.find(of, at + 1)) ++count;
    return count;
}

std::string reference(int number) {
    return std::to_string(number) + " 0 R ";
}

}  // namespace

TEST_CASE("embedded codes are found on their pages, and where they hang on none") {
    PdfFile pdf;
    const int record = pdf.add_deflated("the record", "/Type/SJRecord");
    const auto stamp = [&](const std::string& code) {
        return pdf.add("<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/SJCode" + code + "/SJRecord " + reference(record) +
                       ">>");
    };
    const int first = stamp("<010203>");
    const int second = stamp("(abc)");
    stamp("<FF>");                                   // an orphan
    pdf.add("<</SJCode 12>>");                       // no string
    pdf.add("<</SJCode<AA>/SJRecord(no stream)>>");  // no stream
    pdf.add_page("", "/Annots[" + reference(first) + "]");
    pdf.add_page("", "/Annots[" + reference(first) + reference(second) + "<</Subtype/Stamp/SJCode<0BAD>>>]");
    const auto view = open(pdf.file()).lenient_view();
    REQUIRE(view);
    CHECK(view->pages == 2);
    CHECK(!view->encrypted);
    CHECK(!view->repaired);
    REQUIRE(view->codes.size() == 5);
    CHECK(view->codes[0].page == 1);
    CHECK(view->codes[0].code == Bytes{1, 2, 3});
    CHECK(view->codes[0].record == bytes("the record"));
    CHECK(view->codes[1].page == 2);
    CHECK(view->codes[1].code == bytes("abc"));
    CHECK(view->codes[1].record == bytes("the record"));
    CHECK(view->codes[2].page == 2);
    CHECK(view->codes[2].code == Bytes{0x0B, 0xAD});
    CHECK(view->codes[2].record.empty());
    CHECK(view->codes[3].page == 0);
    CHECK(view->codes[3].code == Bytes{0xFF});
    CHECK(view->codes[4].page == 0);
    CHECK(view->codes[4].code == Bytes{0xAA});
    CHECK(view->codes[4].record.empty());
}

TEST_CASE("codes and records keep their limits") {
    PdfFile pdf;
    const int most = pdf.add_deflated(std::string(1U << 20, 'r'));
    const int bomb = pdf.add_deflated(std::string(200U << 20, 'r'));
    const int double_bomb =
        pdf.add_stream(deflate(deflate(std::string(200U << 20, 'r'))), "/Filter[/FlateDecode/FlateDecode]");
    std::string annotations;
    for (const int record : {most, bomb, double_bomb})
        annotations += "<</Subtype/Stamp/SJCode<01>/SJRecord " + reference(record) + ">>";
    annotations += "<</Subtype/Stamp/SJCode(" + std::string(4096, 'c') + ")>>";
    annotations += "<</Subtype/Stamp/SJCode(" + std::string(100'000, 'c') + ")>>";
    for (int i = 0; i < 100; ++i) annotations += "<</Subtype/Stamp/SJCode<02>>>";
    pdf.add_page("", "/Annots[" + annotations + "]");
    const auto view = open(pdf.file()).lenient_view();
    REQUIRE(view);
    REQUIRE(view->codes.size() == 64);
    CHECK(view->codes[0].record.size() == 1U << 20);
    CHECK(view->codes[1].record.empty());
    CHECK(view->codes[2].record.empty());
    CHECK(view->codes[3].code.size() == 4096);
    CHECK(view->codes[4].code.size() == 4097);
}

TEST_CASE("a file that QPDF has to mend is reported as repaired") {
    PdfFile pdf;
    pdf.add_page("BT /F1 20 Tf 72 700 Td (Hello) Tj ET");
    auto text = pdf.text();
    CHECK(!open(own(text)).lenient_view().value().repaired);
    const auto start = text.rfind("startxref\n") + 10;
    text.replace(start, text.find('\n', start) - start, "7");
    auto session = open(own(text));
    const auto view = session.lenient_view();
    REQUIRE(view);
    CHECK(view->repaired);
    CHECK(view->pages == 1);
    const auto mended = session.normalise();
    REQUIRE(mended);
    CHECK(!open(InputFile::own(*mended)).lenient_view().value().repaired);
}

TEST_CASE("a document written anew is one revision with the same text, each time the same bytes") {
    const auto folder = corpus("reports");
    if (folder.empty()) return;
    for (const auto* name : {"dna.pdf", "dna-linearized.pdf", "injury-xref-stream.pdf"}) {
        const auto file = InputFile::open((folder / name).string());
        REQUIRE(file);
        auto session = open(*file);
        const auto written = session.normalise();
        REQUIRE(written);
        CHECK(occurrences(as_text(*written), "startxref") == 1);
        CHECK(occurrences(as_text(*written), "%%EOF") == 1);
        CHECK(open(*file).normalise().value() == *written);
        auto again = open(InputFile::own(*written));
        const std::array<std::uint32_t, 3> pages{1, 2, 3};
        CHECK(again.page_texts(pages, Annotations::keep).value() ==
              session.page_texts(pages, Annotations::keep).value());
        CHECK(!again.lenient_view().value().repaired);
    }
}

TEST_CASE("several revisions become one, with the last one's content") {
    PdfFile pdf;
    pdf.add_page("BT /F1 20 Tf 72 700 Td (Before) Tj ET");
    auto text = pdf.text();
    const auto previous =
        text.substr(text.rfind("startxref\n") + 10, text.rfind("\n%%EOF") - text.rfind("startxref\n") - 10);
    const auto offset = std::to_string(text.size());
    const std::string content = "BT /F1 20 Tf 72 700 Td (After) Tj ET";
    text += "4 0 obj\n<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream\nendobj\n";
    const auto start = std::to_string(text.size());
    text += "xref\n4 1\n" + std::string(10 - offset.size(), '0') + offset +
            " 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev " + previous + ">>\nstartxref\n" + start + "\n%%EOF\n";
    auto session = open(own(text));
    REQUIRE(!session.lenient_view().value().repaired);
    const auto written = session.normalise();
    REQUIRE(written);
    CHECK(occurrences(as_text(*written), "%%EOF") == 1);
    CHECK(occurrences(as_text(*written), "(Before)") == 0);
    CHECK(occurrences(as_text(*written), "(After)") == 1);
}

TEST_CASE("encrypted documents are told apart") {
    const auto folder = corpus("malformed");
    if (folder.empty()) return;
    // Opened by the empty password.
    const auto open_one = InputFile::open((folder / "qpdf--enc-R3,V2,U=view,O=master.pdf").string());
    REQUIRE(open_one);
    auto locked = open(*open_one);
    const auto view = locked.lenient_view();
    REQUIRE(view);
    CHECK(view->encrypted);
    CHECK(locked.normalise().error().code == "pdf.encrypted");
    CHECK(locked.page_count().error().code == "pdf.encrypted");
}
