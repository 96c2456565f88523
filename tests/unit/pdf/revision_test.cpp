#include "pdf/revision.h"

#include "pdf_builder.h"

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

const FileIdentifier identifier{"first", "second"};

/// The base with a revision behind it that changes page 3 and adds a stream.
std::string with_revision(const std::string& base, const FileIdentifier& id = identifier) {
    auto document = opened(base);
    Dictionary page = *loaded(document, 3)->dictionary();
    page.set("New", Reference{document.next_object_number(), 0});
    Dictionary stream;
    stream.append("Length", Object::integer(3));
    std::vector<NewObject> objects;
    objects.push_back({document.next_object_number(), std::move(stream), Bytes{'a', 'b', 'c'}});
    objects.push_back({3, std::move(page), {}});
    const auto bytes = write_revision(document, std::move(objects), id);
    REQUIRE(bytes);
    return base + text_of(bytes->bytes);
}

}  // namespace

TEST_CASE("a revision reads back, behind every kind of base") {
    for (const auto kind : {Kind::table, Kind::stream, Kind::hybrid}) {
        auto builder = one_page().trailer("/Info 5 0 R").object(5, "<</Producer(x)>>");
        if (kind != Kind::table) builder.packed(6, "(packed)");
        const auto base = builder.write(kind);
        const auto whole = with_revision(base);
        INFO(whole.substr(base.size()));
        CHECK(whole.starts_with(base));
        auto before = opened(base);
        auto document = opened(whole);
        CHECK(document.revisions() == 2);
        const auto number = before.next_object_number();
        const auto added = loaded(document, number);
        CHECK(text_of(document.decode(*added).value()) == "abc");
        CHECK(loaded(document, 3)->dictionary()->find("New")->as<Reference>()->number == number);
        CHECK(pages_of(document).size() == 1);
        if (kind != Kind::table) CHECK(loaded(document, 6)->value.as<String>()->value == "packed");

        const auto& section = document.sections().front();
        // The kind that the base has; behind a hybrid one a table.
        CHECK(section.kind == (kind == Kind::stream ? CrossReferenceKind::stream : CrossReferenceKind::table));
        CHECK(section.previous == before.end().startxref);
        const auto& trailer = document.trailer();
        CHECK(trailer.find("Size")->integer() == std::int64_t{number} + (kind == Kind::stream ? 2 : 1));
        CHECK(document.next_object_number() == trailer.find("Size")->integer());
        CHECK(*trailer.find("Root") == Object(Reference{1, 0}));
        CHECK(*trailer.find("Info") == Object(Reference{5, 0}));
        CHECK(*trailer.find("ID") == Object(Array{String{"first"}, String{"second"}}));
        CHECK_FALSE(trailer.has_duplicates());
        for (const auto& entry : section.entries) CHECK(entry.type == CrossReferenceEntry::Type::at_offset);
        CHECK(section.entries.size() == (kind == Kind::stream ? 3 : 2));
        // A revision behind the revision.
        const auto third = with_revision(whole);
        CHECK(opened(third).revisions() == 3);
    }
}

TEST_CASE("the bytes of a revision are fixed") {
    const auto base = one_page().write();
    const auto whole = with_revision(base);
    const auto offset = [&](const std::string& object) { return whole.find(object, base.size()); };
    const auto page = offset("3 0 obj");
    const auto stream = offset("5 0 obj");
    CHECK(whole.substr(base.size()) ==
          "\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/New 5 0 R>>\nendobj\n"
          "5 0 obj\n<</Length 3>>\nstream\nabc\nendstream\nendobj\n"
          "xref\n3 1\n" +
              table_entry(page) + "5 1\n" + table_entry(stream) +
              "trailer\n<</Size 6/Root 1 0 R/ID[<6669727374><7365636F6E64>]/Prev " +
              std::to_string(last_number(base, "startxref\n", 0)) + ">>\nstartxref\n" +
              std::to_string(offset("xref\n3")) + "\n%%EOF\n");
}

TEST_CASE("neighbours share a subsection") {
    const auto base = one_page().write();
    auto document = opened(base);
    std::vector<NewObject> objects;
    for (const std::uint32_t number : {7U, 5U, 6U, 2U}) objects.push_back({number, Object::integer(number), {}});
    const auto bytes = write_revision(document, std::move(objects), identifier);
    REQUIRE(bytes);
    const auto text = text_of(bytes->bytes);
    CHECK(text.find("xref\n2 1\n") != std::string::npos);
    CHECK(text.find("\n5 3\n") != std::string::npos);
    const auto whole = base + text;
    auto again = opened(whole);
    for (const std::uint32_t number : {2U, 5U, 6U, 7U}) CHECK(loaded(again, number)->value.integer() == number);
    CHECK(again.next_object_number() == 8);
}

TEST_CASE("a base that ends without a line end") {
    for (const auto kind : {Kind::table, Kind::stream}) {
        auto base = one_page().write(kind);
        base.pop_back();
        REQUIRE(base.ends_with("%%EOF"));
        const auto whole = with_revision(base);
        auto document = opened(whole);
        CHECK(document.revisions() == 2);
        CHECK(loaded(document, 3)->dictionary()->contains("New"));
        CHECK(whole[base.size()] == '\n');
    }
}

TEST_CASE("/Size is never smaller than the base's, nor numbers used again") {
    const auto base = replaced(one_page().write(), "/Size 5", "/Size 50");
    auto document = opened(base);
    CHECK(document.next_object_number() == 50);
    const auto whole = with_revision(base);
    auto again = opened(whole);
    CHECK(again.trailer().find("Size")->integer() == 51);
    // A base whose /Size is too small, as some writers leave it: what its entries name counts.
    const auto small = replaced(one_page().write(), "/Size 5", "/Size 2");
    auto careless = opened(small);
    CHECK(careless.next_object_number() == 5);
}

TEST_CASE("the identifier") {
    const auto with = [](const std::string& id) {
        const auto file = one_page().trailer(id).write();
        return next_identifier(opened(file).trailer(), "otherwise", "new").first;
    };
    CHECK(with("/ID[(abc)<6465>]") == "abc");
    CHECK(with("") == "otherwise");
    CHECK(with("/ID[]") == "otherwise");
    CHECK(with("/ID[1 2]") == "otherwise");
    CHECK(with("/ID(x)") == "otherwise");
    CHECK(next_identifier(opened(one_page().write()).trailer(), "a", "new").second == "new");
}

TEST_CASE("what cannot be continued is refused") {
    const auto base = replaced(one_page().write(), "/Root 1 0 R", "/Reot 1 0 R");
    auto document = opened(base);
    CHECK(outcome(write_revision(document, {}, identifier)) == "pdf.damaged: /Root missing");

    Limits limits;
    limits.object_number = 5;
    const auto good = one_page().write();
    auto full = opened(good, limits);
    CHECK(outcome(write_revision(full, {{5, Object(), {}}}, identifier)) == "pdf.limit: object_number");
}
