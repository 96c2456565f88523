// Several files that belong together: all of them are written, or none.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/file.h"
#include "sjcode/result.h"

#include <string>
#include <vector>

namespace sjcode::cli {

/// Each file is written beside its place first; only where all of them could be are they put there.
class StagedFiles {
public:
    StagedFiles() = default;
    StagedFiles(const StagedFiles&) = delete;
    StagedFiles& operator=(const StagedFiles&) = delete;
    /// What was not put in its place goes away.
    ~StagedFiles();

    /// Errors: "file.exists" (only with Overwrite::no), "file.write", "usage.same-file" ({file}: it was added before).
    Result<void> add(const std::string& path, ByteView content, Overwrite overwrite);
    /// In the order in which they were added. Errors: "file.exists", "file.write".
    Result<void> commit();

private:
    struct Staged {
        std::string path;
        std::string temporary;
        Overwrite overwrite;
    };
    std::vector<Staged> files_;
};

}  // namespace sjcode::cli
