#include "pdf/audit/bytes.h"

#include "pdf/accounting.h"
#include "pdf/lexer.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

/// Comments behind the signed part that are longer are no remark of a writer's.
constexpr std::uint64_t longest_comment = 64;
/// White space of which whoever writes has no need, and which keeps programs from finding the end of the file.
constexpr std::uint64_t longest_blank = 4'096;
constexpr std::uint64_t longest_blank_at_end = 64 + 2;

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++count;
    return count;
}

/// Stretches of one kind.
struct Tally {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    void add(std::uint64_t offset, std::uint64_t more = 1) {
        if (more != 0 && count == 0) first = offset;
        count += more;
    }
    [[nodiscard]] Parameters parameters() const {
        return {{"offset", std::to_string(first)}, {"count", std::to_string(count)}};
    }
};

struct Gaps {
    Tally unknown;
    Tally blank;
    Tally marks;  ///< %%EOF and startxref that end no revision
};

void judge_gap(const Document& document, Span gap, bool fixed, Gaps& gaps) {
    const auto bytes =
        document.file().subspan(static_cast<std::size_t>(gap.begin), static_cast<std::size_t>(gap.size()));
    Lexer lexer(document.file().first(static_cast<std::size_t>(gap.end)), gap.begin, document.limits());
    lexer.skip_space();
    const auto text = as_text(bytes);
    if (!lexer.at_end()) {
        gaps.unknown.add(gap.begin);
        return;
    }
    const bool last = gap.end == document.file().size();
    if (!fixed && gap.size() > (last ? longest_blank_at_end : longest_blank)) gaps.blank.add(gap.begin);
    const auto marks = count_of(text, "%%EOF") + count_of(text, "startxref");
    gaps.marks.add(gap.begin, marks);
    if (!fixed && marks == 0 && text.find('%') != std::string_view::npos && gap.size() > longest_comment)
        gaps.unknown.add(gap.begin);
}

}  // namespace

void check_bytes(Document& document, std::uint64_t fixed_end, AuditFindings& findings) {
    Gaps fixed;
    Gaps later;
    std::uint64_t at = 0;
    for (const auto& span : accounted_spans(document)) {
        // A gap across the end of the signed part is judged in two.
        for (const auto& gap : {Span{at, std::min(span.begin, fixed_end)}, Span{std::max(at, fixed_end), span.begin}})
            if (gap.begin < gap.end)
                judge_gap(document, gap, gap.end <= fixed_end, gap.end <= fixed_end ? fixed : later);
        at = std::max(at, span.end);
    }
    if (later.unknown.count != 0) findings.fail("structure", "audit.unaccounted", later.unknown.parameters());
    if (fixed.unknown.count != 0) findings.warn("structure", "audit.unaccounted-before", fixed.unknown.parameters());
    if (later.marks.count != 0) findings.fail("structure", "audit.end-marks", later.marks.parameters());
    if (fixed.marks.count != 0) findings.warn("structure", "audit.end-marks-before", fixed.marks.parameters());
    if (later.blank.count != 0) findings.fail("structure", "audit.white-space", later.blank.parameters());
    if (later.unknown.count + later.blank.count + fixed.unknown.count + later.marks.count + fixed.marks.count == 0)
        findings.pass("structure", "audit.all-accounted");
}

}  // namespace sjcode::pdf
