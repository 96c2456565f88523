// What keeps two programs from working on one file at a time: FILE.lock beside it.
#pragma once

#include "sjcode/result.h"

#include <string>

namespace sjcode::cli {

/// Who may work on the file, and so who may wait for its lock.
enum class LockedFor { owner, everybody };

/// Held while this lives, and waited for where another program holds it. The file goes with the lock: nothing stays in
/// the folder.
class FileLock {
public:
    /// Error: "file.write" ({file}: the lock's, {reason}).
    static Result<FileLock> take(const std::string& path, LockedFor whom);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    FileLock(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
    std::string path_;
    int descriptor_;
};

}  // namespace sjcode::cli
