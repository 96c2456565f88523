// The status journal (状态台账): an institution's own record of which index belongs to which code and what became of
// it. Status lists and details are made from it. It keeps every change; docs/status-list.md, section 4.
#pragma once

#include "sjcode/code_number.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/report_code.h"
#include "sjcode/result.h"
#include "sjcode/status_details.h"
#include "sjcode/status_list.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// A list and its details, signed together. Both must be published.
struct SignedStatus {
    Bytes list;
    Bytes details;
};

/// Not safe to change from two threads, or by two programs, at once.
class StatusJournal {
public:
    /// Indices are drawn from a space of this size, and from as much again whenever three quarters are taken.
    static constexpr std::uint64_t space = std::uint64_t{1} << 20;
    /// No index is larger: the list holds no more.
    static constexpr std::uint64_t most_codes = std::uint64_t{StatusArray::most_bytes} * 2;
    /// The longest reason, in bytes of UTF-8.
    static constexpr std::size_t longest_reason = 600;

    /// A new one. Error: "status-journal.issuer" (empty).
    static Result<StatusJournal> create(std::string licence);
    /// From the text of to_json(). Errors: "status-journal.format" ({what}: the first thing that is wrong), and those
    /// of set() for changes that it would refuse.
    static Result<StatusJournal> parse(std::string_view json);
    [[nodiscard]] std::string to_json() const;

    [[nodiscard]] const std::string& issuer() const noexcept { return issuer_; }
    /// Codes that the next list has room for.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// When the last list was issued; nothing before the first.
    [[nodiscard]] std::optional<UnixTime> last_signed() const noexcept { return last_signed_; }
    /// By index, each with its history.
    [[nodiscard]] const std::map<std::uint64_t, StatusDetailsEntry>& entries() const noexcept { return entries_; }
    [[nodiscard]] std::size_t assigned() const noexcept { return assigned_.size(); }
    /// The index of a code of which something is known.
    [[nodiscard]] std::optional<std::uint64_t> index_of(const CodeNumber& code) const;

    /// A free index, drawn at random, which is not given again. Errors: "status-journal.full", those of the source.
    Result<std::uint64_t> assign(const RandomSource& random);

    /// Whether a mistake is put right: only then may a final status be left.
    enum class Correction { no, yes };

    /// Records a change. Errors: "status-journal.index" ({limit}), "status-journal.other-code" ({index}: belongs to
    /// another code, or the code to another index), "status-journal.unchanged" ({status}), "status-journal.final"
    /// ({status}: revoked or withdrawn, and it is no correction), "status-journal.earlier" (than the last change),
    /// "status-journal.reason"
    /// ({status}: it needs one), "status-journal.reason-length" ({limit}), "status-journal.reason-text" (control
    /// characters, no UTF-8), "status-journal.resident-id", "status-journal.successor" ({status}: superseded needs
    /// one), "status-journal.no-successor" ({status}: only superseded and reappraised have one),
    /// "status-journal.own-successor".
    Result<void> set(std::uint64_t index, const CodeNumber& code, StatusChange change,
                     Correction correction = Correction::no);

    /// Signs list and details of what is recorded, issued at `issued`, with the list expiring `valid_for` seconds later
    /// and a newer one due after `time_to_live`. Errors: "status-journal.clock" ({last}: the last list was issued then
    /// or later), those of sign_status_list() and sign_status_details().
    Result<SignedStatus> sign(const Signer& signer, UnixTime issued, UnixTime valid_for, std::uint64_t time_to_live,
                              const RandomSource& random);

private:
    explicit StatusJournal(std::string issuer) : issuer_(std::move(issuer)) {}
    [[nodiscard]] Result<void> check_identity(std::uint64_t index, const CodeNumber& code) const;
    void take(std::uint64_t index);
    friend struct StatusJournalReader;

    std::string issuer_;
    std::uint64_t size_ = space;
    std::optional<UnixTime> last_signed_;
    std::set<std::uint64_t> assigned_;
    std::map<std::uint64_t, StatusDetailsEntry> entries_;
    std::map<std::string, std::uint64_t> index_of_;  ///< by the characters of the code number
};

}  // namespace sjcode
