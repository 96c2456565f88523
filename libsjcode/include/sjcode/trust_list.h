// The trust list: what a regulator states of its institutions and appraisers, as one signed file that travels offline.
// docs/trust-list.md is the format.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/trust_record.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// Its media type.
inline constexpr std::string_view trust_list_media_type = "application/vnd.sjcode.trust-list; version=1";

/// SHA-256 over the DER SubjectPublicKeyInfo: by this a root key is compared by eye and pinned.
Digest fingerprint(const PublicKey& key);
/// A fingerprint as it is published: 64 hexadecimal digits, colons and spaces passed over. Error: "usage.fingerprint"
/// ({value}).
Result<Digest> fingerprint_from(std::string_view text);

/// What the head of a list says of the list as a whole.
struct TrustListInfo {
    std::string id;                      ///< of the list, for ever the same, e.g. "cn.gov.moj.forensic"
    std::string publisher;               ///< the regulator's name
    std::vector<std::string> regions{};  ///< first two digits of the licence numbers it answers for; empty: all
    std::uint64_t number = 0;            ///< ascending; a higher one replaces a lower one
    UnixTime issued = 0;
    UnixTime next_update = 0;  ///< when the next one is due: a list is stale from then on
    friend bool operator==(const TrustListInfo&, const TrustListInfo&) = default;
};

/// Everything that a list states. What an editor works on and sign_trust_list() signs.
struct TrustListContent {
    TrustListInfo info;
    std::vector<AuthorityRecord> authorities{};
    std::vector<InstitutionRecord> institutions{};
    std::vector<AppraiserRecord> appraisers{};
    friend bool operator==(const TrustListContent&, const TrustListContent&) = default;
};

/// That every record says what it must and no two have one identifier.
/// Errors: "trust-record.*" ({record}: whose), "trust-list.info" ({field}).
Result<void> check(const TrustListContent& content);

/// A statement that the root key of a list is replaced by another, signed by the one that goes.
/// Errors: "trust-list.info" (id is empty), those of the signer.
Result<Bytes> sign_root_change(std::string_view list_id, const PublicKey& next, UnixTime when, const Signer& current);

/// The file. `root_changes` are those since the first root key, in their order; each new list carries them all, so that
/// who pinned an older root can follow.
/// Errors: those of check(), "trust-list.limit" ({what}), "trust-list.root-change", those of the signer.
Result<Bytes> sign_trust_list(const TrustListContent& content, const Signer& root,
                              const std::vector<Bytes>& root_changes = {});

/// A list whose head is signed by a root key that the caller trusts. Opening reads the head and nothing else; a record
/// is read when it is asked for, and the block that it stands in is then compared with the digest that was signed.
/// Cheap to copy; safe to share between threads.
class TrustList {
public:
    /// `root` is the pinned fingerprint. A list signed by another key passes where a chain of root changes leads from
    /// the pinned one to it. Errors: "trust-list.format" ({reason}), "trust-list.newer-format", "trust-list.root" (the
    /// key is another, and no root change leads to it), "trust-list.root-change" (one that is not signed by the root
    /// before), "trust-list.signature", "trust-list.truncated" (the body has another length than the head says).
    static Result<TrustList> open(InputFile file, const Digest& root);

    /// What a file says of itself.
    struct Unverified {
        TrustListInfo info;
        PublicKey root;
    };
    /// Reads the head and verifies nothing: for showing the root key's fingerprint to whoever is to pin it, and for
    /// asking which pin applies. Errors: "trust-list.format", "trust-list.newer-format", "trust-list.truncated".
    static Result<Unverified> unverified(ByteView file);

    [[nodiscard]] const TrustListInfo& info() const noexcept;
    /// The key that signed this list.
    [[nodiscard]] const PublicKey& root() const noexcept;
    /// Digest of the signed head: two lists of one number are the same list if and only if it is the same.
    [[nodiscard]] const Digest& head_digest() const noexcept;
    [[nodiscard]] std::vector<Bytes> root_changes() const;
    [[nodiscard]] ByteView bytes() const noexcept;

    [[nodiscard]] std::uint64_t authority_count() const noexcept;
    [[nodiscard]] std::uint64_t institution_count() const noexcept;
    [[nodiscard]] std::uint64_t appraiser_count() const noexcept;

    /// By identifier; nothing where the list has none. Errors: "trust-list.block" ({block}: it is not what was signed),
    /// "trust-record.*" (what was signed is no record).
    [[nodiscard]] Result<std::optional<AuthorityRecord>> authority(std::string_view id) const;
    [[nodiscard]] Result<std::optional<InstitutionRecord>> institution(std::string_view licence) const;
    [[nodiscard]] Result<std::optional<AppraiserRecord>> appraiser(std::string_view licence) const;
    /// Whether any issuer of the list has, or had, this official host. Errors: "trust-list.block".
    [[nodiscard]] Result<bool> is_official_host(std::string_view host) const;

    /// Reads everything: that every block is what was signed, and in order. Errors: as of the single records, and
    /// "trust-list.order".
    [[nodiscard]] Result<TrustListContent> read_all() const;
    /// As read_all(), keeping nothing: for an import.
    [[nodiscard]] Result<void> verify_all() const;

    struct State;

private:
    explicit TrustList(std::shared_ptr<const State> state) : state_(std::move(state)) {}
    std::shared_ptr<const State> state_;
};

/// What turns `from` into `to`: the head of `to`, and the blocks of it that `from` has not. Needs no signature of its
/// own, since the head that it carries says of every block what it must be. Error: "trust-delta.other-list".
Result<Bytes> make_trust_delta(const TrustList& from, const TrustList& to);

/// The file that the delta leads to, byte for byte; it is to be opened as any other. `limit` bounds its size.
/// Errors: "trust-delta.format" ({reason}), "trust-delta.base" ({wanted}, {here}: it is for another list or number),
/// "trust-delta.block" (a block is in neither), "trust-list.limit".
Result<Bytes> apply_trust_delta(const TrustList& from, ByteView delta, std::uint64_t limit = 1ULL << 30);

/// The identifier of the list that a delta is for. Error: "trust-delta.format".
Result<std::string> trust_delta_base(ByteView delta);

/// What a file is by its first bytes.
enum class TrustFileKind { list, delta, bundle, other };
TrustFileKind trust_file_kind(ByteView file) noexcept;

}  // namespace sjcode
