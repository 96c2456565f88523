// What the worker's process takes from itself before it looks at hostile input.
#pragma once

#include <cstdint>

namespace sjcode::worker {

/// Limits of memory, files and descriptors; no further rights by exec. Input mapped read-only does not count as memory.
void set_limits(std::uint64_t memory_limit) noexcept;

/// No exec, no sockets, no writing of files, by seccomp; where the system has none, the worker goes on without.
void enter_sandbox() noexcept;

/// Gives one request its processor time, and ends the process where the client is gone and nobody else would.
void start_request_clock(std::uint64_t milliseconds) noexcept;
void stop_request_clock() noexcept;

/// From now on a crash that follows a failed allocation ends the process with kExitMemory: poppler, GLib and others
/// abort where memory is short, and the signal alone would not tell.
void tell_memory_failures() noexcept;
/// Whether an allocation has failed since the last call of forget_memory_failures(): poppler then goes on with an image
/// of one pixel, and others with whatever they take for good.
bool memory_failed() noexcept;
void forget_memory_failures() noexcept;

}  // namespace sjcode::worker
