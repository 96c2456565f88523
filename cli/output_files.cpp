#include "output_files.h"

#include <algorithm>
#include <filesystem>

namespace sjcode::cli {
namespace {

namespace fs = std::filesystem;

/// The path without links and "..", where what is not there yet stays as it is written.
fs::path normal(const std::string& path) {
    std::error_code failure;
    const auto absolute = fs::absolute(path, failure);
    auto result = fs::weakly_canonical(absolute, failure);
    return failure ? absolute.lexically_normal() : result;
}

/// By device and inode where both are there, else by path.
bool is_same_file(const std::string& a, const std::string& b) {
    std::error_code failure;
    if (fs::equivalent(a, b, failure)) return true;
    return normal(a) == normal(b);
}

}  // namespace

Result<void> check_outputs(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs,
                           bool overwrite) {
    std::vector<std::string> before;
    for (const auto& output : outputs) {
        if (output.empty()) continue;
        const auto is_output = [&](const std::string& other) { return !other.empty() && is_same_file(output, other); };
        if (std::any_of(inputs.begin(), inputs.end(), is_output))
            return fail("file.output-is-input", {{"file", output}});
        if (std::any_of(before.begin(), before.end(), is_output)) return fail("file.outputs-same", {{"file", output}});
        std::error_code ignored;
        if (!overwrite && fs::exists(output, ignored)) return fail("file.exists", {{"file", output}});
        before.push_back(output);
    }
    return {};
}

}  // namespace sjcode::cli
