// Enumerations of trust lists and status lists, as enums.h has the others.
#pragma once

#include "enums.h"

#include "sjcode/status_list.h"
#include "sjcode/trust_list.h"
#include "sjcode/trust_record.h"
#include "sjcode/trust_register.h"
#include "sjcode/trust_table.h"

namespace sjcode::python {

template <>
struct EnumTable<StatusEventKind> {
    static constexpr const char* name = "StatusEventKind";
    static constexpr auto values = std::to_array<EnumValue<StatusEventKind, const char*>>(
        {{StatusEventKind::suspended, "suspended"},
         {StatusEventKind::closed, "closed"},
         {StatusEventKind::registration_revoked, "registration-revoked"},
         {StatusEventKind::cancelled, "cancelled"},
         {StatusEventKind::licence_revoked, "licence-revoked"},
         {StatusEventKind::blacklisted, "blacklisted"},
         {StatusEventKind::commissioning_stopped, "commissioning-stopped"}});
};

template <>
struct EnumTable<CodeStatus> {
    static constexpr const char* name = "CodeStatus";
    static constexpr auto values =
        std::to_array<EnumValue<CodeStatus, const char*>>({{CodeStatus::valid, "valid"},
                                                           {CodeStatus::revoked, "revoked"},
                                                           {CodeStatus::suspended, "suspended"},
                                                           {CodeStatus::superseded, "superseded"},
                                                           {CodeStatus::withdrawn, "withdrawn"},
                                                           {CodeStatus::reappraised, "reappraised"}});
};

template <>
struct EnumTable<StatusListAge> {
    static constexpr const char* name = "StatusListAge";
    static constexpr auto values =
        std::to_array<EnumValue<StatusListAge, const char*>>({{StatusListAge::current, "current"},
                                                              {StatusListAge::refresh_due, "refresh-due"},
                                                              {StatusListAge::expired, "expired"},
                                                              {StatusListAge::future, "future"}});
};

template <>
struct EnumTable<TrustFileKind> {
    static constexpr const char* name = "TrustFileKind";
    static constexpr auto values =
        std::to_array<EnumValue<TrustFileKind, const char*>>({{TrustFileKind::list, "list"},
                                                              {TrustFileKind::delta, "delta"},
                                                              {TrustFileKind::bundle, "bundle"},
                                                              {TrustFileKind::other, "other"}});
};

template <>
struct EnumTable<TrustDifference::Change> {
    static constexpr const char* name = "TrustChange";
    static constexpr auto values =
        std::to_array<EnumValue<TrustDifference::Change, const char*>>({{TrustDifference::Change::added, "added"},
                                                                        {TrustDifference::Change::changed, "changed"},
                                                                        {TrustDifference::Change::removed, "removed"}});
};

template <>
struct EnumTable<TrustTableKind> {
    static constexpr const char* name = "TrustTableKind";
    static constexpr auto values =
        std::to_array<EnumValue<TrustTableKind, const char*>>({{TrustTableKind::institutions, "institutions"},
                                                               {TrustTableKind::appraisers, "appraisers"},
                                                               {TrustTableKind::events, "events"}});
};

}  // namespace sjcode::python
