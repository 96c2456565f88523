// Names of report kinds, and the findings about facts that do not stop an issue.
#include "sjcode/facts.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sjcode {
namespace {

constexpr std::array<std::pair<ReportKind, std::string_view>, 4> kind_names{{
    {ReportKind::report, "report"},
    {ReportKind::correction, "correction"},
    {ReportKind::supplementary, "supplementary"},
    {ReportKind::reappraisal, "reappraisal"},
}};

bool is_digits(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string indexed(std::string_view list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "]";
}

Error warning(std::string code, Parameters parameters) {
    return {std::move(code), std::move(parameters), {}, {}, {}};
}

}  // namespace

std::string_view name(ReportKind kind) noexcept {
    for (const auto& [value, text] : kind_names)
        if (value == kind) return text;
    return "";
}

std::optional<ReportKind> report_kind(std::string_view name) noexcept {
    for (const auto& [value, text] : kind_names)
        if (text == name) return value;
    return std::nullopt;
}

std::vector<Error> Facts::warnings() const {
    std::vector<Error> found;
    // 7 digits until 2010, 9 since (司发通〔2010〕83号); an unknown structure is no reason to refuse.
    if (!is_digits(licence) || (licence.size() != 7 && licence.size() != 9))
        found.push_back(warning("warning.licence-format", {{"field", "licence"}, {"licence", licence}}));
    if (number.parts() && number.parts()->prefix != short_name)
        found.push_back(
            warning("warning.short-name",
                    {{"field", "short_name"}, {"short_name", short_name}, {"prefix", number.parts()->prefix}}));
    for (std::size_t i = 0; i < categories.size(); ++i)
        if (!categories[i].name())
            found.push_back(warning("warning.category-unknown",
                                    {{"field", indexed("categories", i)}, {"category", categories[i].code()}}));
    for (std::size_t i = 0; i < appraisers.size(); ++i)
        if (appraisers[i].licence.size() != 12 || !is_digits(appraisers[i].licence))
            found.push_back(
                warning("warning.appraiser-licence-format",
                        {{"field", indexed("appraisers", i) + ".licence"}, {"licence", appraisers[i].licence}}));
    return found;
}

}  // namespace sjcode
