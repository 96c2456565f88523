// The status list (状态名单): what became of codes after they were issued. IETF Token Status List as a signed CWT, four
// bits a code. docs/status-list.md.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sjcode {

/// What became of a code. Says nothing of whether the opinion is right.
enum class CodeStatus : std::uint8_t {
    valid = 0,           ///< nothing is known against it
    revoked = 1,         ///< 撤回: withdrawn by the institution after delivery
    suspended = 2,       ///< 核查中: under examination; may become valid again
    superseded = 0x0B,   ///< 已补正或替代: a later document takes its place
    withdrawn = 0x0C,    ///< 作废: never delivered, must not be used
    reappraised = 0x0D,  ///< 已重新鉴定: information for the court, which alone decides
};

/// "valid", "revoked", "suspended", "superseded", "withdrawn" or "reappraised".
std::string_view name(CodeStatus status) noexcept;
std::optional<CodeStatus> code_status(std::string_view name) noexcept;
/// The status that a value in a list stands for; nothing for one that this version does not know.
std::optional<CodeStatus> code_status_of(std::uint8_t value) noexcept;

/// Values of 1, 2, 4 or 8 bits, one an index, packed from the least significant bit on (draft, 4.1).
class StatusArray {
public:
    /// 33,554,432 codes of four bits: what an array may hold, whatever its packed form claims.
    static constexpr std::size_t most_bytes = 16 << 20;

    /// All zero. `size` is rounded up to whole bytes. Errors: "status-list.bits", "status-list.size".
    static Result<StatusArray> create(unsigned bits, std::uint64_t size);
    /// From the ZLIB data of a token. Stops at most_bytes. Errors: "status-list.bits", "status-list.compression"
    /// (damaged, or bytes behind it), "status-list.size".
    static Result<StatusArray> decompress(unsigned bits, ByteView zlib);
    /// ZLIB data (RFC 1950) at the highest level. Error: "status-list.compression".
    [[nodiscard]] Result<Bytes> compress() const;

    [[nodiscard]] unsigned bits() const noexcept { return bits_; }
    [[nodiscard]] std::uint64_t size() const noexcept { return std::uint64_t{bytes_.size()} * 8 / bits_; }
    /// Nothing where the index is not in the array.
    [[nodiscard]] std::optional<std::uint8_t> get(std::uint64_t index) const noexcept;
    /// False, and nothing done, where the index is not in the array or the value needs more bits.
    [[nodiscard]] bool set(std::uint64_t index, std::uint8_t value) noexcept;
    [[nodiscard]] ByteView bytes() const noexcept { return bytes_; }

    friend bool operator==(const StatusArray&, const StatusArray&) = default;

private:
    StatusArray(unsigned bits, Bytes bytes) : bits_(bits), bytes_(std::move(bytes)) {}
    unsigned bits_;
    Bytes bytes_;
};

/// The subject ("sub") of the status list of an institution, by licence number: a URI that no host is part of.
std::string status_list_subject(std::string_view licence);
/// The licence number in such a subject; nothing for any other text.
std::optional<std::string> licence_of_subject(std::string_view subject);

/// What a token says besides the values.
struct StatusListClaims {
    std::string subject;                          ///< claim 2, see status_list_subject()
    UnixTime issued = 0;                          ///< claim 6
    std::optional<UnixTime> expires{};            ///< claim 4: not to be relied on from then on
    std::optional<std::uint64_t> time_to_live{};  ///< claim 65534: seconds after which a newer one should be fetched
    friend bool operator==(const StatusListClaims&, const StatusListClaims&) = default;
};

/// How old a list is. All but `current` are for a person to know; none makes a list unusable that says "revoked".
enum class StatusListAge {
    current,
    refresh_due,  ///< older than its time to live: a newer one should be there
    expired,      ///< at or after its expiration time
    future,       ///< issued more than five minutes after now: some clock is wrong
};

/// A token taken apart, nothing verified: only good for asking which keys to try, and for diagnosis.
class RawStatusList {
public:
    /// 4 MiB: no longer token is read.
    static constexpr std::size_t most_bytes = 4 << 20;

    /// Errors: "cbor.*", "cose.*", "cwt.type", "cwt.critical", "status-list.claim" ({claim}: missing, or of another
    /// type), "status-list.bits", "status-list.compression", "status-list.size".
    static Result<RawStatusList> decode(ByteView cwt);

    [[nodiscard]] const StatusListClaims& unverified_claims() const noexcept { return claims_; }
    [[nodiscard]] const StatusArray& unverified_statuses() const noexcept { return statuses_; }
    [[nodiscard]] Algorithm algorithm() const noexcept { return algorithm_; }

private:
    friend class VerifiedStatusList;
    RawStatusList(Algorithm algorithm, StatusListClaims claims, StatusArray statuses, Bytes message, Bytes signature)
        : algorithm_(algorithm),
          claims_(std::move(claims)),
          statuses_(std::move(statuses)),
          message_(std::move(message)),
          signature_(std::move(signature)) {}
    Algorithm algorithm_;
    StatusListClaims claims_;
    StatusArray statuses_;
    Bytes message_;
    Bytes signature_;
};

/// A token that a key of the caller's signed, about the subject that the caller asked for: made by verify() only.
/// Immutable; safe to share between threads.
class VerifiedStatusList {
public:
    /// `keys` are those that may sign for the subject at the time claimed (unverified_claims().issued): the trust
    /// records say which. Errors: "status-list.subject" ({subject}: the list is about another institution),
    /// "status-list.signature" (none of the keys signed it).
    static Result<VerifiedStatusList> verify(RawStatusList raw, std::string_view subject,
                                             std::span<const PublicKey> keys);

    [[nodiscard]] const StatusListClaims& claims() const noexcept { return claims_; }
    /// The value at a code's index (claim 9). Nothing where the list does not reach there: then the list says nothing
    /// of that code, which must not be shown as valid.
    [[nodiscard]] std::optional<std::uint8_t> value(std::uint64_t index) const noexcept { return statuses_.get(index); }
    [[nodiscard]] const StatusArray& statuses() const noexcept { return statuses_; }
    [[nodiscard]] StatusListAge age(UnixTime now) const noexcept;
    /// The key among those given that signed it.
    [[nodiscard]] const PublicKey& signer() const noexcept { return signer_; }

private:
    VerifiedStatusList(StatusListClaims claims, StatusArray statuses, PublicKey signer)
        : claims_(std::move(claims)), statuses_(std::move(statuses)), signer_(std::move(signer)) {}
    StatusListClaims claims_;
    StatusArray statuses_;
    PublicKey signer_;
};

/// Whether a list may take the place of the one held: the same subject, issued later, not shorter.
/// Errors: "status-list.subject", "status-list.older" ({held}, {offered}: times; also where both are of one time and
/// differ), "status-list.shorter".
Result<void> may_replace(const VerifiedStatusList& held, const VerifiedStatusList& offered);

/// Makes and signs a token. Errors: "status-list.claim" ({claim}: an empty subject, a time before 1970, an end that is
/// not after the beginning, a time to live of 0), "status-list.compression", and those of the signer.
Result<Bytes> sign_status_list(const StatusListClaims& claims, const StatusArray& statuses, const Signer& signer);

}  // namespace sjcode
