#include "worker/program/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace sjcode::worker {
namespace {

void limit(int resource, rlim_t value) noexcept {
    const rlimit wanted{value, value};
    ::setrlimit(static_cast<__rlimit_resource_t>(resource), &wanted);
}

/// Everything that the parsers, the C library and GLib's threads need. What is not listed is answered as if the kernel
/// did not know it, so that libraries take their other way.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(sendto),
    SCMP_SYS(recvfrom),
    SCMP_SYS(close),
    SCMP_SYS(close_range),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents),
    SCMP_SYS(getdents64),
    SCMP_SYS(fcntl),
    SCMP_SYS(fadvise64),
    SCMP_SYS(dup),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(setitimer),
    SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(eventfd2),
    SCMP_SYS(pipe2),
};

bool add_rules(scmp_filter_ctx filter) noexcept {
    const auto allow = [&](int call, auto... conditions) {
        const int result =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, static_cast<unsigned>(sizeof...(conditions)), conditions...);
        // A name that this architecture does not have needs no rule.
        return result == 0 || result == -EDOM;
    };
    for (const int call : kAllowed)
        if (!allow(call)) return false;

    // Reading only. O_TMPFILE holds O_DIRECTORY's bit, so its own bit is what counts.
    constexpr scmp_datum_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    if (!allow(SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, 0)) ||
        !allow(SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, 0)))
        return false;
    // Threads, but no processes. clone3 hides its flags behind a pointer; unknown to the kernel, clone comes instead.
    constexpr scmp_datum_t kThread = 0x00010000;  // CLONE_THREAD
    if (!allow(SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, kThread, kThread))) return false;
    // Signals to itself: abort().
    const auto self = static_cast<scmp_datum_t>(::getpid());
    if (!allow(SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self))) return false;
    return allow(SCMP_SYS(prlimit64), SCMP_A0(SCMP_CMP_EQ, 0)) &&
           allow(SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) &&
           allow(SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_NAME));
}

}  // namespace

void set_limits([[maybe_unused]] std::uint64_t memory_limit) noexcept {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 64);
#if !defined(__SANITIZE_ADDRESS__)  // whose shadow is terabytes
    // Data, not address space: it counts what can be written, and neither the mapped input nor the libraries' code.
    limit(RLIMIT_DATA, memory_limit);
#endif
}

void enter_sandbox() noexcept {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (filter == nullptr) return;
    if (add_rules(filter)) (void)seccomp_load(filter);
    seccomp_release(filter);
}

void start_request_clock(std::uint64_t milliseconds) noexcept {
    constexpr std::uint64_t kGrace = 2;  // seconds: the client, while it lives, is first
    const std::uint64_t seconds = milliseconds / 1000 + kGrace;
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto spent = static_cast<std::uint64_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + 1;
    rlimit processor{};
    ::getrlimit(RLIMIT_CPU, &processor);
    // As many processors may work at once as the libraries start threads; the wall clock below holds for all.
    processor.rlim_cur = std::min<rlim_t>(spent + 4 * seconds, processor.rlim_max);
    ::setrlimit(RLIMIT_CPU, &processor);
    itimerval wall{};
    wall.it_value.tv_sec = static_cast<time_t>(seconds);
    ::setitimer(ITIMER_REAL, &wall, nullptr);
}

void stop_request_clock() noexcept {
    const itimerval none{};
    ::setitimer(ITIMER_REAL, &none, nullptr);
}

}  // namespace sjcode::worker
