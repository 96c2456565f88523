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

    /// From "2026-09-03". Error: "facts.date".
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

    /// Error: "facts.json" (no JSON; {line}), "facts.missing" ({field}), "facts.unknown" ({field}), "facts.value"
    /// ({field}, {reason}). `field` is a JSON path as "appraisers[1].name".
    static Result<Facts> from_json(std::string_view json);
    [[nodiscard]] std::string to_json() const;

    /// Findings that do not stop an issue: unknown category, odd licence number. Each is a code with parameters.
    [[nodiscard]] std::vector<Error> warnings() const;
};

/// A fact that the report's text does not bear out.
struct FactMismatch {
    std::string field;     ///< JSON path in FACTS.json
    std::string expected;  ///< the value in the facts
    std::string found;     ///< what the text has in its place; empty where nothing like it was found
};

/// Looks for the facts in the text of the report: report number, institution, licence numbers, dates, opinion.
/// `pages` is the text of each page; white space and the forms of brackets, digits and punctuation do not matter.
/// Empty result: all were found.
std::vector<FactMismatch> check_facts(const Facts& facts, const std::vector<std::string>& pages);

/// Proposes facts from a report's text, as FACTS.json for the clerk to check and complete: what was not found is null
/// or an empty text. The second value lists the fields that were not found.
struct FactsProposal {
    std::string json;
    std::vector<std::string> missing;
};
FactsProposal propose_facts(const std::vector<std::string>& pages);

}  // namespace sjcode
