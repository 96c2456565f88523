#include "pdf/accounting.h"

#include "base/try.h"
#include "pdf/characters.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

/// `startxref`, a number and `%%EOF` behind a section; nothing where they do not stand there.
std::optional<Span> section_end(const Document& document, std::uint64_t from) {
    Lexer lexer(document.file(), from, document.limits());
    lexer.skip_space();
    const auto begin = lexer.position();
    if (!lexer.keyword("startxref")) return std::nullopt;
    const auto skip_white = [&] {
        while (lexer.peek() && is_white(*lexer.peek())) lexer.advance(1);
    };
    skip_white();
    if (!lexer.unsigned_integer(document.file().size())) return std::nullopt;
    skip_white();
    const auto rest = as_text(document.file().subspan(static_cast<std::size_t>(lexer.position())));
    if (!rest.starts_with("%%EOF")) return std::nullopt;
    return Span{begin, lexer.position() + 5};
}

/// True if nothing but white space and comments lies there.
bool is_blank(const Document& document, Span span) {
    Lexer lexer(document.file().first(static_cast<std::size_t>(span.end)), span.begin, document.limits());
    lexer.skip_space();
    return lexer.at_end();
}

}  // namespace

std::vector<std::uint64_t> revision_ends(const Document& document) {
    std::vector<std::uint64_t> ends;
    const auto& sections = document.sections();
    for (std::size_t i = 0; i < sections.size(); ++i) {
        if (document.linearized() && i + 2 == sections.size()) continue;
        const auto end = section_end(document, sections[i].span.end);
        if (!end) break;
        ends.push_back(end->end);
    }
    return ends;
}

std::vector<Span> accounted_spans(Document& document) {
    std::vector<Span> known;
    std::unordered_set<std::uint64_t> offsets;
    for (const auto& section : document.sections()) {
        known.push_back(section.span);
        if (section.stream_span) known.push_back(*section.stream_span);
        if (const auto end = section_end(document, section.span.end)) known.push_back(*end);
        for (const auto* list : {&section.entries, &section.stream_entries})
            for (const auto& entry : *list)
                if (entry.type == CrossReferenceEntry::Type::at_offset) offsets.insert(entry.offset_or_container);
    }
    known.push_back(document.end().span);
    for (const auto offset : offsets)
        if (const auto object = document.read_object_at(offset)) known.push_back(object->span);
    std::sort(known.begin(), known.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    const auto file_end = static_cast<std::uint64_t>(document.file().size());
    known.push_back({file_end, file_end});
    return known;
}

Result<std::vector<Span>> unaccounted_bytes(Document& document) {
    const auto known = accounted_spans(document);
    std::vector<Span> unknown;
    std::uint64_t at = 0;
    for (const auto& span : known) {
        // The header is a comment to the lexer, and so is the line of binary bytes behind it.
        if (span.begin > at && !is_blank(document, {at, span.begin})) unknown.push_back({at, span.begin});
        at = std::max(at, span.end);
    }
    return unknown;
}

}  // namespace sjcode::pdf
