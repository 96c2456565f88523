// A trust list of national size: how long it takes to open, how much memory it needs, and what a verdict under it costs
// against the bare verification of one signature.
#include "bare_signature.h"
#include "ratios.h"

#include "sjcode/category.h"
#include "sjcode/file.h"
#include "sjcode/report_code.h"
#include "sjcode/symbol_url.h"
#include "sjcode/trust.h"
#include "sjcode/verify.h"

#include <benchmark/benchmark.h>

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace {

using namespace sjcode;

constexpr std::size_t institutions = 4'400;
constexpr std::size_t appraisers = 50'000;
constexpr std::int64_t million = 1'000'000;
constexpr UnixTime year = 31'557'600;
constexpr UnixTime t2017 = 1'483'200'000;
constexpr UnixTime issued = t2017 + 9 * year;
constexpr UnixTime now = t2017 + 10 * year;

template <class T>
T value_of(Result<T> result) {
    if (!result) std::abort();
    return *std::move(result);
}

std::string licence(std::size_t number) {
    return std::to_string(330'000'000 + number);
}

/// Ten years of each: two licences, categories, renewed keys, some decisions.
InstitutionRecord institution(std::size_t number, const Bytes& key) {
    InstitutionRecord record;
    record.licence = licence(number);
    record.uscc = "34330000MD00000001";
    record.names = {{"示例市第" + std::to_string(number) + "司法鉴定中心", "示例司鉴中心", {t2017, {}}}};
    record.licensed = {{t2017, t2017 + 5 * year}, {t2017 + 5 * year, t2017 + 10 * year}};
    for (const std::uint32_t item : {101U, 202U, 203U, 302U, 401U, 501U, 601U, 701U})
        record.categories.push_back({1'000'000 + item, {t2017, {}}});
    for (UnixTime from = t2017; from < t2017 + 10 * year; from += 5 * year)
        record.keys.push_back({key, {from, from + 5 * year}, {}});
    record.hosts = {{"v" + std::to_string(number % 31) + ".example.gov.cn", {t2017, {}}}};
    record.seals = {{t2017 + 9 * year, {}}};
    for (std::size_t i = 0; i < number % 4; ++i)
        record.events.push_back(
            {StatusEventKind::suspended,
             1'000'501,
             {t2017 + static_cast<UnixTime>(i) * year, t2017 + static_cast<UnixTime>(i) * year + year / 4},
             "示例市司法局",
             "示例司鉴〔2020〕1号",
             {}});
    return record;
}

AppraiserRecord appraiser(std::size_t number) {
    AppraiserRecord record;
    const auto at = licence(number % institutions);
    record.licence = at + std::to_string(100 + number / institutions);
    record.names = {{"鉴定人" + std::to_string(number), {}, {t2017, {}}}};
    record.licensed = {{t2017, t2017 + 5 * year}, {t2017 + 5 * year, t2017 + 10 * year}};
    record.institutions = {{licence((number + 1) % institutions), {t2017, t2017 + year}}, {at, {t2017 + year, {}}}};
    for (const std::uint32_t item : {202U, 203U, 302U}) record.categories.push_back({1'000'000 + item, {t2017, {}}});
    if (number % 5 == 0)
        record.events.push_back(
            {StatusEventKind::suspended, {}, {t2017 + year, t2017 + year + year / 4}, "示例市司法局", {}, {}});
    return record;
}

struct National {
    explicit National(Algorithm algorithm)
        : root(value_of(PrivateKey::generate(Algorithm::sm2))), key(value_of(PrivateKey::generate(algorithm))) {
        TrustListContent content;
        content.info = {
            "cn.example.national", "示例", {}, 1, now - 86'400, now + year,
        };
        const auto der = key.public_key().to_der();
        for (std::size_t i = 0; i < institutions; ++i) content.institutions.push_back(institution(i, der));
        for (std::size_t i = 0; i < appraisers; ++i) content.appraisers.push_back(appraiser(i));
        file = value_of(sign_trust_list(content, root));
        for (std::size_t number = 0; number < institutions; ++number) {
            const Claims claims{.issuer = licence(number),
                                .issued = issued,
                                .code = value_of(CodeNumber::generate(system_random())),
                                .number = ShortReportNumber{2026, "临鉴字", 18},
                                .entries = 20,
                                .pages = 8,
                                .category = 1'000'202,
                                .status = 18};
            codes.push_back(value_of(sign_report_code(claims, key)));
            urls.push_back(report_url_prefix("v" + std::to_string(number % 31) + ".example.gov.cn") +
                           encode_digits(codes.back()));
        }
    }
    PrivateKey root;
    PrivateKey key;
    Bytes file;
    std::vector<Bytes> codes;
    std::vector<std::string> urls;

    [[nodiscard]] Digest pin() const { return fingerprint(root.public_key()); }
};

const National& national(Algorithm algorithm) {
    static std::map<Algorithm, National> each;
    return each.try_emplace(algorithm, algorithm).first->second;
}

void open_list(benchmark::State& state) {
    const auto& list = national(Algorithm::sm2);
    for (auto _ : state) benchmark::DoNotOptimize(value_of(TrustList::open(InputFile::borrow(list.file), list.pin())));
}

void look_up(benchmark::State& state) {
    const auto& all = national(Algorithm::sm2);
    const auto list = value_of(TrustList::open(InputFile::borrow(all.file), all.pin()));
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(value_of(list.institution(licence(i++ % institutions))));
}

/// A loaded list: a code of each institution was verified once, so that all that is kept is there.
struct Loaded {
    explicit Loaded(Algorithm algorithm)
        : all(national(algorithm)),
          trust(TrustLists::of({value_of(TrustList::open(InputFile::borrow(all.file), all.pin()))})),
          worker({}),
          verifier(trust, worker, [] { return now; }) {
        for (const auto& url : all.urls) verify(url);
    }
    void verify(const std::string& url) const {
        if (verifier.verify_text(url).outcome != Outcome::code_genuine) std::abort();
    }
    const National& all;
    TrustLists trust;
    Worker worker;
    Verifier verifier;
};

const Loaded& loaded(Algorithm algorithm) {
    static std::map<Algorithm, Loaded> each;
    return each.try_emplace(algorithm, algorithm).first->second;
}

/// From the text of a symbol to a verdict; each of another institution than the one before.
void verdict(benchmark::State& state, Algorithm algorithm) {
    const auto& list = loaded(algorithm);
    std::size_t i = 0;
    for (auto _ : state) list.verify(list.all.urls[i++ % institutions]);
}

void bare(benchmark::State& state, Algorithm algorithm) {
    const bench::Keys keys(algorithm);
    const auto signature = bench::sign_bare(keys);
    for (auto _ : state) bench::verify_bare(keys, signature);
}

/// In a process of its own: the list opened, and some institutions and appraisers looked up; then how long and how
/// much.
int open_alone(const char* path, const char* pin) {
    const auto before = std::chrono::steady_clock::now();
    Digest root{};
    for (std::size_t i = 0; i < root.size(); ++i)
        root[i] = static_cast<std::uint8_t>(std::stoul(std::string(pin + 2 * i, 2), nullptr, 16));
    const auto list = value_of(TrustList::open(value_of(InputFile::open(path)), root));
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - before;
    for (std::size_t i = 0; i < 50; ++i) {
        value_of(list.institution(licence(i * 88)));
        value_of(list.appraiser(licence(i * 88) + "100"));
    }
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmHWM"))
            std::printf("national list: opened in %.1f ms; at most %s in memory after 100 look-ups\n", taken.count(),
                        line.c_str() + line.find_first_not_of("VmHWM: \t"));
    return 0;
}

void measure_alone() {
    const auto& all = national(Algorithm::sm2);
    const auto path =
        (std::filesystem::temp_directory_path() / ("sjcode-national-" + std::to_string(::getpid()))).string();
    const std::array pieces{ByteView(all.file)};
    if (!write_file(path, pieces, Overwrite::yes)) std::abort();
    std::printf("national list: %.1f MB\n", static_cast<double>(all.file.size()) / 1e6);
    std::fflush(stdout);
    const auto pin = to_hex(all.pin());
    const auto child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "bench_trust", "--open", path.c_str(), pin.c_str(), static_cast<char*>(nullptr));
        ::_exit(1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    std::filesystem::remove(path);
    if (status != 0) std::abort();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string(argv[1]) == "--open") return open_alone(argv[2], argv[3]);
    const bool whole = argc >= 2 && std::string(argv[1]) == "--million";
    if (whole) {
        argv[1] = argv[0];
        ++argv;
        --argc;
    }
    measure_alone();
    benchmark::RegisterBenchmark("open_national_list", open_list);
    benchmark::RegisterBenchmark("look_up_institution", look_up);
    std::vector<bench::Ratio> ratios;
    for (const auto algorithm : {Algorithm::sm2, Algorithm::esp256, Algorithm::ed25519}) {
        const std::string suffix(name(algorithm));
        auto* const verdicts = benchmark::RegisterBenchmark(("verdict_" + suffix).c_str(), verdict, algorithm);
        if (whole) verdicts->Iterations(million);
        benchmark::RegisterBenchmark(("bare_" + suffix).c_str(), bare, algorithm);
        // Nine tenths of the speed of the bare signature; P-256 is verified so fast that the ten microseconds which a
        // verdict takes besides weigh more.
        ratios.push_back({"verdict_" + suffix, "bare_" + suffix, algorithm == Algorithm::esp256 ? 1.25 : 1 / 0.9});
    }
    return bench::run(argc, argv, ratios);
}
