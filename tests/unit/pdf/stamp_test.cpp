// What a stamp looks like, and how it is drawn.
#include "pdf/stamp_content.h"
#include "pdf/stamp_layout.h"

#include "pdf_builder.h"

#include "base/unicode.h"

#include <cmath>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

QrSymbol symbol(int digits) {
    const auto drawn =
        draw_qr("https://r.example.cn/r/", std::string(static_cast<std::size_t>(digits), '7'), QrLevel::M, 40);
    REQUIRE(drawn);
    return *drawn;
}

/// Version 10, as usual reports have it: 57 modules.
QrSymbol usual_symbol() {
    const auto drawn = symbol(430);
    REQUIRE(drawn.version == 10);
    return drawn;
}

CodeNumber code_number() {
    return CodeNumber::generate([](std::span<std::uint8_t> bytes) {
               for (auto& byte : bytes) byte = 0x5A;
               return Result<void>();
           })
        .value();
}

Claims claims_of(std::uint32_t category) {
    Claims claims{"330100001", 0, code_number(), std::string("1")};
    claims.category = category;
    return claims;
}

Claims usual_claims() {
    return claims_of(1'000'202);
}

double width_of(const TextRun& run) {
    double width = 0;
    for (const auto c : run.text) width += (c >= 0x2E80 ? 1.0 : 0.602) * run.size;
    return width;
}

/// Two bytes for each character, which is all that reading wants to know.
Glyphs glyphs_of(const StampLayout& layout) {
    Glyphs glyphs;
    for (const auto& run : layout.texts) {
        std::string codes;
        for (std::size_t i = 0; i < run.text.size(); ++i) codes += big_endian(run.text[i] % 500 + 1, 2);
        glyphs.push_back(codes);
    }
    return glyphs;
}

std::vector<std::string> host_lines(std::string_view host) {
    std::vector<std::string> lines;
    const auto block = main_block(usual_symbol(), usual_claims(), host);
    for (std::size_t i = 4; i < block.lines.size(); ++i) lines.push_back(block.lines[i].text);
    return lines;
}

std::string content_outcome(const std::string& content) {
    return outcome(read_stamp_content(as_bytes(content)));
}

}  // namespace

TEST_CASE("lengths as the format writes them") {
    CHECK(decimal(0) == "0");
    CHECK(decimal(-0.0004) == "0");
    CHECK(decimal(1) == "1");
    CHECK(decimal(100) == "100");
    CHECK(decimal(1.5) == "1.5");
    CHECK(decimal(-2.25) == "-2.25");
    CHECK(decimal(0.1236) == "0.124");
    CHECK(decimal(1e7) == "10000000");
    CHECK(decimal(0.1 + 0.2) == "0.3");
}

TEST_CASE("hosts are cut where they can be read") {
    // 57 modules of 1.44 points hold 21 characters of 6.4 points.
    CHECK(host_lines("code.example.cn") == std::vector<std::string>{"code.example.cn"});
    CHECK(host_lines("abcdefghijklmnopqrs.t") == std::vector<std::string>{"abcdefghijklmnopqrs.t"});
    CHECK(host_lines("verify.justice.somewhere.gov.cn") ==
          std::vector<std::string>{"verify.justice.", "somewhere.gov.cn"});
    CHECK(host_lines("verify-justice-somewhere-in-china.cn") ==
          std::vector<std::string>{"verify-justice-", "somewhere-in-china.cn"});
    // No dot near: cut anywhere, rather than early.
    CHECK(host_lines("a." + std::string(30, 'b')) ==
          std::vector<std::string>{"a." + std::string(19, 'b'), std::string(11, 'b')});
    for (const std::string& host :
         {std::string(63, 'x') + ".cn", std::string(200, '.'), std::string("a"), std::string(21, 'y')}) {
        std::string joined;
        for (const auto& line : host_lines(host)) {
            CHECK(line.size() <= 21);
            CHECK_FALSE(line.empty());
            joined += line;
        }
        CHECK(joined == host);
    }
}

TEST_CASE("the number is in the stamp whole, and can be told from the rest") {
    const auto number = code_number();
    const auto block = main_block(symbol(200), usual_claims(), "code.example.cn");
    REQUIRE(block.lines.size() == 5);
    CHECK(block.lines[1].text + block.lines[2].text == number.grouped());
    CHECK(block.lines[1].size > block.lines[0].size);
    CHECK(stamp_description(usual_claims(), "code.example.cn").find(number.grouped()) != std::string::npos);
    CHECK(stamp_description(usual_claims(), "code.example.cn").find("code.example.cn") != std::string::npos);
    for (int key = 1; key <= 12; ++key) {
        const auto entry = entry_block(symbol(20), static_cast<RecordKey>(key));
        REQUIRE(entry.lines.size() == 1);
        CHECK(entry.lines[0].text.size() > std::string(" · 扫码核对").size());
    }
}

TEST_CASE("a stamp says what the document is") {
    const auto caption = [](std::uint32_t category) {
        return main_block(symbol(200), claims_of(category), "c.cn").lines.front().text;
    };
    CHECK(caption(0) == "司法鉴定意见书 · 扫码核验");
    CHECK(caption(9'000'001) == "司法鉴定意见书 · 扫码核验");
    CHECK(caption(9'009'901) == "司法鉴定许可证 · 扫码核验");
    CHECK(caption(9'009'902) == "司法鉴定人执业证 · 扫码核验");
    CHECK(stamp_description(claims_of(9'009'902), "c.cn").starts_with("司法鉴定人执业证赋码 "));
}

TEST_CASE("everything lies within the stamp, and nothing in a quiet zone") {
    const std::vector<std::vector<StampBlock>> stamps = {
        {main_block(symbol(200), usual_claims(), "code.example.cn")},
        {main_block(symbol(20), usual_claims(), "a-very-long-name.of-a-province.justice.gov.cn")},
        {main_block(symbol(200), claims_of(9'009'902), "c.cn")},
        {main_block(symbol(400), usual_claims(), "c.cn"), entry_block(symbol(30), RecordKey::opinion),
         entry_block(symbol(900), RecordKey::matter)}};
    for (const auto& blocks : stamps) {
        const auto layout = lay_out(blocks);
        REQUIRE(layout.symbols.size() == blocks.size());
        CHECK(layout.width == std::round(layout.width * 1000) / 1000);
        CHECK(layout.height == std::round(layout.height * 1000) / 1000);
        const double quiet = quiet_zone * module_size - 1e-9;
        double right = 0;
        for (const auto& placed : layout.symbols) {
            const double side = placed.symbol.size * module_size;
            CHECK(placed.x - right >= quiet);
            CHECK(placed.y >= quiet);
            CHECK(placed.x + side + quiet <= layout.width + 0.0006);
            CHECK(placed.y + side + quiet <= layout.height + 0.0006);
            right = placed.x + side + quiet;
            // Letters and digits stand 0.73 em above the baseline.
            for (const auto& run : layout.texts) {
                const bool beside = run.x + width_of(run) <= placed.x - quiet || run.x >= placed.x + side + quiet;
                const bool below = run.y + 0.73 * run.size <= placed.y - quiet;
                CHECK((beside || below));
            }
        }
        for (const auto& run : layout.texts) {
            CHECK(run.x >= 0);
            CHECK(run.y >= 0);
            CHECK(run.x + width_of(run) <= layout.width + 0.0006);
            CHECK_FALSE(run.text.empty());
            for (const auto c : run.text) CHECK((run.face == Face::chinese) == (c >= 0x2E80));
        }
    }
}

TEST_CASE("mixed lines keep their text, face by face") {
    const auto layout = lay_out({main_block(symbol(200), usual_claims(), "code.example.cn")});
    std::u32string text;
    for (const auto& run : layout.texts) text += run.text;
    CHECK(unicode::encode(text).starts_with("司法鉴定意见书 · 扫码核验"));
    REQUIRE(layout.texts.size() > 3);
    CHECK(layout.texts[1].text == U" · ");
    CHECK(near(layout.texts[1].x, layout.texts[0].x + 7 * 6.3));
    CHECK(layout.texts[1].y == layout.texts[0].y);
}

TEST_CASE("what is drawn reads back, module by module") {
    for (const int digits : {1, 20, 200, 430, 900, 2500}) {
        const auto main = symbol(digits);
        const auto layout =
            lay_out({main_block(main, usual_claims(), "code.example.cn"), entry_block(symbol(50), RecordKey::opinion)});
        const auto glyphs = glyphs_of(layout);
        const auto content = write_stamp_content(layout, glyphs);
        const auto read = read_stamp_content(as_bytes(content));
        REQUIRE(read);
        REQUIRE(read->symbols.size() == 2);
        CHECK(read->symbols[0].version == main.version);
        CHECK(read->symbols[0].size == main.size);
        CHECK(read->symbols[0].modules == main.modules);
        CHECK(read->symbols[1].modules == symbol(50).modules);
        CHECK(read->glyphs == glyphs);
        CHECK(write_stamp_content(layout, read->glyphs) == content);
    }
}

TEST_CASE("content that we do not write is refused") {
    const auto layout = lay_out({main_block(symbol(20), usual_claims(), "c.cn")});
    const auto content = write_stamp_content(layout, glyphs_of(layout));
    REQUIRE(content_outcome(content).empty());

    SECTION("operators of others, anywhere") {
        for (const std::string extra :
             {"/X Do\n", "1 0 0 RG\n", "0 0 m\n",      "W n\n", "q\n",   "Q\n",      "BI ID EI\n", "/A gs\n",
              "f\n",     "1 g\n",      "0 0 1 1 re\n", "7\n",   "(x)\n", "BT\nET\n", "true\n",     "null\n",
              "[1]\n",   "<</A 1>>\n", "{\n",          ")\n",   "f*\n",  "' \n"})
            for (std::size_t at = 0; at <= content.size();
                 at = content.find('\n', at) == std::string::npos ? content.size() + 1 : content.find('\n', at) + 1) {
                auto changed = content;
                changed.insert(at, extra);
                // A rectangle more within the symbol, if it lies on a light module, is for the symbol's decoder to see.
                if (extra == "0 0 1 1 re\n" && content_outcome(changed).empty()) {
                    CHECK(changed.rfind("cm\n", at) != std::string::npos);
                    continue;
                }
                INFO(extra << " at " << at);
                CHECK(content_outcome(changed) == "stamp.content");
            }
    }
    SECTION("lines left out or doubled") {
        std::size_t checked = 0;
        for (std::size_t begin = 0; begin < content.size();) {
            const auto end = content.find('\n', begin) + 1;
            const auto line = content.substr(begin, end - begin);
            auto without = content;
            without.erase(begin, end - begin);
            auto twice = content;
            twice.insert(begin, line);
            INFO(line);
            if (!line.ends_with(" re\n") || begin < 20) {
                CHECK(content_outcome(without) == "stamp.content");
                CHECK(content_outcome(twice) == "stamp.content");
                ++checked;
            } else {
                CHECK(content_outcome(twice) == "stamp.content");  // no module is drawn twice
            }
            begin = end;
        }
        CHECK(checked > 20);
    }
    SECTION("texts before symbols") {
        const auto texts = content.find("BT\n");
        const auto symbols = content.find("q\n");
        CHECK(content_outcome(content.substr(0, symbols) + content.substr(texts) +
                              content.substr(symbols, texts - symbols)) == "stamp.content");
    }
    SECTION("numbers that cannot be") {
        const auto line = content.find(" re\n", content.find("cm\n"));
        const auto begin = content.rfind('\n', line) + 1;
        for (const std::string numbers : {"0.5 0 1 1", "-1 0 1 1", "0 0 0 1", "0 0 1 0", "0 0 1 -1", "0 0 178 1",
                                          "177 0 1 1", "99999999999999999999 0 1 1", "0 0 1 4000000000", "0 0 1",
                                          "0 0 1 1 1", "0 0 1 (1)", "0 0 /A 1", "0 0 1e3 1"}) {
            auto changed = content;
            changed.replace(begin, line - begin, numbers);
            INFO(numbers);
            CHECK(content_outcome(changed) == "stamp.content");
        }
    }
    SECTION("cut anywhere") {
        for (std::size_t length = 0; length + 1 < content.size(); ++length) {
            const auto cut = content.substr(0, length);
            // Behind a whole text it is a stamp with fewer texts; the layout does not fit then.
            if (cut.ends_with("ET") || cut.ends_with("ET\n") || cut.ends_with("Q") || cut.ends_with("Q\n") ||
                cut.ends_with("0 g") || cut.ends_with("0 g\n")) {
                CHECK(content_outcome(cut).empty());
                continue;
            }
            INFO(length);
            CHECK(content_outcome(cut) == "stamp.content");
        }
    }
}

TEST_CASE("symbols that are none") {
    const auto drawn = [](const std::string& rectangles) {
        return content_outcome("1 g\n0 0 9 9 re\nf\n0 g\nq\n1.44 0 0 1.44 5.76 5.76 cm\n" + rectangles + "f\nQ\n");
    };
    CHECK(drawn("0 0 21 21 re\n").empty());
    CHECK(drawn("") == "stamp.content");
    CHECK(drawn("0 0 20 20 re\n") == "stamp.content");
    CHECK(drawn("0 0 22 1 re\n") == "stamp.content");
    CHECK(drawn("0 0 177 177 re\n").empty());
    CHECK(drawn("0 0 21 1 re\n20 0 1 2 re\n") == "stamp.content");
    // Thousands of rectangles as large as a symbol can be.
    std::string many;
    for (int i = 0; i < 20'000; ++i) many += "0 0 177 177 re\n";
    CHECK(drawn(many) == "stamp.content");
}

TEST_CASE("the number of symbols and texts is limited") {
    const std::string head = "1 g\n0 0 9 9 re\nf\n0 g\n";
    const auto symbols = [&](int count) {
        auto content = head;
        for (int i = 0; i < count; ++i) content += "q\n1 0 0 1 0 0 cm\n0 0 21 21 re\nf\nQ\n";
        return content_outcome(content);
    };
    CHECK(symbols(16).empty());
    CHECK(symbols(17) == "stamp.content");
    const auto texts = [&](int count) {
        auto content = head;
        for (int i = 0; i < count; ++i) content += "BT\n/Latin 5 Tf\n0 0 Td\n<0001> Tj\nET\n";
        return content_outcome(content);
    };
    CHECK(texts(256).empty());
    CHECK(texts(257) == "stamp.content");
}
