// Notes failed allocations, by standing before malloc and its kin.
#include "worker/program/sandbox.h"
#include "worker/protocol.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdlib>

namespace {

std::atomic<bool> allocation_failed{false};

[[maybe_unused]] void end_of_memory(int signal) {
    if (allocation_failed.load(std::memory_order_relaxed)) ::_exit(sjcode::worker::kExitMemory);
    ::raise(signal);  // the default action again, by SA_RESETHAND
}

}  // namespace

// Sanitizers bring an allocator of their own, and other C libraries have no such names.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
namespace {

void* note(std::size_t size, void* memory) noexcept {
    if (memory == nullptr && size != 0) allocation_failed.store(true, std::memory_order_relaxed);
    return memory;
}

}  // namespace

extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): these are glibc's names
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
// NOLINTEND(bugprone-reserved-identifier)

__attribute__((visibility("default"))) void* malloc(std::size_t size) noexcept {
    return note(size, __libc_malloc(size));
}
__attribute__((visibility("default"))) void* calloc(std::size_t count, std::size_t size) noexcept {
    return note(count == 0 ? 0 : size, __libc_calloc(count, size));
}
__attribute__((visibility("default"))) void* realloc(void* memory, std::size_t size) noexcept {
    return note(size, __libc_realloc(memory, size));
}
}
#endif

namespace sjcode::worker {

void tell_memory_failures() noexcept {
#if !defined(__SANITIZE_ADDRESS__)
    // On a stack of its own: the other one may be what ran out.
    static std::array<std::byte, 1U << 16> stack;
    stack_t alternative{};
    alternative.ss_sp = stack.data();
    alternative.ss_size = stack.size();
    ::sigaltstack(&alternative, nullptr);
    struct sigaction action {};
    action.sa_handler = end_of_memory;
    action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
    for (const int signal : {SIGABRT, SIGSEGV, SIGTRAP, SIGBUS, SIGILL}) ::sigaction(signal, &action, nullptr);
#endif
}

bool memory_failed() noexcept {
    return allocation_failed.load(std::memory_order_relaxed);
}

void forget_memory_failures() noexcept {
    allocation_failed.store(false, std::memory_order_relaxed);
}

}  // namespace sjcode::worker
