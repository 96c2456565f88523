#include "pdf/document.h"

#include "pdf_builder.h"

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

/// What loading object 5 of a file with these objects says.
std::string load_outcome(const PdfBuilder& builder, Kind kind = Kind::table) {
    const auto file = builder.write(kind);
    auto document = opened(file);
    return outcome(document.object({5, 0}));
}

/// What decoding stream 5 gives, or the error.
std::string decoded(const PdfBuilder& builder, const Limits& limits = {}) {
    const auto file = builder.write();
    auto document = opened(file, limits);
    const auto bytes = document.decode(*loaded(document, 5));
    return bytes ? text_of(*bytes) : outcome(bytes);
}

}  // namespace

TEST_CASE("objects in the file") {
    CHECK(load_outcome(one_page().object(5, "(x)")).empty());
    const auto file = one_page().object(5, "(x)").write();
    const auto at = [&](std::string_view from, std::string_view to) {
        const auto changed = replaced(file, from, to);
        REQUIRE(changed.size() == file.size());
        auto document = opened(changed);
        return outcome(document.object({5, 0}));
    };
    CHECK(at("5 0 obj", "6 0 obj") == "pdf.damaged: another object than the cross-reference says");
    CHECK(at("5 0 obj", "5 1 obj") == "pdf.damaged: another object than the cross-reference says");
    CHECK(at("5 0 obj", "5 0 abj") == "pdf.damaged: object expected");
    CHECK(at("5 0 obj", "x 0 obj") == "pdf.damaged: object expected");
    CHECK(at("(x)\nendobj", "(x) endobx") == "pdf.damaged: endobj missing");
    CHECK(at("(x)\nendobj", "(x\nendobj)") == "pdf.damaged: endobj missing");

    auto document = opened(file);
    const auto object = loaded(document, 5);
    CHECK(file.substr(object->span.begin, object->span.size()) == "5 0 obj\n(x)\nendobj");
    CHECK(object->container == 0);
    CHECK(loaded(document, 5) == object);  // kept
    CHECK(document.object({5, 1}).value()->value.is_null());
    CHECK(document.object({0, 65535}).value()->value.is_null());
}

TEST_CASE("stream data lies between its line end and /Length") {
    const auto with = [](const std::string& text) { return load_outcome(one_page().object(5, text)); };
    CHECK(with("<</Length 3>>stream\nabc\nendstream").empty());
    CHECK(with("<</Length 3>>\r\nstream\r\nabc\r\nendstream").empty());
    CHECK(with("<</Length 3>>stream\nabcendstream").empty());
    CHECK(with("<</Length 0>>stream\nendstream").empty());
    // A CR alone would leave the first byte in doubt.
    CHECK(with("<</Length 3>>stream\rabc\nendstream") == "pdf.damaged: line end after stream");
    CHECK(with("<</Length 3>>stream abc\nendstream") == "pdf.damaged: line end after stream");
    CHECK(with("<</Length 3>>streamabc\nendstream") == "pdf.damaged: endobj missing");
    CHECK(with("<</Length 2>>stream\nabc\nendstream") == "pdf.damaged: endstream is not where /Length says");
    CHECK(with("<</Length 9>>stream\nabc\nendstream") == "pdf.damaged: endstream is not where /Length says");
    CHECK(with("<</Length 99999>>stream\nabc\nendstream") == "pdf.damaged: /Length beyond the file");
    CHECK(with("<</Length 9223372036854775807>>stream\nabc\nendstream") == "pdf.damaged: /Length beyond the file");
    CHECK(with("<</Length -1>>stream\nabc\nendstream") == "pdf.damaged: /Length");
    CHECK(with("<</Length 3.0>>stream\nabc\nendstream") == "pdf.damaged: /Length");
    CHECK(with("<</Length null>>stream\nabc\nendstream") == "pdf.damaged: stream without /Length");
    CHECK(with("<<>>stream\nabc\nendstream") == "pdf.damaged: stream without /Length");
    CHECK(with("[3]stream\nabc\nendstream") == "pdf.damaged: stream without a dictionary");
    CHECK(with("<</Length 3>>stream\nabc\nendstreams") == "pdf.damaged: endstream is not where /Length says");
    CHECK(with("<</Length 3>>stream\nabc\n") == "pdf.damaged: endstream is not where /Length says");
}

TEST_CASE("indirect lengths") {
    const std::string text = "<</Length 6 0 R>>stream\nabc\nendstream";
    CHECK(load_outcome(one_page().object(5, text).object(6, "3")).empty());
    CHECK(load_outcome(one_page().object(5, text).packed(6, "3"), Kind::stream).empty());
    CHECK(load_outcome(one_page().object(5, text).object(6, "(3)")) == "pdf.damaged: /Length");
    CHECK(load_outcome(one_page().object(5, text).object(6, "2")) ==
          "pdf.damaged: endstream is not where /Length says");
    CHECK(load_outcome(one_page().object(5, text)) == "pdf.damaged: /Length");  // no object 6
    // 6 0 R is a reference to the number and no number.
    CHECK(load_outcome(one_page().object(5, text).object(6, "7 0 R").object(7, "3")) == "pdf.damaged: /Length");
}

TEST_CASE("lengths that need one another end") {
    const auto loop = [](std::uint32_t of) {
        return "<</Length " + std::to_string(of) + " 0 R>>stream\nabc\nendstream";
    };
    CHECK(load_outcome(one_page().object(5, loop(5))) == "pdf.damaged: objects that need one another");
    CHECK(load_outcome(one_page().object(5, loop(6)).object(6, loop(5))) ==
          "pdf.damaged: objects that need one another");
    // The object stream that holds its own length.
    auto file = one_page().packed(5, "1").write(Kind::stream);
    auto document = opened(file);
    const auto container = loaded(document, 5)->container;
    REQUIRE(container == 6);
    file = one_page()
               .object(6, "<</Type/ObjStm/N 1/First 4/Length 5 0 R>>stream\n5 0 1\nendstream")
               .packed(5, "1")
               .write(Kind::stream);
    // Entry 5 points at the builder's own object stream; let it point at 6.
    const auto own = opened(file).entry(5)->offset_or_container;
    file = replaced(file, big_endian(2, 1) + big_endian(own, 4), big_endian(2, 1) + big_endian(6, 4));
    auto circular = opened(file);
    CHECK(outcome(circular.object({5, 0})) == "pdf.damaged: objects that need one another");
}

TEST_CASE("object streams") {
    const auto file = one_page().packed(5, "<</A 6 0 R>>").packed(6, "(six)").packed(7, "8 0 R").write(Kind::stream);
    auto document = opened(file);
    CHECK(loaded(document, 5)->dictionary()->find("A")->as<Reference>()->number == 6);
    CHECK(loaded(document, 6)->value.as<String>()->value == "six");
    CHECK(loaded(document, 6)->id == Reference{6, 0});
    CHECK(loaded(document, 6)->container == 8);
    CHECK_FALSE(loaded(document, 6)->stream);

    const auto broken = [&](std::string_view from, std::string_view to, std::uint32_t number = 6) {
        const auto changed = replaced(file, from, to);
        REQUIRE(changed != file);
        REQUIRE(changed.size() == file.size());
        auto other = opened(changed);
        return outcome(other.object({number, 0}));
    };
    const auto head = "5 0 6 13 7 19 ";
    CHECK(broken(head, "6 0 5 13 7 19 ") ==
          "pdf.damaged: object stream without the object");  // index and number disagree
    CHECK(broken(head, "5 0 9 13 7 19 ") == "pdf.damaged: object stream without the object");
    CHECK(broken(head, "5 0 6 99 7 19 ") == "pdf.damaged: object stream");
    CHECK(broken(head, "5 0 x 13 7 19 ") == "pdf.damaged: object stream");
    CHECK(broken(head, "5 0 6 14 7 19 ") == "pdf.damaged: object expected");  // into the string: `six) 8 0 R`
    CHECK(broken("/N 3", "/N 2", 7) == "pdf.damaged: object stream without the object");
    CHECK(broken("/N 3", "/N 9") == "pdf.damaged: object stream");
    CHECK(broken("/First 14", "/First 12") == "pdf.damaged: object stream");
    CHECK(broken("/First 14", "/First 99") == "pdf.damaged: object stream");
    CHECK(broken("/First 14", "/First -1") == "pdf.damaged: object stream");
    CHECK(broken("/First 14", "/Hirst 14") == "pdf.damaged: object stream");
    CHECK(broken("/ObjStm", "/ObjXtm") == "pdf.damaged: object stream expected");
    CHECK(broken("(six)", "(six ") == "pdf.damaged: string without an end");
    // Where the bytes end, an object ends too.
    CHECK(outcome(document.object({7, 0})).empty());
    CHECK(outcome(document.resolve(Object(Reference{7, 0}))).empty());  // 8 0 R is the stream
}

TEST_CASE("object streams are in the file, never in one another") {
    const auto inner = "<</Type/ObjStm/N 1/First 4/Length 5>>";
    auto file = one_page().packed(5, inner).packed(6, "(x)").write(Kind::stream);
    const auto container = opened(file).entry(6)->offset_or_container;
    // Object 6 is said to be in object 5, which is itself in the object stream.
    const auto entry = big_endian(2, 1) + big_endian(container, 4) + big_endian(1, 2);
    file = replaced(file, entry, big_endian(2, 1) + big_endian(5, 4) + big_endian(0, 2));
    auto document = opened(file);
    CHECK(outcome(document.object({6, 0})) == "pdf.damaged: object stream missing");
    // In a container that there is not, and in one that is no stream.
    file = replaced(file, big_endian(2, 1) + big_endian(5, 4) + big_endian(0, 2),
                    big_endian(2, 1) + big_endian(77, 4) + big_endian(0, 2));
    auto missing = opened(file);
    CHECK(outcome(missing.object({6, 0})) == "pdf.damaged: object stream missing");
    file = replaced(file, big_endian(2, 1) + big_endian(77, 4) + big_endian(0, 2),
                    big_endian(2, 1) + big_endian(3, 4) + big_endian(0, 2));
    auto page = opened(file);
    CHECK(outcome(page.object({6, 0})) == "pdf.damaged: object stream expected");
}

TEST_CASE("references to references end") {
    const auto file = one_page().object(5, "6 0 R").object(6, "(x)").object(7, "7 0 R").write();
    auto document = opened(file);
    CHECK(document.resolve(Object(Reference{5, 0})).value()->value.as<String>() != nullptr);
    CHECK(outcome(document.resolve(Object(Reference{7, 0}))) == "pdf.damaged: chain of references");
    CHECK(document.resolve(Object(Reference{88, 0})).value()->value.is_null());
    CHECK(document.resolve(Object::integer(3)).value()->value.integer() == 3);
    Dictionary dictionary;
    dictionary.append("A", Reference{5, 0});
    CHECK(document.get(dictionary, "A").value()->value.as<String>()->value == "x");
    CHECK(document.get(dictionary, "B").value()->value.is_null());
}

TEST_CASE("filters in a row, with their parameters") {
    CHECK(decoded(one_page().stream(5, "", "plain")) == "plain");
    CHECK(decoded(one_page().stream(5, "/Filter/ASCIIHexDecode", "4142>")) == "AB");
    CHECK(decoded(one_page().stream(5, "/Filter[]", "plain")) == "plain");
    CHECK(decoded(one_page().stream(5, "/Filter[/AHx/A85]", "383763>")) == "He");
    CHECK(decoded(one_page().stream(5, "/Filter 6 0 R", "4142>").object(6, "[7 0 R]").object(7, "/ASCIIHexDecode")) ==
          "AB");
    const auto rows = text_of(deflate(as_bytes(std::string("\2AB\2\1\1", 6))));
    CHECK(decoded(one_page().stream(5, "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2>>", rows)) == "ABBC");
    CHECK(decoded(one_page().stream(5, "/Filter[/FlateDecode]/DecodeParms[<</Predictor 12/Columns 2>>]", rows)) ==
          "ABBC");
    CHECK(decoded(one_page()
                      .stream(5, "/Filter[/FlateDecode]/DecodeParms[6 0 R]", rows)
                      .object(6, "<</Predictor 12/Columns 2>>")) == "ABBC");

    CHECK(decoded(one_page().stream(5, "/Filter/DCTDecode", "x")) == "pdf.filter: DCTDecode");
    CHECK(decoded(one_page().stream(5, "/Filter/Crypt", "x")) == "pdf.filter: Crypt");
    CHECK(decoded(one_page().stream(5, "/F(other.bin)", "x")) == "pdf.filter: external file");
    CHECK(decoded(one_page().stream(5, "/Filter(FlateDecode)", "x")) == "pdf.damaged: /Filter");
    CHECK(decoded(one_page().stream(5, "/Filter[(FlateDecode)]", "x")) == "pdf.damaged: /Filter");
    CHECK(decoded(one_page().stream(5, "/Filter[/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx/AHx]", "")) == "pdf.limit: filters");
    CHECK(decoded(one_page().object(5, "<<>>")) == "pdf.damaged: stream expected");

    const auto file = one_page().stream(5, "/Filter/FlateDecode", "no zlib").write();
    auto document = opened(file);
    const auto bytes = document.decode(*loaded(document, 5));
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().object == 5U);
    CHECK(bytes.error().offset == loaded(document, 5)->span.begin);
}

TEST_CASE("what streams decode to is limited, each and all together") {
    const std::string zeros(5000, '\0');
    const auto once = text_of(deflate(as_bytes(zeros)));
    const auto builder = one_page().stream(5, "/Filter/FlateDecode", once).stream(6, "", zeros);
    Limits limits;
    limits.decoded_stream = 4999;
    CHECK(decoded(builder, limits) == "pdf.limit: decoded_stream");
    limits.decoded_stream = 5000;
    CHECK(decoded(builder, limits) == zeros);
    limits.decoded_total = 9999;
    const auto file = builder.write();
    for (const std::uint32_t second : {5U, 6U}) {
        // Without a filter too: a page may name the same stream a million times.
        auto document = opened(file, limits);
        CHECK(document.decode(*loaded(document, 5)));
        CHECK(outcome(document.decode(*loaded(document, second))) == "pdf.limit: decoded_total");
    }
    limits.decoded_stream = 4999;
    auto document = opened(file, limits);
    CHECK(outcome(document.decode(*loaded(document, 6))) == "pdf.limit: decoded_stream");
    // A bomb in two stages: 5 MB of zeros take a few bytes.
    const std::string large(5'000'000, '\0');
    const auto twice = text_of(deflate(deflate(as_bytes(large))));
    CHECK(twice.size() < 200);
    limits = {};
    limits.decoded_stream = 1'000'000;
    CHECK(decoded(one_page().stream(5, "/Filter[/FlateDecode/FlateDecode]", twice), limits) ==
          "pdf.limit: decoded_stream");
}

TEST_CASE("what is read as objects is limited in all") {
    // Objects within one another's strings: each is read to its end, and all of them would be kept.
    std::string file = "%PDF-1.7\n";
    std::string table = "0 1\n" + table_entry(0, 65535, 'f');
    constexpr std::uint32_t count = 2000;
    for (std::uint32_t i = 1; i <= count; ++i) {
        table += std::to_string(i) + " 1\n" + table_entry(file.size());
        file += std::to_string(i) + " 0 obj(";
    }
    for (std::uint32_t i = 0; i < count; ++i) file += ")endobj ";
    const auto section = file.size();
    file +=
        "xref\n" + table + "trailer\n<</Size 2001/Root 1 0 R>>\nstartxref\n" + std::to_string(section) + "\n%%EOF\n";
    const auto load_all = [&](const Limits& limits) {
        auto document = opened(file, limits);
        for (std::uint32_t i = 1; i <= count; ++i)
            if (auto object = document.object({i, 0}); !object) return outcome(object);
        return std::string();
    };
    Limits limits;
    CHECK(load_all(limits).empty());
    limits.parsed_total = 1'000'000;
    CHECK(load_all(limits) == "pdf.limit: parsed_total");

    // The same within an object stream, where a few bytes can be a long string many times over.
    const auto packed =
        one_page().packed(5, "(" + std::string(1000, 'x') + ")").packed(6, "[1 2 3 4 5]").write(Kind::stream);
    limits = {};
    limits.parsed_total = 900;
    auto document = opened(packed, limits);
    CHECK(outcome(document.object({5, 0})) == "pdf.limit: parsed_total");
    limits = {};
    // Enough to open the file and read one object, not for all.
    limits.tokens_total = 50;
    auto few = opened(packed, limits);
    CHECK(outcome(few.object({6, 0})).empty());
    std::string last;
    for (const std::uint32_t number : {2U, 3U, 1U, 5U, 4U}) last = outcome(few.object({number, 0}));
    CHECK(last == "pdf.limit: tokens_total");
    CHECK(outcome(few.object({6, 0})).empty());  // what is there stays there
}

TEST_CASE("the catalog") {
    const auto file = one_page().write();
    auto document = opened(file);
    CHECK(document.catalog().value()->id.number == 1);
    CHECK_FALSE(document.encrypted());
    const auto with = [&](std::string_view root) {
        const auto changed = replaced(file, "/Root 1 0 R", root);
        auto other = opened(changed);
        return outcome(other.catalog());
    };
    CHECK(with("/Root 9 0 R") == "pdf.damaged: catalog missing");
    CHECK(with("/Root null ") == "pdf.damaged: /Root missing");
    CHECK(with("/Root<<>>  ") == "pdf.damaged: /Root missing");
    CHECK(opened(one_page().trailer("/Encrypt 9 0 R").write()).encrypted());
}
