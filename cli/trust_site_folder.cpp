#include "trust_site_folder.h"

#include "sjcode/file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

namespace sjcode::cli {
namespace {

namespace fs = std::filesystem;

/// Of every version.
constexpr std::string_view format_prefix = "sjcode-site-trust/";

Unexpected failed(const fs::path& path, const std::error_code& failure) {
    return fail("file.write", {{"file", path.string()}, {"reason", failure.message()}});
}

/// "site/trust/", "." and links become the name of the folder itself.
Result<fs::path> place_of(const std::string& output) {
    std::error_code failure;
    auto path = fs::absolute(output, failure);
    if (!failure) path = fs::weakly_canonical(path, failure).lexically_normal();
    if (failure) return failed(output, failure);
    return path.has_filename() ? path : path.parent_path();
}

bool is_export(const fs::path& folder) {
    const auto index = InputFile::open((folder / "index.json").string());
    if (!index) return false;
    const auto json = nlohmann::json::parse(index->bytes().begin(), index->bytes().end(), nullptr, false);
    const auto format = json.is_object() ? json.find("format") : json.end();
    return format != json.end() && format->is_string() && format->get<std::string>().starts_with(format_prefix);
}

/// The folder above, made where it is missing, and a new one in it that nobody else has. Goes away with this, and what
/// was made for it and is empty then.
class WorkFolder {
public:
    static Result<WorkFolder> make(const fs::path& parent) {
        WorkFolder made;
        std::error_code failure;
        auto missing = parent;
        while (!missing.empty() && !fs::exists(missing, failure)) {
            made.parents_.push_back(missing);
            missing = missing.parent_path();
        }
        fs::create_directories(parent, failure);
        if (failure) return failed(parent, failure);
        // mkdtemp() puts a name that nobody has in the place of the six X.
        auto pattern = (parent / ".sjcode-trust-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr)
            return failed(parent, std::error_code(errno, std::generic_category()));
        made.path_ = pattern;
        return made;
    }
    WorkFolder(WorkFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})),
          parents_(std::exchange(other.parents_, {})),
          is_kept_(other.is_kept_) {}
    WorkFolder& operator=(WorkFolder&&) = delete;
    ~WorkFolder() {
        std::error_code ignored;
        if (!path_.empty() && !is_kept_) fs::remove_all(path_, ignored);
        for (const auto& parent : parents_) fs::remove(parent, ignored);  // only what is empty
    }
    [[nodiscard]] const fs::path& path() const noexcept { return path_; }
    void keep() noexcept { is_kept_ = true; }

private:
    WorkFolder() = default;
    fs::path path_;
    std::vector<fs::path> parents_;  ///< the innermost first
    bool is_kept_ = false;
};

Result<void> write_files(const fs::path& folder, const std::map<std::string, std::string>& files) {
    std::error_code failure;
    for (const auto& [name, content] : files) {
        const auto path = folder / name;
        fs::create_directories(path.parent_path(), failure);
        if (failure) return failed(path.parent_path(), failure);
        const std::array<ByteView, 1> pieces{as_bytes(content)};
        if (auto written = write_file(path.string(), pieces, Overwrite::no); !written) return written;
    }
    return {};
}

}  // namespace

Result<void> write_site_folder(const std::string& output, const std::map<std::string, std::string>& files,
                               bool overwrite) {
    const auto place = place_of(output);
    if (!place) return Unexpected(place.error());
    std::error_code failure;
    const bool is_there = fs::exists(*place, failure);
    if (is_there && !overwrite) return fail("file.exists", {{"file", output}});
    if (is_there && !(fs::is_directory(*place, failure) && (fs::is_empty(*place, failure) || is_export(*place))))
        return fail("trust-site.foreign", {{"folder", output}});
    auto work = WorkFolder::make(place->parent_path());
    if (!work) return Unexpected(std::move(work).error());
    // In the working folder, which only its owner reads, so that it has the permissions of any new folder itself.
    const auto fresh = work->path() / "new";
    const auto old = work->path() / "old";
    if (auto written = write_files(fresh, files); !written) return written;
    if (is_there) fs::rename(*place, old, failure);
    if (is_there && failure) return failed(output, failure);
    fs::rename(fresh, *place, failure);
    if (!failure) return {};
    std::error_code worse;
    if (is_there) fs::rename(old, *place, worse);
    if (!worse) return failed(output, failure);
    work->keep();
    return fail("trust-site.moved", {{"folder", old.string()}, {"reason", worse.message()}});
}

}  // namespace sjcode::cli
