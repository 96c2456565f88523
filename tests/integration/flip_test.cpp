// A single byte changed anywhere in a stamped file: it is never authentic. One exception, without a seal: a byte of a
// compressed stream that decompresses to the same drawing or font as before, which only the seal's signature can tell.
#include "stamped_file.h"

#include <zlib.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <random>
#include <string_view>

#include "catch.h"
#include "sjcode/verify.h"

namespace {

constexpr sjcode::UnixTime now = 1'790'000'100;
constexpr auto reports = {"injury", "injury-xref-stream", "dna-linearized"};

bool long_tests() {
    const char* value = std::getenv("SJCODE_LONG_TESTS");
    return value != nullptr && std::string_view(value) == "1";
}

/// How many positions of a structure are tried where not all are: each of the thirty-odd structures of three files.
constexpr std::size_t sample = 13;

/// White space of PDF (ISO 32000-2, table 1) that the revision is not written with.
constexpr std::array<std::uint8_t, 4> other_white{0, 9, 12, 13};

/// What a zlib stream holds; nothing where it is broken or something follows it.
std::optional<sjcode::Bytes> inflated(sjcode::ByteView compressed) {
    sjcode::Bytes out(std::size_t{4} << 20);
    auto size = static_cast<uLongf>(out.size());
    auto used = static_cast<uLong>(compressed.size());
    if (uncompress2(out.data(), &size, compressed.data(), &used) != Z_OK || used != compressed.size())
        return std::nullopt;
    out.resize(size);
    return out;
}

class Flips {
public:
    /// Without a worker the pages of a file that failed are not read once more, which takes most of the time. What
    /// passes needs no worker: each test sees the untouched file pass first.
    Flips(const StampedFile& file, const std::string& worker)
        : file_(file), worker_(options(worker)), verifier_(file.trust, worker_, [] { return now; }) {}

    [[nodiscard]] sjcode::Outcome outcome(const sjcode::Bytes& bytes) const {
        return verifier_.verify(sjcode::InputFile::borrow(bytes)).outcome;
    }

    /// Tries one change; counts it.
    void try_byte(const FileStructure& structure, std::size_t position, std::uint8_t value) {
        if (file_.bytes[position] == value) return;
        auto bytes = file_.bytes;
        bytes[position] = value;
        expect_refused(structure, position, bytes);
    }
    void try_removed(const FileStructure& structure, std::size_t position) {
        auto bytes = file_.bytes;
        bytes.erase(bytes.begin() + static_cast<std::ptrdiff_t>(position));
        expect_refused(structure, position, bytes);
    }
    void try_inserted(const FileStructure& structure, std::size_t position, std::uint8_t value) {
        auto bytes = file_.bytes;
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(position), value);
        expect_refused(structure, position, bytes);
    }
    [[nodiscard]] std::size_t tried() const { return tried_; }

private:
    static sjcode::WorkerOptions options(const std::string& program) {
        sjcode::WorkerOptions result;
        result.program = program;
        return result;
    }
    /// True where a change in a compressed stream changes nothing of what it holds.
    [[nodiscard]] bool holds_the_same(const FileStructure& structure, const sjcode::Bytes& bytes) const {
        if (file_.seal == Seal::yes || structure.name == "record data" || !structure.name.ends_with(" data"))
            return false;
        const auto stream = [&](const sjcode::Bytes& file) {
            return inflated(sjcode::ByteView(file).subspan(structure.positions.front(), structure.positions.size()));
        };
        const auto before = stream(file_.bytes);
        return before && before == stream(bytes);
    }
    void expect_refused(const FileStructure& structure, std::size_t position, const sjcode::Bytes& bytes) {
        ++tried_;
        if (outcome(bytes) != sjcode::Outcome::authentic || holds_the_same(structure, bytes)) return;
        FAIL_CHECK("authentic with a change in " << structure.name << " at " << position << " (the original has "
                                                 << file_.original_length << " bytes)");
    }

    const StampedFile& file_;
    sjcode::Worker worker_;
    sjcode::Verifier verifier_;
    std::size_t tried_ = 0;
};

/// Large, and covered by one digest: every byte of it is as good as another.
bool is_digested(const FileStructure& structure) {
    return structure.name.starts_with("original") || structure.name == "font program data";
}

/// All positions of a structure, or an even sample of them with first and last.
std::vector<std::size_t> chosen(const FileStructure& structure, std::size_t most) {
    const auto count = structure.positions.size();
    if (count <= most) return structure.positions;
    std::vector<std::size_t> positions;
    for (std::size_t i = 0; i < most; ++i) positions.push_back(structure.positions[i * (count - 1) / (most - 1)]);
    return positions;
}

/// One bit, and one byte that is likely to keep the syntax whole: a digit for a digit, white space for white space.
std::array<std::uint8_t, 2> other_bytes(std::uint8_t byte, std::mt19937& random) {
    const auto bit = static_cast<std::uint8_t>(byte ^ (1U << (random() % 8)));
    if (byte >= '0' && byte <= '9') return {bit, static_cast<std::uint8_t>(byte == '9' ? '0' : byte + 1)};
    if (byte == ' ') return {bit, '\n'};
    if (byte == '\n') return {bit, ' '};
    if (byte >= 'A' && byte <= 'F') return {bit, static_cast<std::uint8_t>(byte + 32)};
    return {bit, ' '};
}

}  // namespace

TEST_CASE("a byte changed in any structure of a stamped file: never authentic") {
    for (const auto seal : {Seal::no, Seal::yes})
        for (const std::string name : reports) {
            const auto file = stamped_report(name, seal);
            if (!file) {
                WARN("skipped: the corpus of reports is absent");
                return;
            }
            Flips flips(*file, "/nonexistent/worker");
            REQUIRE(flips.outcome(file->bytes) == sjcode::Outcome::authentic);
            REQUIRE(file->structures.size() > 15);
            std::mt19937 random(20'261'122);  // NOLINT: the same sample in every run
            for (const auto& structure : file->structures) {
                INFO(name << ": " << structure.name);
                REQUIRE(!structure.positions.empty());
                const auto most = !long_tests() ? sample : is_digested(structure) ? 1'000 : structure.positions.size();
                for (const auto position : chosen(structure, most))
                    for (const auto value : other_bytes(file->bytes[position], random))
                        flips.try_byte(structure, position, value);
            }
            CHECK(flips.tried() > 500);
            std::cout << name << (seal == Seal::yes ? ", sealed: " : ": ") << flips.tried() << " changes\n";
        }
}

TEST_CASE("what no signature covers in the seal's message: never authentic") {
    const auto file = stamped_report("injury", Seal::yes);
    if (!file) {
        WARN("skipped: the corpus of reports is absent");
        return;
    }
    Flips flips(*file, "/nonexistent/worker");
    const auto text = sjcode::as_text(file->bytes);
    const auto begin = text.rfind("/Contents<3");
    // 1.3.101.112, Ed25519; 113 is Ed448. The last is the signature's, behind all that is signed.
    const std::string ed25519 = "06032B6570";
    const auto name = text.rfind(ed25519, text.find('>', begin));
    REQUIRE(begin < name);
    const FileStructure algorithm{"signature algorithm", {name + ed25519.size() - 1}};
    for (const auto digit : {'1', '2', '8'})
        flips.try_byte(algorithm, algorithm.positions.front(), static_cast<std::uint8_t>(digit));
    // And the message's own beginning, digest algorithm and versions among it.
    const FileStructure head{"head of the message", {}};
    for (auto at = begin + 10; at < begin + 10 + 120; ++at)
        for (const auto digit : {'0', '1', '2', '3', 'F'}) flips.try_byte(head, at, static_cast<std::uint8_t>(digit));
    CHECK(flips.tried() > 400);
}

TEST_CASE("white space of the appended revision removed, doubled or replaced: never authentic") {
    for (const std::string name : reports) {
        const auto file = stamped_report(name, Seal::no);
        if (!file) {
            WARN("skipped: the corpus of reports is absent");
            return;
        }
        Flips flips(*file, "/nonexistent/worker");
        for (const auto& structure : file->structures) {
            if (structure.name != "white space") continue;
            for (const auto position : chosen(structure, long_tests() ? structure.positions.size() : 3 * sample)) {
                flips.try_removed(structure, position);
                for (const auto value : other_white) flips.try_byte(structure, position, value);
                flips.try_inserted(structure, position, ' ');
            }
        }
        CHECK(flips.tried() > 100);
    }
}

TEST_CASE("with the worker at hand a changed byte is no more authentic") {
    const auto file = stamped_report("dna-linearized", Seal::no);
    if (!file) {
        WARN("skipped: the corpus of reports is absent");
        return;
    }
    Flips flips(*file, SJCODE_WORKER);
    REQUIRE(flips.outcome(file->bytes) == sjcode::Outcome::authentic);
    std::mt19937 random(7);  // NOLINT: the same sample in every run
    for (const auto& structure : file->structures)
        for (const auto position : chosen(structure, long_tests() ? 20 : 2))
            flips.try_byte(structure, position, other_bytes(file->bytes[position], random)[1]);
    CHECK(flips.tried() > 20);
}

TEST_CASE("every bit of the appended revision but those of its font programs") {
    if (!long_tests()) {
        WARN("skipped: set SJCODE_LONG_TESTS=1");
        return;
    }
    const auto file = stamped_report("dna-classic", Seal::no);
    if (!file) {
        WARN("skipped: the corpus of reports is absent");
        return;
    }
    Flips flips(*file, "/nonexistent/worker");
    for (const auto& structure : file->structures) {
        if (is_digested(structure)) continue;
        for (const auto position : structure.positions)
            for (unsigned bit = 0; bit < 8; ++bit)
                flips.try_byte(structure, position, static_cast<std::uint8_t>(file->bytes[position] ^ (1U << bit)));
    }
    CHECK(flips.tried() > 30'000);
}
