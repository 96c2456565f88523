#include "status_journal_file.h"

#include "terminal.h"

#include "sjcode/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sjcode::cli {
namespace {

Result<StatusJournal> read(const std::string& path, const std::string& issuer) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        if (issuer.empty()) return fail("status-journal.missing", {{"file", path}});
        return StatusJournal::create(issuer);
    }
    const auto file = InputFile::open(path);
    if (!file) return Unexpected(file.error());
    auto journal = StatusJournal::parse(as_text(file->bytes()));
    if (journal && !issuer.empty() && journal->issuer() != issuer)
        return fail("status-journal.issuer-differs", {{"file", path}, {"issuer", journal->issuer()}});
    return journal;
}

}  // namespace

Result<StatusJournalFile> StatusJournalFile::open(const std::string& path, const std::string& issuer) {
    const auto lock_path = path + ".lock";
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return fail("file.write", {{"file", lock_path}, {"reason", std::strerror(errno)}});
    if (::flock(lock, LOCK_EX) != 0) {
        const int reason = errno;
        ::close(lock);
        return fail("file.write", {{"file", lock_path}, {"reason", std::strerror(reason)}});
    }
    auto journal = read(path, issuer);
    if (!journal) {
        ::close(lock);
        return Unexpected(std::move(journal).error());
    }
    return StatusJournalFile(path, lock, *std::move(journal));
}

StatusJournalFile::StatusJournalFile(StatusJournalFile&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)), journal_(std::move(other.journal_)) {}

StatusJournalFile::~StatusJournalFile() {
    // The lock goes with the descriptor; the file stays, since removing it could let two in.
    if (lock_ >= 0) ::close(lock_);
}

Result<void> StatusJournalFile::save() const {
    const auto text = journal_.to_json();
    return write_secret_file(path_, as_bytes(text), Overwrite::yes);
}

}  // namespace sjcode::cli
