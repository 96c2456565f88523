#include "sjcode/verify.h"

#include "verify/symbols_check.h"
#include "verify/verify_pdf.h"

#include <algorithm>

namespace sjcode {
namespace {

/// Readers find a PDF's header within the first 1,024 bytes (ISO 32000-1, annex H, note 13).
bool looks_like_pdf(ByteView bytes) {
    const auto head = as_text(bytes.first(std::min<std::size_t>(bytes.size(), 1024)));
    return head.find("%PDF-") != std::string_view::npos;
}

std::string_view trim(std::string_view text) {
    static constexpr std::string_view white = " \t\r\n";
    const auto begin = text.find_first_not_of(white);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

}  // namespace

UnixTime Verifier::now(const VerifyOptions& options) const {
    return options.as_of ? *options.as_of : clock_();
}

Verdict Verifier::verify(const InputFile& document, const VerifyOptions& options) const {
    if (looks_like_pdf(document.bytes())) return verify_pdf(document, trust_, worker_, now(options), options);
    Findings findings;
    auto session = worker_.open(document);
    std::vector<std::string> texts;
    if (document.bytes().empty()) {
        findings.unchecked("document", "document.empty");
    } else if (const auto pages = session.image_symbols()) {
        for (const auto& page : *pages)
            for (const auto& symbol : page) texts.emplace_back(as_text(symbol.bytes));
    } else {
        findings.unchecked("document", pages.error().code, pages.error().parameters);
    }
    return verify_symbols(texts, trust_, now(options), options, nullptr, std::move(findings));
}

Verdict Verifier::verify_text(std::string_view text, const VerifyOptions& options) const {
    const auto trimmed = trim(text);
    Findings findings;
    if (trimmed.find("://") != std::string_view::npos)
        return verify_symbols({std::string(trimmed)}, trust_, now(options), options, nullptr, std::move(findings));
    check_number(trimmed, findings);
    Verdict verdict;
    verdict.checks = std::move(findings).take();
    verdict.outcome = outcome_of(verdict.checks, false);
    return verdict;
}

}  // namespace sjcode
