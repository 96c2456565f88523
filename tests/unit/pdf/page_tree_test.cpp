#include "pdf/page_tree.h"

#include "pdf_builder.h"

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

Page only_page(const PdfBuilder& builder) {
    const auto file = builder.write();
    auto document = opened(file);
    const auto pages = pages_of(document);
    REQUIRE(pages.size() == 1);
    return pages[0];
}

std::string pages_outcome(const PdfBuilder& builder, const Limits& limits = {}) {
    const auto file = builder.write();
    auto document = opened(file, limits);
    return outcome(read_pages(document));
}

/// A page whose dictionary is given, below a node with further entries.
PdfBuilder page_with(const std::string& page, const std::string& node = {}) {
    PdfBuilder builder;
    builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    builder.object(2, "<</Type/Pages/Kids[3 0 R]/Count 1" + node + ">>");
    builder.object(3, "<</Type/Page/Parent 2 0 R" + page + ">>");
    return builder;
}

}  // namespace

TEST_CASE("a page's own entries") {
    const auto page =
        only_page(page_with("/MediaBox[0 0 595 842]/CropBox[10 20 300 400]/Rotate 90/UserUnit 2/Resources<</A 1>>"));
    CHECK(page.id == Reference{3, 0});
    CHECK(page.media == Box{0, 0, 595, 842});
    CHECK(page.crop == Box{10, 20, 300, 400});
    CHECK(page.rotate == 90);
    CHECK(page.unit == 2.0);
    CHECK(page.seen_width() == 760);
    CHECK(page.seen_height() == 580);
    REQUIRE(page.resources->as<Dictionary>() != nullptr);
    CHECK(page.resources->as<Dictionary>()->find("A")->integer() == 1);
}

TEST_CASE("pages inherit from the nodes above, the nearest first") {
    PdfBuilder builder;
    builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    builder.object(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/MediaBox[0 0 100 200]/Rotate 180/Resources 9 0 R/UserUnit 7>>");
    builder.object(3, "<</Type/Pages/Parent 2 0 R/Kids[4 0 R 5 0 R]/Rotate 270/CropBox[0 0 50 50]>>");
    builder.object(4, "<</Type/Page/Parent 3 0 R>>");
    builder.object(5, "<</Type/Page/Parent 3 0 R/MediaBox 8 0 R/Rotate 0/CropBox null/Resources<</B 2>>>>");
    builder.object(6, "<</Type/Page/Parent 2 0 R>>");
    builder.object(7, "500");
    builder.object(8, "[0 0 7 0 R 7 0 R]");
    builder.object(9, "<</A 1>>");
    const auto file = builder.write();
    auto document = opened(file);
    const auto pages = pages_of(document);
    REQUIRE(pages.size() == 3);
    CHECK(pages[0].rotate == 270);
    CHECK(pages[0].media == Box{0, 0, 100, 200});
    CHECK(pages[0].crop == Box{0, 0, 50, 50});
    CHECK(pages[0].resources->as<Reference>()->number == 9);
    CHECK(pages[0].unit == 1.0);  // /UserUnit is not inherited
    CHECK(pages[1].rotate == 0);
    CHECK(pages[1].media == Box{0, 0, 500, 500});
    CHECK(pages[1].crop == Box{0, 0, 50, 50});
    CHECK(pages[1].resources->as<Dictionary>()->contains("B"));
    CHECK(pages[2].rotate == 180);
    CHECK(pages[2].crop == pages[2].media);
}

TEST_CASE("rotation in quarter turns, and only so") {
    for (const auto& [text, degrees] : std::vector<std::pair<std::string, int>>{{"0", 0},
                                                                                {"90", 90},
                                                                                {"-90", 270},
                                                                                {"450", 90},
                                                                                {"-450", 270},
                                                                                {"360", 0},
                                                                                {"+180", 180},
                                                                                {"36000000000090", 90}}) {
        INFO(text);
        CHECK(only_page(page_with("/Rotate " + text)).rotate == degrees);
    }
    CHECK(only_page(page_with("")).rotate == 0);
    CHECK(only_page(page_with("/Rotate null")).rotate == 0);
    // Some viewers turn these pages and some do not.
    for (const std::string text : {"45", "1", "90.0", "90.5", "(90)", "[90]", "99999999999999999999"}) {
        INFO(text);
        CHECK(pages_outcome(page_with("/Rotate " + text)) == "pdf.damaged: /Rotate");
    }
}

TEST_CASE("user units") {
    CHECK(only_page(page_with("/UserUnit 1.5")).unit == 1.5);
    CHECK(only_page(page_with("/UserUnit 4 0 R").object(4, ".25")).unit == 0.25);
    for (const std::string text : {"0", "-1", "1000001", "(1)", "4 0 R"}) {
        INFO(text);
        CHECK(pages_outcome(page_with("/UserUnit " + text)) == "pdf.damaged: /UserUnit");
    }
}

TEST_CASE("boxes") {
    CHECK(only_page(page_with("")).media == Box{0, 0, 612, 792});  // what every reader takes
    CHECK(only_page(page_with("/MediaBox[595 842 0 0]")).media == Box{0, 0, 595, 842});
    CHECK(only_page(page_with("/MediaBox[-10 -20.5 10 20]")).media == Box{-10, -20.5, 10, 20});
    // The crop box counts within the media box, and not at all where nothing of it lies there.
    CHECK(only_page(page_with("/MediaBox[0 0 100 100]/CropBox[-50 50 50 150]")).crop == Box{0, 50, 50, 100});
    CHECK(only_page(page_with("/MediaBox[0 0 100 100]/CropBox[200 200 300 300]")).crop == Box{0, 0, 100, 100});
    CHECK(only_page(page_with("/MediaBox[0 0 100 100]/CropBox[50 0 50 100]")).crop == Box{0, 0, 100, 100});
    CHECK(only_page(page_with("/MediaBox(none)")).media == Box{0, 0, 612, 792});
    for (const std::string box : {"[0 0 1]", "[0 0 1 1 1]", "[0 0 (1) 1]", "[0 0 10000001 1]", "[]", "[0 0 null 1]"}) {
        INFO(box);
        CHECK(pages_outcome(page_with("/MediaBox" + box)) == "pdf.damaged: rectangle");
        CHECK(pages_outcome(page_with("/CropBox" + box)) == "pdf.damaged: rectangle");
    }
}

TEST_CASE("the tree may name a page twice, but not hold itself") {
    PdfBuilder builder;
    builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    builder.object(2, "<</Type/Pages/Kids[3 0 R 4 0 R 3 0 R 4 0 R]>>");
    builder.object(3, "<</Type/Page>>");
    builder.object(4, "<</Type/Pages/Kids[3 0 R 5 0 R]>>");
    builder.object(5, "<</Type/Page>>");
    const auto file = builder.write();
    auto document = opened(file);
    std::vector<std::uint32_t> numbers;
    for (const auto& page : pages_of(document)) numbers.push_back(page.id.number);
    CHECK(numbers == std::vector<std::uint32_t>{3, 3, 5, 3, 3, 5});

    builder.object(4, "<</Type/Pages/Kids[3 0 R 4 0 R]>>");
    CHECK(pages_outcome(builder) == "pdf.damaged: loop in the page tree");
    builder.object(4, "<</Type/Pages/Kids[6 0 R]>>").object(6, "<</Type/Pages/Kids[2 0 R]>>");
    CHECK(pages_outcome(builder) == "pdf.damaged: loop in the page tree");
}

TEST_CASE("trees that are none") {
    CHECK(pages_outcome(page_with("").object(1, "<</Type/Catalog>>")) == "pdf.damaged: page tree missing");
    CHECK(pages_outcome(page_with("").object(1, "<</Type/Catalog/Pages<</Kids[3 0 R]>>>>")) ==
          "pdf.damaged: page tree missing");
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages/Kids[]>>")) == "pdf.no-pages");
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages/Kids 3>>")) == "pdf.damaged: /Kids");
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages>>")) == "pdf.damaged: page without /Type");
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages/Kids[<</Type/Page>>]>>")) ==
          "pdf.damaged: page that is no object of its own");
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages/Kids[77 0 R]>>")) ==
          "pdf.damaged: page tree node missing");
    CHECK(pages_outcome(page_with("").object(3, "(page)")) == "pdf.damaged: page tree node missing");
    CHECK(pages_outcome(page_with("").stream(3, "/Type/Page", "x")) == "pdf.damaged: page tree node missing");
    CHECK(pages_outcome(page_with("/Kids[3 0 R]")) == "pdf.damaged: page with /Kids");
    CHECK(pages_outcome(page_with("").object(3, "<</Type/Pagе>>")) ==
          "pdf.damaged: page without /Type");  // a Cyrillic е
    CHECK(pages_outcome(page_with("").object(2, "<</Type/Pages/Kids 4 0 R>>").object(4, "[3 0 R]")).empty());
}

TEST_CASE("trees too deep, too wide, or both") {
    Limits limits;
    limits.depth = 8;
    const auto chain = [](std::uint32_t length) {
        PdfBuilder builder;
        builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
        for (std::uint32_t i = 0; i < length; ++i)
            builder.object(2 + i, "<</Type/Pages/Kids[" + std::to_string(3 + i) + " 0 R]>>");
        return builder.object(2 + length, "<</Type/Page>>");
    };
    CHECK(pages_outcome(chain(8), limits).empty());
    CHECK(pages_outcome(chain(9), limits) == "pdf.limit: depth");

    limits = {};
    limits.pages = 5;
    CHECK(pages_outcome(page_with("").object(2, "<</Kids[3 0 R 3 0 R 3 0 R 3 0 R 3 0 R]>>"), limits).empty());
    CHECK(pages_outcome(page_with("").object(2, "<</Kids[3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R 3 0 R]>>"), limits) ==
          "pdf.limit: pages");

    // Ten kids that are all the same node, twelve times: 10^12 pages in a kilobyte.
    PdfBuilder wide;
    wide.object(1, "<</Type/Catalog/Pages 2 0 R>>");
    for (std::uint32_t i = 2; i < 14; ++i) {
        std::string kids;
        for (int k = 0; k < 10; ++k) kids += std::to_string(i + 1) + " 0 R ";
        wide.object(i, "<</Type/Pages/Kids[" + kids + "]>>");
    }
    wide.object(14, "<</Type/Page>>");
    CHECK(pages_outcome(wide) == "pdf.limit: pages");
}

TEST_CASE("what many pages inherit is there once") {
    // Each page a copy of these resources would be 20,000 × 40,000 values.
    std::string kids;
    for (int i = 0; i < 20'000; ++i) kids += "3 0 R ";
    std::string values;
    for (int i = 0; i < 40'000; ++i) values += "[]";
    const auto file = page_with("").object(2, "<</Kids[" + kids + "]/Resources<</X[" + values + "]>>>>").write();
    auto document = opened(file);
    const auto pages = pages_of(document);
    REQUIRE(pages.size() == 20'000);
    CHECK(pages.front().resources == pages.back().resources);
}
