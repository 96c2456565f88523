// The facts of a report, as the clerk gives them: FACTS.json (docs/facts.schema.json).
#pragma once

#include "sjcode/category.h"
#include "sjcode/environment.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/report_number.h"
#include "sjcode/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// A calendar day, Chinese time (+08:00).
struct Date {
    int year;
    int month;  ///< 1–12
    int day;    ///< 1–31

    /// From "2026-09-03". Error: "facts.date" ({value}).
    static Result<Date> parse(std::string_view text);
    /// The day of an instant, in +08:00.
    static Date of(UnixTime time);
    /// 00:00+08:00 of the day.
    [[nodiscard]] UnixTime start() const;
    /// "2026-09-03".
    [[nodiscard]] std::string iso() const;
    /// "2026年9月3日".
    [[nodiscard]] std::string chinese() const;
    friend bool operator==(const Date&, const Date&) = default;
};

/// "report", "correction", "supplementary", "reappraisal".
std::string_view name(ReportKind kind) noexcept;
/// Nothing for an unknown name.
std::optional<ReportKind> report_kind(std::string_view name) noexcept;

struct Facts {
    std::string licence;      ///< 司法鉴定许可证号
    std::string institution;  ///< full name
    std::string short_name;   ///< as in the report number
    ReportNumber number;
    std::vector<Category> categories;  ///< the first is claim 8
    std::vector<Appraiser> appraisers;
    std::optional<std::string> matter{};
    std::optional<Commissioner> commissioner{};
    Date accepted;
    std::string opinion;
    ReportKind kind = ReportKind::report;
    std::optional<PriorReport> prior{};
    std::optional<Bytes> case_code{};  ///< in JSON: hexadecimal digits
    std::optional<std::uint64_t> copies{};
    std::optional<std::string> use{};
    std::uint64_t status = 0;

    /// Strict: nothing is guessed, dropped or trimmed. `field` in the errors is a JSON path as "appraisers[1].name",
    /// counted from 0. Errors: "facts.size" ({limit}), "facts.json" ({line}), "facts.nesting" ({limit}),
    /// "facts.duplicate", "facts.unknown", "facts.missing" (absent, null or an empty text; all with {field}),
    /// "facts.type.text", "facts.type.number", "facts.type.list", "facts.type.object" ({field}), and "facts.value.*"
    /// with {field}: "length" ({limit}), "space", "character" ({character}), "date", "hexadecimal", "category", "kind"
    /// and "commissioner-kind" (each with {value}), "report-number", "code-number", "number" ({minimum}, {maximum}),
    /// "count" ({minimum}, {maximum}), "repeated", "prior" (without a kind that needs one), "masked" (the name of a
    /// person as commissioner).
    static Result<Facts> from_json(std::string_view json);
    /// As FACTS.json: indented, in the documented order, with a line end.
    [[nodiscard]] std::string to_json() const;

    /// Findings that do not stop an issue: "warning.licence-format", "warning.appraiser-licence-format",
    /// "warning.category-unknown", "warning.short-name" (the report number begins otherwise). Each has {field}.
    [[nodiscard]] std::vector<Error> warnings() const;
};

/// A fact that the report's text does not bear out.
struct FactMismatch {
    std::string field;     ///< JSON path in FACTS.json
    std::string expected;  ///< the value in the facts
    std::string found;     ///< what the text has in its place; empty where nothing like it was found
};

/// Whether the pages carry text to compare facts with: false for a scan, also where page numbers or a watermark are all
/// the text there is.
bool has_report_text(const std::vector<std::string>& pages);

/// Looks for the facts in the text of the report, to catch the wrong file: report number, institution, licence numbers,
/// appraisers, date of acceptance, opinion. `pages` is the text of each page, UTF-8, in any reading order that keeps
/// lines whole; white space, page breaks with their headers and footers, and the forms of brackets, digits and
/// punctuation do not matter. Licence numbers and names of appraisers may be missing from the text (they stand in
/// signature images), but must not be others than in the facts; so too the institution, once the number is found.
/// Empty result: nothing speaks against the facts, or there is no text (has_report_text).
std::vector<FactMismatch> check_facts(const Facts& facts, const std::vector<std::string>& pages);

/// What propose_facts found.
struct FactsProposal {
    /// FACTS.json for the clerk to check and complete: every field in the documented order; what was not found is null,
    /// an empty text or an empty list, so that from_json refuses it until it is filled in.
    std::string json;
    /// JSON paths of the fields that the text did not give: those that must be given, matter and commissioner.
    std::vector<std::string> missing;
};
/// Proposes facts from a report's text. Names of persons as commissioner are masked (张三 → 张某).
FactsProposal propose_facts(const std::vector<std::string>& pages);

}  // namespace sjcode
