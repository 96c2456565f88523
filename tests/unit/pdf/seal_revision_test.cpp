#include "pdf/seal_revision.h"

#include "pdf/revision.h"
#include "pdf_builder.h"

#include <array>
#include <functional>
#include <tuple>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

Bytes bytes_of(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

EmbeddedFont font(const std::string& name) {
    EmbeddedFont font;
    font.base_font = "AAAAAA+" + name;
    font.widths = Array{Object::integer(1), Object(Array{Object::integer(602), Object(Number{"602.5"})})};
    font.descriptor.append("Flags", Object::integer(4));
    font.descriptor.append("FontBBox",
                           Array{Object::integer(-10), Object::integer(0), Object::integer(900), Object::integer(800)});
    font.descriptor.append("ItalicAngle", Object::integer(0));
    font.font_file = deflate(as_bytes("the program of " + name));
    font.font_file_length = 22;
    font.to_unicode = deflate(as_bytes("the map of " + name));
    font.cid_set = deflate(as_bytes("the glyphs of " + name));
    return font;
}

Stamp stamp_on(const Page& page, double x = 20, double y = 30.25) {
    const auto box = stamp_rectangle(page, x, y, 90.5, 120.125);
    return {page.id, box.left, box.bottom, 90.5, 120.125, deflate(as_bytes("1 g\n0 0 90.5 120.125 re\nf\n0 g\n"))};
}

SealRevision revision_with(std::vector<Stamp> stamps) {
    return {bytes_of("\xD2\x84 a code"), bytes_of("a record"), "司法鉴定意见书赋码 J",
            std::move(stamps),           font("Chinese"),      font("Latin")};
}

auto tied(const Stamp& s) {
    return std::tie(s.page, s.left, s.bottom, s.width, s.height, s.content);
}
bool same(const EmbeddedFont& a, const EmbeddedFont& b) {
    return a.base_font == b.base_font && a.widths == b.widths && a.descriptor == b.descriptor &&
           a.font_file == b.font_file && a.font_file_length == b.font_file_length && a.to_unicode == b.to_unicode &&
           a.cid_set == b.cid_set;
}
bool same(const SealRevision& a, const SealRevision& b) {
    return a.code == b.code && a.record == b.record && a.description == b.description &&
           std::equal(a.stamps.begin(), a.stamps.end(), b.stamps.begin(), b.stamps.end(),
                      [](const Stamp& x, const Stamp& y) { return tied(x) == tied(y); }) &&
           same(a.chinese, b.chinese) && same(a.latin, b.latin);
}

/// A base with its seal revision, and what was written.
struct Sealed {
    std::string base;
    std::string whole;
    SealRevision revision;
};

Sealed seal(std::string base, const std::vector<std::size_t>& stamped = {0}) {
    auto document = opened(base);
    const auto pages = pages_of(document);
    std::vector<Stamp> stamps;
    for (const auto i : stamped) stamps.push_back(stamp_on(pages[i]));
    auto revision = revision_with(std::move(stamps));
    const auto bytes = write_seal_revision(document, pages, revision);
    if (!bytes) FAIL(outcome(bytes));
    return {base, base + text_of(bytes->bytes), std::move(revision)};
}

/// As a verifier does it: read, rebuild, compare. The values where all of that passes.
std::optional<SealRevision> verified(const std::string& base, const std::string& whole) {
    auto before = Document::open(as_bytes(base));
    auto after = Document::open(as_bytes(whole));
    REQUIRE(before);
    if (!after) return std::nullopt;
    const auto pages = read_pages(*before);
    REQUIRE(pages);
    if (after->sections().size() != before->sections().size() + 1) return std::nullopt;
    auto revision = read_seal_revision(*before, *pages, *after);
    if (!revision) return std::nullopt;
    const auto rebuilt = write_seal_revision(*before, *pages, *revision);
    if (!rebuilt || base + text_of(rebuilt->bytes) != whole) return std::nullopt;
    return *std::move(revision);
}

std::string read_outcome(const std::string& base, const std::string& whole) {
    auto before = opened(base);
    auto after = opened(whole);
    return outcome(read_seal_revision(before, pages_of(before), after));
}

/// A revision of objects of the test's own behind a base.
std::string with_objects(const std::string& base, std::vector<NewObject> objects) {
    auto document = opened(base);
    return base + text_of(write_revision(document, std::move(objects), {"a", "b"}).value().bytes);
}

}  // namespace

TEST_CASE("a seal revision is read and rebuilt to the byte") {
    struct Case {
        const char* what;
        PdfBuilder builder;
        std::vector<std::size_t> stamped = {0};
        std::vector<Kind> kinds = {Kind::table, Kind::stream, Kind::hybrid};
    };
    auto rotated = PdfBuilder()
                       .object(1, "<</Type/Catalog/Pages 2 0 R>>")
                       .object(2, "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 6 0 R]/MediaBox[0 0 595.276 841.89]>>");
    for (std::uint32_t i = 0; i < 4; ++i)
        rotated.object(3 + i, "<</Type/Page/Parent 2 0 R/Rotate " + std::to_string(90 * i) + "/UserUnit " +
                                  std::to_string(1 + 2 * i) + "/CropBox[7.5 8.5 570.1 800]>>");
    auto shared = one_page()
                      .object(2, "<</Type/Pages/Kids[3 0 R 5 0 R 3 0 R]/Count 3>>")
                      .object(5, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>");
    auto in_stream =
        PdfBuilder()
            .object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .packed(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .packed(
                3,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 1 1]>>]>>");
    const std::vector<Case> cases = {
        {"plain", one_page()},
        {"rotated, with user units", rotated, {0, 1, 2, 3}},
        {"rotated, in another order", rotated, {3, 0}},
        {"annotations in the page", one_page("/Annots[5 0 R]").object(5, "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>")},
        {"annotations in an object of their own",
         one_page("/Annots 5 0 R").object(5, "[6 0 R 6 0 R]").object(6, "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>")},
        {"annotations behind two references", one_page("/Annots 5 0 R").object(5, "6 0 R").object(6, "[]")},
        {"annotations that are null", one_page("/Annots null")},
        {"annotations that are missing", one_page("/Annots 99 0 R")},
        {"a page named twice", shared, {0, 1}},
        {"pages in an object stream", in_stream, {0}, {Kind::stream, Kind::hybrid}},
        {"an identifier", one_page().trailer("/ID[(one)(two)]/Info 5 0 R").object(5, "<<>>")},
        {"strings and names of every kind", one_page("/A#20B(a\\)\\000\n)/C<4>/D[true null -.5 /]")},
    };
    for (const auto& c : cases)
        for (const auto kind : c.kinds) {
            INFO(c.what << ", kind " << static_cast<int>(kind));
            const auto sealed = seal(c.builder.write(kind), c.stamped);
            const auto read = verified(sealed.base, sealed.whole);
            REQUIRE(read);
            CHECK(read->code == sealed.revision.code);
            CHECK(read->record == sealed.revision.record);
            CHECK(read->description == sealed.revision.description);
            REQUIRE(read->stamps.size() == sealed.revision.stamps.size());
            for (std::size_t i = 0; i < read->stamps.size(); ++i) {
                CHECK(read->stamps[i].page == sealed.revision.stamps[i].page);
                CHECK(near(read->stamps[i].left, sealed.revision.stamps[i].left));
                CHECK(read->stamps[i].width == sealed.revision.stamps[i].width);
                CHECK(read->stamps[i].content == sealed.revision.stamps[i].content);
            }
            CHECK(same(read->chinese, sealed.revision.chinese));
            CHECK(same(read->latin, sealed.revision.latin));

            auto document = opened(sealed.whole);
            const auto pages = pages_of(document);
            for (const auto i : c.stamped) {
                const auto annotations = document.get(*pages[i].object->dictionary(), "Annots").value();
                const auto last = document.resolve(annotations->value.as<Array>()->back()).value();
                CHECK(last->dictionary()->find("Subtype")->is_name("Stamp"));
                CHECK(last->dictionary()->find("F")->integer() == 708);
                CHECK(*last->dictionary()->find("P") == Object(pages[i].id));
            }
            // Nothing else of the document is other than before.
            auto before = opened(sealed.base);
            for (const auto& entry : before.entries()) {
                const bool stamped = std::any_of(sealed.revision.stamps.begin(), sealed.revision.stamps.end(),
                                                 [&](const Stamp& stamp) { return stamp.page.number == entry.number; });
                if (!stamped) CHECK(*document.entry(entry.number) == entry);
            }
        }
}

TEST_CASE("the rectangle lies where the page is seen") {
    for (int rotate = 0; rotate < 360; rotate += 90)
        for (const double unit : {1.0, 2.5}) {
            Page page;
            page.crop = {10, 20, 310, 520};
            page.rotate = rotate;
            page.unit = unit;
            const auto box = stamp_rectangle(page, 15, 25, 60, 100);
            // A corner of the page in default user space, as seen: clockwise turns about the seen lower left corner.
            const auto seen = [&](double x, double y) -> std::array<double, 2> {
                switch (rotate) {
                    case 90:
                        return {(y - page.crop.bottom) * unit, (page.crop.right - x) * unit};
                    case 180:
                        return {(page.crop.right - x) * unit, (page.crop.top - y) * unit};
                    case 270:
                        return {(page.crop.top - y) * unit, (x - page.crop.left) * unit};
                    default:
                        return {(x - page.crop.left) * unit, (y - page.crop.bottom) * unit};
                }
            };
            const auto a = seen(box.left, box.bottom);
            const auto b = seen(box.right, box.top);
            INFO(rotate << ' ' << unit);
            CHECK(near(std::min(a[0], b[0]), 15));
            CHECK(near(std::min(a[1], b[1]), 25));
            CHECK(near(std::max(a[0], b[0]), 75));
            CHECK(near(std::max(a[1], b[1]), 125));
        }
}

TEST_CASE("places between thousandths are rebuilt too") {
    for (const double unit : {1.0, 3.0, 7.0})
        for (int rotate = 0; rotate < 360; rotate += 90) {
            const auto base = one_page("/Rotate " + std::to_string(rotate) + "/UserUnit " + decimal(unit)).write();
            auto document = opened(base);
            const auto pages = pages_of(document);
            for (int i = 0; i < 40; ++i) {
                const auto revision = revision_with({stamp_on(pages[0], 20 + i * 0.28346457, 30 + i / 3.0)});
                const auto whole = base + text_of(write_seal_revision(document, pages, revision).value().bytes);
                INFO(unit << ' ' << rotate << ' ' << i);
                CHECK(verified(base, whole));
            }
        }
}

TEST_CASE("no byte of a seal revision can differ but in the values it carries") {
    for (const auto kind : {Kind::table, Kind::stream}) {
        const auto sealed = seal(one_page("/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 1 1]>>]").write(kind));
        REQUIRE(verified(sealed.base, sealed.whole));
        // Where a byte is part of a value that is taken over as it is; whoever verifies compares that value with the
        // code or, for the typeface, has only the seal's signature over the whole file.
        std::vector<bool> value(sealed.whole.size(), false);
        const auto mark = [&](std::string_view text) {
            std::size_t found = 0;
            for (auto at = sealed.whole.find(text, sealed.base.size()); at != std::string::npos;
                 at = sealed.whole.find(text, at + 1), ++found)
                std::fill_n(value.begin() + static_cast<std::ptrdiff_t>(at), text.size(), true);
            REQUIRE(found > 0);
        };
        for (const auto* one : {&sealed.revision.chinese, &sealed.revision.latin}) {
            mark(as_text(one->font_file));
            mark(as_text(one->to_unicode));
            mark(as_text(one->cid_set));
        }
        mark(as_text(sealed.revision.stamps[0].content));
        mark("/W[1[602 602.5]]");
        mark("/Flags 4/FontBBox[-10 0 900 800]/ItalicAngle 0");
        mark("/Length1 22");
        std::string description;
        auto before = opened(sealed.base);
        auto after = opened(sealed.whole);
        const auto annotation = loaded(after, before.next_object_number() + 1);
        serialise(*annotation->dictionary()->find("Contents"), description);
        mark(description);

        std::size_t taken_over = 0;
        for (std::size_t at = sealed.base.size(); at < sealed.whole.size(); ++at)
            for (const char other :
                 {static_cast<char>(sealed.whole[at] ^ 1), static_cast<char>(sealed.whole[at] ^ 0x20), ' ', '0', '%'}) {
                if (other == sealed.whole[at]) continue;
                auto changed = sealed.whole;
                changed[at] = other;
                const auto read = verified(sealed.base, changed);
                if (!read) continue;
                ++taken_over;
                INFO("offset " << at - sealed.base.size() << ": " << sealed.whole.substr(at > 20 ? at - 20 : 0, 40));
                CHECK(value[at]);
                CHECK_FALSE(same(*read, sealed.revision));
            }
        CHECK(taken_over > 100);  // the test sees what it should: the values are really taken over
    }
}

TEST_CASE("bytes more or fewer are seen") {
    const auto sealed = seal(one_page().write());
    CHECK_FALSE(verified(sealed.base, sealed.whole + "\n"));
    CHECK_FALSE(verified(sealed.base, sealed.whole + " "));
    CHECK_FALSE(verified(sealed.base, sealed.whole.substr(0, sealed.whole.size() - 1)));
    for (std::size_t at = sealed.base.size(); at < sealed.whole.size(); at += 7) {
        auto longer = sealed.whole;
        longer.insert(at, " ");
        CHECK_FALSE(verified(sealed.base, longer));
    }
    // A whole revision more.
    CHECK_FALSE(verified(sealed.base, with_objects(sealed.whole, {{3, Object(Dictionary()), {}}})));
}

TEST_CASE("revisions of another shape") {
    const auto base = one_page("/Annots 5 0 R").object(5, "[]").write();
    const auto sealed = seal(base);
    auto document = opened(base);
    const auto pages = pages_of(document);
    const auto first = document.next_object_number();

    SECTION("nothing new, or too little") {
        CHECK(read_outcome(base, with_objects(base, {{3, Object(), {}}})) ==
              "revision.shape: " + std::to_string(first));
        CHECK(read_outcome(base, with_objects(base, {{first, Object(), {}}})) ==
              "revision.shape: " + std::to_string(first));
    }
    SECTION("an object that is no page") {
        for (const std::uint32_t number : {1U, 2U, 4U, 5U}) {
            auto whole = sealed.whole;
            // The page's entry is said to be of another object: subsection header and object.
            const auto table = whole.rfind("xref\n3 1\n");
            REQUIRE(table != std::string::npos);
            whole[table + 5] = static_cast<char>('0' + number);
            whole[whole.find("3 0 obj", base.size())] = static_cast<char>('0' + number);
            // Object 1 is the catalog, which a signed seal revision changes; but then more objects would be new.
            CHECK(read_outcome(base, whole) == "revision.shape: " + std::to_string(number == 1 ? first : number));
        }
    }
    SECTION("a page that is not the old one with a stamp") {
        for (const auto& [from, to] :
             std::vector<std::pair<std::string, std::string>>{{"/MediaBox[0 0 595 842]", "/MediaBox[0 0 595 841]"},
                                                              {"/Contents 4 0 R", "/Contents 5 0 R"},
                                                              {"/Parent", "/Porent"},
                                                              {"/Annots[7", "/Annots[6"},
                                                              {"/Annots[7", "/Annotz[7"}}) {
            const auto at = sealed.whole.find(from, base.size());
            REQUIRE(at != std::string::npos);
            auto whole = sealed.whole;
            whole.replace(at, from.size(), to);
            CHECK(read_outcome(base, whole) == "revision.shape: 3");
        }
    }
    SECTION("objects of another kind") {
        const std::vector<std::pair<std::string, std::string>> changes = {
            {"/SJCode<", "/SJCodx<"},       {"/Contents<FEFF", "/Contentz<FEFF"},
            {"/Rect[", "/Recz["},           {"/BBox[", "/BBoz["},
            {"/P 3 0 R", "/P 2 0 R"},       {"/P 3 0 R", "/Q 3 0 R"},
            {"/BaseFont", "/BaseFonz"},     {"/W[1[602", "/W[1(602"},
            {"/Length1 22", "/Length1 22."}};
        for (const auto& [from, to] : changes) {
            const auto at = sealed.whole.find(from, base.size());
            REQUIRE(at != std::string::npos);
            auto whole = sealed.whole;
            whole.replace(at, from.size(), to);
            INFO(to);
            CHECK_FALSE(verified(base, whole));
        }
    }
    SECTION("two stamps on one page") {
        const auto twice = revision_with({stamp_on(pages[0]), stamp_on(pages[0])});
        const auto whole =
            base + text_of(write_seal_revision(document, pages, twice).value_or(AppendedRevision{}).bytes);
        CHECK_FALSE(verified(base, whole));
    }
}

TEST_CASE("a fraction of an argument is never written") {
    const auto file = one_page().object(5, "<</Type/Page/MediaBox[0 0 9 9]>>").write();
    auto document = opened(file);
    const auto pages = pages_of(document);
    // A page that the tree does not have.
    Page stranger = pages[0];
    stranger.id = {5, 0};
    CHECK(outcome(write_seal_revision(document, pages, revision_with({stamp_on(stranger)}))) == "revision.shape: 5");

    const auto with = [](const std::string& page) {
        const auto text = one_page(page).write();
        auto base = opened(text);
        const auto list = pages_of(base);
        return outcome(write_seal_revision(base, list, revision_with({stamp_on(list[0])})));
    };
    CHECK(with("/A 1/A 2") == "pdf.damaged: page with a key twice");
    CHECK(with("/Annots<<>>") == "pdf.damaged: /Annots");
    CHECK(with("/Annots(x)") == "pdf.damaged: /Annots");
    Limits limits;
    limits.object_number = 12;
    auto full = opened(file, limits);
    CHECK(outcome(write_seal_revision(full, pages_of(full), revision_with({stamp_on(pages[0])}))) ==
          "pdf.limit: object_number");
}
