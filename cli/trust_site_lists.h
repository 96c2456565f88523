// Signed trust lists and status lists as the files that the verification site reads. docs/site.md, Trust records.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sjcode::cli {

struct SiteFiles {
    std::map<std::string, std::string> files;  ///< name within the site's trust folder → content
    std::size_t lists = 0;
    std::uint64_t institutions = 0;
    std::size_t statuses = 0;
};

/// The lists of a trust store, under their pins and read whole, and status lists (`*.cwt`, each with the `*.details`
/// beside it) under the keys that the lists name. Errors: those of TrustStore, TrustList::verify_all() and
/// StatusLists::add(): one bad file, and nothing is given out.
Result<SiteFiles> site_files_of_store(const std::string& store, const std::vector<std::string>& status_lists,
                                      UnixTime now);

}  // namespace sjcode::cli
