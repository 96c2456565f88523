// Photographs with a known content. The least counts may only rise; a wrong reading fails.
#include "catch.h"

#include "sjcode/worker.h"

#include <iconv.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

using namespace sjcode;

namespace {

struct Folder {
    const char* name;
    int images;
    int least;  ///< images whose symbol is read
};

constexpr std::array kFolders{
    Folder{"zxing/qrcode-1", 20, 20},     Folder{"zxing/qrcode-2", 35, 34},     Folder{"zxing/qrcode-3", 42, 40},
    Folder{"zxing-cpp/qrcode-1", 8, 8},   Folder{"zxing-cpp/qrcode-2", 56, 52}, Folder{"zxing-cpp/qrcode-3", 18, 16},
    Folder{"zxing-cpp/qrcode-4", 24, 17},
};

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Texts from Japan are in Shift JIS within the symbol, and in UTF-8 beside the image.
std::string converted(std::string text, const char* from) {
    const iconv_t converter = ::iconv_open("UTF-8", from);
    if (converter == reinterpret_cast<iconv_t>(-1)) return {};
    std::string result(text.size() * 4 + 4, '\0');
    char* in = text.data();
    std::size_t in_left = text.size();
    char* out = result.data();
    std::size_t out_left = result.size();
    const bool good = ::iconv(converter, &in, &in_left, &out, &out_left) != static_cast<std::size_t>(-1);
    ::iconv_close(converter);
    result.resize(result.size() - out_left);
    return good ? result : std::string();
}

bool means(const Bytes& bytes, const std::string& expected) {
    const std::string text(as_text(bytes));
    if (text == expected) return true;
    const auto is = [&](const char* encoding) { return converted(text, encoding) == expected; };
    return is("SHIFT_JIS") || is("CP932") || is("ISO-8859-1") || is("GBK");
}

struct Outcome {
    std::filesystem::path image;
    bool read = false;
    bool wrong = false;
    std::size_t symbols = 0;
};

Outcome try_image(const std::filesystem::path& path) {
    Outcome outcome{path};
    const auto file = InputFile::open(path.string());
    if (!file) return outcome;
    WorkerOptions options;
    options.program = SJCODE_WORKER;
    const auto pages = Worker(options).open(*file).image_symbols();
    if (!pages) return outcome;
    auto truth = path;
    truth.replace_extension(".txt");
    const auto expected = content_of(truth);
    for (const auto& page : *pages)
        for (const auto& symbol : page) {
            ++outcome.symbols;
            if (means(symbol.bytes, expected)) outcome.read = true;
        }
    outcome.wrong = outcome.symbols > 0 && !outcome.read;
    return outcome;
}

/// All images of a folder, two at a time.
std::vector<Outcome> try_folder(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> images;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() != ".txt") images.push_back(entry.path());
    std::sort(images.begin(), images.end());
    std::vector<Outcome> outcomes;
    std::mutex mutex;
    std::vector<std::thread> threads;
    std::size_t next = 0;
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] {
            for (;;) {
                std::unique_lock lock(mutex);
                if (next == images.size()) return;
                const auto path = images[next++];
                lock.unlock();
                auto outcome = try_image(path);
                lock.lock();
                outcomes.push_back(std::move(outcome));
            }
        });
    for (auto& thread : threads) thread.join();
    return outcomes;
}

std::filesystem::path corpus() {
    const auto path = std::filesystem::path(SJCODE_SOURCE_DIR) / ".." / "shared" / "corpus" / "qr";
    if (std::filesystem::is_directory(path)) return path;
    WARN("skipped: " << path.string() << " is absent");
    return {};
}

}  // namespace

TEST_CASE("photographs of the corpus", "[corpus]") {
    const auto root = corpus();
    if (root.empty()) return;
    for (const auto& folder : kFolders) {
        const auto outcomes = try_folder(root / folder.name);
        int read = 0;
        for (const auto& outcome : outcomes) {
            INFO(outcome.image.string());
            CHECK(!outcome.wrong);
            if (outcome.read) ++read;
        }
        INFO(folder.name << ": " << read << " of " << outcomes.size() << " read");
        CHECK(static_cast<int>(outcomes.size()) == folder.images);
        CHECK(read >= folder.least);
        if (read > folder.least) WARN(folder.name << ": " << read << " read, least count " << folder.least);
    }
}

TEST_CASE("nothing is read where there is nothing", "[corpus]") {
    const auto root = corpus();
    if (root.empty()) return;
    const auto outcomes = try_folder(root / "zxing-cpp" / "falsepositives-1");
    CHECK(outcomes.size() == 21);
    for (const auto& outcome : outcomes) {
        INFO(outcome.image.string());
        CHECK(outcome.symbols == 0);
    }
}
