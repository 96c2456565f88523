// What `verify` believes: a store of trust lists or a folder of certificates, and what a bundle brings along.
#pragma once

#include "sjcode/result.h"
#include "sjcode/status_lists.h"
#include "sjcode/trust.h"

#include <memory>
#include <string>
#include <vector>

namespace sjcode::cli {

struct TrustSource {
    std::string folder;                     ///< --trust
    std::string bundle;                     ///< --bundle
    std::string root;                       ///< --root: fingerprint for a bundle without a store
    std::vector<std::string> status_lists;  ///< --status
};

struct OpenedSource {
    std::unique_ptr<TrustRecords> trust;
    StatusLists statuses;
    std::vector<Error> refused;  ///< what was left out, and why; nothing of it is used
};

/// Errors: those of CertificateFolder, TrustStore, open_bundle() and TrustStore::examine(), "usage.trust" (neither a
/// folder nor a bundle with --root).
Result<OpenedSource> open_source(const TrustSource& source);

}  // namespace sjcode::cli
