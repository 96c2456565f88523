// Every scenario of test-vectors/, which a second implementation wrote from the format page.
#include "catch.h"

#include "sjcode/file.h"
#include "vector_operations.h"

#include <filesystem>
#include <set>
#include <vector>

namespace {

std::vector<std::filesystem::path> vector_files() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path root = SJCODE_SOURCE_DIR "/test-vectors";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

Json load(const std::filesystem::path& path) {
    const auto file = sjcode::InputFile::open(path.string());
    REQUIRE(file);
    return Json::parse(sjcode::as_text(file->bytes()));
}

void run(const Json& vector) {
    const auto operation = vector_operations().find(vector.at("kind").get<std::string>());
    REQUIRE(operation != vector_operations().end());
    const auto result = operation->second(vector.at("input"));
    if (vector.at("expect") == "error") {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == vector.at("error").get<std::string>());
        return;
    }
    REQUIRE(vector.at("expect") == "ok");
    if (!result) FAIL_CHECK("refused with " << result.error().code);
    if (result) CHECK(result->dump() == vector.at("output").dump());
}

}  // namespace

TEST_CASE("every test vector gives what it expects", "[vectors]") {
    std::set<std::string> kinds;
    for (const auto& path : vector_files()) {
        const auto vector = load(path);
        INFO(path.string() << ": " << vector.value("what", ""));
        kinds.insert(vector.at("kind").get<std::string>());
        try {
            run(vector);
        } catch (const std::exception& error) {
            FAIL_CHECK("exception: " << error.what());
        }
    }
    // All operations were met, so that an empty or half-copied folder is no success.
    CHECK(kinds.size() == vector_operations().size());
}
