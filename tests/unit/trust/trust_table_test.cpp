#include "sjcode/trust_table.h"

#include "trust_sample.h"

#include <algorithm>

using namespace trust_sample;

namespace {

TrustRegister empty_register() {
    TrustRegister content;
    content.content.info.id = "cn.example";
    content.content.info.publisher = "示例司法局";
    content.content.info.regions = {"33"};
    return content;
}

TrustTableImport take(TrustRegister& content, TrustTableKind kind, std::string_view text) {
    auto imported = import_table(CsvTable::parse(as_bytes(text)).value(), kind, content);
    REQUIRE(imported);
    return *std::move(imported);
}

constexpr std::string_view institutions =
    "序号,许可证号,机构名称,机构简称,统一社会信用代码,业务范围,有效期起,有效期止,核验网址,签章起始日期,联系电话\n"
    "1,330100001,明州司法鉴定中心,明司鉴中心,,FY0202、FY0203,2020-01-01,2024年12月31日,v.example.cn,2026/1/1,0574\n"
    "2,３３０１００００２,东海司法鉴定所,东海司鉴所,11430000006122244L,\"WZ0100\nSX0100\",2021.3.1 0:00:00,长期,,,\n";
constexpr std::string_view appraisers =
    "执业证号,姓名,所在机构许可证号,执业类别,有效期起,有效期止\n"
    "330100001001,张三,330100001,FY0202,20200101,20241231\n";

/// The only fault of a table with one row, as "line|column|code".
std::string fault_of(TrustTableKind kind, std::string_view text) {
    auto content = empty_register();
    take(content, TrustTableKind::institutions, institutions);
    take(content, TrustTableKind::appraisers, appraisers);
    const auto before = content.to_json();
    const auto imported = take(content, kind, text);
    CHECK(content.to_json() == before);
    CHECK(imported.changes.empty());
    if (imported.fault_count != 1) return std::to_string(imported.fault_count) + " faults";
    const auto& fault = imported.faults.front();
    return std::to_string(fault.line) + "|" + fault.column + "|" + fault.error.code;
}

std::string institution_fault(const std::string& licence, const std::string& name, const std::string& categories,
                              const std::string& from, const std::string& until, const std::string& uscc = {}) {
    return fault_of(TrustTableKind::institutions, "许可证号,机构名称,简称,业务范围,有效期起,有效期止,uscc\n" + licence +
                                                      "," + name + ",简," + categories + "," + from + "," + until +
                                                      "," + uscc + "\n");
}

}  // namespace

TEST_CASE("a table of institutions becomes records", "[trust][table]") {
    auto content = empty_register();
    const auto imported = take(content, TrustTableKind::institutions, institutions);
    CHECK(imported.rows == 2);
    CHECK(imported.fault_count == 0);
    CHECK(imported.ignored == std::vector<std::string>{"序号", "联系电话"});
    REQUIRE(imported.changes.size() == 2);
    CHECK(imported.changes[0].change == TrustDifference::Change::added);
    const auto& records = content.content.institutions;
    REQUIRE(records.size() == 2);
    CHECK(records[0].names == std::vector<DatedName>{{"明州司法鉴定中心", "明司鉴中心", {t2020, {}}}});
    CHECK(records[0].licensed == std::vector<Period>{{t2020, t2020 + 1827 * day}});
    CHECK(records[0].categories == std::vector<DatedCategory>{{1'000'202, {t2020, {}}}, {1'000'203, {t2020, {}}}});
    CHECK(records[0].hosts == std::vector<DatedHost>{{"v.example.cn", {t2020, {}}}});
    CHECK(records[0].seals == std::vector<Period>{{t2026, {}}});
    CHECK(records[1].licence == "330100002");
    CHECK(records[1].uscc == "11430000006122244L");
    CHECK(records[1].licensed == std::vector<Period>{{t2020 + 425 * day, {}}});
    CHECK(records[1].categories.size() == 2);
    // The list that comes of it can be signed.
    const auto root = PrivateKey::generate(Algorithm::ed25519).value();
    CHECK(content.sign(root, t2026, t2026 + day));
}

TEST_CASE("a table taken in again changes nothing; a later one adds", "[trust][table]") {
    auto content = empty_register();
    take(content, TrustTableKind::institutions, institutions);
    take(content, TrustTableKind::appraisers, appraisers);
    const auto before = content.to_json();
    CHECK(take(content, TrustTableKind::institutions, institutions).changes.empty());
    CHECK(take(content, TrustTableKind::appraisers, appraisers).changes.empty());
    CHECK(content.to_json() == before);
    // Renewed under another name; the appraiser moved.
    auto imported = take(content, TrustTableKind::institutions,
                         "许可证号,机构名称,机构简称,业务范围,有效期起,有效期止\n"
                         "330100001,新州司法鉴定中心,新司鉴中心,FY0202,2025-01-01,2029-12-31\n");
    REQUIRE(imported.changes.size() == 1);
    CHECK_FALSE(imported.changes[0].history_lost);
    const auto record = content.content.institutions[0];
    REQUIRE(record.names.size() == 2);
    CHECK(record.names[0].period.until == record.names[1].period.from);
    CHECK(record.licensed.size() == 2);
    CHECK(record.categories.size() == 2);
    // The table of before knows less, and takes nothing back.
    CHECK(take(content, TrustTableKind::institutions, institutions).changes.empty());
    imported = take(content, TrustTableKind::appraisers,
                    "执业证号,姓名,所在机构许可证号,有效期起,有效期止,变更日期\n"
                    "330100001001,张三,330100002,2020-01-01,2024-12-31,2022-05-01\n");
    CHECK(imported.changes.size() == 1);
    const auto& appraiser = content.content.appraisers[0];
    REQUIRE(appraiser.institutions.size() == 2);
    CHECK(appraiser.institutions[0].period.until == appraiser.institutions[1].period.from);
    CHECK(appraiser.licensed.size() == 1);
}

TEST_CASE("a table of decisions becomes events, once", "[trust][table]") {
    auto content = empty_register();
    take(content, TrustTableKind::institutions, institutions);
    take(content, TrustTableKind::appraisers, appraisers);
    const std::string head = "许可证号,种类,类别,起始日期,截止日期,决定机关,文号,保管单位\n";
    const std::string open = "330100001,暂停执业,FY0202、FY0203,2026-03-01,,明州市司法局,明司〔2026〕1号,\n";
    const std::string cancelled = "330100001001,注销,,2026-06-01,,明州市司法局,,明州市档案馆\n";
    CHECK(take(content, TrustTableKind::events, head + open + cancelled).changes.size() == 2);
    REQUIRE(content.content.institutions[0].events.size() == 2);
    CHECK(content.content.institutions[0].events[1].category == 1'000'203U);
    CHECK(content.content.appraisers[0].events[0].keeper == "明州市档案馆");
    CHECK(content.content.appraisers[0].events[0].kind == StatusEventKind::cancelled);
    CHECK(take(content, TrustTableKind::events, head + open + cancelled).changes.empty());
    // The suspension ends: the event that is there gets its end.
    const auto ended = take(content, TrustTableKind::events,
                            head + "330100001,suspended,FY0202,2026-03-01,2026-05-31,明州市司法局,明司〔2026〕1号,\n");
    REQUIRE(ended.changes.size() == 1);
    CHECK_FALSE(ended.changes[0].history_lost);
    const auto& after = content.content.institutions[0].events;
    REQUIRE(after.size() == 2);
    CHECK(after[0].period.until.has_value());
    CHECK_FALSE(after[1].period.until.has_value());
    // The old table does not take the end back.
    CHECK(take(content, TrustTableKind::events, head + open + cancelled).changes.empty());
}

TEST_CASE("each fault is named by line and column, and nothing is taken in", "[trust][table]") {
    const std::string good = "330100009", name = "某鉴定中心", category = "FY0202", from = "2020-01-01", until = "长期";
    CHECK(institution_fault("", name, category, from, until) == "2|许可证号|trust-table.missing");
    CHECK(institution_fault("3.301E+08", name, category, from, until) == "2|许可证号|trust-table.spoiled");
    CHECK(institution_fault("33010", name, category, from, until) == "2|许可证号|trust-table.spoiled");
    CHECK(institution_fault("440100009", name, category, from, until) == "2|许可证号|trust-table.region");
    CHECK(institution_fault("33/0100009", name, category, from, until) == "2||trust-record.id");
    CHECK(institution_fault(good, "=HYPERLINK(1)", category, from, until) == "2|机构名称|trust-table.formula");
    CHECK(institution_fault(good, "@SUM(1)", category, from, until) == "2|机构名称|trust-table.formula");
    CHECK(institution_fault(good, "\"某\n中心\"", category, from, until) == "2|机构名称|trust-table.invisible");
    CHECK(institution_fault(good, "某\xE2\x80\xAE中心", category, from, until) == "2|机构名称|trust-table.invisible");
    CHECK(institution_fault(good, "张三11010519491231002X", category, from, until) ==
          "2|机构名称|trust-table.resident-id");
    CHECK(institution_fault(good, std::string(600, 'x'), category, from, until) == "2||trust-record.text");
    CHECK(institution_fault(good, "", category, from, until) == "2||trust-record.names");
    CHECK(institution_fault(good, name, "法医临床", from, until) == "2|业务范围|trust-table.category");
    CHECK(institution_fault(good, name, category, "", until) == "2|有效期起|trust-table.missing");
    CHECK(institution_fault(good, name, category, from, "") == "2|有效期止|trust-table.missing");
    CHECK(institution_fault(good, name, category, from, "2019-12-31") == "2||trust-record.period");
    for (const std::string date : {"3/9/2026", "2026-02-30", "2026-9", "46268", "2026-09-03 08:00", "26-9-3", "明天",
                                   "2026-9/3", "2026-----3", "99999999", "2026-09-03-04", "20260903000000000000"})
        CHECK(institution_fault(good, name, category, date, until) == "2|有效期起|trust-table.date");
    CHECK(institution_fault(good, name, category, from, until, "113700000045046000") == "2|uscc|trust-table.spoiled");
    CHECK(institution_fault(good, name, category, from, until, "113700000045046443") == "2|uscc|identifier.uscc-check");
    // Against what is there: a licence that overlaps, a name that would hold at the same time.
    CHECK(institution_fault("330100001", "明州司法鉴定中心", category, "2022-01-01", "2026-12-31") ==
          "2||trust-record.overlap");
    const std::string events = "licence,event,from,until,authority\n";
    CHECK(fault_of(TrustTableKind::events, events + "330100099,suspended,2026-01-01,,局\n") ==
          "2|licence|trust-register.unknown");
    CHECK(fault_of(TrustTableKind::events, events + "330100001,通报批评,2026-01-01,,局\n") ==
          "2|event|trust-table.kind");
    CHECK(fault_of(TrustTableKind::events, events + "330100001,suspended,2026-01-01,,\n") ==
          "2|authority|trust-table.missing");
    CHECK(fault_of(TrustTableKind::events, events + "330100001,suspended,2026-01-02,2026-01-01,局\n") ==
          "2||trust-record.period");
    CHECK(fault_of(TrustTableKind::appraisers, "执业证号,姓名,有效期起,有效期止\n3.301E+11,李四,2020-01-01,长期\n") ==
          "2|执业证号|trust-table.spoiled");
}

TEST_CASE("a table of another kind, or of none, is refused", "[trust][table]") {
    auto content = empty_register();
    const auto refused = [&](std::string_view text, TrustTableKind kind) {
        const auto imported = import_table(CsvTable::parse(as_bytes(text)).value(), kind, content);
        REQUIRE_FALSE(imported);
        const auto& parameters = imported.error().parameters;
        return code_of(imported) + "|" + (parameters.contains("column") ? parameters.at("column") : std::string());
    };
    CHECK(refused(appraisers, TrustTableKind::institutions) == "trust-table.column|许可证号");
    CHECK(refused(institutions, TrustTableKind::events) == "trust-table.column|种类");
    CHECK(refused("许可证号,有效期起,有效期止\n", TrustTableKind::institutions) == "trust-table.empty|");
    CHECK(trust_table_kind("events") == TrustTableKind::events);
    CHECK_FALSE(trust_table_kind("Events"));
}

TEST_CASE("many faults are counted, the first are kept, and warnings stop nothing", "[trust][table]") {
    auto content = empty_register();
    std::string text = "执业证号,姓名,所在机构许可证号,有效期起,有效期止\n";
    for (int i = 0; i < 150; ++i) text += "330100001001,张三,330100001,?,长期\n";
    auto imported = take(content, TrustTableKind::appraisers, text);
    CHECK(imported.fault_count == 150);
    CHECK(imported.faults.size() == TrustTableImport::most_findings);
    CHECK(imported.faults[99].line == 101);
    imported = take(content, TrustTableKind::appraisers, appraisers);
    REQUIRE(imported.warning_count == 1);
    CHECK(imported.warnings[0].error.code == "trust-table.unknown-institution");
    CHECK(content.content.appraisers.size() == 1);
    // What is shown of a wrong cell is short and shows what cannot be seen.
    const auto wrong =
        take(content, TrustTableKind::appraisers,
             "执业证号,有效期起,有效期止\n330100001001,a\xE2\x80\xAE" + std::string(99, 'b') + ",长期\n");
    CHECK(wrong.faults.at(0).error.parameters.at("value") == "a\xEF\xBF\xBD" + std::string(38, 'b') + "…");
}
