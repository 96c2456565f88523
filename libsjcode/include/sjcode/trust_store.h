// The folder in which a verifier keeps the trust lists that it accepted, with the root keys that it pinned.
// docs/trust.md, "The store".
#pragma once

#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/file.h"
#include "sjcode/result.h"
#include "sjcode/trust.h"
#include "sjcode/trust_list.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode {

/// What the store holds to of one list, whatever is offered later.
struct TrustPin {
    std::string list_id;
    Digest root{};                       ///< fingerprint of the root key
    std::vector<std::string> regions{};  ///< as of the first import; a later list may answer for fewer, never for more
    std::uint64_t number = 0;            ///< of the list accepted last
    Digest head{};                       ///< its head digest
    UnixTime issued = 0;
    std::string file{};  ///< its name in the folder
    friend bool operator==(const TrustPin&, const TrustPin&) = default;
};

/// How a root key that was never seen before is accepted.
struct TrustImportOptions {
    /// The fingerprint that the regulator published. A list whose chain does not begin there is refused.
    std::optional<Digest> root{};
    /// Whether to pin whatever key the first list is signed with. The caller must have shown its fingerprint to a
    /// person who compared it with what the regulator published.
    bool accept_first_root = false;
};

struct TrustImport {
    TrustListInfo info;
    Digest root{};
    bool first = false;          ///< nothing of this list was held before
    bool unchanged = false;      ///< the very list that is held
    bool root_changed = false;   ///< a new root key, by a change that the old one signed
    std::uint64_t previous = 0;  ///< the number held before; 0 where none was
};

/// A store. A list that is forged, cut off, reordered, older, or signed anew under its number is never taken in; the
/// one held stays. Not for several writers at once; readers are never disturbed by an import.
class TrustStore {
public:
    /// The file that makes a folder a store.
    static constexpr std::string_view state_file = "trust-store.json";

    /// Whether the folder is a store.
    static bool is_store(const std::string& folder);
    /// Errors: "trust-store.none" ({folder}), "trust-store.state" ({file}: it is not what a store writes).
    static Result<TrustStore> open(const std::string& folder);
    /// One that holds nothing and is kept nowhere: for lists that are examined under a root given for once.
    static TrustStore empty() { return TrustStore({}, {}); }
    /// Opens the store, or begins one: its folder is made by the first import(). Errors: as open().
    static Result<TrustStore> open_or_create(const std::string& folder);

    [[nodiscard]] const std::vector<TrustPin>& pins() const noexcept { return pins_; }
    /// All lists held, opened under their pins. Errors: "trust-store.empty" ({folder}), "trust-store.list" ({file},
    /// {reason}: it is not the list that was accepted).
    [[nodiscard]] Result<std::vector<TrustList>> lists() const;

    /// What would be accepted, changing nothing: the list that a file (a list or a delta) is or leads to.
    /// Errors: "trust-store.not-pinned" ({list}, {fingerprint}: a first list, and no root given), "trust-store.root"
    /// ({list}, {fingerprint}, {pinned}: its key is not the pinned one), "trust-store.rollback" ({number}, {held},
    /// {issued}), "trust-store.same-number" ({number}, {issued}: another list under a number that is held),
    /// "trust-store.issued-earlier" ({number}, {held}), "trust-store.regions" ({regions}, {pinned}),
    /// "trust-store.no-base" ({list}: a delta to a list that is not held), "trust-store.refused" ({why}: a code,
    /// {held}: the file itself is broken or forged), "trust-store.refused-first" ({why}; no list is held),
    /// "trust-store.refused-unknown" ({why}; several are held, and the file does not tell which it is of),
    /// "trust-store.kind" (neither list nor delta).
    struct Candidate {
        TrustList list;
        TrustImport report;
    };
    [[nodiscard]] Result<Candidate> examine(const InputFile& file, const TrustImportOptions& options = {}) const;

    /// Examines, reads all of the list, writes it and then the state. Errors: as examine(), "file.write".
    Result<TrustImport> import(const InputFile& file, const TrustImportOptions& options = {});

private:
    TrustStore(std::string folder, std::vector<TrustPin> pins) : folder_(std::move(folder)), pins_(std::move(pins)) {}
    [[nodiscard]] const TrustPin* pin_of(std::string_view list_id) const noexcept;
    [[nodiscard]] Result<TrustList> open_held(const TrustPin& pin) const;
    Result<void> write_state(const std::vector<TrustPin>& pins) const;

    std::string folder_;
    std::vector<TrustPin> pins_;
};

}  // namespace sjcode
