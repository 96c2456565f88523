// A file descriptor that is closed when it goes out of scope, and writing to one until all is written.
#pragma once

#include "sjcode/bytes.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <utility>

namespace sjcode {

class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    /// Negative where opening it failed.
    [[nodiscard]] int number() const noexcept { return number_; }
    /// False where what was written may not have arrived.
    bool close() noexcept { return ::close(release()) == 0; }
    /// Leaves it to the caller to close.
    int release() noexcept { return std::exchange(number_, -1); }

private:
    int number_;
};

/// False, with errno, where not everything could be written.
inline bool write_all(int descriptor, ByteView bytes) noexcept {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace sjcode
