#include "pdf/hygiene.h"

#include "pdf_builder.h"

#include <set>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

using Rules = std::set<std::string>;

/// The rules that a file breaks; those that only warn in parentheses, an error as its code.
Rules rules(const std::string& file) {
    auto document = opened(file);
    const auto pages = read_pages(document);
    if (!pages) return {outcome(pages)};
    const auto findings = inspect(document, *pages);
    if (!findings) return {outcome(findings)};
    Rules found;
    for (const auto& finding : *findings) {
        CHECK(finding.detail.code == "hygiene." + finding.rule);
        CHECK(found.insert(finding.refuses ? finding.rule : "(" + finding.rule + ")").second);
    }
    return found;
}

Rules rules(const PdfBuilder& builder) {
    return rules(builder.write());
}

/// A page of 595 × 842 whose content is given, with the resources given.
PdfBuilder drawing(const std::string& content, const std::string& resources) {
    return one_page("/Resources<<" + resources + ">>").stream(4, "", content);
}

/// A form of half the page in each direction, or another box.
std::string form(const std::string& box = "[0 0 300 430]") {
    return "/Type/XObject/Subtype/Form/BBox" + box;
}
std::string image(int width, int height) {
    return "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Width " + std::to_string(width) +
           "/Height " + std::to_string(height);
}

}  // namespace

TEST_CASE("a plain document has no findings") {
    CHECK(rules(one_page().write(Kind::table)).empty());
    CHECK(rules(one_page().write(Kind::stream)).empty());
    CHECK(rules(one_page()
                    .packed(5, "<</A 1>>")
                    .object(3, "<</Type/Page/Parent 2 0 R/X 5 0 R>>")
                    .object(4, "null")
                    .write(Kind::stream)) == Rules{"(unreachable)"});
}

TEST_CASE("javascript") {
    const Rules found{"javascript"};
    CHECK(rules(one_page("", "/OpenAction<</S/JavaScript/JS(app.alert)>>")) == found);
    CHECK(rules(one_page("", "/Names<</JavaScript<</Names[(a)5 0 R]>>>>")
                    .object(5, "<</S/JavaScript/JS 6 0 R>>")
                    .stream(6, "", "x")) == found);
    CHECK(rules(one_page("/Annots[<</Type/Annot/Subtype/Link/A<</S/JavaScript/JS(x)>>>>]")) == found);
    // The type in an object of its own, or hidden by escapes; a rendition has /JS of its own.
    CHECK(rules(one_page("/Annots[<</A<</S 5 0 R/JS(x)>>>>]").object(5, "/JavaScript")) == found);
    CHECK(rules(one_page("/Annots[<</A<</S/Java#53cript>>>>]")) == found);
    CHECK(rules(one_page("/Annots[<</A<</S/Rendition/JS(x)>>>>]")) == found);
    CHECK(rules(one_page("/Annots[<</Contents(JavaScript /JS)/T(JS)>>]")).empty());
    CHECK(rules(one_page("/PieceInfo<</JavaScript 1>>")).empty());
}

TEST_CASE("actions that fire by themselves") {
    const Rules found{"automatic-action"};
    for (const std::string type : {"Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ImportData"}) {
        INFO(type);
        CHECK(rules(one_page("", "/OpenAction<</S/" + type + ">>")) == found);
        CHECK(rules(one_page("", "/OpenAction 5 0 R").object(5, "<</S/" + type + ">>")) == found);
        CHECK(rules(one_page("", "/AA<</WC<</S/" + type + ">>>>")) == found);
        CHECK(rules(one_page("/AA 5 0 R").object(5, "<</O 6 0 R>>").object(6, "<</S/" + type + ">>")) == found);
        CHECK(rules(one_page("/Annots[<</Type/Annot/AA<</E<</S/" + type + ">>>>>>]")) == found);
        CHECK(rules(one_page("", "/OpenAction<</S 5 0 R>>").object(5, "/" + type)) == found);
        // Behind an innocent one, in every form of a chain.
        CHECK(rules(one_page("", "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/" + type + ">>>>")) == found);
        CHECK(rules(one_page("", "/OpenAction<</S/GoTo/Next[<</S/Named>><</S/" + type + ">>]>>")) == found);
        CHECK(rules(one_page("", "/OpenAction 5 0 R")
                        .object(5, "<</S/GoTo/Next 6 0 R>>")
                        .object(6, "[7 0 R 8 0 R]")
                        .object(7, "<</S/Named>>")
                        .object(8, "<</S/GoTo/Next<</S/" + type + ">>>>")) == found);
        // A click is not by itself.
        CHECK(rules(one_page("/Annots[<</Type/Annot/Subtype/Link/A<</S/" + type + ">>>>]")).empty());
        CHECK(
            rules(
                one_page("/Annots[5 0 R]").object(5, "<</A 6 0 R>>").object(6, "<</S/Named/Next<</S/" + type + ">>>>"))
                .empty());
    }
}

TEST_CASE("what opens within the document is no matter") {
    CHECK(rules(one_page("", "/OpenAction[3 0 R/Fit]")).empty());
    CHECK(rules(one_page("", "/OpenAction 5 0 R").object(5, "[3 0 R/XYZ null null null]")).empty());
    CHECK(rules(one_page("", "/OpenAction(named)")).empty());
    CHECK(rules(one_page("", "/OpenAction<</S/GoTo/D[3 0 R/Fit]>>")).empty());
    CHECK(rules(one_page("", "/OpenAction<</S/Named/N/FirstPage>>/AA<<>>")).empty());
    CHECK(rules(one_page("", "/AA<</WC null>>/OpenAction null")).empty());
    // A chain that bites its tail.
    CHECK(rules(one_page("", "/OpenAction 5 0 R")
                    .object(5, "<</S/GoTo/Next 6 0 R>>")
                    .object(6, "<</S/GoTo/Next[5 0 R 6 0 R]>>"))
              .empty());
}

TEST_CASE("one object as an action here and as a dictionary of actions there") {
    const auto twice = one_page("/AA 5 0 R", "/OpenAction 5 0 R").object(5, "<</S/Launch/F(cmd)>>");
    CHECK(rules(twice) == Rules{"automatic-action"});
    const auto other = one_page("/AA 5 0 R", "/OpenAction 5 0 R").object(5, "<</S/GoTo/O<</S/URI>>>>");
    CHECK(rules(other) == Rules{"automatic-action"});
}

TEST_CASE("dictionaries of actions within one another take no memory for each level") {
    std::string values;
    for (int i = 0; i < 200'000; ++i) values += "[]";
    std::string nested = "<</X[" + values + "]>>";
    for (int i = 0; i < 50; ++i) nested = "<</AA" + nested + ">>";
    CHECK(rules(one_page("/AA" + nested)).empty());
}

TEST_CASE("embedded files and XFA") {
    CHECK(rules(one_page("", "/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>")
                    .object(5, "<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>")
                    .stream(6, "/Type/EmbeddedFile", "x")) == Rules{"embedded-files"});
    CHECK(rules(one_page("/Annots[<</Subtype/FileAttachment/FS<</F(a)/EF<</F 5 0 R>>>>>>]").stream(5, "", "x")) ==
          Rules{"embedded-files"});
    CHECK(rules(one_page("", "/Names<</EmbeddedFiles<</Names[]>>>>")).empty());
    CHECK(rules(one_page("/Annots[<</A<</S/GoToR/F<</F(other.pdf)>>>>>>]")).empty());
    CHECK(rules(one_page("", "/AcroForm<</XFA 5 0 R/Fields[]>>").stream(5, "", "<xdp/>")) == Rules{"xfa"});
    CHECK(rules(one_page("", "/AcroForm<</Fields[]>>")).empty());
    CHECK(rules(one_page("", "/AcroForm<</XFA null/Fields[]>>")).empty());
}

TEST_CASE("hidden optional content") {
    const Rules found{"hidden-content"};
    const auto with = [](const std::string& configuration) {
        return rules(one_page("/Resources<</Properties<</L 5 0 R>>>>",
                              "/OCProperties<</OCGs[5 0 R]/D<<" + configuration + ">>>>")
                         .object(5, "<</Type/OCG/Name(layer)>>"));
    };
    CHECK(with("/OFF[5 0 R]") == found);
    CHECK(with("/OFF 6 0 R").empty());  // no such object
    CHECK(with("/BaseState/OFF") == found);
    CHECK(with("/AS[<</Event/Print/Category[/Print]/OCGs[5 0 R]>>]") == found);
    CHECK(with("").empty());
    CHECK(with("/OFF[]/BaseState/ON/Order[5 0 R]").empty());
    // Content that shows when a group is off: hidden while nothing is.
    const auto member = [](const std::string& entries) {
        return rules(one_page("/Resources<</Properties<</L 6 0 R>>>>", "/OCProperties<</OCGs[5 0 R]/D<<>>>>")
                         .object(5, "<</Type/OCG/Name(layer)>>")
                         .object(6, "<</Type/OCMD/OCGs 5 0 R" + entries + ">>"));
    };
    CHECK(member("/P/AllOff") == found);
    CHECK(member("/P/AnyOff") == found);
    CHECK(member("/VE[/Not 5 0 R]") == found);
    CHECK(member("").empty());
    CHECK(member("/P/AnyOn").empty());
    CHECK(member("/P/AllOn").empty());
}

TEST_CASE("page-sized forms that nothing draws") {
    const Rules found{"undrawn-content"};
    const std::string named = "/XObject<</X 5 0 R>>";
    CHECK(rules(drawing("", named).stream(5, form(), "")) == found);
    CHECK(rules(drawing("/X Do", named).stream(5, form(), "")).empty());
    CHECK(rules(drawing("/X gs Do", named).stream(5, form(), "")).empty());
    CHECK(rules(drawing("/Y Do", named).stream(5, form(), "")) == found);
    CHECK(rules(drawing("(/X Do) Tj % /X Do\n", named).stream(5, form(), "")) == found);
    CHECK(rules(drawing("/#58 Do", named).stream(5, form(), "")).empty());
    // Smaller than half the page in one direction: a letterhead or a stamp.
    CHECK(rules(drawing("", named).stream(5, form("[0 0 297 430]"), "")).empty());
    CHECK(rules(drawing("", named).stream(5, form("[0 0 300 420]"), "")).empty());
    CHECK(rules(drawing("", named).stream(5, "/Subtype/Form", "")).empty());
    CHECK(rules(drawing("", named).stream(5, "/Subtype/Form/BBox[1 2]", "")).empty());
    CHECK(rules(drawing("", named).object(5, "<</Subtype/Form/BBox[0 0 595 842]>>")).empty());  // no stream
}

TEST_CASE("page-sized images that nothing draws") {
    const std::string named = "/XObject<</X 5 0 R>>";
    CHECK(rules(drawing("", named).stream(5, image(2480, 3508), "x")) == Rules{"undrawn-content"});
    CHECK(rules(drawing("/X Do", named).stream(5, image(2480, 3508), "x")).empty());
    CHECK(rules(drawing("", named).stream(5, image(200, 100), "x")).empty());
    CHECK(rules(drawing("", named).stream(5, image(2480, 100), "x")).empty());
}

TEST_CASE("drawn by way of others") {
    const Rules found{"undrawn-content"};
    const std::string both = "/XObject<</X 5 0 R/Y 6 0 R>>";
    // X draws Y, by resources of its own or by those of the page.
    CHECK(rules(drawing("/X Do", both)
                    .stream(5, form() + "/Resources<</XObject<</Z 6 0 R>>>>", "/Z Do")
                    .stream(6, form(), ""))
              .empty());
    CHECK(rules(drawing("/X Do", both).stream(5, form(), "/Y Do").stream(6, form(), "")).empty());
    CHECK(rules(drawing("/X Do", both).stream(5, form(), "").stream(6, form(), "")) == found);
    // X is not drawn, so that it draws nothing.
    CHECK(rules(drawing("", both).stream(5, form(), "/Y Do").stream(6, form(), "")) == found);
    // What a drawn form names and does not draw counts too; what an undrawn small one names does not.
    CHECK(rules(drawing("/X Do", "/XObject<</X 5 0 R>>")
                    .stream(5, form("[0 0 1 1]") + "/Resources<</XObject<</Z 6 0 R>>>>", "")
                    .stream(6, form(), "")) == found);
    // Forms that draw one another.
    CHECK(rules(drawing("/X Do", both)
                    .stream(5, form() + "/Resources<</XObject<</Y 6 0 R>>>>", "/Y Do")
                    .stream(6, form() + "/Resources<</XObject<</X 5 0 R>>>>", "/X Do"))
              .empty());
    // By the appearance of an annotation.
    CHECK(rules(one_page("/Resources<</XObject<</X 5 0 R>>>>/Annots[<</Subtype/Stamp/AP<</N 5 0 R>>>>]")
                    .stream(5, form(), ""))
              .empty());
    CHECK(rules(one_page("/Resources<</XObject<</X 5 0 R>>>>/Annots[<</Subtype/Widget/AP<</N<</On 5 0 R>>>>>>]")
                    .stream(5, form(), ""))
              .empty());
}

TEST_CASE("drawn on another page") {
    const auto two = [](const std::string& first, const std::string& second) {
        PdfBuilder builder;
        builder.object(1, "<</Type/Catalog/Pages 2 0 R>>");
        builder.object(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/Resources<</XObject<</X 5 0 R>>>>/MediaBox[0 0 595 842]>>");
        builder.object(3, "<</Type/Page/Contents 4 0 R>>").stream(4, "", first);
        builder.object(6, "<</Type/Page/Contents[7 0 R 8 0 R]>>").stream(7, "", second).stream(8, "", "q Q");
        return builder.stream(5, form(), "");
    };
    CHECK(rules(two("", "/X Do")).empty());
    CHECK(rules(two("/X Do", "")).empty());
    CHECK(rules(two("", "")) == Rules{"undrawn-content"});
    // Contents that are cut between streams count as one.
    CHECK(rules(two("", "/X")) == Rules{"undrawn-content"});
    CHECK(rules(two("", "/X").stream(8, "", "Do")).empty());
}

TEST_CASE("content of others is read as viewers do") {
    const std::string named = "/XObject<</X 5 0 R>>";
    const auto drawn = [&](const std::string& content) {
        return rules(drawing(content, named).stream(5, form(), "")).empty();
    };
    CHECK(drawn("} ) > ] /X Do"));
    CHECK(drawn("1.2.3 /X Do"));
    CHECK(drawn("BI /W 1 /H 1 ID \x01\x02( <<EIx\n EI /X Do"));
    CHECK(drawn("<< /A (x) /X Do"));
    CHECK_FALSE(drawn("(unfinished /X Do"));
    CHECK_FALSE(drawn("BI ID xx /X Do"));
    // Each of these was a new beginning, and reading each to the end would take forever.
    CHECK_FALSE(drawn(std::string(3'000'000, '(')));
    CHECK_FALSE(drawn(std::string(200'000, '[')));
    CHECK_FALSE(drawn(std::string(1'000'000, '<')));
}

TEST_CASE("a page that names one stream a million times") {
    std::string list;
    for (int i = 0; i < 100'000; ++i) list += "6 0 R ";
    const auto file =
        one_page("/Resources<</XObject<</X 5 0 R>>>>")
            .object(3, "<</Type/Page/MediaBox[0 0 595 842]/Contents[" + list + "]/Resources<</XObject<</X 5 0 R>>>>>>")
            .object(4, "null")
            .stream(5, form(), "")
            .stream(6, "", std::string(100'000, ' '));
    CHECK(rules(file).count("undrawn-content") == 0);  // it cannot be said
}

TEST_CASE("earlier revisions with other pages are refused, with the same ones a warning") {
    const auto first = one_page().write();
    CHECK(rules(PdfBuilder().stream(4, "", "0 g").write(Kind::table, first)) == Rules{"revisions"});
    CHECK(rules(PdfBuilder().object(1, "<</Type/Catalog/Pages 2 0 R/Lang(zh)>>").write(Kind::table, first)) ==
          Rules{"(same-revisions)"});
    const auto file = PdfBuilder().stream(4, "", "0 g").write(Kind::table, first);
    auto document = opened(file);
    const auto findings = inspect(document, pages_of(document));
    REQUIRE(findings->size() == 1);
    CHECK(findings->front().detail.parameters.at("revisions") == "2");
    CHECK(findings->front().detail.parameters.at("page") == "1");
}

TEST_CASE("documents that carry a code already are told apart") {
    CHECK(rules(one_page("/Annots[<</Subtype/Stamp/SJCode<00>>>]")) == Rules{"pdf.coded"});
    CHECK(rules(one_page("/PieceInfo<</SJCode 5 0 R>>").object(5, "(x)")) == Rules{"pdf.coded"});
    CHECK(rules(one_page("/Annots[<</Subtype/Stamp/Contents(SJCode)>>]")).empty());
    CHECK(rules(one_page("/ByteRange[0 1 2 3]/SJCode(x)")) == Rules{"pdf.coded"});  // a sealed report of ours
}

TEST_CASE("signed documents are told apart from those with an empty signature field") {
    const std::string field = "/AcroForm<</SigFlags 3/Fields[5 0 R]>>";
    CHECK(rules(one_page("", field)
                    .object(5, "<</FT/Sig/T(s)/V 6 0 R>>")
                    .object(6, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")) == Rules{"pdf.signed"});
    CHECK(rules(one_page("", "/Perms<</DocMDP 5 0 R>>").object(5, "<</ByteRange 6 0 R>>").object(6, "[0 1 2 3]")) ==
          Rules{"pdf.signed"});
    CHECK(rules(one_page("", field).object(5, "<</FT/Sig/T(s)>>")).empty());
}

TEST_CASE("fonts without their program, and tags, are warnings") {
    const auto with = [](const std::string& font) {
        return rules(one_page("/Resources<</Font<</F 5 0 R>>>>")
                         .object(5, "<</Type/Font" + font + ">>")
                         .object(6, "<</Type/FontDescriptor>>")
                         .object(7, "<</Type/FontDescriptor/FontFile2 4 0 R>>")
                         .object(8, "[6 0 R 7 0 R]"));
    };
    CHECK(with("/Subtype/Type1/BaseFont/Helvetica").count("(fonts)") == 1);
    CHECK(with("/Subtype/TrueType/FontDescriptor 6 0 R").count("(fonts)") == 1);
    CHECK(with("/Subtype/TrueType/FontDescriptor 7 0 R").count("(fonts)") == 0);
    CHECK(with("/Subtype/Type0").count("(fonts)") == 0);
    CHECK(with("/Subtype/Type3").count("(fonts)") == 0);
    CHECK(rules(one_page("", "/StructTreeRoot 5 0 R").object(5, "<<>>")) == Rules{"(tagged)"});
}

TEST_CASE("objects that nothing reaches, and bytes that belong to nothing") {
    CHECK(rules(one_page().object(5, "(lost)")) == Rules{"(unreachable)"});
    CHECK(rules(one_page().object(5, "<</Type/XRef>>")).empty());
    CHECK(rules(one_page("/X 5 0 R").object(5, "(found)")).empty());
    CHECK(rules(one_page().write() + "lost bytes") == Rules{"(unaccounted)"});
    const auto file = one_page().object(5, "(lost)").object(6, "<</A 5 0 R>>").write();
    auto document = opened(file);
    const auto findings = inspect(document, pages_of(document));
    REQUIRE(findings->size() == 1);
    CHECK(findings->front().detail.parameters.at("count") == "2");
}

TEST_CASE("several findings, each once") {
    const auto found =
        rules(one_page("/Annots[<</A<</JS(x)>>>><</A<</JS(y)>>>>]", "/OpenAction<</S/Launch>>/AcroForm<</XFA(x)>>"));
    CHECK(found == Rules{"javascript", "automatic-action", "xfa"});
}

TEST_CASE("a document that cannot be walked strictly is not called clean") {
    CHECK(rules(one_page("/X 5 0 R").object(5, "<</A")) == Rules{"pdf.damaged: object expected"});
    CHECK(rules(one_page("/X 5 0 R").object(5, "<</Length 1>>stream\nabc\nendstream")) ==
          Rules{"pdf.damaged: endstream is not where /Length says"});
}
