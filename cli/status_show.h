// `sjcode status show`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace sjcode::cli {

struct StatusShowOptions {
    std::string file;
    std::string trust;
    std::string number;
    std::optional<std::uint64_t> index;
    bool json = false;
};

/// Shows a status list, verified where trust is given; else it says that nothing was verified. Returns the exit status.
int show_status(const StatusShowOptions& options);

}  // namespace sjcode::cli
