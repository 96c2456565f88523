// The strict reader over the files of others.
#include "pdf/accounting.h"
#include "pdf/hygiene.h"

#include "pdf_builder.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace sjcode;
using namespace sjcode::pdf;
using namespace sjcode::test;

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> corpus(const std::string& folder) {
    std::vector<fs::path> files;
    const fs::path root = fs::path(SJCODE_SOURCE_DIR) / ".." / "shared" / "corpus" / folder;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(root, none))
        if (entry.path().extension() == ".pdf") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    if (files.empty()) WARN("no corpus/" + folder + ": left out");
    return files;
}

std::string content(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Everything that the strict reader does with a file; what came out.
std::string read_everything(const std::string& file) {
    auto document = Document::open(as_bytes(file));
    if (!document) return outcome(document);
    const auto pages = read_pages(*document);
    for (const auto& entry : document->entries()) {
        const auto generation = entry.type == CrossReferenceEntry::Type::at_offset ? entry.generation_or_index : 0;
        const auto object = document->object({entry.number, generation});
        if (object && (*object)->stream) static_cast<void>(document->decode(**object));
    }
    static_cast<void>(unaccounted_bytes(*document));
    if (!pages) return outcome(pages);
    return outcome(inspect(*document, *pages));
}

}  // namespace

TEST_CASE("the strict reader opens every sound file") {
    std::size_t unaccounted = 0;
    const auto files = corpus("plain");
    for (const auto& path : files) {
        INFO(path.filename());
        const auto file = content(path);
        auto document = Document::open(as_bytes(file));
        CHECK(outcome(document).empty());
        if (!document) continue;
        const auto pages = read_pages(*document);
        CHECK(outcome(pages).empty());
        if (!pages) continue;
        CHECK_FALSE(pages->empty());
        const auto findings = inspect(*document, *pages);
        CHECK(outcome(findings).empty());
        const auto spans = unaccounted_bytes(*document);
        CHECK(outcome(spans).empty());
        if (spans && !spans->empty()) ++unaccounted;
    }
    // Some have bytes of nobody; if it were many, accounting would be wrong.
    if (!files.empty()) CHECK(unaccounted < files.size() / 4);
}

TEST_CASE("damaged and hostile files take neither the process nor much time") {
    for (const std::string folder : {"malformed", "attack", "signed-good"})
        for (const auto& path : corpus(folder)) {
            INFO(path.filename());
            const auto file = content(path);
            const auto before = std::chrono::steady_clock::now();
            const auto found = read_everything(file);
            const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
            CHECK((found.empty() || found.starts_with("pdf.")));
            CHECK(seconds < 60);
        }
}

TEST_CASE("signed files are seen to be signed") {
    std::size_t seen = 0;
    const auto files = corpus("signed-good");
    for (const auto& path : files)
        if (const auto found = read_everything(content(path)); found == "pdf.signed") ++seen;
    if (!files.empty()) CHECK(seen > 0);
}
