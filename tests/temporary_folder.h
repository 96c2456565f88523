// A folder of its own for a test, gone at the end.
#pragma once

#include "sjcode/file.h"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string>

class TemporaryFolder {
public:
    /// mkdtemp(3) takes a name that ends in six X, and puts what makes it the only one in their place.
    TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "sjcode-test-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    /// Writes a file into it, or another in its place.
    void write(const std::string& name, sjcode::ByteView content) const {
        const std::array pieces{content};
        if (!sjcode::write_file(*this / name, pieces, sjcode::Overwrite::yes))
            throw std::runtime_error("cannot write " + name);
    }
    void write(const std::string& name, const std::string& text) const { write(name, sjcode::as_bytes(text)); }

private:
    std::string path_;
};
