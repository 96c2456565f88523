// Finds what reports say of themselves: numbers, dates, licences, appraisers, labelled values, the section with the
// opinion. Works on order and labels, never on layout.
#pragma once

#include "issue/facts_text.h"
#include "sjcode/facts.h"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::issue {

/// PREFIX〔year〕middle第serial号, wherever it stands.
struct FoundNumber {
    std::string canonical;
    std::string prefix;
    bool own_line;  ///< alone on its line, as in the title: the report's own number rather than a citation
};
std::vector<FoundNumber> find_report_numbers(const Flow& flow);

/// The report's own number among them: the first on a line of its own, else the first that looks like an appraisal's.
const FoundNumber* own_number(const std::vector<FoundNumber>& numbers);

struct FoundDate {
    Date date;
    std::size_t begin, end;  ///< in the flow
};
/// 2026年9月3日, 二〇二六年九月三日, 2026-09-03, 2026.9.3, 2026/9/3.
std::vector<FoundDate> find_dates(const Flow& flow);
/// Those that the text calls the date of acceptance (受理日期).
std::vector<Date> acceptance_dates(const Flow& flow);

/// Numbers after 司法鉴定许可证号.
std::vector<std::string> institution_licences(const Flow& flow);
/// True if these characters stand there as a whole: not inside a longer number or word in Latin script.
bool has_word(const Flow& flow, std::u32string_view word);

/// Digits and Latin letters from `at` on, and moves `at` behind them; runs on over spaces, never over line ends, while
/// it is shorter than `usual`.
std::u32string number_after(const Flow& flow, std::size_t& at, std::size_t usual);

struct FoundAppraiser {
    Appraiser appraiser;   ///< name or licence may be empty
    bool is_pair = false;  ///< name and licence stand together, one of each
};
/// Names after 司法鉴定人 and numbers after 执业证号, put together in their order.
std::vector<FoundAppraiser> find_appraisers(const Flow& flow);

/// Lines that name an appraisal institution, in order.
std::vector<std::string> institution_names(const ReportText& text);

/// The value after one of the labels ("委托人：…"), over as many lines as it takes, at most `line_limit`.
std::optional<std::string> labelled_value(const ReportText& text, std::initializer_list<std::u32string_view> labels,
                                          std::size_t line_limit);

/// 六、鉴定意见 and what follows up to the next heading, the attachments or the signatures.
struct OpinionSection {
    std::size_t line;  ///< of the heading
    std::string text;
};
std::optional<OpinionSection> find_opinion(const ReportText& text);

bool is_han(char32_t c) noexcept;

}  // namespace sjcode::issue
