#include "status_journal_file.h"

#include "sjcode/file.h"

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
    auto lock = FileLock::take(path, LockedFor::owner);
    if (!lock) return Unexpected(std::move(lock).error());
    auto journal = read(path, issuer);
    if (!journal) return Unexpected(std::move(journal).error());
    return StatusJournalFile(path, *std::move(lock), *std::move(journal));
}

Result<void> StatusJournalFile::save() const {
    const auto text = journal_.to_json();
    return write_secret_file(path_, as_bytes(text), Overwrite::yes);
}

}  // namespace sjcode::cli
