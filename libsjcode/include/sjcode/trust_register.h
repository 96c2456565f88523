// The register: what a regulator's clerk works on before it is signed as a trust list. JSON
// (docs/trust-register.schema.json).
//
// In it days are written as people write them: "from" is the first day, "until" the last one, both in Chinese time
// (+08:00).
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_record.h"

#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

struct TrustRegister {
    TrustListContent content;  ///< info.number is that of the list signed last; 0 before the first
    std::vector<Bytes> root_changes{};

    /// Errors: "trust-register.json" (no JSON, or duplicate keys), "trust-register.field" ({path}: missing, unknown or
    /// of another form), "trust-register.version".
    static Result<TrustRegister> parse(std::string_view json);
    /// Indented, records sorted by identifier: so that two versions can be compared by eye.
    [[nodiscard]] std::string to_json() const;

    /// Takes a record in. Where one with its identifier is there, what the new one says is added to it: another name
    /// ends the one before, categories, hosts, keys, licences and institutions that are not known are added, nothing is
    /// taken away. Errors: "trust-record.*"; "trust-record.region" where the list does not answer for the licence.
    Result<void> add(const AuthorityRecord& record);
    Result<void> add(const InstitutionRecord& record);
    Result<void> add(const AppraiserRecord& record);
    /// Adds an event to the institution or appraiser with this licence number. Errors: "trust-register.unknown"
    /// ({licence}), "trust-record.*".
    Result<void> add_event(std::string_view licence, const StatusEvent& event);
    /// Ends a key of an institution or authority at a time, in order (retired) or since it may be in other hands.
    /// Errors: "trust-register.unknown", "trust-register.no-key" ({fingerprint}), "trust-record.*".
    Result<void> end_key(std::string_view id, const Digest& key_fingerprint, UnixTime when, bool compromised);

    /// Signs the next list: number + 1, issued now, with the register's root changes. The register then has the new
    /// number. Errors: those of sign_trust_list().
    Result<Bytes> sign(const Signer& root, UnixTime issued, UnixTime next_update);
};

/// One record that differs between two lists.
struct TrustDifference {
    std::string kind;  ///< "authority", "institution" or "appraiser"
    std::string id;
    std::string name;
    enum class Change { added, changed, removed } change = Change::changed;
    /// Whether something that the older one said is missing in the newer one. A list is to end things, not to forget
    /// them; an end put to an open period, or "invalid since" to a key, is no loss.
    bool history_lost = false;
    friend bool operator==(const TrustDifference&, const TrustDifference&) = default;
};

/// What differs between two versions of a list, by kind and identifier.
std::vector<TrustDifference> differences(const TrustListContent& older, const TrustListContent& newer);

/// One record as JSON, as it stands in a register.
std::string to_json(const AuthorityRecord& record);
std::string to_json(const InstitutionRecord& record);
std::string to_json(const AppraiserRecord& record);

}  // namespace sjcode
