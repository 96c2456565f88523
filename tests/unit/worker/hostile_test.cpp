// Every request on every hostile file ends in an answer or an error, in bounded time, and leaves a session that works.
#include "catch.h"
#include "pdf_file.h"

#include <array>
#include <chrono>
#include <set>

using namespace sjcode;
using namespace sjcode::test;
using namespace std::chrono_literals;

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr auto kLimit = 20s;
constexpr auto kBombLimit = 5s;
#else
constexpr auto kLimit = 3s;
constexpr auto kBombLimit = 1s;
#endif

const std::set<std::string> kExpected{"worker.document", "worker.time", "worker.memory", "worker.died",
                                      "worker.page",     "worker.size", "pdf.encrypted", "worker.image"};

template <class Value>
void check_ends(const char* request, const Result<Value>& result, std::chrono::steady_clock::time_point start,
                std::chrono::seconds limit) {
    INFO(request << ": " << (result ? "answer" : result.error().code));
    CHECK(std::chrono::steady_clock::now() - start < limit + 2s);
    CHECK((result || kExpected.count(result.error().code) == 1));
}

void try_everything(const InputFile& document, std::chrono::seconds limit = kLimit) {
    auto chosen = options();
    chosen.time_limit = limit;
    chosen.memory_limit = 512U << 20;
    auto session = Worker(chosen).open(document);
    const auto now = [] { return std::chrono::steady_clock::now(); };
    const std::array<std::uint32_t, 2> pages{1, 2};
    auto start = now();
    const auto count = session.page_count();
    check_ends("page_count", count, start, limit);
    for (const auto annotations : {Annotations::keep, Annotations::without_ours, Annotations::none}) {
        start = now();
        check_ends("page_texts", session.page_texts(pages, annotations), start, limit);
        start = now();
        check_ends("page_image", session.page_image(1, 50, annotations), start, limit);
    }
    start = now();
    check_ends("page_png", session.page_png(1, 50), start, limit);
    start = now();
    check_ends("page_symbols", session.page_symbols(1), start, limit);
    start = now();
    check_ends("lenient_view", session.lenient_view(), start, limit);
    start = now();
    check_ends("normalise", session.normalise(), start, limit);
    start = now();
    check_ends("image_symbols", session.image_symbols(), start, limit);
    CHECK(session.text_extractor());
}

}  // namespace

TEST_CASE("hostile files of the corpus", "[corpus]") {
    for (const auto* name : {"malformed", "attack"}) {
        const auto folder = corpus(name);
        if (folder.empty()) continue;
        std::size_t files = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".pdf") continue;
            const auto document = InputFile::open(entry.path().string());
            REQUIRE(document);
            INFO(entry.path().filename().string());
            try_everything(*document);
            ++files;
        }
        CHECK(files >= 30);
    }
}

TEST_CASE("deflate bombs") {
    // 1 GiB of spaces in 1 MB, and that once more deflated.
    const auto once = deflate(std::string(1U << 30, ' '));
    const auto twice = deflate(once);
    struct Kind {
        const char* name;
        const std::string& data;
        const char* filter;
    };
    for (const auto& kind :
         {Kind{"once", once, "/Filter/FlateDecode"}, Kind{"twice", twice, "/Filter[/FlateDecode/FlateDecode]"}}) {
        INFO(kind.name);
        SECTION(std::string("content stream, ") + kind.name) {
            PdfFile pdf;
            const int content = pdf.add_stream(kind.data, kind.filter);
            pdf.add_page("", "/Contents " + std::to_string(content) + " 0 R");
            try_everything(pdf.file(), kBombLimit);
        }
        SECTION(std::string("object stream, ") + kind.name) {
            PdfFile pdf;
            const int stream = pdf.add_stream(kind.data, std::string(kind.filter) + "/Type/ObjStm/N 1/First 8");
            pdf.add_page("", "/Annots[" + std::to_string(stream) + " 0 R]");
            auto text = pdf.text();
            text.resize(text.rfind("xref\n0"));  // so that a reader looks through the file
            try_everything(own(text + "trailer\n<</Root 1 0 R>>\n"), kBombLimit);
        }
        SECTION(std::string("image, ") + kind.name) {
            PdfFile pdf;
            const int image =
                pdf.add_stream(kind.data, std::string(kind.filter) +
                                              "/Type/XObject/Subtype/Image/Width 32768/Height 32768/ColorSpace"
                                              "/DeviceGray/BitsPerComponent 8");
            pdf.add_page("500 0 0 500 50 50 cm /I Do",
                         "/Resources<</XObject<</I " + std::to_string(image) + " 0 R>>>>");
            try_everything(pdf.file(), kBombLimit);
        }
        SECTION(std::string("record, ") + kind.name) {
            PdfFile pdf;
            const int record = pdf.add_stream(kind.data, kind.filter);
            pdf.add_page("", "/Annots[<</Subtype/Stamp/SJCode<01>/SJRecord " + std::to_string(record) + " 0 R>>]");
            try_everything(pdf.file(), kBombLimit);
        }
    }
}

TEST_CASE("page trees and names that loop, nest and lie") {
    SECTION("a page tree that contains itself") {
        PdfFile pdf;
        pdf.add_page("");
        pdf.catalog("/Pages 4 0 R");
        pdf.add("<</Type/Pages/Count 1000000000/Kids[2 0 R 2 0 R 2 0 R]/Parent 2 0 R>>");
        auto text = pdf.text();
        try_everything(own(text));
    }
    SECTION("a count that lies") {
        PdfFile pdf;
        pdf.add_page("");
        auto text = pdf.text();
        text.replace(text.find("/Count 1"), 8, "/Count 2147483647");
        try_everything(own(text));
    }
    SECTION("arrays nested a hundred thousand deep") {
        PdfFile pdf;
        pdf.add(std::string(100'000, '[') + std::string(100'000, ']'));
        pdf.add_page("", "/Annots 4 0 R");
        try_everything(pdf.file());
    }
    SECTION("a form that draws itself") {
        PdfFile pdf;
        const auto self = std::to_string(pdf.next());
        pdf.add_stream("/X Do /X Do",
                       "/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X " + self + " 0 R>>>>");
        pdf.add_page("/X Do", "/Resources<</XObject<</X " + self + " 0 R>>>>");
        try_everything(pdf.file());
    }
}
