// An audit for a person.
#include "base/civil_time.h"
#include "sjcode/audit.h"
#include "verify/audit_message.h"
#include "verify/verdict_layout.h"

#include <algorithm>
#include <array>

namespace sjcode {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::string_view indent = "  ";
constexpr std::size_t most_numbers = 8;

/// "5, 7-9, 12 …": object numbers, runs of them in one.
std::string numbers_text(const std::vector<std::uint32_t>& numbers) {
    std::string text;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t end = i;
        while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
        if (++shown > most_numbers) return text + " …";
        text += (text.empty() ? "" : ", ") + std::to_string(numbers[i]);
        if (end > i) text += "-" + std::to_string(numbers[end]);
        i = end + 1;
    }
    return text.empty() ? "-" : text;
}

/// That of its timestamp, where it has one that holds, else what the signer says.
std::string time_of(const AuditSignature& signature) {
    return signature.timestamp ? chinese_time_text(*signature.timestamp) : harmless(signature.claimed_time);
}

class Writer {
public:
    Writer(const AuditReport& report, Language language) : report_(report), language_(language) {}

    std::string write() {
        paragraph(words("audit-report." + std::string(name(report_.outcome))));
        findings();
        signatures();
        history();
        paragraph(words("audit-report.disclaimer"));
        return std::move(text_);
    }

private:
    using Row = std::vector<std::string>;

    [[nodiscard]] std::string words(const std::string& code, const Parameters& parameters = {}) const {
        return sentence(code, parameters, language_);
    }
    void line(std::string_view line) { text_.append(line).append("\n"); }
    void paragraph(const std::string& words) {
        if (!text_.empty()) text_ += "\n";
        for (const auto& part : wrapped(words, page_width)) line(part);
    }

    /// Columns as wide as what stands in them; the last one is wrapped and stays in its column.
    void table(const std::vector<Row>& rows) {
        if (rows.empty()) return;
        std::vector<std::size_t> widths(rows.front().size());
        for (const auto& row : rows)
            for (std::size_t i = 0; i + 1 < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
        std::size_t column = indent.size();
        for (std::size_t i = 0; i + 1 < widths.size(); ++i) column += widths[i] + 2;
        const auto room = page_width > column + 20 ? page_width - column : 20;
        for (const auto& row : rows) {
            std::string left(indent);
            for (std::size_t i = 0; i + 1 < row.size(); ++i) left += padded(row[i], widths[i] + 2);
            for (const auto& part : wrapped(row.back(), room)) {
                line(left + part);
                left.assign(column, ' ');
            }
        }
    }

    /// The gravest first; what passed is told too, since it says what was changed and why that may be.
    void findings() {
        constexpr std::array order{CheckResult::fail, CheckResult::unchecked, CheckResult::warn, CheckResult::pass};
        std::vector<Row> rows;
        for (const auto result : order)
            for (const auto& check : report_.checks) {
                if (check.result != result) continue;
                auto shown = check;
                for (auto& [key, value] : shown.parameters) value = harmless(value);
                rows.push_back(
                    {words("result." + std::string(name(result))) + " " + words("audit-report.check." + check.check),
                     audit_message(shown, language_)});
            }
        if (!text_.empty()) text_ += "\n";
        table(rows);
    }

    void signatures() {
        if (report_.signatures.empty()) return;
        paragraph(words("audit-report.signatures"));
        std::vector<Row> rows{{words("audit-report.column.field"), words("audit-report.column.kind"),
                               words("audit-report.column.level"), words("audit-report.column.covers"),
                               words("audit-report.column.time"), words("audit-report.column.signer")}};
        for (const auto& signature : report_.signatures)
            rows.push_back({harmless(signature.field), words("audit-report.kind." + std::string(name(signature.kind))),
                            signature.level.empty() ? "-" : signature.level,
                            signature.revision == 0 ? "-" : "1-" + std::to_string(signature.revision),
                            time_of(signature), harmless(signature.signer)});
        table(rows);
    }

    void history() {
        if (report_.revisions.empty()) return;
        paragraph(words("audit-report.history"));
        std::vector<Row> rows{{words("audit-report.column.revision"), words("audit-report.column.bytes"),
                               words("audit-report.column.added"), words("audit-report.column.replaced"),
                               words("audit-report.column.freed"), words("audit-report.column.signatures")}};
        for (const auto& revision : report_.revisions) {
            std::string fields;
            for (const auto& field : revision.signatures) fields += (fields.empty() ? "" : ", ") + harmless(field);
            rows.push_back({std::to_string(revision.number),
                            std::to_string(revision.begin) + "-" + std::to_string(revision.end),
                            numbers_text(revision.added), numbers_text(revision.replaced), numbers_text(revision.freed),
                            fields.empty() ? "-" : fields});
        }
        table(rows);
    }

    const AuditReport& report_;
    Language language_;
    std::string text_;
};

}  // namespace

std::string AuditReport::to_text(Language language) const {
    return Writer(*this, language).write();
}

}  // namespace sjcode
