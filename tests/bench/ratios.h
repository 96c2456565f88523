// Runs the registered benchmarks and prints how ours compare with the bare library below: on another machine the times
// change, the ratios hardly do.
#pragma once

#include <string>
#include <vector>

namespace bench {

/// `ours` took how many times as long as `bare`? Both are names of benchmarks.
struct Ratio {
    std::string ours;
    std::string bare;
    double limit;  ///< a ratio above it ends the program with status 1
};

/// Takes over from main(). Ratios of benchmarks that a filter left out are not printed.
int run(int argc, char** argv, const std::vector<Ratio>& ratios);

}  // namespace bench
