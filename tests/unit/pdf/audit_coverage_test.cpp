// What a signature covers: rules B1, B2, B4, B5 and P1, and the bytes that nothing accounts for (T1, T2).
#include "signed_file.h"

using namespace sjcode;
using namespace sjcode::test;
using pdf::FindingResult;

TEST_CASE("a signature over the whole file has no finding that fails") {
    for (const auto kind : {Kind::table, Kind::stream, Kind::hybrid}) {
        const auto file = signed_file(2, kind);
        CHECK(failures(file).empty());
        const auto report = pdf::audit(as_bytes(file));
        REQUIRE(report.signatures.size() == 1);
        CHECK(report.signatures[0].covers_file);
        CHECK(report.signatures[0].revision == 1);
        CHECK(report.signatures[0].kind == pdf::SignatureKind::certification);
        REQUIRE(report.revisions.size() == 1);
        CHECK(report.revisions[0].signatures == std::vector<std::string>{"first"});
    }
}

TEST_CASE("a ByteRange of the wrong form, or over the wrong bytes") {
    const auto file = signed_file();
    const auto range = file.substr(file.find("/ByteRange"), 46);
    const auto with = [&](std::string_view text) {
        std::string other = "/ByteRange" + std::string(text);
        other.resize(range.size(), ' ');
        return failures(replaced(file, range, other));
    };
    const auto begin = file.find("/Contents<3082") + 9;
    const auto end = file.find('>', begin) + 1;
    const auto four = [](std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
        return "[" + std::to_string(a) + " " + std::to_string(b) + " " + std::to_string(c) + " " + std::to_string(d) +
               "]";
    };
    const auto rest = file.size() - end;
    CHECK(with(four(0, begin, end, rest)).empty());
    CHECK(with("[]") == Codes{"audit.byte-range-form"});
    CHECK(with("[0 1]") == Codes{"audit.byte-range-form"});
    CHECK(with("[0 1 2 -3]") == Codes{"audit.byte-range-form"});
    CHECK(with("[0 1.0 2 3]") == Codes{"audit.byte-range-form"});
    CHECK(with("[0 14 0 R 3]") == Codes{"audit.byte-range-form"});
    CHECK(with(" null") == Codes{"audit.byte-range-missing"});
    CHECK(with(four(1, begin - 1, end, rest)) == Codes{"audit.byte-range-start"});
    CHECK(with(four(0, begin, end, rest + 1)) == Codes{"audit.byte-range-beyond"});
    CHECK(with(four(0, end, begin, rest)) == Codes{"audit.byte-range-beyond"});
    CHECK(with("[0 1 2 9223372036854775807]") == Codes{"audit.byte-range-beyond"});
    CHECK(with(four(0, begin - 1, end, rest)) == Codes{"audit.byte-range-gap"});
    CHECK(with(four(0, begin, end + 1, rest - 1)) == Codes{"audit.byte-range-gap"});
    CHECK(with(four(0, 20, 40, file.size() - 40)) == Codes{"audit.byte-range-elsewhere"});
    CHECK(with(four(0, begin, end, rest - 8)) == Codes{"audit.byte-range-end"});
}

TEST_CASE("a signature without contents, or with contents of another form") {
    const auto file = signed_file();
    const std::string contents = "/Contents<30820004DEADBEEF00000000>";
    const auto with = [&](std::string text) {
        text.resize(contents.size(), ' ');
        return failures(replaced(file, contents, text));
    };
    CHECK(with("/Contents<>").contains("audit.contents-empty"));
    CHECK(with("/Contents<0000>").contains("audit.contents-empty"));
    CHECK(with("/Contents null").contains("audit.contents-missing"));
    CHECK(with("").contains("audit.contents-missing"));
    CHECK(with("/Contents 14 0 R").contains("audit.contents-missing"));
    CHECK(with("/Contents").contains("audit.signature-unreadable"));
    CHECK(with("/Contents(aaaaaaaaaaaaaaaaaaaaaaaa)") == Codes{"audit.contents-form"});
    CHECK(with("/Contents<3082 004DEADBEEF00000000>") == Codes{"audit.contents-form"});
}

TEST_CASE("a key that stands twice in the signature") {
    CHECK(failures(signed_file(0, Kind::table, "", "/SubFilter/adbe.pkcs7.detached")) == Codes{"audit.duplicate-key"});
}

TEST_CASE("bytes of a signed file that belong to nothing") {
    const auto file = signed_file();
    CHECK(failures(file + "7 0 obj(hidden)endobj").contains("audit.unaccounted"));
    CHECK(failures(file + "\n\n   \n").empty());
    CHECK(failures(file + "%%EOF\n").contains("audit.end-marks"));
    CHECK(failures("\n" + file) == Codes{"audit.unreadable-signed"});
    const auto hidden = "8 0 obj(hidden)endobj\n" + later(PdfBuilder().object(15, "(new)"), file).substr(file.size());
    // Offsets of the revision are wrong then: what no reader can follow does not pass either.
    CHECK_FALSE(failures(file + hidden).empty());
}

TEST_CASE("bytes behind the signed file that are no revision") {
    const auto file = signed_file();
    CHECK(failures(file +
                   "4 0 obj<</Length 1>>stream\nx\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n7\n%%EOF\n")
              .contains("audit.appended"));
    const auto copy = file.substr(file.find("9 0 obj"), 300);
    CHECK(failures(file + copy + "\nstartxref\n7\n%%EOF\n").contains("audit.signature-copied"));
}

TEST_CASE("one certification, the first signature, of a level that exists") {
    CHECK(failures(signed_file(4)) == Codes{"audit.certification-level"});
    CHECK(codes_of(signed_file(0), FindingResult::warn).contains("audit.not-certified"));
    CHECK(codes_of(signed_file(3), FindingResult::pass).contains("audit.certified-3"));
    const auto unnamed = replaced(signed_file(2), "/Perms<</DocMDP 9 0 R>>", "/Other<</DocMDP 9 0 R>>");
    CHECK(codes_of(unnamed, FindingResult::warn).contains("audit.certification-unnamed"));
    const auto other = replaced(signed_file(2), "/Perms<</DocMDP 9 0 R>>", "/Perms<</DocMDP 8 0 R>>");
    CHECK(failures(other).contains("audit.certification-mismatch"));

    PdfBuilder second;
    second.object(1, catalog_text(0, "/Perms<</DocMDP 15 0 R>>"));
    second.object(8, signature_field("second", "/V 15 0 R"));
    second.object(15, signature_dictionary(certification(3)));
    CHECK(failures(seal(later(second, signed_file()))).contains("audit.certification-second"));
}

TEST_CASE("nothing signed, and what remains of a signature that was taken off") {
    const auto plain = one_page().write();
    CHECK(failures(plain).empty());
    CHECK(pdf::audit(as_bytes(plain)).signatures.empty());
    const auto remains = one_page().object(9, signature_dictionary()).write();
    const auto report = pdf::audit(as_bytes(remains));
    CHECK(report.signatures.empty());
    CHECK(std::any_of(report.findings.begin(), report.findings.end(),
                      [](const auto& finding) { return finding.code == "audit.signature-remains"; }));
}

TEST_CASE("whatever cannot be read is a finding that fails") {
    CHECK(failures("") == Codes{"audit.no-pdf"});
    CHECK(failures("a picture") == Codes{"audit.no-pdf"});
    CHECK(failures("%PDF-1.7\n") == Codes{"audit.unreadable"});
    const auto file = signed_file();
    for (std::size_t length = 0; length + 8 < file.size(); length += 7)
        CHECK_FALSE(failures(file.substr(0, length)).empty());
}
