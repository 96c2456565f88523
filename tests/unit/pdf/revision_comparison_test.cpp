#include "pdf/revision_comparison.h"

#include "pdf_builder.h"

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

/// "same", or the page that differs.
std::string compared(const std::string& file) {
    auto document = opened(file);
    const auto page = page_changed_since(document, pages_of(document));
    REQUIRE(page);
    return *page ? std::to_string(**page) : "same";
}

/// Three pages with a content stream each, forms 20 and 21, and annotations 30.
PdfBuilder report() {
    PdfBuilder builder;
    builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    builder.object(
        2, "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 595 842]/Resources<</XObject<</P 20 0 R>>>>>>");
    for (std::uint32_t i = 0; i < 3; ++i) {
        builder.object(3 + i, "<</Type/Page/Parent 2 0 R/Contents " + std::to_string(10 + i) + " 0 R/Annots 30 0 R>>");
        builder.stream(10 + i, "", "page " + std::to_string(i));
    }
    builder.stream(20, "/Subtype/Form/BBox[0 0 9 9]", "(20)");
    builder.stream(21, "/Subtype/Form/BBox[0 0 9 9]", "(21)");
    return builder.object(30, "[31 0 R]")
        .object(31, "<</Type/Annot/Subtype/Link/P 3 0 R/Dest[5 0 R/Fit]/AP<</N 32 0 R>>>>")
        .stream(32, "", "look");
}

std::string with(const PdfBuilder& later, Kind kind = Kind::table) {
    return compared(later.write(kind, report().write(kind)));
}

}  // namespace

TEST_CASE("one revision has nothing to be compared with") {
    CHECK(compared(report().write()) == "same");
    CHECK(compared(report().write(Kind::stream)) == "same");
}

TEST_CASE("later revisions that leave the pages as they were") {
    for (const auto kind : {Kind::table, Kind::stream}) {
        CHECK(with(PdfBuilder().object(1, "<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>"), kind) == "same");
        CHECK(with(PdfBuilder().object(40, "(new and unused)"), kind) == "same");
        CHECK(with(PdfBuilder().object(21, "(changed and unused)"), kind) == "same");
        // Written again as it was, in another place and another form.
        CHECK(with(PdfBuilder()
                       .stream(10, "", "page 0")
                       .object(3, "<< /Type /Page /Parent 2 0 R /Contents 10 0 R /Annots 30 0 R >>"),
                   kind) == "same");
    }
}

TEST_CASE("what a page shows may change in many places") {
    for (const auto kind : {Kind::table, Kind::stream}) {
        CHECK(with(PdfBuilder().stream(11, "", "page X"), kind) == "2");
        CHECK(with(PdfBuilder().object(5, "<</Type/Page/Parent 2 0 R/Contents 10 0 R>>"), kind) == "3");
        CHECK(with(PdfBuilder().stream(32, "", "loop"), kind) == "1");
        CHECK(with(PdfBuilder().object(31, "<</Type/Annot/Subtype/Link>>"), kind) == "1");
        CHECK(with(PdfBuilder().object(30, "[]"), kind) == "1");
        CHECK(with(PdfBuilder().object(4, "<</Type/Page/Parent 2 0 R/Contents 11 0 R/Annots 30 0 R/Rotate 90>>"),
                   kind) == "2");
        // Fewer pages, or in another order.
        CHECK(with(PdfBuilder().object(2, "<</Type/Pages/Kids[3 0 R 4 0 R]/MediaBox[0 0 595 842]>>"), kind) == "0");
        CHECK(
            with(
                PdfBuilder().object(
                    2,
                    "<</Type/Pages/Kids[3 0 R 5 0 R 4 0 R]/MediaBox[0 0 595 842]/Resources<</XObject<</P 20 0 R>>>>>>"),
                kind) == "2");
    }
}

TEST_CASE("what pages inherit counts, whatever it is called") {
    // The form is called /P, like the key by which an annotation names its page.
    CHECK(with(PdfBuilder().stream(20, "/Subtype/Form/BBox[0 0 9 9]", "(XX)")) == "1");
    // Another form by the same name, of objects that were there all the time.
    CHECK(with(PdfBuilder().object(2,
                                   "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 595 "
                                   "842]/Resources<</XObject<</P 21 0 R>>>>>>")) == "1");
    CHECK(with(PdfBuilder().object(2,
                                   "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/MediaBox[0 0 595 "
                                   "421]/Resources<</XObject<</P 20 0 R>>>>>>")) == "1");
    CHECK(with(PdfBuilder().object(2,
                                   "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 4/MediaBox[0 0 595 "
                                   "842]/Resources<</XObject<</P 20 0 R>>>>>>")) == "same");
}

TEST_CASE("a change is of the page that shows it, not of those that it names") {
    // The annotation on all pages leads to page 3; a change of page 3 is none of page 1.
    CHECK(with(PdfBuilder().stream(12, "", "page X")) == "3");
}

TEST_CASE("an object stream written anew changes what is in it") {
    const auto base = PdfBuilder()
                          .object(1, "<</Type/Catalog/Pages 2 0 R>>")
                          .packed(2, "<</Type/Pages/Kids[3 0 R]/MediaBox[0 0 9 9]>>")
                          .packed(3, "<</Type/Page/Contents 4 0 R>>")
                          .stream(4, "", "a")
                          .stream(5, "", "b")
                          .write(Kind::stream);
    auto document = opened(base);
    const auto container = loaded(document, 3)->container;
    const auto& stream = *loaded(document, container);
    auto text = base.substr(stream.span.begin, stream.span.size());
    text = text.substr(text.find("<<"), text.rfind("endobj") - text.find("<<"));
    REQUIRE(text.find("/Contents 4 0 R") != std::string::npos);
    // No entry but the container's is new, and yet the page has other contents.
    CHECK(compared(PdfBuilder()
                       .object(container, replaced(text, "/Contents 4 0 R", "/Contents 5 0 R"))
                       .write(Kind::stream, base)) == "1");
    CHECK(compared(PdfBuilder().object(container, text).write(Kind::stream, base)) == "same");
}

TEST_CASE("a revision whose end cannot be found, or that does not open, counts as another") {
    const auto first = report().write();
    const auto second = PdfBuilder().object(40, "(x)").write(Kind::table, first);
    REQUIRE(compared(second) == "same");
    auto junk = second;
    junk.replace(first.rfind("startxref"), 9, "start%ref");
    CHECK(compared(junk) == "0");
    auto elsewhere = second;
    elsewhere.replace(first.rfind("startxref\n") + 10, 3, "  9");
    CHECK(compared(elsewhere) == "0");
    // Of three, the one in the middle.
    const auto third = PdfBuilder().object(41, "(y)").write(Kind::table, second);
    REQUIRE(compared(third) == "same");
    auto middle = third;
    middle.replace(second.rfind("startxref"), 9, "start%ref");
    CHECK(compared(middle) == "0");
}

TEST_CASE("the oldest of several revisions is compared too") {
    const auto first = report().write();
    const auto second = PdfBuilder().stream(11, "", "page Y").write(Kind::table, first);
    const auto third = PdfBuilder().stream(11, "", "page 1").write(Kind::table, second);
    CHECK(compared(third) == "2");  // there and back again: the middle one was another
    const auto back = PdfBuilder().object(50, "(x)").write(Kind::table, second);
    CHECK(compared(back) == "2");
}
