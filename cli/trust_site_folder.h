// The folder of a site's trust records: put in its place as a whole, and only where nothing else is lost by it.
#pragma once

#include "sjcode/result.h"

#include <map>
#include <string>

namespace sjcode::cli {

/// Writes file name → content. What is there is replaced only where it is an older export (its index.json bears our
/// format) or an empty folder; where something fails it is left as it was. Errors: "file.exists", "file.write",
/// "trust-site.foreign" ({folder}: no export), "trust-site.moved" ({folder}, {reason}: the older export could not be
/// put back, and is there now).
Result<void> write_site_folder(const std::string& output, const std::map<std::string, std::string>& files,
                               bool overwrite);

}  // namespace sjcode::cli
