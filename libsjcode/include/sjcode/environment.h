// What the library takes from the world around it: the time and randomness. Both are arguments, so that a test can
// fix them; nothing in the library reads the clock, the environment or the network by itself.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <cstdint>
#include <functional>
#include <span>

namespace sjcode {

/// Seconds since 1970-01-01T00:00:00Z. Never negative in a document of ours.
using UnixTime = std::int64_t;

/// Tells the present time. Must be callable from any thread.
using Clock = std::function<UnixTime()>;

/// Fills the whole span with unpredictable bytes or fails. Must be callable from any thread.
using RandomSource = std::function<Result<void>(std::span<std::uint8_t>)>;

/// The operating system's clock.
Clock system_clock();

/// The operating system's random generator (through OpenSSL's RAND_bytes).
/// Fails with "crypto.random" where it has none to give.
RandomSource system_random();

}  // namespace sjcode
