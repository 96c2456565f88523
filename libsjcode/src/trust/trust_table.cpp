#include "sjcode/trust_table.h"

#include "base/try.h"
#include "trust/trust_list_head.h"
#include "trust/trust_record_cbor.h"
#include "trust/trust_record_merge.h"
#include "trust/trust_table_row.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace sjcode {
namespace {

using trust::ColumnNames;
using trust::LicenceHolder;
using trust::TableColumns;
using trust::TableFindings;
using trust::TableRow;

const ColumnNames institution_licence{"许可证号", "司法鉴定许可证号", "机构许可证号", "licence"};
const ColumnNames institution_name{"机构名称", "司法鉴定机构名称", "名称", "name"};
const ColumnNames short_name{"机构简称", "简称", "short_name"};
const ColumnNames uscc{"统一社会信用代码", "社会信用代码", "uscc"};
const ColumnNames institution_categories{"业务范围", "执业类别", "鉴定类别", "categories"};
const ColumnNames hosts{"核验网址", "hosts"};
const ColumnNames signers{"代签机关", "signers"};
const ColumnNames seals_from{"签章起始日期", "seals_from"};

const ColumnNames appraiser_licence{"执业证号", "司法鉴定人执业证号", "licence"};
const ColumnNames appraiser_name{"姓名", "鉴定人姓名", "name"};
const ColumnNames appraiser_institution{"所在机构许可证号", "许可证号", "机构许可证号", "institution"};
const ColumnNames appraiser_categories{"执业类别", "业务范围", "鉴定类别", "categories"};

const ColumnNames valid_from{"有效期起", "有效期自", "from"};
const ColumnNames valid_until{"有效期止", "有效期至", "until"};
const ColumnNames effective{"生效日期", "变更日期", "effective"};

const ColumnNames event_subject{"许可证号或执业证号", "许可证号", "执业证号", "licence"};
const ColumnNames event_kind{"种类", "决定种类", "event"};
const ColumnNames event_category{"类别", "执业类别", "业务范围", "category"};
const ColumnNames event_from{"起始日期", "from"};
const ColumnNames event_until{"截止日期", "until"};
const ColumnNames event_authority{"决定机关", "authority"};
const ColumnNames event_document{"文号", "决定文号", "document"};
const ColumnNames event_keeper{"保管单位", "接管单位", "keeper"};

struct Layout {
    std::vector<const ColumnNames*> needed;
    std::vector<const ColumnNames*> optional;
};

Layout layout_of(TrustTableKind kind) {
    switch (kind) {
        case TrustTableKind::institutions:
            return {{&institution_licence, &valid_from, &valid_until},
                    {&institution_name, &short_name, &uscc, &institution_categories, &hosts, &signers, &seals_from,
                     &effective}};
        case TrustTableKind::appraisers:
            return {{&appraiser_licence, &valid_from, &valid_until},
                    {&appraiser_name, &appraiser_institution, &appraiser_categories, &effective}};
        case TrustTableKind::events:
            break;
    }
    return {{&event_subject, &event_kind, &event_from, &event_authority},
            {&event_category, &event_until, &event_document, &event_keeper}};
}

Error error(std::string code, Parameters parameters = {}) {
    return Error{std::move(code), std::move(parameters), {}, {}, {}};
}

/// From when a row's statements hold, and its licence period.
struct RowTimes {
    Period licensed;
    UnixTime holds_from = 0;
};

RowTimes times_of(TableRow& row) {
    RowTimes times;
    row.need(valid_from);
    row.need(valid_until);
    bool open = false;
    const auto from = row.day(valid_from);
    times.licensed = {from.value_or(0), row.last_day(valid_until, open)};
    times.holds_from = row.day(effective).value_or(times.licensed.from);
    return times;
}

/// A register under work: records are found by their licence numbers.
class Import {
public:
    Import(const TrustRegister& content, TrustTableImport& result) : content_(content.content), findings_(result) {
        for (std::size_t i = 0; i < content_.institutions.size(); ++i)
            institutions_.emplace(content_.institutions[i].licence, i);
        for (std::size_t i = 0; i < content_.appraisers.size(); ++i)
            appraisers_.emplace(content_.appraisers[i].licence, i);
    }

    void take(const CsvTable& table, TrustTableKind kind) {
        TableColumns columns(table);
        for (const auto& cells : table.rows()) {
            TableRow row(columns, cells, findings_);
            if (kind == TrustTableKind::institutions)
                institution(row);
            else if (kind == TrustTableKind::appraisers)
                appraiser(row);
            else
                event(row);
        }
    }

    [[nodiscard]] TrustListContent content() && { return std::move(content_); }

private:
    using Index = std::unordered_map<std::string, std::size_t>;

    template <class Record>
    void put(TableRow& row, std::vector<Record>& records, Index& index, Record added) {
        const auto known = index.find(added.licence);
        auto merged = known == index.end() ? added : records[known->second];
        if (known != index.end()) trust::merge(merged, added);
        if (auto good = trust::check(merged); !good) {
            row.fault(std::move(good).error());
        } else if (known == index.end()) {
            index.emplace(merged.licence, records.size());
            records.push_back(std::move(merged));
        } else {
            records[known->second] = std::move(merged);
        }
    }

    /// A list answers for some provinces only, and would not be signed with others.
    void check_region(TableRow& row, const ColumnNames& column, const std::string& licence) {
        if (!licence.empty() && !trust::answers_for(content_.info, licence))
            row.fault(column, error("trust-table.region", {{"licence", licence}}));
    }

    void institution(TableRow& row) {
        InstitutionRecord record;
        record.licence = row.licence(institution_licence, LicenceHolder::institution);
        check_region(row, institution_licence, record.licence);
        const auto times = times_of(row);
        record.licensed = {times.licensed};
        record.uscc = row.uscc(uscc);
        if (row.has(institution_name)) {
            row.need(short_name);
            auto name = row.text(institution_name);
            record.names.push_back({std::move(name), row.text(short_name), {times.holds_from, {}}});
        }
        for (const auto category : row.categories(institution_categories))
            record.categories.push_back({category, {times.holds_from, {}}});
        for (auto& host : row.words(hosts)) record.hosts.push_back({std::move(host), {times.holds_from, {}}});
        for (auto& signer : row.words(signers)) record.signers.push_back({std::move(signer), {times.holds_from, {}}});
        if (const auto from = row.day(seals_from)) record.seals.push_back({*from, {}});
        if (row.is_good()) put(row, content_.institutions, institutions_, std::move(record));
    }

    void appraiser(TableRow& row) {
        AppraiserRecord record;
        record.licence = row.licence(appraiser_licence, LicenceHolder::appraiser);
        check_region(row, appraiser_licence, record.licence);
        const auto times = times_of(row);
        record.licensed = {times.licensed};
        if (row.has(appraiser_name)) record.names.push_back({row.text(appraiser_name), {}, {times.holds_from, {}}});
        if (row.has(appraiser_institution)) {
            auto at = row.licence(appraiser_institution, LicenceHolder::institution);
            if (!at.empty() && !institutions_.contains(at))
                row.warn(appraiser_institution, error("trust-table.unknown-institution", {{"licence", at}}));
            record.institutions.push_back({std::move(at), {times.holds_from, {}}});
        }
        for (const auto category : row.categories(appraiser_categories))
            record.categories.push_back({category, {times.holds_from, {}}});
        if (row.is_good()) put(row, content_.appraisers, appraisers_, std::move(record));
    }

    void event(TableRow& row) {
        const auto licence = row.licence(event_subject, LicenceHolder::either);
        StatusEvent event;
        event.kind = row.event_kind(event_kind).value_or(StatusEventKind::suspended);
        row.need(event_from);
        row.need(event_authority);
        event.period.from = row.day(event_from).value_or(0);
        bool open = false;
        event.period.until = row.last_day(event_until, open);
        event.authority = row.text(event_authority);
        event.document = row.text(event_document);
        event.keeper = row.text(event_keeper);
        const auto categories = row.categories(event_category);
        if (!row.is_good()) return;
        const auto institution = institutions_.find(licence);
        const auto appraiser = appraisers_.find(licence);
        if (institution != institutions_.end())
            put_event(row, content_.institutions[institution->second], event, categories);
        else if (appraiser != appraisers_.end())
            put_event(row, content_.appraisers[appraiser->second], event, categories);
        else
            row.fault(event_subject, error("trust-register.unknown", {{"licence", licence}}));
    }

    /// One event for each category, or one for all. What is known is not said twice; an end is put to what was open.
    template <class Record>
    static void put_event(TableRow& row, Record& record, StatusEvent event,
                          const std::vector<std::uint32_t>& categories) {
        auto changed = record;
        const auto put_one = [&] {
            bool said = false;
            StatusEvent* open = nullptr;
            for (auto& known : changed.events) {
                const bool same = known.kind == event.kind && known.category == event.category &&
                                  known.period.from == event.period.from && known.authority == event.authority;
                // An end that is known is not taken back by a row that does not tell it.
                said = said || (same && (!event.period.until || known.period.until == event.period.until));
                if (same && !known.period.until) open = &known;
            }
            if (said) return;
            if (open != nullptr)
                open->period.until = event.period.until;
            else
                changed.events.push_back(event);
        };
        if (categories.empty()) put_one();
        for (const auto category : categories) {
            event.category = category;
            put_one();
        }
        if (auto good = trust::check(changed); !good)
            row.fault(std::move(good).error());
        else
            record = std::move(changed);
    }

    TrustListContent content_;
    TableFindings findings_;
    Index institutions_;
    Index appraisers_;
};

}  // namespace

std::optional<TrustTableKind> trust_table_kind(std::string_view name) noexcept {
    if (name == "institutions") return TrustTableKind::institutions;
    if (name == "appraisers") return TrustTableKind::appraisers;
    if (name == "events") return TrustTableKind::events;
    return std::nullopt;
}

Result<TrustTableImport> import_table(const CsvTable& table, TrustTableKind kind, TrustRegister& content) {
    const auto layout = layout_of(kind);
    TrustTableImport result;
    std::vector<bool> used(table.columns().size());
    for (const auto* names : layout.needed) {
        const auto at = table.column(*names);
        if (!at) return fail("trust-table.column", {{"column", std::string(names->front())}});
        used[*at] = true;
    }
    for (const auto* names : layout.optional)
        if (const auto at = table.column(*names)) used[*at] = true;
    for (std::size_t i = 0; i < used.size(); ++i)
        if (!used[i] && !table.columns()[i].empty()) result.ignored.push_back(table.columns()[i]);
    if (table.rows().empty()) return fail("trust-table.empty");
    result.rows = table.rows().size();
    Import import(content, result);
    import.take(table, kind);
    if (result.fault_count > 0) return result;
    auto imported = std::move(import).content();
    result.changes = differences(content.content, imported);
    content.content = std::move(imported);
    return result;
}

}  // namespace sjcode
