#include "ratios.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace bench {
namespace {

class Times final : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const auto& run : runs) {
            // Of repetitions the least counts: what is measured is the work, not the machine's other work.
            if (run.run_type != Run::RT_Iteration) continue;
            const auto [at, is_new] = times_.emplace(run.run_name.function_name, run.GetAdjustedCPUTime());
            if (!is_new) at->second = std::min(at->second, run.GetAdjustedCPUTime());
        }
        ConsoleReporter::ReportRuns(runs);
    }
    [[nodiscard]] const std::map<std::string, double>& times() const { return times_; }

private:
    std::map<std::string, double> times_;
};

}  // namespace

int run(int argc, char** argv, const std::vector<Ratio>& ratios) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
    Times times;
    benchmark::RunSpecifiedBenchmarks(&times);
    int status = 0;
    for (const auto& ratio : ratios) {
        const auto ours = times.times().find(ratio.ours);
        const auto bare = times.times().find(ratio.bare);
        if (ours == times.times().end() || bare == times.times().end()) continue;
        const double value = ours->second / bare->second;
        const bool good = value <= ratio.limit;
        std::printf("%-28s %6.2f times %-28s (limit %.2f)%s\n", ratio.ours.c_str(), value, ratio.bare.c_str(),
                    ratio.limit, good ? "" : "  OVER THE LIMIT");
        if (!good) status = 1;
    }
    return status;
}

}  // namespace bench
