#include "verify/page_text_check.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sjcode {
namespace {

constexpr std::uint32_t texts_at_once = 64;

/// "2", "2-4" and the like, by commas.
std::string page_list(const std::vector<std::uint32_t>& pages) {
    std::string list;
    for (std::size_t begin = 0; begin < pages.size();) {
        auto end = begin + 1;
        while (end < pages.size() && pages[end] == pages[end - 1] + 1) ++end;
        if (!list.empty()) list += ", ";
        list += std::to_string(pages[begin]);
        if (end - begin > 1) list += "-" + std::to_string(pages[end - 1]);
        begin = end;
    }
    return list;
}

}  // namespace

void check_page_texts(WorkerSession& session, const Record& record, RecordBacking backing, Findings& findings) {
    const auto& values = record.values();
    const auto differs = [&](std::string code, Parameters parameters) {
        if (backing == RecordBacking::file)
            findings.fail("pages", std::move(code), std::move(parameters));
        else
            findings.warn("pages", std::move(code), std::move(parameters));
    };
    if (std::none_of(values.pages.begin(), values.pages.end(), [](const auto& page) { return page.has_value(); })) {
        findings.skipped("pages", "pages.no-text");
        return;
    }
    const auto extractor = session.text_extractor();
    if (!extractor) {
        findings.skipped("pages", extractor.error().code, extractor.error().parameters);
        return;
    }
    if (!values.text || !(*values.text == *extractor)) {
        findings.skipped("pages", "pages.other-extractor",
                         {{"issued", values.text ? values.text->name + " " + values.text->version : "?"},
                          {"here", extractor->name + " " + extractor->version}});
        return;
    }
    const auto present = session.page_count();
    if (!present) {
        findings.skipped("pages", present.error().code, present.error().parameters);
        return;
    }
    const auto issued = static_cast<std::uint32_t>(values.pages.size());
    bool any_text = false;
    std::vector<DigestAlgorithm> algorithms{record.algorithm()};
    if (backing == RecordBacking::none) algorithms = {DigestAlgorithm::sha256, DigestAlgorithm::sm3};
    std::vector<std::vector<std::uint32_t>> changed_under(algorithms.size());
    for (std::uint32_t first = 1; first <= std::min(issued, *present); first += texts_at_once) {
        std::vector<std::uint32_t> numbers;
        for (auto page = first; page <= std::min(issued, *present) && page < first + texts_at_once; ++page)
            numbers.push_back(page);
        const auto texts = session.page_texts(numbers, Annotations::without_ours);
        if (!texts) {
            findings.skipped("pages", texts.error().code, texts.error().parameters);
            return;
        }
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            for (std::size_t a = 0; a < algorithms.size(); ++a) {
                const auto here = page_digest(algorithms[a], numbers[i], (*texts)[i]);
                any_text = any_text || (here && here->has_value());
                if (!here || *here != values.pages[numbers[i] - 1]) changed_under[a].push_back(numbers[i]);
            }
        }
    }
    if (!any_text) {
        // Pages as pictures: their text may well be what was issued, only nobody can tell from here.
        findings.skipped("pages", "pages.no-text-here");
        return;
    }
    const auto& changed = *std::min_element(changed_under.begin(), changed_under.end(),
                                            [](const auto& a, const auto& b) { return a.size() < b.size(); });
    if (*present != issued)
        differs("pages.count", {{"issued", std::to_string(issued)}, {"here", std::to_string(*present)}});
    if (!changed.empty()) {
        differs("pages.differ", {{"pages", page_list(changed)}});
        if (backing != RecordBacking::file) findings.warn("pages", "pages.text-layer");
    } else if (*present == issued) {
        findings.pass("pages", "pages.same", {{"pages", std::to_string(issued)}});
    }
}

}  // namespace sjcode
