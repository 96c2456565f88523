#include "pdf/filters.h"

#include "pdf_builder.h"

#include <random>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

constexpr std::uint64_t plenty = 1 << 24;

std::string decode_with(std::string_view filter, std::string_view data, const Dictionary* parameters = nullptr,
                        std::uint64_t limit = plenty) {
    const auto bytes = decode_filter(filter, parameters, as_bytes(data), limit);
    return bytes ? text_of(*bytes) : outcome(bytes);
}

Dictionary parameters(std::initializer_list<std::pair<const char*, int>> values) {
    Dictionary dictionary;
    for (const auto& [key, value] : values) dictionary.append(key, Object::integer(value));
    return dictionary;
}

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) out.push_back(static_cast<char>(value));
    return out;
}

/// An LZW encoder as 7.4.4.2 describes it, written from the decoder's point of view in nothing but the format.
std::string lzw(std::string_view data, bool early_change) {
    std::map<std::string, unsigned> table;
    std::string out;
    std::uint64_t bits = 0;
    unsigned have = 0;
    unsigned width = 9;
    const auto put = [&](unsigned code) {
        bits = bits << width | code;
        have += width;
        while (have >= 8) {
            have -= 8;
            out.push_back(static_cast<char>(bits >> have & 0xFF));
        }
    };
    unsigned next = 258;
    const auto clear = [&] {
        put(256);
        table.clear();
        for (unsigned i = 0; i < 256; ++i) table[std::string(1, static_cast<char>(i))] = i;
        next = 258;
        width = 9;
    };
    clear();
    std::string sequence;
    for (const char c : data) {
        if (table.contains(sequence + c)) {
            sequence += c;
            continue;
        }
        put(table[sequence]);
        table[sequence + c] = next++;
        // The encoder is one entry ahead of the decoder.
        const unsigned change = next - 1 + (early_change ? 1 : 0);
        width = change >= 2048 ? 12 : change >= 1024 ? 11 : change >= 512 ? 10 : 9;
        if (next == 4095) clear();
        sequence = c;
    }
    if (!sequence.empty()) put(table[sequence]);
    const unsigned change = next + (early_change ? 1 : 0);
    if (!sequence.empty()) width = change >= 2048 ? 12 : change >= 1024 ? 11 : change >= 512 ? 10 : 9;
    put(257);
    if (have > 0) out.push_back(static_cast<char>(bits << (8 - have) & 0xFF));
    return out;
}

}  // namespace

TEST_CASE("Flate") {
    const std::string text = "BT /F1 12 Tf (Hello) Tj ET";
    const auto packed = text_of(deflate(as_bytes(text)));
    CHECK(decode_with("FlateDecode", packed) == text);
    CHECK(decode_with("Fl", packed) == text);
    CHECK(decode_with("FlateDecode", text_of(deflate({}))).empty());
    CHECK(decode_with("FlateDecode", packed, nullptr, text.size()) == text);
    CHECK(decode_with("FlateDecode", packed, nullptr, text.size() - 1) == "pdf.limit: decoded_stream");
    CHECK(decode_with("FlateDecode", "") == "pdf.damaged: Flate data");
    CHECK(decode_with("FlateDecode", "not zlib at all") == "pdf.damaged: Flate data");
    for (std::size_t cut = 0; cut < packed.size(); ++cut) {
        INFO(cut);
        CHECK(decode_with("FlateDecode", packed.substr(0, cut)) == "pdf.damaged: Flate data");
    }
    auto wrong_sum = packed;
    wrong_sum.back() = static_cast<char>(wrong_sum.back() ^ 1);
    CHECK(decode_with("FlateDecode", wrong_sum) == "pdf.damaged: Flate data");
    // zlib's header may ask for a dictionary that nobody has.
    CHECK(decode_with("FlateDecode", bytes({0x78, 0xBB, 1, 2, 3, 4, 5})) == "pdf.damaged: Flate data");
}

TEST_CASE("a Flate bomb stops at the limit") {
    const std::string zeros(std::size_t{32} << 20, '\0');
    const auto packed = deflate(as_bytes(zeros));
    CHECK(packed.size() < 40'000);
    CHECK(outcome(decode_filter("FlateDecode", nullptr, packed, 1'000'000)) == "pdf.limit: decoded_stream");
    CHECK(decode_filter("FlateDecode", nullptr, packed, zeros.size()).value().size() == zeros.size());
}

TEST_CASE("LZW: the standard's example") {
    // ISO 32000-2, 7.4.4.2.
    const auto coded = bytes({0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01});
    CHECK(decode_with("LZWDecode", coded) == bytes({45, 45, 45, 45, 45, 65, 45, 45, 45, 66}));
    CHECK(decode_with("LZW", coded) == bytes({45, 45, 45, 45, 45, 65, 45, 45, 45, 66}));
    CHECK(lzw(bytes({45, 45, 45, 45, 45, 65, 45, 45, 45, 66}), true) == coded);
    CHECK(decode_with("LZWDecode", coded, nullptr, 9) == "pdf.limit: decoded_stream");
    CHECK(decode_with("LZWDecode", "").empty());
}

TEST_CASE("LZW: long data through every width, early and late") {
    std::mt19937 random(7);
    std::string text;
    while (text.size() < 60'000)
        text += random() % 3 == 0 ? std::string(random() % 40, 'a') : std::string(1, static_cast<char>(random() % 256));
    const auto late = parameters({{"EarlyChange", 0}});
    const auto early = parameters({{"EarlyChange", 1}});
    CHECK(decode_with("LZWDecode", lzw(text, true)) == text);
    CHECK(decode_with("LZWDecode", lzw(text, true), &early) == text);
    CHECK(decode_with("LZWDecode", lzw(text, false), &late) == text);
    CHECK(decode_with("LZWDecode", lzw(text, false)) != text);
    CHECK(decode_with("LZWDecode", lzw(std::string(100'000, 'a'), true)) == std::string(100'000, 'a'));
}

TEST_CASE("LZW: codes that cannot be") {
    // 9 bits each: a clear, then a sequence that there is not yet.
    const auto codes = [](std::initializer_list<unsigned> values) {
        std::string out;
        std::uint64_t bits = 0;
        unsigned have = 0;
        for (const auto value : values) {
            bits = bits << 9 | value;
            for (have += 9; have >= 8; have -= 8) out.push_back(static_cast<char>(bits >> (have - 8) & 0xFF));
        }
        out.push_back(static_cast<char>(bits << (8 - have) & 0xFF));
        return out;
    };
    CHECK(decode_with("LZWDecode", codes({256, 65, 258, 257})) == "AAA");  // the sequence that it just makes
    CHECK(decode_with("LZWDecode", codes({256, 258, 257})) == "pdf.damaged: LZW data");
    CHECK(decode_with("LZWDecode", codes({256, 65, 259, 257})) == "pdf.damaged: LZW data");
    CHECK(decode_with("LZWDecode", codes({258, 257})) == "pdf.damaged: LZW data");
    CHECK(decode_with("LZWDecode", codes({65, 66, 257})) == "AB");  // without the first clear
    CHECK(decode_with("LZWDecode", codes({256, 65, 66, 256, 258, 257})) == "pdf.damaged: LZW data");
}

TEST_CASE("ASCII filters") {
    CHECK(decode_with("ASCIIHexDecode", "48 65\n6C6c 6F>garbage") == "Hello");
    CHECK(decode_with("AHx", "485>") == "HP");
    CHECK(decode_with("ASCIIHexDecode", "48").starts_with("H"));
    CHECK(decode_with("ASCIIHexDecode", "4x>") == "pdf.damaged: ASCIIHex data");
    CHECK(decode_with("ASCIIHexDecode", "414243>", nullptr, 3) == "ABC");
    CHECK(decode_with("ASCIIHexDecode", "414243>", nullptr, 2) == "pdf.limit: decoded_stream");

    CHECK(decode_with("ASCII85Decode", "87cURD]i,\"Ebo80~>") == "Hello World!");
    CHECK(decode_with("A85", "87cUR\n D]i,\"Ebo7~>") == "Hello World");
    CHECK(decode_with("ASCII85Decode", "z87~>") == std::string(4, '\0') + "H");
    CHECK(decode_with("ASCII85Decode", "~>").empty());
    CHECK(decode_with("ASCII85Decode", "s8W-!~>") == bytes({255, 255, 255, 255}));
    CHECK(decode_with("ASCII85Decode", "s8W-\"~>") == "pdf.damaged: ASCII85 data");  // over 2^32 − 1
    CHECK(decode_with("ASCII85Decode", "uuuuu~>") == "pdf.damaged: ASCII85 data");
    CHECK(decode_with("ASCII85Decode", "8z~>") == "pdf.damaged: ASCII85 data");
    CHECK(decode_with("ASCII85Decode", "8~>") == "pdf.damaged: ASCII85 data");
    CHECK(decode_with("ASCII85Decode", "8vw~>") == "pdf.damaged: ASCII85 data");
    // One character can stand for four bytes.
    CHECK(decode_with("ASCII85Decode", std::string(1000, 'z') + "~>", nullptr, 3999) == "pdf.limit: decoded_stream");
    CHECK(decode_with("ASCII85Decode", std::string(1000, 'z') + "~>", nullptr, 4000).size() == 4000);
    CHECK(decode_with("ASCII85Decode", "87cURD]i,\"Ebo80~>", nullptr, 12) == "Hello World!");
    CHECK(decode_with("ASCII85Decode", "87cURD]i,\"Ebo80~>", nullptr, 11) == "pdf.limit: decoded_stream");
    CHECK(decode_with("ASCII85Decode", "87cURD]i,\"Ebo7~>", nullptr, 11) == "Hello World");
    CHECK(decode_with("ASCII85Decode", "87cURD]i,\"Ebo7~>", nullptr, 10) == "pdf.limit: decoded_stream");
}

TEST_CASE("run lengths") {
    CHECK(decode_with("RunLengthDecode", bytes({2, 'a', 'b', 'c', 254, 'x', 128})) == "abcxxx");
    CHECK(decode_with("RL", bytes({0, 'a'})) == "a");
    CHECK(decode_with("RunLengthDecode", "").empty());
    CHECK(decode_with("RunLengthDecode", bytes({128, 'a'})).empty());
    CHECK(decode_with("RunLengthDecode", bytes({129, 'x'})) == std::string(128, 'x'));
    CHECK(decode_with("RunLengthDecode", bytes({3, 'a', 'b'})) == "pdf.damaged: run-length data");
    CHECK(decode_with("RunLengthDecode", bytes({200})) == "pdf.damaged: run-length data");
    CHECK(decode_with("RunLengthDecode", bytes({129, 'x'}), nullptr, 127) == "pdf.limit: decoded_stream");
}

TEST_CASE("predictors") {
    const auto packed = [](const std::string& rows) { return text_of(deflate(as_bytes(rows))); };
    SECTION("PNG rows of each type, with a pixel of three bytes") {
        const auto p = parameters({{"Predictor", 15}, {"Colors", 3}, {"Columns", 2}});
        const std::string rows = bytes({0, 1, 2, 3, 4, 5, 6}) + bytes({1, 1, 2, 3, 1, 1, 1}) +
                                 bytes({2, 1, 1, 1, 1, 1, 1}) + bytes({3, 1, 1, 1, 1, 1, 1}) +
                                 bytes({4, 1, 1, 1, 1, 1, 1});
        CHECK(decode_with("FlateDecode", packed(rows), &p) ==
              bytes({1, 2, 3, 4, 5, 6}) + bytes({1, 2, 3, 2, 3, 4}) + bytes({2, 3, 4, 3, 4, 5}) +
                  bytes({2, 2, 3, 3, 4, 5}) + bytes({3, 3, 4, 4, 5, 6}));
    }
    SECTION("bits that do not fill a byte") {
        const auto p = parameters({{"Predictor", 12}, {"BitsPerComponent", 1}, {"Columns", 9}});
        CHECK(decode_with("FlateDecode", packed(bytes({2, 1, 2, 2, 1, 1})), &p) == bytes({1, 2, 2, 3}));
    }
    SECTION("TIFF") {
        const auto p = parameters({{"Predictor", 2}, {"Colors", 2}, {"Columns", 2}});
        CHECK(decode_with("FlateDecode", packed(bytes({1, 2, 3, 4, 10, 20, 1, 1})), &p) ==
              bytes({1, 2, 4, 6, 10, 20, 11, 21}));
        const auto wide = parameters({{"Predictor", 2}, {"BitsPerComponent", 16}});
        CHECK(decode_with("FlateDecode", packed("abcd"), &wide) == "pdf.filter: TIFF predictor");
    }
    SECTION("after LZW too") {
        const auto p = parameters({{"Predictor", 10}, {"Columns", 2}});
        CHECK(decode_with("LZWDecode", lzw(bytes({2, 'A', 'B', 2, 1, 1}), true), &p) == "ABBC");
    }
    SECTION("none") {
        const auto p = parameters({{"Predictor", 1}, {"Columns", 5}});
        CHECK(decode_with("FlateDecode", packed("abc"), &p) == "abc");
    }
    SECTION("parameters that cannot be") {
        for (const auto& p :
             {parameters({{"Predictor", 9}}), parameters({{"Predictor", 16}}), parameters({{"Predictor", 0}}),
              parameters({{"Predictor", 12}, {"Columns", 0}}), parameters({{"Predictor", 12}, {"Columns", 1'000'001}}),
              parameters({{"Predictor", 12}, {"Colors", 33}}), parameters({{"Predictor", 12}, {"Colors", -1}}),
              parameters({{"Predictor", 12}, {"BitsPerComponent", 3}})})
            CHECK(decode_with("FlateDecode", packed("ab"), &p) == "pdf.damaged: predictor parameters");
        Dictionary text;
        text.append("Predictor", String{"12"});
        CHECK(decode_with("FlateDecode", packed("ab"), &text) == "pdf.damaged: predictor parameters");
    }
    SECTION("rows that cannot be") {
        const auto p = parameters({{"Predictor", 12}, {"Columns", 3}});
        CHECK(decode_with("FlateDecode", packed(bytes({2, 1, 1})), &p) == "pdf.damaged: predictor rows");
        CHECK(decode_with("FlateDecode", packed(bytes({5, 1, 1, 1})), &p) == "pdf.damaged: predictor rows");
        CHECK(decode_with("FlateDecode", packed(""), &p).empty());
        // A row of 64 MB, of which there is none.
        const auto large =
            parameters({{"Predictor", 12}, {"Columns", 1'000'000}, {"Colors", 32}, {"BitsPerComponent", 16}});
        CHECK(decode_with("FlateDecode", packed("abc"), &large) == "pdf.damaged: predictor rows");
    }
}

TEST_CASE("filters that a strict view does not need") {
    for (const std::string name :
         {"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode", "Crypt", "", "flatedecode"})
        CHECK(decode_with(name, "x") == "pdf.filter: " + name);
}
