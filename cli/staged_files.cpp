#include "staged_files.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sjcode::cli {
namespace {

Unexpected failed(const std::string& path, int number) {
    return fail(number == EEXIST ? "file.exists" : "file.write", {{"file", path}, {"reason", std::strerror(number)}});
}

/// One name for each file, however it is written.
std::filesystem::path place_of(const std::string& path) {
    std::error_code failure;
    auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(path, failure), failure);
    return failure ? std::filesystem::path(path) : place;
}

/// Without hard links (FAT, some network shares) the check in add() has to do.
bool put(const std::string& from, const std::string& to, Overwrite overwrite) {
    if (overwrite == Overwrite::no) {
        if (::link(from.c_str(), to.c_str()) == 0) return ::unlink(from.c_str()) == 0;
        if (errno == EEXIST) return false;
    }
    return ::rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

StagedFiles::~StagedFiles() {
    for (const auto& file : files_) ::unlink(file.temporary.c_str());
}

Result<void> StagedFiles::add(const std::string& path, ByteView content, Overwrite overwrite) {
    for (const auto& other : files_)
        if (place_of(other.path) == place_of(path)) return fail("usage.same-file", {{"file", path}});
    std::error_code ignored;
    if (overwrite == Overwrite::no && std::filesystem::exists(path, ignored)) return failed(path, EEXIST);
    if (std::filesystem::is_directory(path, ignored)) return failed(path, EISDIR);
    auto temporary = path + ".staged-" + std::to_string(::getpid()) + "-" + std::to_string(files_.size());
    const std::array pieces{content};
    if (auto written = write_file(temporary, pieces, Overwrite::no); !written) {
        // The name that the user knows.
        auto error = std::move(written).error();
        error.parameters["file"] = path;
        return Unexpected(std::move(error));
    }
    files_.push_back({path, std::move(temporary), overwrite});
    return {};
}

Result<void> StagedFiles::commit() {
    for (auto& file : files_) {
        if (!put(file.temporary, file.path, file.overwrite)) return failed(file.path, errno);
        file.temporary.clear();
    }
    files_.clear();
    return {};
}

}  // namespace sjcode::cli
