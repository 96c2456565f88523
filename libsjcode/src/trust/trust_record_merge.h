// What is newly said of somebody, added to what is known.
#pragma once

#include "sjcode/trust_record.h"

namespace sjcode::trust {

/// Adds what `from` says to `to`: another name ends the one before, categories, hosts, keys, licences and institutions
/// that are not known are added, nothing is taken away. Both have the same identifier; the result is not checked.
void merge(AuthorityRecord& to, const AuthorityRecord& from);
void merge(InstitutionRecord& to, const InstitutionRecord& from);
void merge(AppraiserRecord& to, const AppraiserRecord& from);

}  // namespace sjcode::trust
