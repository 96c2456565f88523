#include "catch.h"

#include "pdf/stamp_fonts.h"

#include <string>
#include <vector>

using namespace sjcode;
using namespace sjcode::pdf;

namespace {

std::vector<StampLayout> layouts_of(const std::u32string& chinese, const std::u32string& latin) {
    StampLayout layout;
    layout.texts = {{Face::chinese, 6, 0, 0, chinese}, {Face::latin, 6, 0, 0, latin}};
    return {layout};
}

std::string outcome(const StampFonts& fonts, const std::vector<StampLayout>& layouts) {
    const auto subsets = make_font_subsets(fonts, layouts);
    return subsets ? std::string() : subsets.error().code;
}

}  // namespace

TEST_CASE("one subset serves every code number of a host") {
    const auto fonts = StampFonts::installed();
    const auto first = make_font_subsets(fonts, layouts_of(U"扫码核验", U"J7QX-0123"));
    const auto second = make_font_subsets(fonts, layouts_of(U"扫码核验", U"JABC-9876"));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->latin.font_file == second->latin.font_file);
    CHECK(first->chinese.font_file == second->chinese.font_file);
    CHECK(first->glyphs[0][0] == second->glyphs[0][0]);
    CHECK(first->glyphs[0][1] != second->glyphs[0][1]);
    // Other characters are another subset, not what is kept of the last one.
    const auto other = make_font_subsets(fonts, layouts_of(U"扫码核对", U"J7QX-0123"));
    REQUIRE(other);
    CHECK(other->chinese.font_file != first->chinese.font_file);
}

TEST_CASE("typefaces that cannot be used") {
    const auto fonts = StampFonts::installed();
    const auto layouts = layouts_of(U"扫码", U"J7");
    const std::string no_font = std::string(SJCODE_SOURCE_DIR) + "/README.md";
    CHECK(outcome({"/nowhere/font.ttf", fonts.latin}, layouts) == "font.missing");
    CHECK(outcome({fonts.chinese, "/nowhere/font.ttf"}, layouts) == "font.missing");
    CHECK(outcome({no_font, fonts.latin}, layouts) == "font.unusable");
    CHECK(outcome({fonts.chinese, no_font}, layouts) == "font.unusable");
    CHECK(outcome(fonts, layouts_of(U"扫码", U"\u4E2D")) == "font.glyph");
    // What failed is not kept.
    CHECK(outcome(fonts, layouts).empty());
}
