// The register as a file, worked on by one program at a time.
#pragma once

#include "file_lock.h"

#include "sjcode/result.h"
#include "sjcode/trust_register.h"

#include <string>

namespace sjcode::cli {

/// A register that nobody else changes while this lives: FILE.lock beside it is locked.
class TrustRegisterFile {
public:
    /// Errors: those of read_register(), "file.write" (the lock).
    static Result<TrustRegisterFile> open(const std::string& path);

    [[nodiscard]] TrustRegister& content() noexcept { return content_; }
    /// Writes it in one piece.
    [[nodiscard]] Result<void> save() const;

private:
    TrustRegisterFile(std::string path, FileLock lock, TrustRegister content)
        : path_(std::move(path)), lock_(std::move(lock)), content_(std::move(content)) {}
    std::string path_;
    FileLock lock_;
    TrustRegister content_;
};

}  // namespace sjcode::cli
