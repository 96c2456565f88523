#include "pdf/object.h"

#include "pdf/lexer.h"
#include "pdf_builder.h"

#include <array>
#include <random>

using namespace sjcode;
using namespace sjcode::pdf;

namespace {

std::string written(const Object& object) {
    std::string out;
    serialise(object, out);
    return out;
}

Object random_object(std::mt19937& random, int depth) {
    static const std::array<std::string, 6> tokens = {"0", "-7", "3.5", "+1", ".25", "65535"};
    static const std::array<std::string, 6> texts = {"", "A", "R", "a b", "\xFF#/()", "null"};
    switch (random() % (depth > 0 ? 8U : 6U)) {
        case 0:
            return Object();
        case 1:
            return Object(random() % 2 == 0);
        case 2:
            return Object(Number{tokens[random() % tokens.size()]});
        case 3:
            return Object(String{texts[random() % texts.size()]});
        case 4:
            return Object(Name{texts[random() % texts.size()]});
        case 5:
            return Object(
                Reference{static_cast<std::uint32_t>(random() % 100), static_cast<std::uint32_t>(random() % 3)});
        case 6: {
            Array array;
            for (auto i = random() % 6; i > 0; --i) array.push_back(random_object(random, depth - 1));
            return Object(std::move(array));
        }
        default: {
            Dictionary dictionary;
            for (auto i = random() % 5; i > 0; --i)
                dictionary.append(texts[random() % texts.size()], random_object(random, depth - 1));
            return Object(std::move(dictionary));
        }
    }
}

Object read_back(const std::string& text) {
    const Limits limits;
    Lexer lexer(as_bytes(text), 0, limits);
    auto object = lexer.object();
    INFO(text);
    REQUIRE(object);
    CHECK(lexer.position() == text.size());
    return *std::move(object);
}

}  // namespace

TEST_CASE("the written form is fixed") {
    CHECK(written(Object()) == "null");
    CHECK(written(Object(true)) == "true");
    CHECK(written(Object(String{std::string("\0\xFFz", 3)})) == "<00FF7A>");
    CHECK(written(Object(Name{"A B#/(\x7F\xE4"})) == "/A#20B#23#2F#28#7F#E4");
    CHECK(written(Object(Reference{12, 0})) == "12 0 R");
    CHECK(written(Object::integer(-5)) == "-5");
    Dictionary dictionary;
    dictionary.append("Z", Object::integer(1));
    dictionary.append("A", Name{"x"});
    CHECK(written(Object(dictionary)) == "<</Z 1/A/x>>");
    dictionary.set("Z", Object(true));
    dictionary.set("New", Object());
    CHECK(written(Object(dictionary)) == "<</Z true/A/x/New null>>");
}

TEST_CASE("tokens never run into one another") {
    const auto number = Object::integer(1);
    CHECK(written(Object(Array{number, number, Object(), Object(true), Object(Reference{2, 0}), number})) ==
          "[1 1 null true 2 0 R 1]");
    CHECK(written(Object(Array{Name{"A"}, number, Name{"B"}, Object(), String{"x"}, number})) == "[/A 1/B null<78>1]");
    // An empty name ends with its slash: what follows must not become its text.
    CHECK(written(Object(Array{Name{""}, number})) == "[/ 1]");
    CHECK(written(Object(Array{Name{""}, Name{"A"}})) == "[//A]");
    CHECK(written(Object(Array{Name{""}, String{"x"}, Name{""}, Array{}})) == "[/<78>/[]]");
    Dictionary dictionary;
    dictionary.append("", Object());
    dictionary.append("", Name{""});
    CHECK(written(Object(dictionary)) == "<</ null//>>");
    CHECK(read_back("<</ null//>>") == Object(dictionary));
}

TEST_CASE("what is written reads back as the same object") {
    std::mt19937 random(20260914);
    for (int i = 0; i < 3000; ++i) {
        const auto object = random_object(random, 4);
        const auto text = written(object);
        const auto again = read_back(text);
        REQUIRE(again == object);
        REQUIRE(written(again) == text);
    }
}

TEST_CASE("dictionaries find the first value of a key and report a second one") {
    Dictionary dictionary;
    CHECK_FALSE(dictionary.has_duplicates());
    dictionary.append("A", Object::integer(1));
    dictionary.append("B", Object());
    CHECK(dictionary.find("A")->integer() == 1);
    CHECK(dictionary.find("B") == nullptr);
    CHECK(dictionary.find("C") == nullptr);
    CHECK_FALSE(dictionary.has_duplicates());
    dictionary.append("A", Object::integer(2));
    CHECK(dictionary.find("A")->integer() == 1);
    CHECK(dictionary.has_duplicates());
    CHECK(dictionary.entries().size() == 3);
}
