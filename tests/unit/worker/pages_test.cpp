// Pages as poppler sees them: text, images, symbols.
#include "catch.h"
#include "pdf_file.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace sjcode;
using namespace sjcode::test;

namespace {

std::vector<std::uint32_t> pages_up_to(std::uint32_t count) {
    std::vector<std::uint32_t> pages;
    for (std::uint32_t page = 1; page <= count; ++page) pages.push_back(page);
    return pages;
}

std::uint8_t at(const GreyImage& image, double x_part, double y_part) {
    const auto x = static_cast<std::size_t>(x_part * image.width);
    const auto y = static_cast<std::size_t>(y_part * image.height);
    return image.pixels.at(y * static_cast<std::size_t>(image.width) + x);
}

QrSymbol symbol(std::size_t digit_count, unsigned seed, QrLevel level = QrLevel::M) {
    auto drawn = draw_qr("https://sfjd.example.cn/r/", digits(digit_count, seed), level, 40);
    REQUIRE(drawn);
    return *drawn;
}

std::vector<std::string> contents(const Result<std::vector<ReadSymbol>>& symbols) {
    REQUIRE(symbols);
    std::vector<std::string> all;
    for (const auto& found : *symbols) all.emplace_back(as_text(found.bytes));
    std::sort(all.begin(), all.end());
    return all;
}

std::string content_of(std::size_t digit_count, unsigned seed) {
    return "https://sfjd.example.cn/r/" + digits(digit_count, seed);
}

/// Three annotations with appearances: ours, another's, and a form field.
PdfFile annotated() {
    PdfFile pdf;
    const std::string form = "/Type/XObject/Subtype/Form/BBox[0 0 200 40]/Resources<</Font<</F1 3 0 R>>>>";
    const auto appearance = [&](const std::string& word) {
        return std::to_string(pdf.add_stream("0 g 0 0 200 10 re f BT /F1 20 Tf 5 15 Td (" + word + ") Tj ET", form));
    };
    const auto ours = appearance("OURS");
    const auto theirs = appearance("THEIRS");
    const auto field = appearance("FIELD");
    const auto stamp = [&](const std::string& rest, const std::string& rectangle, const std::string& drawn) {
        return std::to_string(
                   pdf.add("<</Type/Annot" + rest + "/F 4/Rect[" + rectangle + "]/AP<</N " + drawn + " 0 R>>>>")) +
               " 0 R ";
    };
    const auto first = stamp("/Subtype/Stamp/SJCode<0102>", "100 100 300 140", ours);
    const auto second = stamp("/Subtype/Stamp", "100 200 300 240", theirs);
    const auto third = stamp("/Subtype/Widget/FT/Tx/T(f)", "100 300 300 340", field);
    pdf.add_page("BT /F1 20 Tf 72 700 Td (PAGE) Tj ET", "/Annots[" + first + second + third + "]");
    pdf.catalog("/AcroForm<</Fields[" + third + "]>>");
    return pdf;
}

}  // namespace

TEST_CASE("page texts of reports, the same in every shape of the file") {
    const auto folder = corpus("reports");
    if (folder.empty()) return;
    std::vector<std::vector<std::string>> variants;
    for (const auto* name : {"dna.pdf", "dna-classic.pdf", "dna-linearized.pdf"}) {
        const auto file = InputFile::open((folder / name).string());
        REQUIRE(file);
        auto session = open(*file);
        CHECK(session.page_count().value() == 6);
        for (const auto annotations : {Annotations::keep, Annotations::without_ours, Annotations::none}) {
            auto texts = session.page_texts(pages_up_to(6), annotations);
            REQUIRE(texts);
            variants.push_back(*std::move(texts));
        }
    }
    for (const auto& texts : variants) CHECK(texts == variants.front());
    const auto& first = variants.front().front();
    const auto title = first.find("司法鉴定意见书");
    const auto notice = first.find("委托人应当向鉴定机构提供真实、完整、充分的鉴定材料");
    CHECK(title != std::string::npos);
    CHECK(notice != std::string::npos);
    CHECK(title < notice);
}

TEST_CASE("the text of a scanned page is empty, and pages come in the order asked for") {
    const auto folder = corpus("reports");
    if (folder.empty()) return;
    const auto scan = InputFile::open((folder / "dna-scanned.pdf").string());
    REQUIRE(scan);
    auto scanned = open(*scan);
    CHECK(scanned.page_texts(pages_up_to(2), Annotations::keep).value() == std::vector<std::string>{"\f", "\f"});

    PdfFile pdf;
    for (const auto* word : {"one", "two", "three"})
        pdf.add_page("BT /F1 20 Tf 72 700 Td (" + std::string(word) + ") Tj ET");
    const std::array<std::uint32_t, 4> order{3, 1, 1, 2};
    CHECK(open(pdf.file()).page_texts(order, Annotations::keep).value() ==
          std::vector<std::string>{"three\n\f", "one\n\f", "one\n\f", "two\n\f"});
}

TEST_CASE("a page that does not exist is an error") {
    PdfFile pdf;
    pdf.add_page("");
    auto session = open(pdf.file());
    for (const std::uint32_t page : {0U, 2U, 4'000'000'000U}) {
        const std::array<std::uint32_t, 1> pages{page};
        CHECK(session.page_texts(pages, Annotations::keep).error().code == "worker.page");
        const auto image = session.page_image(page, 72, Annotations::none);
        REQUIRE(!image);
        CHECK(image.error().code == "worker.page");
        CHECK(image.error().parameters.at("page") == std::to_string(page));
        CHECK(session.page_symbols(page).error().code == "worker.page");
    }
    CHECK(session.page_image(1, 72, Annotations::keep));
}

TEST_CASE("a page is rendered as seen: crop box, rotation, white paper") {
    PdfFile pdf;
    // Black in the lower left quarter of the crop box.
    const std::string content = "0 g 100 100 100 200 re f";
    pdf.add_page(content, "/CropBox[100 100 300 500]");
    pdf.add_page(content, "/CropBox[100 100 300 500]/Rotate 90");
    pdf.add_page("0.5 g 0 0 300 500 re f", "/CropBox[100 100 300 500]/Rotate 270");
    auto session = open(pdf.file());
    const auto upright = session.page_image(1, 144, Annotations::keep);
    REQUIRE(upright);
    CHECK(upright->width == 400);
    CHECK(upright->height == 800);
    CHECK(at(*upright, 0.25, 0.75) == 0);
    CHECK(at(*upright, 0.75, 0.75) == 255);
    CHECK(at(*upright, 0.25, 0.25) == 255);
    const auto turned = session.page_image(2, 144, Annotations::keep);
    REQUIRE(turned);
    CHECK(turned->width == 800);
    CHECK(turned->height == 400);
    CHECK(at(*turned, 0.25, 0.25) == 0);
    CHECK(at(*turned, 0.25, 0.75) == 255);
    CHECK(at(*turned, 0.75, 0.25) == 255);
    const auto grey = session.page_image(3, 72, Annotations::keep);
    REQUIRE(grey);
    CHECK(grey->width == 400);
    CHECK(std::abs(at(*grey, 0.5, 0.5) - 128) <= 2);
}

TEST_CASE("a rotated report is rendered as seen") {
    const auto folder = corpus("reports");
    if (folder.empty()) return;
    const auto file = InputFile::open((folder / "document-rotated.pdf").string());
    REQUIRE(file);
    const auto image = open(*file).page_image(1, 72, Annotations::keep);
    REQUIRE(image);
    CHECK(image->width == 842);
    CHECK(image->height == 595);
    const auto dark = std::count_if(image->pixels.begin(), image->pixels.end(), [](auto pixel) { return pixel < 128; });
    CHECK(dark > 1000);
}

TEST_CASE("resolutions and pages out of all measure are errors") {
    PdfFile pdf;
    pdf.add_page("0 g 0 0 100 100 re f", "", "0 0 14400 14400");
    auto session = open(pdf.file());
    CHECK(session.page_image(1, 300, Annotations::keep).error().code == "worker.size");
    CHECK(session.page_png(1, 300).error().code == "worker.size");
    CHECK(session.page_image(1, 1e9, Annotations::keep).error().code == "worker.size");
    CHECK(session.page_image(1, -1, Annotations::keep));  // a thousandth of a dot: one pixel
    CHECK(session.page_symbols(1).value().empty());
}

TEST_CASE("annotations are kept or left out") {
    const auto seen = [](WorkerSession& session, Annotations annotations) {
        const std::array<std::uint32_t, 1> first{1};
        const auto text = session.page_texts(first, annotations).value().front();
        const auto image = session.page_image(1, 72, annotations).value();
        std::array<bool, 4> found{};
        const std::array<const char*, 4> words{"PAGE", "OURS", "THEIRS", "FIELD"};
        for (std::size_t i = 0; i < words.size(); ++i) {
            found.at(i) = text.find(words.at(i)) != std::string::npos;
            // The bar below each word: at 105, 205, 305 points from below.
            if (i > 0)
                CHECK(found.at(i) == (at(image, 200.0 / 595, 1 - (5 + 100.0 * static_cast<double>(i)) / 842) < 128));
        }
        return found;
    };
    auto session = open(annotated().file());
    CHECK(seen(session, Annotations::keep) == std::array{true, true, true, true});
    CHECK(seen(session, Annotations::without_ours) == std::array{true, false, true, true});
    CHECK(seen(session, Annotations::none) == std::array{true, false, false, false});
    CHECK(seen(session, Annotations::keep) == std::array{true, true, true, true});
}

TEST_CASE("symbols of the usual size read from pages, beside a dense one") {
    PdfFile pdf;
    const auto main_symbol = symbol(435, 1);
    REQUIRE(main_symbol.version == 10);
    pdf.add_page(symbol_content(main_symbol, 400.3, 790.7, kUsualModule));
    const auto entry = symbol(1800, 2);
    REQUIRE(entry.version == 22);
    pdf.add_page(symbol_content(main_symbol, 400.3, 790.7, kUsualModule) +
                 symbol_content(entry, 100.1, 790.2, kUsualModule));
    pdf.add_page(symbol_content(main_symbol, 400.3, 790.7, kUsualModule), "/Rotate 180");
    pdf.add_page("");
    // A red seal over it.
    pdf.add_page(symbol_content(main_symbol, 400, 790, kUsualModule) +
                     "/GS gs 0.85 0.05 0.05 RG 6 w 410 700 60 60 re S 390 740 120 8 re 0.85 0.05 0.05 rg f",
                 "/Resources<</ExtGState<</GS<</BM/Multiply>>>>>>");
    auto session = open(pdf.file());
    const auto one = std::vector{content_of(435, 1)};
    auto both = std::vector{content_of(435, 1), content_of(1800, 2)};
    std::sort(both.begin(), both.end());
    CHECK(contents(session.page_symbols(1)) == one);
    CHECK(contents(session.page_symbols(2)) == both);
    CHECK(contents(session.page_symbols(3)) == one);
    CHECK(contents(session.page_symbols(4)).empty());
    CHECK(contents(session.page_symbols(5)) == one);

    const auto corners = session.page_symbols(1).value().front().corners;
    CHECK(std::abs(corners[0][0] - 400.3 / 72 * 300) < 8);
    CHECK(std::abs(corners[0][1] - (842 - 790.7) / 72 * 300) < 8);
}

TEST_CASE("a small symbol on a large sheet reads") {
    PdfFile pdf;
    pdf.add_page(symbol_content(symbol(435, 5), 1000, 2000, kUsualModule), "", "0 0 3370 2384");  // A0
    CHECK(contents(open(pdf.file()).page_symbols(1)) == std::vector{content_of(435, 5)});
}

TEST_CASE("pages as PNG can be read back") {
    PdfFile pdf;
    pdf.add_page(symbol_content(symbol(435, 9), 300, 700, kUsualModule));
    const auto png = open(pdf.file()).page_png(1, 200);
    REQUIRE(png);
    const auto symbols = open(InputFile::own(*png)).image_symbols();
    REQUIRE(symbols);
    REQUIRE(symbols->size() == 1);
    CHECK(contents(symbols->front()) == std::vector{content_of(435, 9)});
}

TEST_CASE("rendered at 100 dpi, symbols of versions 10 to 12 with modules of 0.42 mm read") {
    for (const std::size_t count : {435U, 500U, 580U}) {
        const auto drawn = symbol(count, 3);
        PdfFile pdf;
        for (int i = 0; i < 12; ++i)  // at other places in the grid of pixels each time
            pdf.add_page(symbol_content(drawn, 300 + i * 0.137, 700 - i * 0.219, kUsualModule));
        auto session = open(pdf.file());
        for (std::uint32_t page = 1; page <= 12; ++page) {
            const auto image = session.page_image(page, 100, Annotations::keep);
            REQUIRE(image);
            INFO("version " << drawn.version << ", page " << page);
            CHECK(contents(read_qr(image->view())) == std::vector{content_of(count, 3)});
        }
    }
}

TEST_CASE("dense symbols read from clean pages at 150 to 300 dpi") {
    for (const std::size_t count : {950U, 1200U, 1500U, 1800U}) {
        const auto drawn = symbol(count, 4);
        REQUIRE(drawn.version >= 15);
        REQUIRE(drawn.version <= 22);
        PdfFile pdf;
        pdf.add_page(symbol_content(drawn, 200.3, 700.4, kUsualModule));
        auto session = open(pdf.file());
        for (const double dpi : {150.0, 200.0, 250.0, 300.0}) {
            const auto image = session.page_image(1, dpi, Annotations::keep);
            REQUIRE(image);
            INFO("version " << drawn.version << ", " << dpi << " dpi");
            CHECK(contents(read_qr(image->view())) == std::vector{content_of(count, 4)});
        }
    }
}
