#include "worker/process.h"

#include "base/descriptor.h"
#include "worker/protocol.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <limits>
#include <string>

namespace sjcode::worker {
namespace {

/// Status that waitpid() cannot tell, because the caller's program takes its children's statuses itself.
constexpr int kUnknownStatus = -1;

/// What posix_spawn() is to do in the new process.
class Preparation {
public:
    Preparation() {
        good_ = ::posix_spawn_file_actions_init(&actions_) == 0;
        attributes_good_ = ::posix_spawnattr_init(&attributes_) == 0;
    }
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;
    ~Preparation() {
        if (good_) ::posix_spawn_file_actions_destroy(&actions_);
        if (attributes_good_) ::posix_spawnattr_destroy(&attributes_);
    }
    /// Both descriptors are above those that they are put on, so that no copy overwrites the source of another.
    bool set(int socket, int document) {
        if (!good_ || !attributes_good_) return false;
        bool done = ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
                    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0;
#if !defined(__SANITIZE_ADDRESS__)  // whose findings would be lost
        done = done && ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0;
#endif
        done = done && ::posix_spawn_file_actions_adddup2(&actions_, socket, kSocketDescriptor) == 0 &&
               ::posix_spawn_file_actions_adddup2(&actions_, document, kDocumentDescriptor) == 0;
        // Signals that the caller blocks or ignores are the caller's business, not the worker's.
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        return done && ::posix_spawnattr_setsigmask(&attributes_, &none) == 0 &&
               ::posix_spawnattr_setsigdefault(&attributes_, &all) == 0 &&
               ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0;
    }
    [[nodiscard]] const posix_spawn_file_actions_t* actions() const {
        return &actions_;
    }
    [[nodiscard]] const posix_spawnattr_t* attributes() const {
        return &attributes_;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    bool good_ = false;
    bool attributes_good_ = false;
};

/// A copy of a descriptor above those of the worker, closed on exec.
int high_copy(int descriptor) {
    return ::fcntl(descriptor, F_DUPFD_CLOEXEC, 16);
}

std::string signal_name(int signal) {
    switch (signal) {
        case SIGSEGV:
            return "SIGSEGV";
        case SIGABRT:
            return "SIGABRT";
        case SIGBUS:
            return "SIGBUS";
        case SIGFPE:
            return "SIGFPE";
        case SIGILL:
            return "SIGILL";
        case SIGKILL:
            return "SIGKILL";
        case SIGSYS:
            return "SIGSYS";
        case SIGTERM:
            return "SIGTERM";
        case SIGTRAP:
            return "SIGTRAP";
        default:
            return std::to_string(signal);
    }
}

Unexpected not_started(const WorkerOptions& options) {
    return fail("worker.start", {{"program", options.program}});
}

Unexpected too_slow(const WorkerOptions& options) {
    const auto seconds = std::max<std::int64_t>(1, (options.time_limit.count() + 999) / 1000);
    return fail("worker.time", {{"seconds", std::to_string(seconds)}});
}

Unexpected out_of_memory(const WorkerOptions& options) {
    return fail("worker.memory", {{"megabytes", std::to_string(options.memory_limit >> 20)}});
}

}  // namespace

Result<std::unique_ptr<Process>> Process::start(const WorkerOptions& options, int document) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return not_started(options);
    Descriptor ours(pair[0]);
    const Descriptor theirs(pair[1]);
    const Descriptor socket_copy(high_copy(theirs.number()));
    const Descriptor document_copy(high_copy(document));
    Preparation preparation;
    if (socket_copy.number() < 0 || document_copy.number() < 0 ||
        !preparation.set(socket_copy.number(), document_copy.number()))
        return not_started(options);

    std::string program = options.program;
    std::string memory = std::to_string(options.memory_limit);
    std::string time = std::to_string(options.time_limit.count());
    const std::array<char*, 4> arguments{program.data(), memory.data(), time.data(), nullptr};
    // Nothing of the caller's environment: no library path, no locale, no configuration of fonts.
    std::string locale = "LC_ALL=C.UTF-8";
    const std::array<char*, 2> environment{locale.data(), nullptr};
    pid_t process = 0;
    if (::posix_spawn(&process, program.c_str(), preparation.actions(), preparation.attributes(), arguments.data(),
                      environment.data()) != 0)
        return not_started(options);
    return std::unique_ptr<Process>(new Process(options, process, ours.release()));
}

Process::~Process() {
    end_and_wait();
    ::close(socket_);
}

int Process::end_and_wait() {
    if (process_ <= 0) return kUnknownStatus;
    ::kill(process_, SIGKILL);
    int status = 0;
    pid_t waited = 0;
    do waited = ::waitpid(process_, &status, 0);
    while (waited < 0 && errno == EINTR);
    process_ = 0;
    return waited < 0 ? kUnknownStatus : status;
}

Process::Stream Process::wait_for(short events, Deadline deadline) const {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) return Stream::late;
        pollfd waiting{socket_, events, 0};
        const int ready =
            ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(left, std::numeric_limits<int>::max())));
        if (ready > 0) return Stream::good;
        if (ready < 0 && errno != EINTR) return Stream::broken;
    }
}

Process::Stream Process::send(ByteView bytes, Deadline deadline) const {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (const auto state = wait_for(POLLOUT, deadline); state != Stream::good) return state;
        } else if (errno != EINTR) {
            return Stream::broken;
        }
    }
    return Stream::good;
}

Process::Stream Process::receive(std::uint8_t* to, std::size_t count, Deadline deadline) const {
    while (count > 0) {
        const auto received = ::recv(socket_, to, count, MSG_DONTWAIT);
        if (received > 0) {
            to += received;
            count -= static_cast<std::size_t>(received);
            // A worker that never stops sending is late, too.
            if (std::chrono::steady_clock::now() > deadline) return Stream::late;
        } else if (received == 0) {
            return Stream::broken;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (const auto state = wait_for(POLLIN, deadline); state != Stream::good) return state;
        } else if (errno != EINTR) {
            return Stream::broken;
        }
    }
    return Stream::good;
}

Unexpected Process::failed(Stream stream) {
    if (stream == Stream::broken) return ended();
    end_and_wait();
    return too_slow(options_);
}

/// The stream broke: what did the process die of?
Unexpected Process::ended() {
    // It has closed its socket and is about to end by itself, with a status that our signal would hide.
    int status = 0;
    pid_t waited = 0;
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    do {
        waited = ::waitpid(process_, &status, WNOHANG);
        if (waited == 0) ::poll(nullptr, 0, 1);
    } while ((waited == 0 && std::chrono::steady_clock::now() < patience) || (waited < 0 && errno == EINTR));
    if (waited > 0)
        process_ = 0;
    else
        status = end_and_wait();

    if (status == kUnknownStatus) return fail("worker.died", {{"signal", "unknown"}});
    if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (signal == SIGXCPU || signal == SIGALRM) return too_slow(options_);
        return fail("worker.died", {{"signal", signal_name(signal)}});
    }
    const int code = WEXITSTATUS(status);
    if (code == kExitMemory) return out_of_memory(options_);
    if (code == kExitProtocol || (code == kExitNotFound && !answered_)) return not_started(options_);
    return fail("worker.died", {{"signal", "exit " + std::to_string(code)}});
}

Result<Bytes> Process::exchange(ByteView request, std::uint64_t largest_answer) {
    const Deadline deadline = std::chrono::steady_clock::now() + options_.time_limit;
    Bytes message;
    append_big_endian(message, request.size(), kLengthSize);
    append(message, request);
    if (const auto sent = send(message, deadline); sent != Stream::good) return failed(sent);

    std::array<std::uint8_t, kLengthSize> head{};
    if (const auto got = receive(head.data(), head.size(), deadline); got != Stream::good) return failed(got);
    const auto size = ByteReader(head).big_endian(kLengthSize).value_or(0);
    if (size > largest_answer) {
        end_and_wait();
        return fail("worker.answer");
    }
    // Memory is taken as the bytes come, not as they are announced.
    constexpr std::size_t kStep = 1U << 22;
    Bytes answer;
    while (answer.size() < size) {
        const auto before = answer.size();
        const auto step = std::min<std::size_t>(std::max(kStep, before), static_cast<std::size_t>(size) - before);
        answer.resize(before + step);
        if (const auto got = receive(answer.data() + before, step, deadline); got != Stream::good) return failed(got);
    }
    answered_ = true;
    return answer;
}

}  // namespace sjcode::worker
