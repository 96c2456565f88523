// A worker process as its client sees it: start, exchange messages under a deadline, end.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"
#include "sjcode/worker.h"

#include <chrono>
#include <memory>

#include <sys/types.h>

namespace sjcode::worker {

using Deadline = std::chrono::steady_clock::time_point;

/// Ends with its process: killed and waited for, nothing left behind. Not copied, not moved.
class Process {
public:
    /// `document` is a descriptor that stays the caller's. Error: "worker.start".
    static Result<std::unique_ptr<Process>> start(const WorkerOptions& options, int document);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    /// Sends a request's body and returns the answer's. After an error the process has ended.
    /// Errors: "worker.died", "worker.time", "worker.memory", "worker.start", "worker.answer".
    Result<Bytes> exchange(ByteView request, std::uint64_t largest_answer);

    [[nodiscard]] pid_t id() const noexcept { return process_; }

private:
    enum class Stream { good, late, broken };

    Process(const WorkerOptions& options, pid_t process, int socket) noexcept
        : options_(options), process_(process), socket_(socket) {}

    Stream wait_for(short events, Deadline deadline) const;
    Stream send(ByteView bytes, Deadline deadline) const;
    Stream receive(std::uint8_t* to, std::size_t count, Deadline deadline) const;
    Unexpected failed(Stream stream);
    Unexpected ended();
    int end_and_wait();

    const WorkerOptions& options_;
    pid_t process_;
    int socket_;
    bool answered_ = false;
};

}  // namespace sjcode::worker
