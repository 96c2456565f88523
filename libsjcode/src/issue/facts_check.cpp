// The wrong file is the clerk's real error: facts are compared with what the report says.
#include "base/unicode.h"
#include "issue/facts_find.h"
#include "issue/facts_text.h"
#include "sjcode/facts.h"

#include <algorithm>

namespace sjcode {
namespace {

using issue::Flow;
using issue::fold;
using issue::Furniture;
using issue::ReportText;

std::string joined(const std::vector<std::string>& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : "、") + value;
    return text;
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// Both texts cut to where they first differ, so that a long opinion shows the place.
std::pair<std::string, std::string> around_difference(const std::string& a, const std::string& b) {
    constexpr std::size_t whole = 160, before = 30, after = 60;
    const auto left = unicode::decode(a).value_or(U""), right = unicode::decode(b).value_or(U"");
    if (left.size() <= whole && right.size() <= whole) return {a, b};
    std::size_t i = 0, j = 0;
    const auto skip_space = [](const std::u32string& text, std::size_t& at) {
        while (at < text.size() && unicode::is_white_space(text[at])) ++at;
    };
    for (;; ++i, ++j) {
        skip_space(left, i);
        skip_space(right, j);
        if (i >= left.size() || j >= right.size() || left[i] != right[j]) break;
    }
    const auto window = [&](const std::u32string& text, std::size_t at) {
        const auto begin = at > before ? at - before : 0;
        const auto end = std::min(text.size(), at + after);
        return (begin > 0 ? "…" : "") + unicode::encode(std::u32string_view(text).substr(begin, end - begin)) +
               (end < text.size() ? "…" : "");
    };
    return {window(left, i), window(right, j)};
}

class Comparison {
public:
    Comparison(const Facts& facts, const ReportText& text) : facts_(facts), text_(text), flow_(text.flow()) {}

    std::vector<FactMismatch> compare() {
        number();
        institution();
        licence();
        appraisers();
        accepted();
        opinion();
        return std::move(found_);
    }

private:
    void mismatch(std::string field, std::string expected, std::string found) {
        found_.push_back({std::move(field), std::move(expected), std::move(found)});
    }
    [[nodiscard]] bool says(std::string_view value) const {
        return flow_.text.find(fold(value)) != std::u32string::npos;
    }

    /// A report that cites another's number must not pass for that one: a number in the title counts, where there is
    /// one.
    void number() {
        const auto& expected = facts_.number.canonical();
        const auto numbers = issue::find_report_numbers(flow_);
        const auto* own = issue::own_number(numbers);
        const auto is_expected = [&](const issue::FoundNumber& number) { return number.canonical == expected; };
        const auto is_title = [&](const issue::FoundNumber& number) { return number.own_line && is_expected(number); };
        if (own != nullptr && own->own_line)
            number_found_ = std::any_of(numbers.begin(), numbers.end(), is_title);
        else
            number_found_ = says(expected) || std::any_of(numbers.begin(), numbers.end(), is_expected);
        if (!number_found_) mismatch("number", expected, own != nullptr ? own->canonical : "");
    }

    void institution() {
        if (says(facts_.institution)) return;
        const auto names = issue::institution_names(text_);
        // The name may stand in a picture at the head; with the right number that is no sign of the wrong file.
        if (names.empty() && number_found_) return;
        mismatch("institution", facts_.institution, names.empty() ? "" : names.front());
    }

    void licence() {
        const auto licences = issue::institution_licences(flow_);
        if (!licences.empty() && !contains(licences, facts_.licence))
            mismatch("licence", facts_.licence, licences.front());
    }

    /// Who signed with a picture is not in the text; but nobody else may be in the place of one of ours.
    void appraisers() {
        const auto found = issue::find_appraisers(flow_);
        std::vector<std::string> other_names, other_licences;
        for (const auto& [person, is_pair] : found) {
            const auto same_name = [&, &name = person.name](const Appraiser& ours) {
                return fold(ours.name) == fold(name);
            };
            const auto same_licence = [&, &licence = person.licence](const Appraiser& ours) {
                return ours.licence == licence;
            };
            const auto& all = facts_.appraisers;
            if (!person.name.empty() && std::none_of(all.begin(), all.end(), same_name))
                other_names.push_back(person.name);
            if (!person.licence.empty() && std::none_of(all.begin(), all.end(), same_licence))
                other_licences.push_back(person.licence);
        }
        for (std::size_t i = 0; i < facts_.appraisers.size(); ++i) {
            const auto& ours = facts_.appraisers[i];
            const auto field = "appraisers[" + std::to_string(i) + "]";
            const auto swapped = std::find_if(found.begin(), found.end(), [&](const issue::FoundAppraiser& other) {
                return other.is_pair && fold(other.appraiser.name) == fold(ours.name) &&
                       other.appraiser.licence != ours.licence;
            });
            if (!other_names.empty() && !says(ours.name)) mismatch(field + ".name", ours.name, joined(other_names));
            if (swapped != found.end())
                mismatch(field + ".licence", ours.licence, swapped->appraiser.licence);
            else if (!other_licences.empty() &&
                     (ours.licence == facts_.licence || !issue::has_word(flow_, fold(ours.licence))))
                mismatch(field + ".licence", ours.licence, joined(other_licences));
        }
    }

    void accepted() {
        const auto labelled = issue::acceptance_dates(flow_);
        if (std::find(labelled.begin(), labelled.end(), facts_.accepted) != labelled.end()) return;
        if (labelled.empty())
            for (const auto& date : issue::find_dates(flow_))
                if (date.date == facts_.accepted) return;
        mismatch("accepted", facts_.accepted.chinese(), labelled.empty() ? "" : labelled.front().chinese());
    }

    void opinion() {
        const auto expected = fold(facts_.opinion);
        const auto section = issue::find_opinion(text_);
        // From the heading on, so that an earlier report's opinion, cited above it, does not count.
        const auto from = section ? section->line : 0;
        for (const auto skip : {Furniture::none, Furniture::page_number, Furniture::repeated})
            if (text_.flow(skip, from).text.find(expected) != std::u32string::npos) return;
        if (!section) return mismatch("opinion", around_difference(facts_.opinion, "").first, "");
        auto [ours, theirs] = around_difference(facts_.opinion, section->text);
        mismatch("opinion", std::move(ours), std::move(theirs));
    }

    const Facts& facts_;
    const ReportText& text_;
    Flow flow_;
    bool number_found_ = false;
    std::vector<FactMismatch> found_;
};

}  // namespace

bool has_report_text(const std::vector<std::string>& pages) {
    return ReportText(pages).has_text();
}

std::vector<FactMismatch> check_facts(const Facts& facts, const std::vector<std::string>& pages) {
    const ReportText text(pages);
    if (!text.has_text()) return {};
    return Comparison(facts, text).compare();
}

}  // namespace sjcode
