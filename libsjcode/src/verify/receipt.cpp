// A receipt as PDF: what it says, in which order.
#include "sjcode/receipt.h"

#include "base/civil_time.h"
#include "base/hex.h"
#include "base/try.h"
#include "base/unicode.h"
#include "verify/receipt_page.h"
#include "verify/verdict_layout.h"

#include <utility>

namespace sjcode {
namespace {

using namespace verify;

struct Look {
    Mark mark;
    pdf::Colour colour;
};

Look look_of(Outcome outcome) noexcept {
    switch (outcome) {
        case Outcome::authentic:
            return {Mark::tick, ink::green};
        case Outcome::not_authentic:
            return {Mark::cross, ink::red};
        case Outcome::undetermined:
            return {Mark::question, ink::amber};
        case Outcome::code_genuine:
            return {Mark::half, ink::blue};
    }
    return {Mark::question, ink::amber};
}

Look look_of(CheckResult result) noexcept {
    switch (result) {
        case CheckResult::pass:
            return {Mark::tick, ink::green};
        case CheckResult::fail:
            return {Mark::cross, ink::red};
        case CheckResult::warn:
            return {Mark::exclamation, ink::amber};
        case CheckResult::unchecked:
            return {Mark::question, ink::grey};
    }
    return {Mark::question, ink::grey};
}

/// Never so long that it takes the place of what stands at the right.
std::string shortened(const std::string& text) {
    constexpr std::size_t most = 28;
    const auto all = characters(harmless(text));
    return all.size() <= most ? harmless(text) : unicode::encode(all.substr(0, most)) + "…";
}

class Writer {
public:
    Writer(const Receipt& receipt, Language language, pdf::Paper& paper)
        : receipt_(receipt), language_(language), pages_(paper) {}

    std::vector<pdf::PaperPage>& write() {
        const auto& verdict = receipt_.verdict;
        const std::string outcome(name(verdict.outcome));
        const auto look = look_of(verdict.outcome);
        pages_.centred(words("receipt.title"), {24, ink::black, true});
        pages_.centred(words("receipt.subtitle"), {10.5, ink::grey});
        pages_.space(10);
        pages_.banner(look.mark, look.colour, words("receipt.outcome." + outcome),
                      words("verdict.headline", {{"outcome", words("outcome." + outcome)}}));
        file();
        circumstances();
        facts();
        checks();
        pages_.heading(words("receipt.meaning"));
        pages_.paragraph(words("advice." + outcome));
        pages_.space(6);
        pages_.boxed({words("disclaimer." + outcome)});
        every_page(look.colour);
        return pages_.pages();
    }

private:
    [[nodiscard]] std::string words(const std::string& code, const Parameters& parameters = {}) const {
        return sentence(code, parameters, language_);
    }

    void file() {
        const Style digits{8.6, ink::black, false, true};
        pages_.heading(words("receipt.file"));
        pages_.row(words("receipt.file.name"), receipt_.file.name);
        pages_.row(words("receipt.file.size"),
                   words("receipt.file.bytes", {{"bytes", std::to_string(receipt_.file.size)}}));
        pages_.row("SHA-256", to_hex(receipt_.file.sha256), digits);
        pages_.row("SM3", to_hex(receipt_.file.sm3), digits);
    }

    void circumstances() {
        pages_.heading(words("receipt.circumstances"));
        pages_.row(words("receipt.checked"), chinese_time_text(receipt_.checked));
        pages_.row(words("receipt.software"), receipt_.software);
        for (const auto& source : receipt_.trust) {
            const auto dated = source.issued
                                   ? words("receipt.trust.dated", {{"date", chinese_time_text(*source.issued)}})
                                   : words("receipt.trust.undated");
            pages_.row(words("receipt.trust"), harmless(source.name) + dated);
            pages_.row("", "SHA-256 " + to_hex(source.sha256), {8, ink::grey, false, true});
        }
    }

    void facts() {
        if (receipt_.verdict.facts.empty()) return;
        pages_.heading(words("receipt.facts"));
        for (const auto& fact : receipt_.verdict.facts)
            pages_.row(words("fact." + fact.name), fact.value + (fact.is_signed ? "" : words("fact.not-signed")));
    }

    void checks() {
        pages_.heading(words("receipt.checks"));
        // The gravest first, as in the text for a person.
        for (const auto result : {CheckResult::fail, CheckResult::unchecked, CheckResult::warn, CheckResult::pass})
            for (const auto& check : receipt_.verdict.checks)
                if (check.result == result) finding(check);
    }

    void finding(const Check& check) {
        Parameters parameters;
        for (const auto& [key, value] : check.parameters) parameters[key] = harmless(value);
        const auto look = look_of(check.result);
        pages_.finding(look.mark, look.colour, words("receipt.result." + std::string(name(check.result))),
                       words("check." + check.check), words(check.code, parameters), check.code);
    }

    /// So that no page can pass for one of another receipt.
    void every_page(const pdf::Colour& colour) {
        auto& pages = pages_.pages();
        const auto outcome = words("receipt.outcome." + std::string(name(receipt_.verdict.outcome)));
        const Style small{8, ink::grey};
        for (std::size_t i = 0; i < pages.size(); ++i) {
            auto& page = pages[i];
            pages_.fixed(page, words("receipt.title") + " · " + shortened(receipt_.file.name), margin,
                         pdf::paper_height - 40, small);
            pages_.fixed(page, outcome, margin + text_width, pdf::paper_height - 40, {8, colour, true}, 1);
            pages_.fixed(page, "SHA-256 " + to_hex(receipt_.file.sha256).substr(0, 16) + "…", margin, 36, small);
            pages_.fixed(
                page, words("receipt.page", {{"page", std::to_string(i + 1)}, {"pages", std::to_string(pages.size())}}),
                margin + text_width, 36, small, 1);
        }
    }

    const Receipt& receipt_;
    Language language_;
    ReceiptPages pages_;
};

}  // namespace

Result<Bytes> Receipt::to_pdf(Language language, const ReceiptFonts& fonts) const {
    SJCODE_TRY(const auto paper, pdf::Paper::open(fonts));
    Writer writer(*this, language, *paper);
    return paper->draw(writer.write(), {sentence("receipt.title", {}, language),
                                        language == Language::zh ? "zh-CN" : "en", software, checked});
}

}  // namespace sjcode
