// A report code signed and verified, against the bare signature below it: what CBOR, COSE and the claims cost.
#include "bare_signature.h"
#include "ratios.h"

#include "sjcode/category.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/report_code.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

namespace {

using namespace sjcode;

template <class T>
T value_of(Result<T> result) {
    if (!result) std::abort();
    return *std::move(result);
}

Claims sample_claims() {
    return {.issuer = "440100001",
            .issued = 1'789'000'000,
            .code = value_of(CodeNumber::generate(system_random())),
            .number = ShortReportNumber{2026, "临鉴字", 18},
            .entries = 20,
            .pages = 8,
            .category = value_of(Category::parse("FY0202")).number(),
            .status = 18};
}

void sign_code(benchmark::State& state, Algorithm algorithm) {
    const bench::Keys keys(algorithm);
    const auto claims = sample_claims();
    for (auto _ : state) benchmark::DoNotOptimize(value_of(sign_report_code(claims, keys.key)));
}

void sign_bare(benchmark::State& state, Algorithm algorithm) {
    const bench::Keys keys(algorithm);
    for (auto _ : state) benchmark::DoNotOptimize(bench::sign_bare(keys));
}

void verify_code(benchmark::State& state, Algorithm algorithm) {
    const bench::Keys keys(algorithm);
    const auto code = value_of(sign_report_code(sample_claims(), keys.key));
    const auto key = keys.key.public_key();
    for (auto _ : state) {
        const auto raw = value_of(RawReportCode::decode(code));
        benchmark::DoNotOptimize(value_of(VerifiedReportCode::verify(raw, key)));
    }
}

void verify_bare(benchmark::State& state, Algorithm algorithm) {
    const bench::Keys keys(algorithm);
    const auto signature = bench::sign_bare(keys);
    for (auto _ : state) bench::verify_bare(keys, signature);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<bench::Ratio> ratios;
    for (const auto algorithm : {Algorithm::ed25519, Algorithm::esp256, Algorithm::sm2}) {
        const std::string suffix(name(algorithm));
        benchmark::RegisterBenchmark(("sign_code_" + suffix).c_str(), sign_code, algorithm);
        benchmark::RegisterBenchmark(("sign_bare_" + suffix).c_str(), sign_bare, algorithm);
        benchmark::RegisterBenchmark(("verify_code_" + suffix).c_str(), verify_code, algorithm);
        benchmark::RegisterBenchmark(("verify_bare_" + suffix).c_str(), verify_bare, algorithm);
        // At least 0.90 and 0.95 of the speed of the bare signature.
        ratios.push_back({"sign_code_" + suffix, "sign_bare_" + suffix, 1 / 0.90});
        ratios.push_back({"verify_code_" + suffix, "verify_bare_" + suffix, 1 / 0.95});
    }
    return bench::run(argc, argv, ratios);
}
