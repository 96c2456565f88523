// What a licence document states of its holder, in its record: docs/licence.md, section 3.
#pragma once

#include "sjcode/licence_kind.h"
#include "sjcode/result.h"
#include "sjcode/trust_record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sjcode::trust {

/// Key of the record's entry.
inline constexpr std::uint32_t licence_statement_key = 66;

struct LicenceStatement {
    std::string licence;
    std::string uscc{};  ///< of an institution; may be empty
    DatedName name;
    Period licensed;
    std::vector<DatedCategory> categories{};
    DatedReference institution{};  ///< of an appraiser: where registered
};

/// What a record says of a moment: the name, the licence and the categories that held then, without those that were
/// suspended. Nothing where the record has no name or no licence for it.
std::optional<LicenceStatement> statement_at(const InstitutionRecord& record, UnixTime time);
/// The same of an appraiser at an institution, whose suspended categories are left out, too; nothing where not
/// registered there then.
std::optional<LicenceStatement> statement_at(const AppraiserRecord& record, const InstitutionRecord& institution,
                                             UnixTime time);

/// A record of a trust list (docs/trust-list.md, section 4) that says this and no more.
Bytes encode(const LicenceStatement& statement, LicenceKind kind);
/// Errors: those of decode_institution() and decode_appraiser(), "licence-statement.form" (more or less than a
/// statement).
Result<LicenceStatement> decode_licence_statement(ByteView bytes, LicenceKind kind);

}  // namespace sjcode::trust
