// What is added to a sealed report after its issue, each in a revision of its own that verify() knows:
// countersignatures, proofs that certificates were good, and document timestamps. docs/code-format.md, section 8.11.
#pragma once

#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/result.h"
#include "sjcode/revocation.h"
#include "sjcode/seal_key.h"
#include "sjcode/timestamp.h"

#include <optional>
#include <string>
#include <string_view>

namespace sjcode {

/// A report ready to be written: `file` followed by `added`.
struct ExtendedReport {
    InputFile file;
    Bytes added{};
    bool has_new_proofs = false;
    std::optional<UnixTime> stamped{};  ///< of the new document timestamp
    std::string field{};                ///< that was signed

    /// Whole or not at all.
    Result<void> write(const std::string& path, Overwrite overwrite) const;
};

/// Adds what all of these need: an unaltered file that we sealed. Errors: "pdf.*", "preserve.no-seal" (none of ours),
/// "preserve.altered" (it is not as it was sealed, or somebody else added to it). Who issued it is not looked at:
/// verify it first.
///
/// Keeps a seal provable: proofs for every signature that has none yet, and a new document timestamp over all. To be
/// done again before the certificate of the last timestamp's authority runs out, as often as need be.
struct Preserver {
    Clock clock;
    RandomSource random;
    const RevocationClients& proofs;
    /// Without one only proofs are added (PAdES B-LT).
    const TimestampClient* timestamps = nullptr;

    /// Errors besides: the clients', "timestamp.*", "revocation.*", "ocsp.*", "crl.*", "chain.*", "preserve.nothing"
    /// (all proofs are there, and no timestamp is asked for), "preserve.no-time" (neither has the file a timestamp).
    [[nodiscard]] Result<ExtendedReport> preserve(const InputFile& report) const;
};

/// Signs one of the empty fields that the seal made for it (IssueOptions::countersignatures).
struct Countersigner {
    const SealSigner& signer;
    Clock clock;
    RandomSource random;
    /// With one, the signature carries a timestamp.
    const TimestampClient* timestamps = nullptr;

    /// `field` is the name of one; the first empty one where it is empty itself. Errors besides: the signer's and the
    /// client's, "timestamp.*", "countersign.no-field" (the report has none left, or was issued without),
    /// "countersign.field" ({field}: no empty one of that name), "seal.*".
    [[nodiscard]] Result<ExtendedReport> countersign(const InputFile& report, std::string_view field = {}) const;
};

}  // namespace sjcode
