// Writes each situation of tests/situations/situations.json as the files that a reader gets, and the library's verdict
// on them in both languages, one line of JSON for each: for another implementation to be held against.
//
// usage: write_situations OUTPUT
#include "situation_world.h"
#include "sjcode/file.h"

#include <exception>
#include <fstream>
#include <iostream>

using namespace sjcode;
using situations::Json;

namespace {

Json hex_or_null(const std::optional<Bytes>& bytes) {
    return bytes ? Json(to_hex(*bytes)) : Json(nullptr);
}

Json line_of(const Json& situation, const Json& world) {
    const auto& root = situations::key("root");
    const auto file = sign_trust_list(situations::list_content(world), root).value();
    const auto trust =
        TrustLists::of({TrustList::open(InputFile::borrow(file), fingerprint(root.public_key())).value()});
    const auto report = situations::make_report(world);
    const auto status = situations::status_files(world, report);
    const auto verdict = situations::verdict_of(world, report, trust);
    return {{"id", situation.at("id")},
            {"root", to_hex(fingerprint(root.public_key()))},
            {"now", situations::time(world.at("as_of"))},
            {"list", to_hex(file)},
            {"url", report.url},
            {"record", hex_or_null(report.record)},
            {"status_list", status ? Json(to_hex(status->list)) : Json(nullptr)},
            {"status_details", status ? hex_or_null(status->details) : Json(nullptr)},
            {"zh", Json::parse(verdict.to_json(Language::zh))},
            {"en", Json::parse(verdict.to_json(Language::en))}};
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: write_situations OUTPUT\n";
        return 64;
    }
    const auto file = InputFile::open(SJCODE_SOURCE_DIR "/tests/situations/situations.json").value();
    const auto table = Json::parse(as_text(file.bytes()));
    std::ofstream output(argv[1]);
    for (const auto& situation : table.at("situations")) {
        auto world = table.at("base");
        world.merge_patch(situation.at("change"));
        output << line_of(situation, world).dump() << '\n';
    }
    return output.flush() ? 0 : 74;
} catch (const std::exception& error) {
    std::cerr << "write_situations: " << error.what() << '\n';
    return 70;
}
