#include "trust/licence_statement.h"

#include "base/try.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>

namespace sjcode::trust {
namespace {

/// What covers the time; of several (which a record's check rules out for names and licences) the first.
template <class T, class PeriodOf>
const T* holding(const std::vector<T>& values, UnixTime time, PeriodOf period_of) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const T& value) { return period_of(value).covers(time); });
    return found == values.end() ? nullptr : &*found;
}

bool is_suspended(const DatedCategory& category, const std::vector<StatusEvent>& events, UnixTime time) {
    return std::any_of(events.begin(), events.end(), [&](const StatusEvent& event) {
        if (!event.category || !forbids_practice(event.kind) || !event.period.covers(time)) return false;
        // A suspended sub-item concerns the item, too: nobody shall read the item as wholly open.
        return DatedCategory{*event.category, {}}.includes(category.category) || category.includes(*event.category);
    });
}

template <class Record>
std::optional<LicenceStatement> common_statement(const Record& record, UnixTime time) {
    const auto* name = holding(record.names, time, [](const DatedName& value) { return value.period; });
    const auto* licensed = holding(record.licensed, time, [](const Period& value) { return value; });
    if (name == nullptr || licensed == nullptr) return std::nullopt;
    LicenceStatement statement{record.licence, {}, *name, *licensed};
    for (const auto& category : record.categories)
        if (category.period.covers(time) && !is_suspended(category, record.events, time))
            statement.categories.push_back(category);
    return statement;
}

template <class Record>
Record common_record(const LicenceStatement& statement) {
    Record record;
    record.licence = statement.licence;
    record.names = {statement.name};
    record.licensed = {statement.licensed};
    record.categories = statement.categories;
    return record;
}

template <class Record>
bool is_statement(const Record& record) {
    return record.names.size() == 1 && record.licensed.size() == 1 && record.events.empty();
}

template <class Record>
LicenceStatement common_part(const Record& record) {
    return {record.licence, {}, record.names.front(), record.licensed.front(), record.categories, {}};
}

}  // namespace

std::optional<LicenceStatement> statement_at(const InstitutionRecord& record, UnixTime time) {
    auto statement = common_statement(record, time);
    if (statement) statement->uscc = record.uscc;
    return statement;
}

std::optional<LicenceStatement> statement_at(const AppraiserRecord& record, const InstitutionRecord& institution,
                                             UnixTime time) {
    const auto here = std::find_if(
        record.institutions.begin(), record.institutions.end(),
        [&](const DatedReference& dated) { return dated.id == institution.licence && dated.period.covers(time); });
    if (here == record.institutions.end()) return std::nullopt;
    auto statement = common_statement(record, time);
    if (!statement) return statement;
    statement->institution = *here;
    std::erase_if(statement->categories,
                  [&](const DatedCategory& category) { return is_suspended(category, institution.events, time); });
    return statement;
}

Bytes encode(const LicenceStatement& statement, LicenceKind kind) {
    if (kind == LicenceKind::institution) {
        auto record = common_record<InstitutionRecord>(statement);
        record.uscc = statement.uscc;
        return encode(record);
    }
    auto record = common_record<AppraiserRecord>(statement);
    record.institutions = {statement.institution};
    return encode(record);
}

Result<LicenceStatement> decode_licence_statement(ByteView bytes, LicenceKind kind) {
    const auto other = [] { return fail("licence-statement.form"); };
    if (kind == LicenceKind::institution) {
        SJCODE_TRY(const auto record, decode_institution(bytes));
        const bool plain =
            record.keys.empty() && record.hosts.empty() && record.signers.empty() && record.seals.empty();
        if (!is_statement(record) || !plain) return other();
        auto statement = common_part(record);
        statement.uscc = record.uscc;
        return statement;
    }
    SJCODE_TRY(const auto record, decode_appraiser(bytes));
    if (!is_statement(record) || record.institutions.size() != 1) return other();
    auto statement = common_part(record);
    statement.institution = record.institutions.front();
    return statement;
}

}  // namespace sjcode::trust
