// The status journal as a file of its owner's, worked on by one program at a time.
#pragma once

#include "file_lock.h"

#include "sjcode/result.h"
#include "sjcode/status_journal.h"

#include <string>

namespace sjcode::cli {

/// A journal that nobody else works on while this lives: FILE.lock beside it is locked.
class StatusJournalFile {
public:
    /// Opens a journal, or begins one where there is none and an issuer is given. Errors: "status-journal.missing"
    /// ({file}), "status-journal.issuer-differs" ({file}, {issuer}), "file.write" (the lock), those of StatusJournal.
    static Result<StatusJournalFile> open(const std::string& path, const std::string& issuer);

    [[nodiscard]] StatusJournal& journal() noexcept { return journal_; }
    /// Writes it in one piece, readable by its owner only.
    [[nodiscard]] Result<void> save() const;

private:
    StatusJournalFile(std::string path, FileLock lock, StatusJournal journal)
        : path_(std::move(path)), lock_(std::move(lock)), journal_(std::move(journal)) {}
    std::string path_;
    FileLock lock_;
    StatusJournal journal_;
};

}  // namespace sjcode::cli
