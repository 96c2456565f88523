#include "trust_register_file.h"

#include "trust_options.h"

#include "sjcode/file.h"

#include <utility>

namespace sjcode::cli {

Result<TrustRegisterFile> TrustRegisterFile::open(const std::string& path) {
    // A mistyped name is told as such, not as a lock that cannot be made.
    if (auto there = InputFile::open(path); !there) return Unexpected(std::move(there).error());
    auto lock = FileLock::take(path, LockedFor::everybody);
    if (!lock) return Unexpected(std::move(lock).error());
    auto content = read_register(path);
    if (!content) return Unexpected(std::move(content).error());
    return TrustRegisterFile(path, *std::move(lock), *std::move(content));
}

Result<void> TrustRegisterFile::save() const {
    return write_register(path_, content_, Overwrite::yes);
}

}  // namespace sjcode::cli
