#include "sjcode/file.h"
#include "catch.h"
#include "temporary_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <thread>
#include <vector>

using namespace sjcode;

namespace {

std::string read(const std::string& path) {
    return std::string(as_text(InputFile::open(path).value().bytes()));
}

std::size_t count_in(const TemporaryFolder& folder) {
    const std::filesystem::directory_iterator entries(folder.path());
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

}  // namespace

TEST_CASE("pieces are written one after the other, and read back") {
    const TemporaryFolder folder;
    const auto path = folder / "out.pdf";
    const std::array pieces{as_bytes("original "), as_bytes(""), as_bytes("revision")};
    REQUIRE(write_file(path, pieces, Overwrite::no));
    CHECK(read(path) == "original revision");
    const auto again = write_file(path, pieces, Overwrite::no);
    CHECK(again.error().code == "file.exists");
    const std::array other{as_bytes("other")};
    REQUIRE(write_file(path, other, Overwrite::yes));
    CHECK(read(path) == "other");
    CHECK(count_in(folder) == 1);
}

TEST_CASE("a secret file is the owner's only") {
    const TemporaryFolder folder;
    const auto path = folder / "key.pem";
    REQUIRE(write_secret_file(path, as_bytes("secret"), Overwrite::no));
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("what cannot be written leaves nothing behind") {
    const TemporaryFolder folder;
    const std::array pieces{as_bytes("x")};
    CHECK(write_file(folder / "missing/out", pieces, Overwrite::no).error().code == "file.write");
    CHECK(count_in(folder) == 0);
}

TEST_CASE("of several writers of one name, one wins and the others are told") {
    const TemporaryFolder folder;
    const auto path = folder / "out";
    std::vector<std::thread> threads;
    std::array<int, 8> written{};
    for (std::size_t t = 0; t < written.size(); ++t)
        threads.emplace_back([&, t] {
            const auto content = std::string(10'000, static_cast<char>('a' + t));
            const std::array pieces{as_bytes(content)};
            const auto result = write_file(path, pieces, Overwrite::no);
            written[t] = result ? 1 : (result.error().code == "file.exists" ? 0 : 100);
        });
    for (auto& thread : threads) thread.join();
    int winners = 0;
    for (const auto one : written) winners += one;
    CHECK(winners == 1);
    const auto content = read(path);
    CHECK(content == std::string(10'000, content.front()));
    CHECK(count_in(folder) == 1);
}

TEST_CASE("what is no readable file is an error") {
    const TemporaryFolder folder;
    CHECK(InputFile::open(folder / "missing").error().code == "file.not-found");
    CHECK(InputFile::open(folder / "").error().code == "file.not-regular");
    const auto pipe = folder / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    // Does not wait for a writer either.
    CHECK(InputFile::open(pipe).error().code == "file.not-regular");
    const std::array<ByteView, 0> nothing{};
    REQUIRE(write_file(folder / "empty", nothing, Overwrite::no));
    CHECK(InputFile::open(folder / "empty").value().bytes().empty());
}

TEST_CASE("bytes at hand are a document too") {
    const Bytes bytes{1, 2, 3};
    const auto borrowed = InputFile::borrow(bytes, "name");
    CHECK(borrowed.bytes().data() == bytes.data());
    CHECK(borrowed.name() == "name");
    CHECK(borrowed.descriptor() == -1);
    const auto owned = InputFile::own(Bytes{4, 5});
    const auto copy = owned;  // NOLINT(performance-unnecessary-copy-initialization): that is what is tried
    CHECK(copy.bytes().data() == owned.bytes().data());
    CHECK(copy.bytes().size() == 2);
}
