// Documents issued and audited in memory, many times in one process: what tests/bench/documents.py compares with peers.
//
// usage: bench_documents issue COUNT KEY_FOLDER FACTS WORKER [page-text] [first-free] FILE
//        bench_documents audit COUNT FILE
//        bench_documents hash-and-copy FILE OUT
// Each prints one line of JSON: seconds for one document, the least and the median by the clock, and the mean of
// processor time, workers included; or for one hash and for one copy.
#include "sjcode/audit.h"
#include "sjcode/certificate.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/issue.h"
#include "sjcode/key.h"
#include "sjcode/messages.h"
#include "sjcode/seal_key.h"
#include "sjcode/worker.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

namespace {

using namespace sjcode;

template <class T>
T value_of(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s [%s]\n", sentence(result.error(), Language::en).c_str(), result.error().code.c_str());
        std::exit(1);
    }
    return *std::move(result);
}

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double processor_seconds() {
    double seconds = 0;
    for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        for (const auto& time : {usage.ru_utime, usage.ru_stime})
            seconds += static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    }
    return seconds;
}

/// The first call is not counted: it reads the fonts and the libraries.
void measure(int count, const std::function<void()>& work) {
    work();
    const double before = processor_seconds();
    std::vector<double> seconds;
    for (int i = 0; i < count; ++i) seconds.push_back(seconds_of(work));
    const double processor = (processor_seconds() - before) / count;
    std::sort(seconds.begin(), seconds.end());
    std::printf("{\"count\": %d, \"least\": %.9f, \"median\": %.9f, \"processor\": %.9f}\n", count, seconds.front(),
                seconds[seconds.size() / 2], processor);
}

/// The whole file in memory, read once.
Bytes content_of(const std::string& path) {
    const auto file = value_of(InputFile::open(path));
    return {file.bytes().begin(), file.bytes().end()};
}

int issue(const std::vector<std::string>& arguments) {
    const int count = std::stoi(arguments[1]);
    const auto key_pem = content_of(arguments[2] + "/key.pem");
    const auto certificate_pem = content_of(arguments[2] + "/cert.pem");
    const auto key = value_of(PrivateKey::from_pem(as_text(key_pem)));
    const auto certificate = value_of(Certificate::parse(certificate_pem));
    const auto facts = value_of(Facts::from_json(as_text(content_of(arguments[3]))));
    const Worker worker({.program = arguments[4]});
    const auto has = [&](const char* name) {
        return std::find(arguments.begin() + 5, arguments.end() - 1, name) != arguments.end() - 1;
    };
    const auto original = content_of(arguments.back());
    const auto document = InputFile::borrow(original);
    const auto seal = value_of(SealKey::from_pem(as_text(key_pem), value_of(read_certificates(certificate_pem))));
    const Issuer issuer{.signer = key,
                        .certificate = certificate,
                        .worker = worker,
                        .clock = system_clock(),
                        .random = system_random(),
                        .fonts = StampFonts::installed(),
                        .seal = &seal};
    IssueOptions options;
    options.page_text = has("page-text");
    options.allow = {"facts"};
    if (!has("first-free")) {
        options.placement.pages = Placement::Pages::first;
        options.placement.position = Position{10, 10};
        options.placement.force = true;
    }
    measure(count, [&] {
        const auto issued = value_of(issuer.issue(document, facts, options));
        // The peer returns the whole file, too.
        Bytes whole;
        whole.reserve(original.size() + issued.revision.size());
        whole.insert(whole.end(), original.begin(), original.end());
        whole.insert(whole.end(), issued.revision.begin(), issued.revision.end());
        if (whole.size() <= original.size()) std::abort();
    });
    return 0;
}

int audit_file(const std::vector<std::string>& arguments) {
    const auto content = content_of(arguments[2]);
    const auto document = InputFile::borrow(content);
    measure(std::stoi(arguments[1]), [&] {
        const auto report = audit(document, {});
        if (report.outcome != AuditOutcome::no_failure || report.signatures.size() < 2) {
            std::fputs(report.to_text(Language::en).c_str(), stderr);
            std::exit(1);
        }
    });
    return 0;
}

int hash_and_copy(const std::vector<std::string>& arguments) {
    const auto file = value_of(InputFile::open(arguments[1]));
    std::vector<double> hashes;
    std::vector<double> copies;
    for (int i = 0; i < 3; ++i) {
        hashes.push_back(seconds_of([&] { static_cast<void>(digest(DigestAlgorithm::sha256, file.bytes())); }));
        copies.push_back(seconds_of([&] {
            const std::array<ByteView, 1> pieces{file.bytes()};
            const auto written = write_file(arguments[2], pieces, Overwrite::yes);
            if (!written) std::abort();
        }));
    }
    std::sort(hashes.begin(), hashes.end());
    std::sort(copies.begin(), copies.end());
    std::printf("{\"hash\": %.9f, \"copy\": %.9f}\n", hashes[1], copies[1]);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() >= 6 && arguments[0] == "issue") return issue(arguments);
    if (arguments.size() == 3 && arguments[0] == "audit") return audit_file(arguments);
    if (arguments.size() == 3 && arguments[0] == "hash-and-copy") return hash_and_copy(arguments);
    std::fputs("usage: see the top of tests/bench/documents.cpp\n", stderr);
    return 64;
}
