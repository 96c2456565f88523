// What a verification believes, from the files that a person has: a folder, a bundle, status lists. docs/trust.md.
#pragma once

#include "sjcode/digest.h"
#include "sjcode/file.h"
#include "sjcode/result.h"
#include "sjcode/status_lists.h"
#include "sjcode/trust.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sjcode {

/// A status list as it came, to be checked once the trust records are known.
struct StatusFile {
    InputFile list;
    std::optional<InputFile> details{};
};

/// status-LICENCE.cwt, and status-LICENCE.details beside it where there is one. Errors: those of InputFile::open().
Result<StatusFile> open_status_file(const std::string& path);

struct TrustSources {
    std::string folder{};  ///< certificates, or a store of trust lists; with a bundle, a store; may be empty
    std::optional<InputFile> bundle{};       ///< its lists are held to the store's pins, without a store to `root`
    std::optional<Digest> root{};            ///< fingerprint of the root key that the regulator published
    std::vector<StatusFile> status_lists{};  ///< besides those of the bundle
};

struct OpenedTrust {
    std::unique_ptr<TrustRecords> trust;
    StatusLists statuses;
    /// What was offered and is not used, with the file's name: a list older than the store's, a status list that is not
    /// good. A person should know of it; what is used is as good as without it.
    std::vector<Error> refused;
};

/// Opens what there is and writes nothing. A list of the bundle takes the place of the store's, unless it is older; one
/// that is forged, cut off or signed with another root key is an error.
/// Errors: "usage.trust" (neither a folder nor a bundle with `root`), "usage.root" (`root` without a bundle), those of
/// CertificateFolder::open(), TrustStore::open(), TrustStore::examine() and open_bundle().
Result<OpenedTrust> open_trust(const TrustSources& sources);

}  // namespace sjcode
