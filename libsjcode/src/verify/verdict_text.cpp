// A verdict for a person.
#include "sjcode/verdict.h"
#include "verify/verdict_layout.h"

#include <algorithm>
#include <array>
#include <set>

namespace sjcode {
namespace {

using verify::harmless;

constexpr std::size_t page_width = 80;
constexpr std::string_view indent = "  ";

class Writer {
public:
    Writer(const Verdict& verdict, Language language) : verdict_(verdict), language_(language) {}

    std::string write() {
        const std::string outcome(name(verdict_.outcome));
        paragraph(words("verdict.headline", {{"outcome", words("outcome." + outcome)}}));
        findings();
        facts();
        passed();
        paragraph(words("advice." + outcome));
        paragraph(words("disclaimer." + outcome));
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string words(const std::string& code, const Parameters& parameters = {}) const {
        return sentence(code, parameters, language_);
    }

    void line(std::string_view line) { text_.append(line).append("\n"); }
    void blank() {
        if (!text_.empty()) text_ += "\n";
    }
    void paragraph(const std::string& words) {
        blank();
        for (const auto& part : wrapped(words, page_width)) line(part);
    }

    /// Two columns; the second is wrapped and stays in its column.
    void row(const std::string& first, std::size_t width, const std::string& second) {
        const auto column = indent.size() + width + 2;
        const auto room = page_width > column + 20 ? page_width - column : 20;
        auto left = std::string(indent) + padded(first, width + 2);
        for (const auto& part : wrapped(second, room)) {
            line(left + part);
            left.assign(column, ' ');
        }
    }

    /// What did not pass, the gravest first.
    void findings() {
        constexpr std::array order{CheckResult::fail, CheckResult::unchecked, CheckResult::warn};
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto result : order)
            for (const auto& check : verdict_.checks) {
                if (check.result != result) continue;
                Parameters parameters;
                for (const auto& [key, value] : check.parameters) parameters[key] = harmless(value);
                rows.emplace_back(words("result." + std::string(name(result))) + " " + words("check." + check.check),
                                  words(check.code, parameters));
            }
        table("", rows);
    }

    void facts() {
        std::vector<std::pair<std::string, std::string>> rows;
        for (const auto& fact : verdict_.facts)
            rows.emplace_back(words("fact." + fact.name),
                              harmless(fact.value, true) + (fact.is_signed ? "" : words("fact.not-signed")));
        table(verdict_.outcome == Outcome::code_genuine ? "verdict.compare" : "verdict.facts", rows);
    }

    void table(const std::string& title, const std::vector<std::pair<std::string, std::string>>& rows) {
        if (rows.empty()) return;
        if (title.empty())
            blank();
        else
            paragraph(words(title));
        std::size_t width = 0;
        for (const auto& [first, second] : rows) width = std::max(width, display_width(first));
        for (const auto& [first, second] : rows) row(first, width, second);
    }

    void passed() {
        std::string names;
        std::set<std::string> told;
        for (const auto& check : verdict_.checks)
            if (check.result == CheckResult::pass && told.insert(check.check).second)
                names += (names.empty() ? "" : words("verdict.list-separator")) + words("check." + check.check);
        if (!names.empty()) paragraph(words("verdict.passed", {{"checks", names}}));
    }

    const Verdict& verdict_;
    Language language_;
    std::string text_;
};

}  // namespace

std::string Verdict::to_text(Language language) const {
    return Writer(*this, language).write();
}

}  // namespace sjcode
