#include "file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sjcode::cli {
namespace {

/// Whether the path still names the file that is open. Whoever held the lock before has removed it: then it is no lock.
bool is_still_there(int descriptor, const std::string& path) {
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& path, LockedFor whom) {
    auto lock_path = path + ".lock";
    const auto failed = [&](int number) {
        return fail("file.write", {{"file", lock_path}, {"reason", std::strerror(number)}});
    };
    const mode_t mode = whom == LockedFor::owner ? 0600 : 0666;
    for (;;) {
        const int descriptor = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, mode);
        if (descriptor < 0) return failed(errno);
        int locked = 0;
        do {
            locked = ::flock(descriptor, LOCK_EX);
        } while (locked != 0 && errno == EINTR);
        if (locked != 0) {
            const int number = errno;
            ::close(descriptor);
            return failed(number);
        }
        if (is_still_there(descriptor, lock_path)) return FileLock(std::move(lock_path), descriptor);
        ::close(descriptor);
    }
}

FileLock::FileLock(FileLock&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ < 0) return;
    // While it is still held: whoever waits for it then sees that it is gone, and makes a new one.
    ::unlink(path_.c_str());
    ::close(descriptor_);
}

}  // namespace sjcode::cli
