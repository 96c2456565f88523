#include "pdf/lexer.h"

#include "pdf_builder.h"

#include <clocale>

using namespace sjcode;
using namespace sjcode::pdf;
using test::outcome;

namespace {

Result<Object> read(std::string_view text, const Limits& limits = {}, bool references = true) {
    Lexer lexer(as_bytes(text), 0, limits);
    return lexer.object(references);
}

/// The object as it is written back, or the error.
std::string normal(std::string_view text, const Limits& limits = {}) {
    const auto object = read(text, limits);
    if (!object) return outcome(object);
    std::string out;
    serialise(*object, out);
    return out;
}

std::string string_of(std::string_view text) {
    const auto object = read(text);
    if (!object || object->as<String>() == nullptr) return "no string: " + outcome(object);
    return object->as<String>()->value;
}

std::string name_of(std::string_view text) {
    const auto object = read(text);
    if (!object || object->as<Name>() == nullptr) return "no name: " + outcome(object);
    return object->as<Name>()->value;
}

}  // namespace

TEST_CASE("numbers keep their token and give their value") {
    for (const std::string token :
         {"0", "-1", "+17", "007", "3.25", "-.002", "4.", ".5", "123456789012345678901234567890"}) {
        INFO(token);
        const auto object = read(token);
        REQUIRE(object);
        REQUIRE(object->as<Number>() != nullptr);
        CHECK(object->as<Number>()->token == token);
    }
    CHECK(read("+17")->integer() == 17);
    CHECK(read("-1")->integer() == -1);
    CHECK(read("007")->integer() == 7);
    CHECK(read("9223372036854775807")->integer() == 9223372036854775807);
    CHECK_FALSE(read("9223372036854775808")->integer());
    CHECK_FALSE(read("4.")->integer());
    CHECK(read("-.002")->as<Number>()->real() == -0.002);
    CHECK(read("+4.5")->as<Number>()->real() == 4.5);
    CHECK(read("4.")->as<Number>()->real() == 4.0);
    CHECK(read("12")->as<Number>()->real() == 12.0);
}

TEST_CASE("what is no number is an error, never a guess") {
    for (const std::string token : {"+", "-", ".", "--1", "1-2", "1.2.3", "1e5", "0x10", "12abc", "+-1", "16#FF"}) {
        INFO(token);
        CHECK(normal(token) == "pdf.damaged: number expected");
    }
    CHECK(read(std::string(64, '1')));
    CHECK(normal(std::string(65, '1')) == "pdf.damaged: number expected");
}

TEST_CASE("a number's value does not depend on the program's locale") {
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    // Whichever of them is installed; the C locale proves nothing, but then no other can do harm here.
    for (const char* locale : {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "ru_RU.UTF-8"})
        if (std::setlocale(LC_NUMERIC, locale) != nullptr) break;
    CHECK(read("1.5")->as<Number>()->real() == 1.5);
    std::setlocale(LC_NUMERIC, before.c_str());
}

TEST_CASE("names") {
    CHECK(name_of("/Name1") == "Name1");
    CHECK(name_of("/A;Name_With-Various***Characters?") == "A;Name_With-Various***Characters?");
    CHECK(name_of("/Lime#20Green") == "Lime Green");
    CHECK(name_of("/paired#28#29parentheses") == "paired()parentheses");
    CHECK(name_of("/The_Key_of_F#23_Minor") == "The_Key_of_F#_Minor");
    CHECK(name_of("/A#42#6a") == "ABj");
    CHECK(name_of("/") == "");
    CHECK(name_of("/ x") == "");
    CHECK(name_of("/A(b)") == "A");
    CHECK(normal("/A#4") == "pdf.damaged: name with a wrong # escape");
    CHECK(normal("/A#") == "pdf.damaged: name with a wrong # escape");
    CHECK(normal("/A#G0") == "pdf.damaged: name with a wrong # escape");
    CHECK(normal("/A#4 1") == "pdf.damaged: name with a wrong # escape");
}

TEST_CASE("literal strings") {
    CHECK(string_of("()").empty());
    CHECK(string_of("(a(b(c))d)") == "a(b(c))d");
    CHECK(string_of("(a\\)b\\(c\\\\)") == "a)b(c\\");
    CHECK(string_of("(\\n\\r\\t\\b\\f)") == "\n\r\t\b\f");
    CHECK(string_of("(\\x)") == "x");  // 7.3.4.2: a reverse solidus before anything else is ignored
    CHECK(string_of("(\\0053)") == "\0053");
    CHECK(string_of("(\\53)") == "+");
    CHECK(string_of("(\\5a)") == "\005a");
    CHECK(string_of("(\\8)") == "8");
    CHECK(string_of("(\\400)") == std::string(1, '\0'));  // high-order overflow is ignored
    CHECK(string_of("(a\\\nb\\\r\nc\\\rd)") == "abcd");
    CHECK(string_of("(a\r\nb\rc\nd)") == "a\nb\nc\nd");
    CHECK(string_of("(% no comment)") == "% no comment");
    for (const std::string broken : {"(", "(()", "(a\\", "(a\\)", "(\\("}) {
        INFO(broken);
        CHECK(normal(broken) == "pdf.damaged: string without an end");
    }
}

TEST_CASE("hexadecimal strings") {
    CHECK(string_of("<>").empty());
    CHECK(string_of("<4E6f>") == "No");
    CHECK(string_of("<901FA>") == "\x90\x1F\xA0");  // 7.3.4.3: the last digit is taken as 0
    CHECK(string_of("< 4 E\n6\t F >") == "No");
    CHECK(normal("<4G>") == "pdf.damaged: hexadecimal string with another character");
    CHECK(normal("<4E%comment\n>") == "pdf.damaged: hexadecimal string with another character");
    CHECK(normal("<4E") == "pdf.damaged: hexadecimal string without an end");
}

TEST_CASE("references are two integers and R, and nothing else") {
    const auto reference = read("12 3 R");
    REQUIRE(reference->as<Reference>() != nullptr);
    CHECK(*reference->as<Reference>() == Reference{12, 3});
    CHECK(normal("12 %c\n 3\r\nR") == "12 3 R");
    CHECK(normal("[1 2 3 R 4]") == "[1 2 3 R 4]");
    CHECK(normal("[1 2 3 R/R]") == "[1 2 3 R/R]");
    CHECK(normal("[1 0 R2 0 R]") == "pdf.damaged: object expected");  // R2 is a word of its own
    CHECK(normal("[1 0 R[2 0 R]]") == "[1 0 R[2 0 R]]");
    CHECK(normal("[1 65536 2]") == "[1 65536 2]");
    CHECK(normal("[1 65536 R]") == "pdf.damaged: object expected");  // no such generation
    CHECK(normal("[-1 0 R]") == "pdf.damaged: object expected");
    CHECK(normal("[1. 0 R]") == "pdf.damaged: object expected");
    CHECK(normal("8388608 0 R") == "pdf.damaged: object number out of range");
    CHECK(normal("99999999999999999999 0 R") == "pdf.damaged: object number out of range");

    Limits limits;
    CHECK(outcome(read("[1 0 R]", limits, false)) == "pdf.damaged: object expected");
    CHECK(read("[1 0]", limits, false));
}

TEST_CASE("keywords end where they end") {
    CHECK(read("true")->as<bool>() != nullptr);
    CHECK(*read("true")->as<bool>());
    CHECK_FALSE(*read("false]")->as<bool>());
    CHECK(read("null")->is_null());
    for (const std::string wrong :
         {"trueish", "nul", "nullnull", "True", "R", "obj", "", "%only a comment", ")", "]", ">", "}"}) {
        INFO(wrong);
        CHECK(normal(wrong) == "pdf.damaged: object expected");
    }
}

TEST_CASE("arrays and dictionaries") {
    CHECK(normal("[ ]") == "[]");
    CHECK(normal("[549 3.14 false (Ralph)/SomeName]") == "[549 3.14 false<52616C7068>/SomeName]");
    CHECK(normal("<</A 1/B<</C[2]>> >>") == "<</A 1/B<</C[2]>>>>");
    CHECK(normal("<<>>") == "<<>>");
    CHECK(normal("[1 2") == "pdf.damaged: array without an end");
    CHECK(normal("<</A 1") == "pdf.damaged: dictionary without an end");
    CHECK(normal("<</A 1>") == "pdf.damaged: dictionary without an end");
    CHECK(normal("<<1 2>>") == "pdf.damaged: dictionary key expected");
    CHECK(normal("<</A>>") == "pdf.damaged: object expected");
    CHECK(normal("<</A 1/B>>") == "pdf.damaged: object expected");
    CHECK(normal("[1>>") == "pdf.damaged: object expected");

    const auto dictionary = read("<</A 1/B null/A 2>>");
    REQUIRE(dictionary->as<Dictionary>() != nullptr);
    CHECK(dictionary->as<Dictionary>()->find("A")->integer() == 1);
    CHECK_FALSE(dictionary->as<Dictionary>()->contains("B"));
    CHECK(dictionary->as<Dictionary>()->has_duplicates());
    CHECK_FALSE(read("<</A 1/B 2>>")->as<Dictionary>()->has_duplicates());
    CHECK(read("<</A#42 1/AB 2>>")->as<Dictionary>()->has_duplicates());
}

TEST_CASE("nesting and size have limits") {
    Limits limits;
    limits.depth = 4;
    CHECK(normal("[[[[1]]]]", limits) == "[[[[1]]]]");
    CHECK(normal("[[[[[1]]]]]", limits) == "pdf.limit: depth");
    CHECK(normal("<</A<</A<</A<</A<</A 1>>>>>>>>>>", limits) == "pdf.limit: depth");
    CHECK(normal(std::string(5'000'000, '[')) == "pdf.limit: depth");

    limits = {};
    limits.tokens = 5;
    CHECK(normal("[1 2 3 4]", limits) == "[1 2 3 4]");
    CHECK(normal("[1 2 3 4 5]", limits) == "pdf.limit: tokens");
    // Every object has the limit for itself.
    const std::string two = "[1 2 3 4][5 6 7 8]";
    Lexer lexer(as_bytes(two), 0, limits);
    CHECK(lexer.object());
    CHECK(lexer.tokens() == 5);
    CHECK(lexer.object());
}

TEST_CASE("the parts that other readers use") {
    const Limits limits;
    const std::string text = " %c\r\x0c\tstartxref 17x 18 Tj";
    Lexer lexer(as_bytes(text), 0, limits);
    lexer.skip_space();
    CHECK_FALSE(lexer.keyword("start"));
    CHECK(lexer.keyword("startxref"));
    lexer.skip_space();
    CHECK_FALSE(lexer.unsigned_integer(100));  // 17x is no integer
    CHECK(lexer.word() == "17x");
    lexer.skip_space();
    CHECK_FALSE(lexer.unsigned_integer(17));
    CHECK(lexer.unsigned_integer(18) == 18U);
    lexer.skip_space();
    CHECK(lexer.word() == "Tj");
    CHECK(lexer.word().empty());
    CHECK(lexer.at_end());
    lexer.advance(1000);
    CHECK(lexer.position() == text.size());

    const std::string digits = "18446744073709551616";
    Lexer large(as_bytes(digits), 0, limits);
    CHECK_FALSE(large.unsigned_integer(~std::uint64_t{0}));
}
