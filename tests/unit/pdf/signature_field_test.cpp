#include "pdf/signature_field.h"

#include "pdf/seal_revision.h"
#include "pdf_builder.h"

#include <array>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

EmbeddedFont font(const std::string& name) {
    EmbeddedFont font;
    font.base_font = "AAAAAA+" + name;
    font.font_file = deflate(as_bytes(name));
    font.to_unicode = deflate(as_bytes(name));
    font.cid_set = deflate(as_bytes(name));
    return font;
}

SealRevision signed_revision(const Page& page, std::size_t room = 64) {
    const auto box = stamp_rectangle(page, 20, 30, 90, 120);
    SealRevision revision{
        {1, 2},          {3},          "J", {{page.id, box.left, box.bottom, 90, 120, deflate(as_bytes("n"))}},
        font("Chinese"), font("Latin")};
    revision.signature = SealSignature{std::string(pades_sub_filter), 1'788'000'000, Bytes(room)};
    return revision;
}

struct Sealed {
    std::string base;
    std::string whole;
    Span gap;
};

Sealed seal(const std::string& base, std::size_t room = 64) {
    auto document = opened(base);
    const auto pages = pages_of(document);
    auto written = write_seal_revision(document, pages, signed_revision(pages[0], room));
    if (!written) FAIL(outcome(written));
    REQUIRE(fill_contents(*written, base.size(), Bytes{0xAB, 0x01}));
    return {base, base + text_of(written->bytes), written->gap.value()};
}

std::string seal_outcome(const std::string& base) {
    auto document = opened(base);
    const auto pages = pages_of(document);
    return outcome(write_seal_revision(document, pages, signed_revision(pages[0])));
}

const Dictionary& dictionary_of(const ObjectPointer& object) {
    REQUIRE(object->dictionary() != nullptr);
    return *object->dictionary();
}

}  // namespace

TEST_CASE("a signed seal revision reads back and is rebuilt to the byte") {
    for (const auto kind : {Kind::table, Kind::stream, Kind::hybrid})
        for (const std::size_t room : {std::size_t{64}, std::size_t{3'000}, std::size_t{60'000}}) {
            const auto sealed = seal(one_page("/Annots[]").write(kind), room);
            auto before = opened(sealed.base);
            auto after = opened(sealed.whole);
            const auto pages = pages_of(before);
            const auto revision = read_seal_revision(before, pages, after);
            REQUIRE(revision);
            REQUIRE(revision->signature);
            CHECK(revision->signature->sub_filter == pades_sub_filter);
            CHECK(revision->signature->signed_at == 1'788'000'000);
            CHECK(revision->signature->contents.size() == room);
            CHECK(revision->signature->contents[0] == 0xAB);
            const auto rebuilt = write_seal_revision(before, pages, *revision);
            REQUIRE(rebuilt);
            CHECK(sealed.base + text_of(rebuilt->bytes) == sealed.whole);
            CHECK(*rebuilt->gap == sealed.gap);
        }
}

TEST_CASE("/ByteRange covers all but /Contents, and catalog, form and page name the signature") {
    const auto sealed = seal(one_page().write());
    CHECK(sealed.whole[sealed.gap.begin] == '<');
    CHECK(sealed.whole[sealed.gap.end - 1] == '>');
    CHECK(sealed.whole.substr(sealed.gap.begin, 6) == "<AB010");
    auto document = opened(sealed.whole);
    const auto catalog = document.catalog().value();
    const auto permissions = document.get(dictionary_of(catalog), "Perms").value();
    const auto signature = document.get(dictionary_of(permissions), "DocMDP").value();
    const auto* range = dictionary_of(signature).find("ByteRange")->as<Array>();
    REQUIRE(range != nullptr);
    REQUIRE(range->size() == 4);
    CHECK((*range)[0].integer() == 0);
    CHECK((*range)[1].integer() == static_cast<std::int64_t>(sealed.gap.begin));
    CHECK((*range)[2].integer() == static_cast<std::int64_t>(sealed.gap.end));
    CHECK((*range)[3].integer() == static_cast<std::int64_t>(sealed.whole.size() - sealed.gap.end));

    const auto form = document.get(dictionary_of(catalog), "AcroForm").value();
    CHECK(dictionary_of(form).find("SigFlags")->integer() == 3);
    const auto* fields = dictionary_of(form).find("Fields")->as<Array>();
    REQUIRE(fields->size() == 1);
    const auto field = document.resolve(fields->front()).value();
    CHECK(document.get(dictionary_of(field), "V").value() == signature);
    const auto* annotations = dictionary_of(loaded(document, 3)).find("Annots")->as<Array>();
    REQUIRE(annotations->size() == 2);
    CHECK(annotations->front() == fields->front());  // the stamp comes last: nothing lies over it
}

TEST_CASE("a form that was there keeps its fields") {
    auto builder = one_page("/Annots[8 0 R]");
    const auto field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/Rect[0 0 1 1]>>";
    const auto direct =
        builder.object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[8 0 R]/DA(x)>>>>").object(8, field).write();
    const auto indirect = builder.object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 9 0 R>>")
                              .object(9, "<</Fields 10 0 R/DA(x)>>")
                              .object(10, "[8 0 R]")
                              .write();
    for (const auto& base : {direct, indirect}) {
        const auto sealed = seal(base);
        auto document = opened(sealed.whole);
        const auto form = document.get(dictionary_of(document.catalog().value()), "AcroForm").value();
        const auto* fields = dictionary_of(form).find("Fields")->as<Array>();
        REQUIRE(fields->size() == 2);
        CHECK(fields->front() == Object(Reference{8, 0}));
        CHECK(dictionary_of(form).contains("DA"));
    }
}

TEST_CASE("bases that cannot be certified") {
    const auto with_catalog = [](const std::string& entries) {
        return one_page().object(1, "<</Type/Catalog/Pages 2 0 R" + entries + ">>").write();
    };
    CHECK(seal_outcome(with_catalog("")).empty());
    CHECK(seal_outcome(with_catalog("/Perms<<>>")) == "pdf.damaged: /Perms without a signature");
    CHECK(seal_outcome(with_catalog("/Lang(a)/Lang(b)")) == "pdf.damaged: catalog with a key twice");
    CHECK(seal_outcome(with_catalog("/AcroForm 7")) == "pdf.damaged: /AcroForm");
    CHECK(seal_outcome(with_catalog("/AcroForm<</Fields 7>>")) == "pdf.damaged: /Fields");
    CHECK(seal_outcome(with_catalog("/AcroForm<</Fields[<</T(SJSeal)>>]>>")) == "pdf.damaged: field SJSeal");
}

TEST_CASE("a signature larger than its room is refused") {
    const auto base = one_page().write();
    auto document = opened(base);
    const auto pages = pages_of(document);
    auto written = write_seal_revision(document, pages, signed_revision(pages[0], 4));
    REQUIRE(written);
    CHECK(fill_contents(*written, base.size(), Bytes(4, 1)));
    CHECK(outcome(fill_contents(*written, base.size(), Bytes(5, 1))) == "seal.room");
}

TEST_CASE("dates have one form") {
    CHECK(date_string(1'788'000'000) == "D:20260829184000+08'00'");
    for (const UnixTime time : {UnixTime{0}, UnixTime{951'782'400}, UnixTime{1'788'000'000}, UnixTime{4'102'444'799}})
        CHECK(time_of_date_string(date_string(time)) == time);
    for (const auto* other : {"D:20260829184000+08'00", "D:20260829184000Z00'00'", "D:20260230184000+08'00'",
                              "D:20260829254000+08'00'", "D:2026082918 000+08'00'", "", "D:20260829184060+08'00'"})
        CHECK(!time_of_date_string(other));
}
