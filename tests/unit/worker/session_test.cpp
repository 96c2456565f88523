// The process: start, limits, deaths, and what it leaves behind.
#include "catch.h"
#include "pdf_file.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <thread>

using namespace sjcode;
using namespace sjcode::test;
using namespace std::chrono_literals;

namespace {

PdfFile one_page() {
    PdfFile pdf;
    pdf.add_page("BT /F1 20 Tf 72 700 Td (Hello page) Tj ET");
    return pdf;
}

/// A page that draws 10^9 squares: forms that call forms.
PdfFile endless_page() {
    PdfFile pdf;
    int form = pdf.add_stream("0 0 1 1 re f", "/Type/XObject/Subtype/Form/BBox[0 0 600 900]");
    for (int level = 0; level < 9; ++level) {
        std::string calls;
        for (int i = 0; i < 10; ++i) calls += "/X Do ";
        form = pdf.add_stream(calls, "/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X " +
                                         std::to_string(form) + " 0 R>>>>");
    }
    pdf.add_page("/X Do", "/Resources<</XObject<</X " + std::to_string(form) + " 0 R>>>>");
    return pdf;
}

std::size_t open_descriptors() {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Processes whose parent this one is.
std::vector<pid_t> children() {
    std::vector<pid_t> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string line;
        if (!std::getline(file, line)) continue;
        const auto close = line.rfind(") ");
        if (close == std::string::npos || close + 4 >= line.size()) continue;
        if (std::stoi(line.substr(close + 4)) == ::getpid()) found.push_back(std::stoi(line));
    }
    return found;
}

/// A line of /proc/PID/status, without its name.
std::string status_of(pid_t process, const std::string& name) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    std::string line;
    while (std::getline(file, line))
        if (line.rfind(name + ":", 0) == 0) return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    return {};
}

}  // namespace

TEST_CASE("a session answers several requests with one process") {
    auto session = open(one_page().file());
    CHECK(children().empty());
    const auto extractor = session.text_extractor();
    REQUIRE(extractor);
    CHECK(extractor->name == "poppler-raw");
    CHECK(!extractor->version.empty());
    const auto before = children();
    REQUIRE(before.size() == 1);
    CHECK(session.page_count().value() == 1);
    const std::array<std::uint32_t, 1> first{1};
    CHECK(session.page_texts(first, Annotations::keep).value() == std::vector<std::string>{"Hello page\n\f"});
    CHECK(children() == before);
}

TEST_CASE("a document comes by descriptor or as bytes") {
    const auto text = one_page().text();
    const auto path = std::filesystem::temp_directory_path() / ("sjcode-worker-test-" + std::to_string(::getpid()));
    std::ofstream(path, std::ios::binary) << text;
    const auto mapped = InputFile::open(path.string());
    REQUIRE(mapped);
    std::filesystem::remove(path);
    CHECK(open(*mapped).page_count().value() == 1);
    CHECK(open(own(text)).page_count().value() == 1);
    CHECK(open(InputFile::borrow(as_bytes(text))).page_count().value() == 1);
}

TEST_CASE("a document that is no PDF is an error, and so is none") {
    for (const auto* text : {"", "no PDF at all", "%PDF-1.7"}) {
        auto session = open(own(text));
        CHECK(session.page_count().error().code == "worker.document");
        CHECK(session.lenient_view().error().code == "worker.document");
        CHECK(session.normalise().error().code == "worker.document");
        CHECK(session.page_symbols(1).error().code == "worker.document");
        CHECK(session.image_symbols().error().code == "worker.image");
        CHECK(session.text_extractor());
    }
}

TEST_CASE("a missing program is told by its name") {
    for (const auto* program : {"/nowhere/sjcode-worker", "/", ""}) {
        auto chosen = options();
        chosen.program = program;
        const auto count = Worker(chosen).open(one_page().file()).page_count();
        REQUIRE(!count);
        CHECK(count.error().code == "worker.start");
        CHECK(count.error().parameters.at("program") == program);
    }
    CHECK(children().empty());
}

TEST_CASE("a program that is not the worker is an error") {
    auto chosen = options();
    chosen.program = "/bin/true";
    CHECK(Worker(chosen).open(one_page().file()).page_count().error().code == "worker.died");
}

TEST_CASE("a worker that is killed is reported, and the next call works") {
    auto session = open(one_page().file());
    REQUIRE(session.page_count());
    const auto running = children();
    REQUIRE(running.size() == 1);
    REQUIRE(::kill(running.front(), SIGKILL) == 0);
    const auto count = session.page_count();
    REQUIRE(!count);
    CHECK(count.error().code == "worker.died");
    CHECK(count.error().parameters.at("signal") == "SIGKILL");
    CHECK(session.page_count().value() == 1);
}

TEST_CASE("the time limit ends the process, and the next call works") {
    auto chosen = options();
    chosen.time_limit = 1500ms;
    auto session = Worker(chosen).open(endless_page().file());
    const auto start = std::chrono::steady_clock::now();
    const auto image = session.page_image(1, 72, Annotations::keep);
    CHECK(std::chrono::steady_clock::now() - start < 4s);
    REQUIRE(!image);
    CHECK(image.error().code == "worker.time");
    CHECK(image.error().parameters.at("seconds") == "2");
    CHECK(children().empty());
    CHECK(session.page_count().value() == 1);
}

TEST_CASE("a worker whose client is gone ends by itself") {
    // The client is a process of its own, which ends in the middle of a request.
    auto chosen = options();
    chosen.time_limit = 1000ms;
    std::array<int, 2> ids{};
    REQUIRE(::pipe(ids.data()) == 0);
    const pid_t client = ::fork();
    if (client == 0) {
        std::thread([&] {
            (void)Worker(chosen).open(endless_page().file()).page_image(1, 72, Annotations::keep);
        }).detach();
        std::this_thread::sleep_for(400ms);
        const auto workers = children();
        const pid_t worker = workers.size() == 1 ? workers.front() : 0;
        const auto written = ::write(ids[1], &worker, sizeof worker);
        ::_exit(written == sizeof worker ? 0 : 1);
    }
    pid_t worker = 0;
    REQUIRE(::read(ids[0], &worker, sizeof worker) == sizeof worker);
    REQUIRE(::waitpid(client, nullptr, 0) == client);
    REQUIRE(worker > 0);
    const auto running = [&] {
        const auto state = status_of(worker, "State");
        return !state.empty() && state.front() != 'Z';
    };
    for (int i = 0; i < 80 && running(); ++i) std::this_thread::sleep_for(100ms);
    CHECK(!running());
    ::close(ids[0]);
    ::close(ids[1]);
}

#if !defined(__SANITIZE_ADDRESS__)  // which needs terabytes of addresses and so has no limit
TEST_CASE("the memory limit is reported as such") {
    auto chosen = options();
    chosen.memory_limit = 96U << 20;
    PdfFile wide;
    wide.add_page("0 0 10000 10000 re f", "", "0 0 10000 10000");
    auto session = Worker(chosen).open(wide.file());
    const auto png = session.page_png(1, 72);
    REQUIRE(!png);
    CHECK(png.error().code == "worker.memory");
    CHECK(png.error().parameters.at("megabytes") == "96");
    CHECK(session.page_count().value() == 1);
}

TEST_CASE("the mapped input does not count as memory") {
    auto chosen = options();
    chosen.memory_limit = 64U << 20;
    auto pdf = one_page();
    pdf.add_stream(std::string(100U << 20, 'x'));
    CHECK(Worker(chosen).open(pdf.file()).page_count().value() == 1);
}

TEST_CASE("the worker's process has given up what it does not need") {
    auto session = open(one_page().file());
    REQUIRE(session.page_count());
    const auto running = children();
    REQUIRE(running.size() == 1);
    CHECK(status_of(running.front(), "NoNewPrivs") == "1");
    if (std::filesystem::exists("/proc/sys/kernel/seccomp/actions_avail"))
        CHECK(status_of(running.front(), "Seccomp") == "2");
    const std::filesystem::path links = "/proc/" + std::to_string(running.front()) + "/fd";
    for (const auto& entry : std::filesystem::directory_iterator(links)) {
        const auto number = std::stoi(entry.path().filename().string());
        CHECK(number <= 4);
        if (number <= 2) CHECK(std::filesystem::read_symlink(entry.path()) == "/dev/null");
    }
    std::ifstream environment("/proc/" + std::to_string(running.front()) + "/environ");
    const std::string variables((std::istreambuf_iterator<char>(environment)), {});
    CHECK(variables == std::string("LC_ALL=C.UTF-8") + '\0');
}
#endif

TEST_CASE("sessions leave neither processes nor descriptors behind, from several threads") {
    const auto text = one_page().text();
    const auto before = open_descriptors();
    std::vector<std::thread> threads;
    std::array<int, 4> good{};
    for (auto& count : good)
        threads.emplace_back([&] {
            for (int i = 0; i < 8; ++i) {
                auto session = open(own(text));
                if (session.page_count().value_or(0U) == 1) ++count;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(good == std::array<int, 4>{8, 8, 8, 8});
    CHECK(open_descriptors() == before);
    CHECK(children().empty());
}

TEST_CASE("a session outlives the thread that started its process") {
    auto session = open(one_page().file());
    std::thread([&] { CHECK(session.page_count().value() == 1); }).join();
    const auto running = children();
    CHECK(session.page_count().value() == 1);
    auto moved = std::move(session);
    CHECK(moved.page_count().value() == 1);
    CHECK(children() == running);
}

TEST_CASE("a program that ignores its children's ends is served, too") {
    struct sigaction ignore {};
    struct sigaction old {};
    ignore.sa_handler = SIG_IGN;
    REQUIRE(::sigaction(SIGCHLD, &ignore, &old) == 0);
    {
        auto session = open(one_page().file());
        CHECK(session.page_count().value() == 1);
        const auto running = children();
        REQUIRE(running.size() == 1);
        ::kill(running.front(), SIGKILL);
        CHECK(session.page_count().error().code == "worker.died");
        CHECK(session.page_count().value() == 1);
    }
    ::sigaction(SIGCHLD, &old, nullptr);
    CHECK(children().empty());
}
