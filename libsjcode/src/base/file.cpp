#include "sjcode/file.h"

#include "base/descriptor.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sjcode {
namespace {

std::string reason(int number) {
    return std::strerror(number);
}

Unexpected file_error(std::string code, const std::string& path, int number) {
    return Unexpected(Error{std::move(code), {{"reason", reason(number)}, {"file", path}}, {}, {}, {}});
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> write_atomically(const std::string& path, std::span<const ByteView> pieces, Overwrite overwrite,
                              mode_t mode) {
    if (overwrite == Overwrite::no && ::access(path.c_str(), F_OK) == 0) return file_error("file.exists", path, EEXIST);

    // A name of our own beside the file, so that the rename stays within one file system.
    static std::atomic<unsigned> counter{0};
    const std::string temporary =
        path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(counter.fetch_add(1));
    Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (out.number() < 0) return file_error("file.write", path, errno);

    const auto give_up = [&](int number) {
        ::unlink(temporary.c_str());
        return file_error(number == EEXIST ? "file.exists" : "file.write", path, number);
    };
    for (const auto piece : pieces)
        if (!write_all(out.number(), piece)) return give_up(errno);
    if (::fsync(out.number()) != 0) return give_up(errno);
    if (!out.close()) return give_up(errno);
    if (overwrite == Overwrite::yes) {
        if (::rename(temporary.c_str(), path.c_str()) != 0) return give_up(errno);
    } else {
        // link() refuses an existing name, so two runs at once cannot overwrite each other. File systems without hard
        // links (FAT, some network shares) fall back to the check above and rename.
        if (::link(temporary.c_str(), path.c_str()) == 0) {
            ::unlink(temporary.c_str());
        } else if (errno == EEXIST) {
            return give_up(EEXIST);
        } else if (::rename(temporary.c_str(), path.c_str()) != 0) {
            return give_up(errno);
        }
    }
    const Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // The file is whole either way; a folder that cannot be synced (some network shares) is no reason to fail.
    if (folder.number() >= 0) (void)::fsync(folder.number());
    return {};
}

}  // namespace

struct InputFile::State {
    std::string name;
    ByteView view;
    Bytes owned;
    std::shared_ptr<const void> owner;
    int descriptor = -1;
    void* mapping = nullptr;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (mapping != nullptr) ::munmap(mapping, view.size());
        if (descriptor >= 0) ::close(descriptor);
    }
};

namespace {

Result<std::shared_ptr<const InputFile::State>> map_whole(std::shared_ptr<InputFile::State> state) {
    struct stat status {};
    if (::fstat(state->descriptor, &status) != 0) return file_error("file.open", state->name, errno);
    if (!S_ISREG(status.st_mode)) return file_error("file.not-regular", state->name, EINVAL);
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > 0) {
        void* mapping = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, state->descriptor, 0);
        if (mapping == MAP_FAILED) return file_error("file.open", state->name, errno);
        state->mapping = mapping;
        state->view = {static_cast<const std::uint8_t*>(mapping), size};
    }
    return std::shared_ptr<const InputFile::State>(std::move(state));
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path) {
    auto state = std::make_shared<State>();
    state->name = path;
    state->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (state->descriptor < 0)
        return file_error(errno == ENOENT || errno == ENOTDIR ? "file.not-found" : "file.open", path, errno);
    auto mapped = map_whole(std::move(state));
    if (!mapped) return Unexpected(std::move(mapped).error());
    return InputFile(*std::move(mapped));
}

Result<InputFile> InputFile::open_descriptor(int descriptor, std::string name) {
    auto state = std::make_shared<State>();
    state->name = std::move(name);
    state->descriptor = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (state->descriptor < 0) return file_error("file.open", state->name, errno);
    auto mapped = map_whole(std::move(state));
    if (!mapped) return Unexpected(std::move(mapped).error());
    return InputFile(*std::move(mapped));
}

InputFile InputFile::borrow(ByteView bytes, std::string name, std::shared_ptr<const void> owner) {
    auto state = std::make_shared<State>();
    state->name = std::move(name);
    state->view = bytes;
    state->owner = std::move(owner);
    return InputFile(std::shared_ptr<const State>(std::move(state)));
}

InputFile InputFile::own(Bytes bytes, std::string name) {
    auto state = std::make_shared<State>();
    state->name = std::move(name);
    state->owned = std::move(bytes);
    state->view = state->owned;
    return InputFile(std::shared_ptr<const State>(std::move(state)));
}

ByteView InputFile::bytes() const noexcept {
    return state_->view;
}
const std::string& InputFile::name() const noexcept {
    return state_->name;
}
int InputFile::descriptor() const noexcept {
    return state_->descriptor;
}

Result<void> write_file(const std::string& path, std::span<const ByteView> pieces, Overwrite overwrite) {
    return write_atomically(path, pieces, overwrite, 0666);
}

Result<void> write_secret_file(const std::string& path, ByteView content, Overwrite overwrite) {
    const std::array pieces{content};
    return write_atomically(path, pieces, overwrite, 0600);
}

}  // namespace sjcode
