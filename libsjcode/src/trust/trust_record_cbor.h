// The records of a trust list as CBOR: docs/trust-list.md, section 4.
#pragma once

#include "sjcode/result.h"
#include "sjcode/trust_record.h"

#include <cstddef>

namespace sjcode::trust {

inline constexpr std::size_t record_limit = 262'144;

Bytes encode(const AuthorityRecord& record);
Bytes encode(const InstitutionRecord& record);
Bytes encode(const AppraiserRecord& record);

/// Errors: "trust-record.form" ({record}; an encoding that is none of a record), "trust-record.newer-format" (a key
/// below 24 or a kind of event that this version does not know), and those of check().
Result<AuthorityRecord> decode_authority(ByteView bytes);
Result<InstitutionRecord> decode_institution(ByteView bytes);
Result<AppraiserRecord> decode_appraiser(ByteView bytes);

/// That a record says what it must: an identifier, a name, periods that end after they begin, names and licences that
/// do not overlap, keys that are keys.
/// Errors: "trust-record.id", "trust-record.text", "trust-record.names", "trust-record.period", "trust-record.overlap",
/// "trust-record.category", "trust-record.key", "trust-record.host", each with {record}.
Result<void> check(const AuthorityRecord& record);
Result<void> check(const InstitutionRecord& record);
Result<void> check(const AppraiserRecord& record);

}  // namespace sjcode::trust
