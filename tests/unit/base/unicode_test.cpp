#include "base/unicode.h"
#include "catch.h"

using namespace sjcode;

TEST_CASE("UTF-8 is strict") {
    CHECK(unicode::is_utf8(""));
    CHECK(unicode::is_utf8("司法鉴定 𠀀 \U0010FFFF"));
    CHECK(unicode::is_utf8(std::string_view("a\0b", 3)));
    for (const std::string_view bad : {"\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xF8\x88\x80\x80\x80", "\x80", "\xE4\xB8", "a\xFF", "\xC1\xBF"}) {
        CHECK_FALSE(unicode::is_utf8(bad));
        CHECK_FALSE(unicode::decode(bad));
        CHECK_FALSE(unicode::nfc(bad));
        CHECK_FALSE(unicode::nfkc(bad));
    }
}

TEST_CASE("code points go both ways") {
    const std::u32string points = U"a鉴𠀀\U0010FFFF";
    CHECK(unicode::decode(unicode::encode(points)) == points);
    CHECK(unicode::decode("") == std::u32string());
}

TEST_CASE("NFC composes and keeps compatibility forms, NFKC does not keep them") {
    CHECK(unicode::nfc("e\u0301") == "é");
    CHECK(unicode::nfc("Ａ①") == "Ａ①");
    CHECK(unicode::nfkc("Ａ①") == "A1");
    CHECK(unicode::nfc("\u212B") == "Å");
    CHECK(unicode::nfc("\uF900") == "豈");
    // A composition exclusion: DEVANAGARI LETTER QA stays apart.
    CHECK(unicode::nfc("\u0958") == "\u0915\u093C");
    // Marks in another order are the same text.
    CHECK(unicode::nfc("a\u0323\u0307") == unicode::nfc("a\u0307\u0323"));
    CHECK(unicode::nfc(std::string_view("a\0b", 3)) == std::string("a\0b", 3));
}

TEST_CASE("white space, control and format characters are those of Unicode 15.0") {
    int white_space = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) white_space += unicode::is_white_space(c) ? 1 : 0;
    CHECK(white_space == 25);
    int control_or_format = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) control_or_format += unicode::is_control_or_format(c) ? 1 : 0;
    CHECK(control_or_format == 65 + 170);
    CHECK_FALSE(unicode::is_white_space(U'\u200B'));
    CHECK(unicode::is_control_or_format(U'\u200B'));
    CHECK(unicode::is_control_or_format(U'\u00AD'));
    CHECK(unicode::is_control_or_format(U'\U000E0001'));
    CHECK_FALSE(unicode::is_control_or_format(U'鉴'));
}

TEST_CASE("a code is compared however it was typed") {
    CHECK(unicode::typed_code(" ｆｙ 0202\u3000") == "FY0202");
    CHECK(unicode::typed_code("司鉴a") == "司鉴A");
    CHECK(unicode::typed_code("\xFF a") == "\xFF a");
}

TEST_CASE("what cannot be seen is found, and what is no text") {
    CHECK_FALSE(unicode::has_invisible("机构 name"));
    CHECK(unicode::has_invisible("a\u200Bb"));
    CHECK(unicode::has_invisible("a\nb"));
    CHECK(unicode::has_invisible("\xFF"));
}
