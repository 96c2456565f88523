// Revisions behind a signature: rule U1, default deny, and what is allowed.
#include "signed_file.h"

#include <functional>

using namespace sjcode;
using namespace sjcode::test;
using pdf::AuditProfile;
using pdf::FindingResult;

namespace {

/// The failures that a revision behind a file certified at a level gives.
Codes judged(const PdfBuilder& revision, int level = 0, Kind kind = Kind::table) {
    return failures(later(revision, signed_file(level, kind), kind));
}

PdfBuilder replacing(std::uint32_t number, const std::string& text) {
    return PdfBuilder().object(number, text);
}

std::string stream_text(const std::string& entries, const std::string& data) {
    return "<<" + entries + "/Length " + std::to_string(data.size()) + ">>stream\n" + data + "\nendstream";
}

const std::string form_entries = "/Type/XObject/Subtype/Form/BBox[0 0 80 20]";

PdfBuilder filled() {
    return replacing(7, text_field("/V(Zhang)/AP<</N 25 0 R>>")).object(25, stream_text(form_entries, "q 1 g Q"));
}

PdfBuilder signs_empty_field(const std::string& signature = {}) {
    PdfBuilder revision;
    revision.object(8, signature_field("second", "/V 25 0 R"));
    revision.object(25, signature_dictionary(signature));
    return revision;
}

PdfBuilder adds_signature(const std::string& field, const std::string& signature) {
    PdfBuilder revision;
    revision.object(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R 26 0 R"));
    revision.object(5, form_text("6 0 R 7 0 R 8 0 R 26 0 R"));
    revision.object(26, field);
    revision.object(25, signature);
    return revision;
}

const std::string timestamp =
    "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"
    "/ByteRange[0 1111111111 2222222222 3333333333]/Contents<30820004DEADBEEF00000000>>>";

}  // namespace

TEST_CASE("each thing that a later revision must not change has its own code") {
    struct Trick {
        const char* what;
        PdfBuilder revision;
        const char* code;
    };
    const std::vector<Trick> tricks{
        {"content replaced in place", replacing(4, stream_text("", "1 0 0 rg")), "audit.contents-changed"},
        {"content exchanged", replacing(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R", "25 0 R")).stream(25, "", "x"),
         "audit.contents-changed"},
        {"font", replacing(12, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"), "audit.font-changed"},
        {"image", replacing(13, stream_text("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "1 g")), "audit.image-changed"},
        {"page size", replacing(3, replaced(page_text(), "595", "295")), "audit.page-changed"},
        {"resources", replacing(3, replaced(page_text(), "/X 13", "/Y 13")), "audit.resources-changed"},
        {"page added", replacing(2, "<</Type/Pages/Kids[3 0 R 25 0 R]/Count 2>>").object(25, page_text()),
         "audit.page-tree-changed"},
        {"page tree exchanged",
         replacing(1, replaced(catalog_text(0), "/Pages 2", "/Pages 15")).object(25, "<</Type/Pages/Kids[3 0 R]>>"),
         "audit.page-tree-changed"},
        {"annotation added",
         replacing(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R 25 0 R")).object(25, "<</Subtype/FreeText/Rect[0 0 9 9]>>"),
         "audit.annotation-added"},
        {"widget that is no field's",
         replacing(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R 25 0 R")).object(25, "<</Subtype/Widget/Rect[0 0 9 9]>>"),
         "audit.annotation-added"},
        {"annotation changed", replacing(11, "<</Type/Annot/Subtype/Text/Rect[1 1 2 2]/Contents(other)>>"),
         "audit.annotation-changed"},
        {"annotation removed", replacing(3, page_text("6 0 R 7 0 R 8 0 R")), "audit.annotation-removed"},
        {"annotations reordered", replacing(3, page_text("11 0 R 6 0 R 7 0 R 8 0 R")), "audit.annotation-removed"},
        {"appearance of a field that was not filled", replacing(10, stream_text(form_entries, "1 g")),
         "audit.appearance-changed"},
        {"appearance exchanged", replacing(7, text_field("/AP<</N 13 0 R>>")), "audit.appearance-changed"},
        {"field moved", replacing(7, replaced(text_field("/AP<</N 10 0 R>>"), "[10 10", "[20 10")),
         "audit.field-changed"},
        {"field added", replacing(5, form_text("6 0 R 7 0 R 8 0 R 25 0 R")).object(25, "<</FT/Tx/T(new)>>"),
         "audit.field-added"},
        {"field removed", replacing(5, form_text("6 0 R 8 0 R")), "audit.field-removed"},
        {"signature removed", replacing(6, signature_field("first")), "audit.signature-removed"},
        {"signature exchanged", replacing(6, signature_field("first", "/V 25 0 R")).object(25, signature_dictionary()),
         "audit.signature-replaced"},
        {"signature overwritten", replacing(9, signature_dictionary("/Name(other)")), "audit.signature-replaced"},
        {"optional content", replacing(1, catalog_text(0, "/OCProperties<</OCGs[]>>")),
         "audit.optional-content-changed"},
        {"action", replacing(1, catalog_text(0, "/OpenAction<</S/URI/URI(x)>>")), "audit.action-changed"},
        {"script among the names",
         replacing(1, catalog_text(0, "/Names<</JavaScript 25 0 R>>"))
             .object(25, "<</Names[(a)<</S/JavaScript/JS(x)>>]>>"),
         "audit.javascript-changed"},
        {"embedded file",
         replacing(1, catalog_text(0, "/Names<</EmbeddedFiles<</Names[(a)25 0 R]>>>>"))
             .object(25, "<</Type/Filespec/EF<</F 26 0 R>>>>")
             .stream(26, "", "x"),
         "audit.embedded-files-changed"},
        {"second form", replacing(5, form_text("6 0 R 7 0 R 8 0 R", "/XFA(x)")), "audit.xfa-changed"},
        {"structure tree", replacing(1, catalog_text(0, "/StructTreeRoot<<>>")), "audit.structure-tree-changed"},
        {"bookmarks", replacing(1, catalog_text(0, "/Outlines<<>>")), "audit.outlines-changed"},
        {"viewer preferences", replacing(1, catalog_text(0, "/ViewerPreferences<<>>")), "audit.catalog-changed"},
        {"key twice in the catalog", replacing(1, catalog_text(0, "/Pages 2 0 R")), "audit.duplicate-key"},
        {"another type", replacing(12, "<</Type/XObject>>"), "audit.type-changed"},
        {"another kind", replacing(12, "[1 2]"), "audit.type-changed"},
        {"proofs of another form", replacing(1, catalog_text(0, "/DSS<</Other 3>>")), "audit.validation-data-form"},
        {"extensions of another form", replacing(1, catalog_text(0, "/Extensions<</A<</B 3 0 R>>>>")),
         "audit.extensions-changed"},
        {"form without a flag", replacing(5, replaced(form_text(), "SigFlags 3", "SigFlags 1")), "audit.form-changed"},
        {"something old as a signature", replacing(8, signature_field("second", "/V 14 0 R")), "audit.signature-old"},
        {"something old as a signature's field",
         replacing(5, form_text("6 0 R 7 0 R 8 0 R 11 0 R")).object(11, signature_field("third")), "audit.field-added"},
        {"script in a new signature field",
         adds_signature(signature_field("third", "/V 25 0 R/AA<<>>"), signature_dictionary()), "audit.action-changed"},
        {"action on a new signature field",
         adds_signature(signature_field("third", "/V 25 0 R/A<</S/URI/URI(x)>>"), signature_dictionary()),
         "audit.action-changed"},
        {"layer on a new signature field",
         adds_signature(signature_field("third", "/V 25 0 R/OC 27 0 R"), signature_dictionary()).object(27, "<<>>"),
         "audit.optional-content-changed"},
        {"something old as a widget of a new field",
         adds_signature("<</FT/Sig/T(third)/V 25 0 R/Kids[13 0 R]>>", signature_dictionary())
             .object(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R 13 0 R")),
         "audit.annotation-added"},
        {"one signature in two fields",
         signs_empty_field()
             .object(5, form_text("6 0 R 7 0 R 8 0 R 26 0 R"))
             .object(26, signature_field("third", "/V 25 0 R")),
         "audit.signature-shared"},
    };
    for (const auto& trick : tricks) {
        INFO(trick.what);
        for (const int level : {0, 1, 2, 3}) {
            // The catalogs above are those of a file that nobody certified.
            if (level != 0 && std::string_view(trick.code) != "audit.contents-changed") continue;
            CHECK(judged(trick.revision, level).contains(trick.code));
        }
        CHECK(judged(trick.revision, 0, Kind::stream).contains(trick.code));
    }
}

TEST_CASE("freed objects, other generations, another root, a smaller size") {
    const auto file = signed_file();
    const auto with_table = [&](const std::string& objects, const std::string& table, const std::string& trailer) {
        const auto section = file.size() + objects.size();
        return file + objects + "xref\n" + table + "trailer\n<<" + trailer + "/Prev " +
               std::to_string(last_number(file, "startxref\n", 0)) + "/Info 14 0 R/ID[<61><62>]>>\nstartxref\n" +
               std::to_string(section) + "\n%%EOF\n";
    };
    CHECK(failures(with_table("", "12 1\n" + table_entry(0, 1, 'f'), "/Size 15/Root 1 0 R")) ==
          Codes{"audit.object-freed"});
    CHECK(failures(with_table("12 1 obj<</Type/Font>>endobj\n", "12 1\n" + table_entry(file.size(), 1),
                              "/Size 15/Root 1 0 R")) == Codes{"audit.generation-changed"});
    CHECK(failures(with_table("15 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n", "15 1\n" + table_entry(file.size()),
                              "/Size 16/Root 15 0 R"))
              .contains("audit.catalog-replaced"));
    CHECK(failures(with_table("", "", "/Size 9/Root 1 0 R")) == Codes{"audit.size-smaller"});
    CHECK(failures(with_table("15 0 obj(x)endobj\n", "15 1\n" + table_entry(file.size()), "/Size 15/Root 1 0 R"))
              .contains("audit.size-exceeded"));
    CHECK(failures(with_table("", "", "/Size 15/Root 1 0 R/Encrypt<<>>")).contains("audit.encryption-changed"));
}

TEST_CASE("what the signed document refers to and lacks cannot be supplied later") {
    const auto file = signed_file(0, Kind::table, "/Hidden 20 0 R");
    CHECK(failures(file).empty());
    CHECK(failures(later(replacing(20, "<<>>"), file)) == Codes{"audit.object-supplied"});
}

TEST_CASE("what lay unused in the signed file is looked at where a later revision uses it") {
    auto base = PdfBuilder().object(21, "<</S/JavaScript/JS(x)>>").write(Kind::table, one_page().write());
    auto first = PdfBuilder();
    first.object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>");
    first.object(6, "<</FT/Sig/T(first)/V 9 0 R>>").object(9, signature_dictionary());
    base = seal(first.write(Kind::table, base));
    CHECK(failures(base).empty());
    auto second = PdfBuilder();
    second.object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 22 0 R]>>>>");
    second.object(22, "<</FT/Sig/T(second)/V 23 0 R/Other 21 0 R>>").object(23, signature_dictionary());
    CHECK(failures(seal(second.write(Kind::table, base))) == Codes{"audit.javascript-changed"});
}

TEST_CASE("one object in two places changes in neither") {
    // The appearance of the text field is named by the catalog too.
    const auto file = signed_file(0, Kind::table, "/Other 10 0 R");
    const auto revision =
        replacing(7, text_field("/V(Li)/AP<</N 10 0 R>>")).object(10, stream_text(form_entries, "1 g"));
    CHECK(failures(later(revision, file)).contains("audit.object-shared"));
    CHECK(failures(later(revision, signed_file())).empty());
}

TEST_CASE("forms may be filled in, but not under a certification that forbids it") {
    CHECK(judged(filled()).empty());
    CHECK(codes_of(later(filled(), signed_file()), FindingResult::warn).contains("audit.field-filled"));
    CHECK(codes_of(later(filled(), signed_file(2)), FindingResult::pass).contains("audit.field-filled"));
    CHECK(judged(filled(), 1) == Codes{"audit.field-filled-forbidden"});
    const auto lock = [](const std::string& parameters) {
        return signed_file(0, Kind::table, "",
                           "/Reference[<</TransformMethod/FieldMDP/TransformParams<<" + parameters + ">>>>]");
    };
    CHECK(failures(later(filled(), lock("/Action/All"))) == Codes{"audit.field-locked"});
    CHECK(failures(later(filled(), lock("/Action/Include/Fields[(name)]"))) == Codes{"audit.field-locked"});
    CHECK(failures(later(filled(), lock("/Action/Include/Fields[(nam)]"))).empty());
    CHECK(failures(later(filled(), lock("/Action/Exclude/Fields[(name)]"))).empty());
    CHECK(failures(later(filled(), lock("/Action/Exclude/Fields[(other)]"))) == Codes{"audit.field-locked"});
}

TEST_CASE("a second signature, in an empty field or a new one") {
    CHECK(failures(seal(later(signs_empty_field(), signed_file(2)))).empty());
    CHECK(failures(seal(later(signs_empty_field(), signed_file(1)))) == Codes{"audit.signature-forbidden"});
    const auto added = adds_signature(signature_field("third", "/V 25 0 R"), signature_dictionary());
    const auto file = seal(later(added, signed_file(2)));
    CHECK(failures(file).empty());
    CHECK(codes_of(file, FindingResult::pass).contains("audit.signature-added"));
    const auto visible = adds_signature(replaced(signature_field("third", "/V 25 0 R"), "[0 0 0 0]", "[0 0 90 90]"),
                                        signature_dictionary());
    CHECK(codes_of(seal(later(visible, signed_file(2))), FindingResult::warn).contains("audit.signature-visible"));
    const auto stamped = adds_signature(signature_field("third", "/V 25 0 R"), timestamp);
    CHECK(failures(seal(later(stamped, signed_file(1)))).empty());
}

TEST_CASE("proofs and extensions may be added") {
    auto revision =
        replacing(1, catalog_text(0, "/DSS 25 0 R/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>"));
    revision.object(25, "<</Certs[26 0 R]/VRI<</AB<</Cert[26 0 R]>>>>>>").stream(26, "", "certificate");
    const auto file = later(revision, signed_file());
    CHECK(failures(file).empty());
    CHECK(codes_of(file, FindingResult::pass).contains("audit.validation-data"));
    CHECK(codes_of(file, FindingResult::pass).contains("audit.extensions-added"));
    // What was added stays as it is.
    CHECK(failures(later(PdfBuilder().stream(26, "", "another one"), file)) == Codes{"audit.validation-data-replaced"});
}

TEST_CASE("annotations where the certification allows them") {
    const auto added = replacing(3, page_text("6 0 R 7 0 R 8 0 R 11 0 R 25 0 R")).object(25, "<</Subtype/FreeText>>");
    CHECK(judged(added, 2) == Codes{"audit.annotation-added"});
    CHECK(judged(added, 3).empty());
    CHECK(codes_of(later(added, signed_file(3)), FindingResult::warn).contains("audit.annotation-edited"));
    CHECK(judged(replacing(11, "<</Type/Annot/Subtype/Text/Rect[1 1 2 2]/Contents(other)>>"), 3).empty());
}

TEST_CASE("writing the same again changes nothing") {
    CHECK(judged(replacing(12, "<</BaseFont/Courier/Subtype/Type1/Type/Font>>")).empty());
    CHECK(judged(replacing(2, "<</Count 1/Kids[3 0 R]/Type/Pages>>").object(3, page_text())).empty());
}

TEST_CASE("under a seal of ours only proofs and timestamps, and the countersignatures it has room for") {
    pdf::AuditSettings sealed;
    sealed.profile = AuditProfile::sealed;
    pdf::AuditSettings countersign;
    countersign.profile = AuditProfile::countersign;
    const auto base = signed_file(2);
    const auto check = [&](const PdfBuilder& revision, const pdf::AuditSettings& settings) {
        return failures(seal(later(revision, base)), settings);
    };
    const auto stamped = adds_signature(signature_field("third", "/V 25 0 R"), timestamp);
    CHECK(check(stamped, sealed).empty());
    CHECK(check(stamped, countersign).empty());
    CHECK(check(filled(), sealed).contains("audit.field-filled-forbidden"));
    CHECK(check(signs_empty_field(), sealed).contains("audit.signature-forbidden"));
    CHECK(check(signs_empty_field(), countersign).empty());
    CHECK(check(adds_signature(signature_field("third", "/V 25 0 R"), signature_dictionary()), countersign)
              .contains("audit.signature-forbidden"));
    CHECK(check(replacing(14, "<</Title(another)>>"), sealed).contains("audit.information-changed"));
    CHECK(check(replacing(20, "(nothing uses this)"), sealed).contains("audit.object-orphan"));
    CHECK(check(replacing(12, "<</BaseFont/Courier/Subtype/Type1/Type/Font>>"), sealed)
              .contains("audit.object-rewritten"));
}

TEST_CASE("the history tells what each revision did") {
    const auto report = pdf::audit(as_bytes(later(filled(), signed_file())));
    REQUIRE(report.revisions.size() == 2);
    CHECK(report.revisions[1].begin == report.revisions[0].end);
    CHECK(report.revisions[1].added == std::vector<std::uint32_t>{25});
    CHECK(report.revisions[1].replaced == std::vector<std::uint32_t>{7});
    CHECK(report.revisions[1].freed.empty());
}

TEST_CASE("more revisions than are looked at") {
    auto file = signed_file();
    for (int i = 0; i < 6; ++i) file = later(PdfBuilder(), file);
    CHECK(failures(file).empty());
    pdf::AuditSettings settings;
    settings.revisions = 3;
    CHECK(failures(file, settings).contains("audit.too-many-revisions"));
}
