#include "pdf/stamp_manifest.h"

#include "pdf_builder.h"

#include <functional>
#include <set>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

struct Manifest {
    std::vector<ManifestStamp> stamps;
    EmbeddedFont chinese;
    EmbeddedFont latin;

    [[nodiscard]] Digest digest(DigestAlgorithm algorithm = DigestAlgorithm::sha256) const {
        return manifest_digest(algorithm, stamps, chinese, latin);
    }
};

Manifest manifest() {
    Manifest m;
    m.stamps.push_back({2, 10.5, -3, 10, {8, 5}, {"\x01\x02", "\x03\x04"}});
    m.chinese.base_font = "C";
    m.chinese.widths = Array{Object::integer(7)};
    m.chinese.descriptor.append("Flags", Object::integer(4));
    m.chinese.font_file = {0xAA};
    m.chinese.font_file_length = 300;
    m.chinese.to_unicode = {0xBB, 0xCC};
    m.chinese.cid_set = {0xDD};
    m.latin.base_font = "L";
    return m;
}

}  // namespace

TEST_CASE("the manifest is the CBOR that the format says") {
    using namespace std::string_literals;
    // [[[2, "10.5", "-3", 10, [8, 5], [h'0102', h'0304']]], ['C', '[7]', '<</Flags 4>>', h'AA', 300, h'BBCC', h'DD'],
    //  ['L', '[]', '<<>>', h'', 0, h'', h'']], in bytes.
    const auto expected =
        "\x83"s
        "\x81\x86\x02\x64"s +
        "10.5"s + "\x62-3\x0A\x82\x08\x05\x82\x42\x01\x02\x42\x03\x04"s + "\x87\x41"s + "C"s +
        "\x43[7]\x4C<</Flags 4>>\x41\xAA\x19\x01\x2C\x42\xBB\xCC\x41\xDD"s + "\x87\x41L\x42[]\x44<<>>\x40\x00\x40\x40"s;
    for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
        const auto prefixed = "\x03"s + expected;
        CHECK(manifest().digest(algorithm) == sjcode::digest(algorithm, as_bytes(prefixed)));
    }
    Digest digest{};
    digest.fill(0x11);
    CHECK(text_of(manifest_entry(digest)) == "\x58\x20"s + std::string(32, '\x11'));
}

TEST_CASE("nothing of a stamp or a typeface can change without the digest") {
    const std::vector<std::function<void(Manifest&)>> changes = {
        [](Manifest& m) { m.stamps[0].page = 3; },
        [](Manifest& m) { m.stamps[0].left = 10.501; },
        [](Manifest& m) { m.stamps[0].bottom = 3; },
        [](Manifest& m) { m.stamps[0].main_version = 11; },
        [](Manifest& m) {
            m.stamps[0].entries = {5, 8};
        },
        [](Manifest& m) { m.stamps[0].entries = {8}; },
        [](Manifest& m) { m.stamps[0].glyphs = {"\x01\x02\x03\x04"}; },
        [](Manifest& m) { m.stamps[0].glyphs[1] = "\x03\x05"; },
        [](Manifest& m) { m.stamps.push_back(m.stamps[0]); },
        [](Manifest& m) { m.stamps.clear(); },
        [](Manifest& m) { m.chinese.base_font = "D"; },
        [](Manifest& m) { m.chinese.widths.push_back(Object::integer(7)); },
        [](Manifest& m) { m.chinese.widths = Array{Object(Number{"7.0"})}; },
        [](Manifest& m) { m.chinese.descriptor.set("Flags", Object::integer(5)); },
        [](Manifest& m) { m.chinese.descriptor.append("StemV", Object::integer(5)); },
        [](Manifest& m) { m.chinese.font_file[0] = 0xAB; },
        [](Manifest& m) { m.chinese.font_file_length = 301; },
        [](Manifest& m) { m.chinese.to_unicode.pop_back(); },
        [](Manifest& m) { m.chinese.cid_set.pop_back(); },
        [](Manifest& m) { m.latin.font_file = {0}; },
        [](Manifest& m) { std::swap(m.chinese, m.latin); },
    };
    std::set<Digest> seen{manifest().digest()};
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto changed = manifest();
        changes[i](changed);
        INFO(i);
        CHECK(seen.insert(changed.digest()).second);
    }
    // Less than what the format can write is no change.
    auto same = manifest();
    same.stamps[0].left = 10.50000001;
    CHECK(same.digest() == manifest().digest());
    CHECK(manifest().digest(DigestAlgorithm::sha256) != manifest().digest(DigestAlgorithm::sm3));
}
