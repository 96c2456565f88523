// What a fuzz target asks of the library beyond not crashing.
#pragma once

#include <cstdlib>

/// Ends the program where a property does not hold, so that the fuzzer keeps the input.
inline void check(bool holds) {
    if (!holds) std::abort();
}
