// The details beside a status list: when, why, and what came after. Each entry is encrypted under its code number, so
// that only who has the report learns what became of it. docs/status-list.md.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/code_number.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/report_code.h"
#include "sjcode/result.h"
#include "sjcode/status_list.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// One change of a code's status. Changes are kept for good: the status at any past day is that of the last one before.
struct StatusChange {
    UnixTime time = 0;
    CodeStatus status = CodeStatus::valid;
    std::string reason{};                    ///< in the institution's words; may be empty
    std::optional<PriorReport> successor{};  ///< what takes its place: a code number, or an uncoded report's number
    friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

/// The status at an instant by a history in ascending order of time: valid before the first change.
CodeStatus status_at(std::span<const StatusChange> history, UnixTime time) noexcept;

/// What to write about one code.
struct StatusDetailsEntry {
    std::uint64_t index = 0;  ///< the code's index in the list (claim 9)
    CodeNumber code;
    std::vector<StatusChange> history;  ///< ascending by time, not empty
};

/// A details file taken apart, nothing verified.
class RawStatusDetails {
public:
    /// 64 MiB: no longer file is read.
    static constexpr std::size_t most_bytes = 64 << 20;

    /// Errors: "cbor.*", "cose.*", "status-details.structure".
    static Result<RawStatusDetails> decode(Bytes file);

    [[nodiscard]] const std::string& unverified_subject() const noexcept { return subject_; }
    [[nodiscard]] UnixTime unverified_issued() const noexcept { return issued_; }
    [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

private:
    friend class VerifiedStatusDetails;
    struct Entry {
        std::uint64_t index;
        std::size_t offset;  ///< of the ciphertext in file_
        std::size_t size;
    };
    RawStatusDetails() = default;
    Bytes file_;
    Algorithm algorithm_ = Algorithm::ed25519;
    std::string subject_;
    UnixTime issued_ = 0;
    Bytes salt_;
    std::vector<Entry> entries_;  ///< ascending by index
};

/// A details file that belongs to a verified list. Immutable; safe to share between threads.
class VerifiedStatusDetails {
public:
    /// Errors: "status-details.other-list" (another subject or time of issue than the list's: what it says may be
    /// outdated), "status-details.signature" (not signed by the key that signed the list).
    static Result<VerifiedStatusDetails> verify(RawStatusDetails raw, const VerifiedStatusList& list);

    /// The history of a code; empty where the file has no entry for its index. Errors: "status-details.number" (the
    /// entry is that of another code number), "status-details.structure".
    [[nodiscard]] Result<std::vector<StatusChange>> history(std::uint64_t index, const CodeNumber& code) const;
    [[nodiscard]] std::size_t size() const noexcept { return raw_.size(); }

private:
    explicit VerifiedStatusDetails(RawStatusDetails raw) : raw_(std::move(raw)) {}
    RawStatusDetails raw_;
};

/// Makes and signs the details file of a list. Subject and time of issue MUST be the list's, the signer too. `entries`
/// in any order, each index once. Errors: "status-details.entry" ({index}: twice, no history, not in order of time, too
/// long), "crypto.random" and others of the source, "crypto.key-derivation", "crypto.encryption", those of the signer.
Result<Bytes> sign_status_details(const StatusListClaims& list, std::vector<StatusDetailsEntry> entries,
                                  const Signer& signer, const RandomSource& random);

}  // namespace sjcode
