#include "pdf/cross_reference.h"

#include "pdf_builder.h"

#include <array>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

constexpr std::string_view header = "%PDF-1.7\n";

/// A file of a few objects with a table that the caller writes: `table` gets the offsets of objects 1 to 3.
struct Written {
    std::string head;
    std::array<std::uint64_t, 4> at{};

    Written() {
        head = header;
        const std::array<std::string, 4> texts = {"", "<</Type/Catalog/Pages 2 0 R>>",
                                                  "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                                  "<</Type/Page/MediaBox[0 0 9 9]>>"};
        for (std::size_t i = 1; i < texts.size(); ++i) {
            at[i] = head.size();
            head += std::to_string(i) + " 0 obj\n" + texts[i] + "\nendobj\n";
        }
    }
    [[nodiscard]] std::string with(const std::string& table, const std::string& trailer = "/Size 4/Root 1 0 R") const {
        return head + "xref\n" + table + "trailer\n<<" + trailer + ">>\nstartxref\n" + std::to_string(head.size()) +
               "\n%%EOF\n";
    }
    [[nodiscard]] std::string entries() const {
        return table_entry(0, 65535, 'f') + table_entry(at[1]) + table_entry(at[2]) + table_entry(at[3]);
    }
};

/// A file whose only section is a cross-reference stream over the data given.
std::string with_stream(const std::string& entries, const std::string& data) {
    std::string out(header);
    const auto section = out.size();
    out += "9 0 obj\n<</Type/XRef/Root 1 0 R" + entries + "/Length " + std::to_string(data.size()) + ">>stream\n" +
           data + "\nendstream\nendobj\n";
    return out + "startxref\n" + std::to_string(section) + "\n%%EOF\n";
}

std::vector<CrossReferenceEntry> stream_entries(const std::string& entries, const std::string& data) {
    const auto file = with_stream(entries, data);
    return opened(file).entries();
}

using Type = CrossReferenceEntry::Type;

}  // namespace

TEST_CASE("the end of a file") {
    const auto end = [](const std::string& text) { return find_file_end(as_bytes(text)); };
    const auto found = end("%PDF-1.7\nstartxref\n3\n%%EOF\n");
    REQUIRE(found);
    CHECK(found->startxref == 3);
    CHECK(found->span == Span{9, 26});
    CHECK(end("12345678901 startxref 10\r%%EOF")->startxref == 10);
    // The last one counts.
    CHECK(end("startxref\n1\n%%EOF\nstartxref\n2\n%%EOF")->startxref == 2);
    CHECK(outcome(end("")) == "pdf.damaged: startxref missing");
    CHECK(outcome(end("startxref\n1\n%%EOF" + std::string(2049, ' '))) == "pdf.damaged: startxref missing");
    CHECK(end("startxref\n1\n%%EOF" + std::string(2000, ' ')));
    CHECK(outcome(end("startxref\n%%EOF")) == "pdf.damaged: startxref");
    CHECK(outcome(end("startxref\n-1\n%%EOF")) == "pdf.damaged: startxref");
    CHECK(outcome(end("startxref\n99\n%%EOF")) == "pdf.damaged: startxref");  // behind the file
    CHECK(outcome(end("startxref\n1\n%comment\n%%EOF")) == "pdf.damaged: %%EOF missing");
    CHECK(outcome(end("startxref\n1\n")) == "pdf.damaged: %%EOF missing");
    CHECK(outcome(end("startxref\n1\n%%EO")) == "pdf.damaged: %%EOF missing");
}

TEST_CASE("what is no PDF is said to be none") {
    CHECK(open_outcome("") == "pdf.no-pdf");
    CHECK(open_outcome("PK\x03\x04 something else") == "pdf.no-pdf");
    CHECK(open_outcome("\n" + one_page().write()) == "pdf.damaged: bytes before the header");
    CHECK(open_outcome(std::string(2000, ' ') + one_page().write()) == "pdf.no-pdf");
}

TEST_CASE("tables: entries and subsections") {
    const Written w;
    const auto whole = w.with("0 4\n" + w.entries());
    auto document = opened(whole);
    REQUIRE(document.entries().size() == 4);
    CHECK(document.entries()[0] == CrossReferenceEntry{0, Type::free, 65535, 0});
    CHECK(document.entries()[3] == CrossReferenceEntry{3, Type::at_offset, 0, w.at[3]});
    CHECK(document.sections().size() == 1);
    CHECK(document.sections()[0].kind == CrossReferenceKind::table);
    CHECK(document.sections()[0].span.begin == w.head.size());
    CHECK(whole.substr(0, document.sections()[0].span.end).ends_with("R>>"));
    CHECK(document.next_object_number() == 4);
    CHECK(pages_of(document).size() == 1);

    SECTION("subsections in any order") {
        const auto file = w.with("2 2\n" + table_entry(w.at[2]) + table_entry(w.at[3]) + "0 2\n" +
                                 table_entry(0, 65535, 'f') + table_entry(w.at[1]));
        CHECK(opened(file).entries() == document.entries());
    }
    SECTION("an empty subsection") {
        const auto file = w.with("0 0\n0 4\n" + w.entries());
        CHECK(opened(file).entries() == document.entries());
    }
    SECTION("entries of 19 bytes, and every line end") {
        for (const std::string end : {"\n", "\r", "\r\n", " \n", " \r"}) {
            const auto file = w.with("0 4\n" + replaced(w.entries(), " \n", end));
            INFO(static_cast<int>(end[0]) << " " << end.size());
            CHECK(opened(file).entries() == document.entries());
        }
    }
    SECTION("what stands behind the subsection header") {
        for (const std::string end : {"\r", "\r\n", " \n", "   \r\n"})
            CHECK(opened(w.with("0 4" + end + w.entries())).entries() == document.entries());
    }
    SECTION("/Size larger than the entries") {
        CHECK(opened(w.with("0 4\n" + w.entries(), "/Size 40/Root 1 0 R")).next_object_number() == 40);
    }
}

TEST_CASE("tables that are not what they should be") {
    const Written w;
    const auto good = w.entries();
    CHECK(open_outcome(w.with("0 4\n" + good)).empty());
    CHECK(open_outcome(w.with("0 5\n" + good)) == "pdf.damaged: cross-reference entry");
    CHECK(open_outcome(w.with("0 3\n" + good)) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with(good)) == "pdf.damaged: cross-reference table");  // takes the first entry for a header
    CHECK(open_outcome(w.with("0 4\n" + good + "1 1\n" + table_entry(w.at[1]))) ==
          "pdf.damaged: object listed twice in one cross-reference section");
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{" n", " x"},
                                                                                   {" n", " N"},
                                                                                   {" 00000 n", " 0000 n "},
                                                                                   {"00000 n", "0000x n"},
                                                                                   {" \n", "  "},
                                                                                   {" \n", "x\n"}}) {
        INFO(to);
        CHECK(open_outcome(w.with("0 4\n" + replaced(good, from, to))).starts_with("pdf.damaged: cross-reference"));
    }
    CHECK(open_outcome(w.with("x 4\n" + good)) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with("0 -4\n" + good)) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Root 1 0 R")) == "pdf.damaged: /Size missing");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size -1/Root 1 0 R")) == "pdf.damaged: /Size");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size 99999999/Root 1 0 R")) == "pdf.damaged: /Size");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size (4)/Root 1 0 R")) == "pdf.damaged: /Size");
    CHECK(open_outcome(replaced(w.with("0 4\n" + good), "trailer", "trail")) ==
          "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(replaced(w.with("0 4\n" + good), "trailer\n<<", "trailer\n[ ")).starts_with("pdf.damaged"));
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size 4/Root 1 0 R/Prev 100000")) ==
          "pdf.damaged: offset of a cross-reference section out of range");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size 4/Root 1 0 R/Prev -1")) ==
          "pdf.damaged: offset of a cross-reference section out of range");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size 4/Root 1 0 R/Prev (0)")) ==
          "pdf.damaged: offset of a cross-reference section out of range");
    CHECK(open_outcome(w.with("0 4\n" + good, "/Size 4/Root 1 0 R/Prev 9")) ==
          "pdf.damaged: cross-reference section expected");
}

TEST_CASE("offsets out of range concern their object, not the file") {
    const Written w;
    const auto file = w.with("0 4\n" + table_entry(0, 65535, 'f') + table_entry(w.at[1]) + table_entry(w.at[2]) +
                             table_entry(9'999'999'999));
    auto document = opened(file);
    CHECK(document.object({1, 0}));
    CHECK(outcome(document.object({3, 0})) == "pdf.damaged: object offset out of range");
    CHECK(outcome(read_pages(document)) == "pdf.damaged: object offset out of range");
}

TEST_CASE("counts far above what the file holds take no memory") {
    const Written w;
    CHECK(open_outcome(w.with("0 1999999\n" + w.entries())) == "pdf.damaged: cross-reference table");
    CHECK(open_outcome(w.with("0 8388607\n" + w.entries())) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with("0 18446744073709551615\n" + w.entries())) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with("8388605 4\n" + w.entries(), "/Size 8388608/Root 1 0 R")) == "pdf.limit: object_number");
    CHECK(open_outcome(with_stream("/Size 4/W[1 2 1]/Index[0 2147483647]", std::string(16, '\0'))) ==
          "pdf.damaged: cross-reference stream");
    CHECK(open_outcome(with_stream("/Size 4/W[1 2 1]/Index[9223372036854775807 9223372036854775807]",
                                   std::string(16, '\0'))) == "pdf.limit: object_number");
    Limits limits;
    limits.objects = 3;
    CHECK(open_outcome(w.with("0 4\n" + w.entries()), limits) == "pdf.damaged: cross-reference subsection");
    CHECK(open_outcome(w.with("0 2\n" + w.entries().substr(0, 40) + "2 2\n" + w.entries().substr(40)), limits) ==
          "pdf.limit: objects");
    CHECK(open_outcome(with_stream("/Size 4/W[1 2 1]", std::string(16, '\0')), limits) == "pdf.limit: objects");
}

TEST_CASE("cross-reference streams: widths") {
    // Every width from none to eight bytes, with the same values.
    for (const std::size_t a : {1U, 2U, 8U})
        for (const std::size_t b : {1U, 3U, 4U, 8U})
            for (const std::size_t c : {0U, 1U, 2U, 8U}) {
                INFO(a << ' ' << b << ' ' << c);
                const auto entry = [&](std::uint64_t type, std::uint64_t second, std::uint64_t third) {
                    return big_endian(type, a) + big_endian(second, b) + big_endian(third, c);
                };
                const auto entries = stream_entries(
                    "/Size 3/W[" + std::to_string(a) + ' ' + std::to_string(b) + ' ' + std::to_string(c) + ']',
                    entry(0, 0, 255) + entry(1, 200, 7) + entry(2, 9, 5));
                REQUIRE(entries.size() == 3);
                const auto third = [&](std::uint32_t value) { return c == 0 ? 0 : value; };
                CHECK(entries[0] == CrossReferenceEntry{0, Type::free, third(255), 0});
                CHECK(entries[1] == CrossReferenceEntry{1, Type::at_offset, third(7), 200});
                CHECK(entries[2] == CrossReferenceEntry{2, Type::in_object_stream, third(5), 9});
            }
    // Without a type, all are at an offset.
    const auto plain = stream_entries("/Size 2/W[0 2 0]", big_endian(17, 2) + big_endian(300, 2));
    REQUIRE(plain.size() == 2);
    CHECK(plain[1] == CrossReferenceEntry{1, Type::at_offset, 0, 300});
}

TEST_CASE("cross-reference streams: /Index") {
    const auto data = big_endian(1, 1) + big_endian(10, 2) + big_endian(1, 1) + big_endian(20, 2) + big_endian(1, 1) +
                      big_endian(30, 2);
    const auto entries = stream_entries("/Size 40/W[1 2 0]/Index[30 2 4 1]", data);
    REQUIRE(entries.size() == 3);
    CHECK(entries[0].number == 4);
    CHECK(entries[0].offset_or_container == 30);
    CHECK(entries[2].number == 31);
    CHECK(opened(with_stream("/Size 9/W[1 2 0]/Index[30 2 4 1]", data)).next_object_number() == 32);

    const auto wrong = "pdf.damaged: cross-reference stream";
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[30 2 4]", data)) == wrong);
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[30 2 4 2]", data)) == wrong);  // too little data
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[30 2]", data)) == wrong);      // too much
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[30 -1 4 4]", data)) == wrong);
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[-3 3]", data)) == wrong);
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[(0) 3]", data)) == wrong);
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index 3", data)) == wrong);
    CHECK(open_outcome(with_stream("/Size 40/W[1 2 0]/Index[30 2 31 1]", data)) ==
          "pdf.damaged: object listed twice in one cross-reference section");
}

TEST_CASE("cross-reference streams that are not what they should be") {
    const auto wrong = "pdf.damaged: cross-reference stream";
    const auto entry = big_endian(1, 1) + big_endian(9, 2) + big_endian(0, 1);
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 1]", entry)).empty());
    CHECK(open_outcome(with_stream("/W[1 2 1]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 2]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 1 0]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 -2 1]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 9 1]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[0 0 0]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 1.]", entry)) == wrong);
    CHECK(open_outcome(with_stream("/Size (1)/W[1 2 1]", entry)) == wrong);
    // 7.5.8.3 would have types from 3 on taken as null: then readers that know such a type see another document.
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 1]", big_endian(3, 1) + entry.substr(1))) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[8 2 1]", big_endian(~0ULL, 8) + entry.substr(1))) == wrong);
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 1]", big_endian(2, 1) + big_endian(0, 3))) == wrong);  // container 0
    CHECK(open_outcome(with_stream("/Size 1/W[1 2 5]",
                                   big_endian(1, 1) + big_endian(9, 2) + big_endian(1ULL << 32, 5))) == wrong);
    CHECK(open_outcome(replaced(with_stream("/Size 1/W[1 2 1]", entry), "/XRef", "/Xref")) ==
          "pdf.damaged: cross-reference section expected");
    // Its own /Length and filters cannot be looked up anywhere.
    CHECK(open_outcome(replaced(with_stream("/Size 1/W[1 2 1]", entry), "/Length 4", "/Length 4 0 R")) ==
          "pdf.damaged: indirect /Length of a cross-reference stream");
}

TEST_CASE("cross-reference streams: compressed, with every predictor") {
    // Three entries of four bytes.
    const std::string plain = big_endian(0, 4) + big_endian(1, 1) + big_endian(9, 2) + big_endian(0, 1) +
                              big_endian(1, 1) + big_endian(40, 2) + big_endian(3, 1);
    const auto expected = stream_entries("/Size 3/W[1 2 1]", plain);
    const auto byte = [](int value) { return static_cast<char>(value & 0xFF); };
    for (int type = 0; type <= 4; ++type) {
        std::string rows;
        for (std::size_t row = 0; row < 3; ++row) {
            rows += byte(type);
            for (std::size_t i = 0; i < 4; ++i) {
                const int left = i > 0 ? plain[row * 4 + i - 1] : 0;
                const int up = row > 0 ? plain[row * 4 + i - 4] : 0;
                const int corner = row > 0 && i > 0 ? plain[row * 4 + i - 5] : 0;
                const int p = left + up - corner;
                const int paeth = std::abs(p - left) <= std::abs(p - up) && std::abs(p - left) <= std::abs(p - corner)
                                      ? left
                                  : std::abs(p - up) <= std::abs(p - corner) ? up
                                                                             : corner;
                const std::array<int, 5> guess = {0, left, up, (left + up) / 2, paeth};
                rows += byte(plain[row * 4 + i] - guess[static_cast<std::size_t>(type)]);
            }
        }
        for (int predictor = 10; predictor <= 15; ++predictor) {
            INFO(type << ' ' << predictor);
            CHECK(stream_entries("/Size 3/W[1 2 1]/Filter/FlateDecode/DecodeParms<</Columns 4/Predictor " +
                                     std::to_string(predictor) + ">>",
                                 text_of(deflate(as_bytes(rows)))) == expected);
        }
    }
    CHECK(stream_entries("/Size 3/W[1 2 1]/Filter[/FlateDecode]", text_of(deflate(as_bytes(plain)))) == expected);
    CHECK(open_outcome(with_stream("/Size 3/W[1 2 1]/Filter/FlateDecode", plain)) == "pdf.damaged: Flate data");
}
