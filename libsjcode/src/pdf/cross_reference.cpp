#include "pdf/cross_reference.h"

#include "base/byte_reader.h"
#include "base/try.h"
#include "pdf/characters.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <array>

namespace sjcode::pdf {
namespace {

/// One table entry, `nnnnnnnnnn ggggg n` and its end of line, at the lexer's position. 7.5.4 wants exactly two bytes of
/// end of line; a single one, as some writers have it, leaves no doubt either.
std::optional<CrossReferenceEntry> table_entry(Lexer& lexer, std::uint32_t number) {
    const auto digits = [&](std::uint64_t begin, std::uint64_t count) -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        for (auto i = begin; i < begin + count; ++i) {
            const auto c = lexer.peek(i);
            if (!c || !is_digit(*c)) return std::nullopt;
            value = value * 10 + (*c - std::uint64_t{'0'});
        }
        return value;
    };
    const auto is = [&](std::uint64_t ahead, char c) { return lexer.peek(ahead) == static_cast<std::uint8_t>(c); };
    const auto offset = digits(0, 10);
    const auto generation = digits(11, 5);
    if (!offset || !generation || !is(10, ' ') || !is(16, ' ') || !(is(17, 'n') || is(17, 'f'))) return std::nullopt;
    CrossReferenceEntry entry;
    entry.number = number;
    entry.type = is(17, 'n') ? CrossReferenceEntry::Type::at_offset : CrossReferenceEntry::Type::free;
    entry.generation_or_index = static_cast<std::uint32_t>(*generation);
    entry.offset_or_container = *offset;
    const bool line_end = is(18, '\r') || is(18, '\n');
    if (!line_end && !(is(18, ' ') && (is(19, '\r') || is(19, '\n')))) return std::nullopt;
    lexer.advance(line_end && !(is(18, '\r') && is(19, '\n')) ? 19 : 20);
    return entry;
}

Result<void> sort_entries(std::vector<CrossReferenceEntry>& entries, std::uint64_t offset) {
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    const auto twice = std::adjacent_find(entries.begin(), entries.end(),
                                          [](const auto& a, const auto& b) { return a.number == b.number; });
    if (twice != entries.end()) return damaged("object listed twice in one cross-reference section", offset);
    return {};
}

Result<std::optional<std::uint64_t>> file_offset(const Dictionary& trailer, std::string_view key, ByteView file,
                                                 std::uint64_t where) {
    const auto* value = trailer.find(key);
    if (value == nullptr) return std::optional<std::uint64_t>{};
    const auto number = value->integer();
    if (!number || *number < 0 || static_cast<std::uint64_t>(*number) >= file.size())
        return damaged("offset of a cross-reference section out of range", where);
    return std::optional<std::uint64_t>{static_cast<std::uint64_t>(*number)};
}

Result<std::vector<CrossReferenceEntry>> stream_entries(const Dictionary& dictionary, ByteView data,
                                                        std::uint64_t offset, const Limits& limits) {
    const auto wrong = [&] { return damaged("cross-reference stream", offset); };
    const auto* size = dictionary.find("Size");
    const auto* widths = dictionary.find("W");
    if (size == nullptr || widths == nullptr || widths->as<Array>() == nullptr || widths->as<Array>()->size() != 3)
        return wrong();
    std::array<std::size_t, 3> width{};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto value = (*widths->as<Array>())[i].integer();
        if (!value || *value < 0 || *value > 8) return wrong();
        width[i] = static_cast<std::size_t>(*value);
    }
    if (width[0] + width[1] + width[2] == 0) return wrong();
    std::vector<std::int64_t> index;
    if (const auto* given = dictionary.find("Index")) {
        const auto* array = given->as<Array>();
        if (array == nullptr || array->size() % 2 != 0) return wrong();
        for (const auto& element : *array) index.push_back(element.integer().value_or(-1));
    } else {
        index = {0, size->integer().value_or(-1)};
    }
    ByteReader reader(data);
    std::vector<CrossReferenceEntry> entries;
    for (std::size_t i = 0; i < index.size(); i += 2) {
        if (index[i] < 0 || index[i + 1] < 0) return wrong();
        for (std::int64_t k = 0; k < index[i + 1]; ++k) {
            const auto number = index[i] + k;
            if (number > limits.object_number) return limit_reached("object_number");
            if (entries.size() >= limits.objects) return limit_reached("objects");
            const auto type = width[0] == 0 ? std::optional<std::uint64_t>{1} : reader.big_endian(width[0]);
            const auto second = reader.big_endian(width[1]);
            const auto third = reader.big_endian(width[2]);
            if (!type || !second || !third) return wrong();
            if (*third > 0xFFFFFFFF) return wrong();
            CrossReferenceEntry entry;
            entry.number = static_cast<std::uint32_t>(number);
            entry.offset_or_container = *second;
            entry.generation_or_index = static_cast<std::uint32_t>(*third);
            if (*type == 0) {
                entry.type = CrossReferenceEntry::Type::free;
            } else if (*type == 1) {
                entry.type = CrossReferenceEntry::Type::at_offset;
            } else if (*type == 2) {
                entry.type = CrossReferenceEntry::Type::in_object_stream;
                if (*second == 0 || *second > limits.object_number) return wrong();
            } else {
                // 7.5.8.3 lets readers take unknown types as null; a strict view has no room for that.
                return wrong();
            }
            entries.push_back(entry);
        }
    }
    if (!reader.at_end()) return wrong();
    SJCODE_CHECK(sort_entries(entries, offset));
    return entries;
}

Result<CrossReferenceSection> read_stream_section(ByteView file, std::uint64_t offset, const Limits& limits,
                                                  const StreamReader& read_stream) {
    SJCODE_TRY(auto stream, read_stream(offset));
    const auto* dictionary = stream.object.dictionary();
    if (dictionary == nullptr || dictionary->find("Type") == nullptr || !dictionary->find("Type")->is_name("XRef"))
        return damaged("cross-reference section expected", offset);
    CrossReferenceSection section;
    section.kind = CrossReferenceKind::stream;
    section.offset = offset;
    section.trailer = *dictionary;
    section.span = stream.object.span;
    SJCODE_TRY(section.entries, stream_entries(*dictionary, stream.data, offset, limits));
    SJCODE_TRY(section.previous, file_offset(*dictionary, "Prev", file, offset));
    return section;
}

Result<CrossReferenceSection> read_table_section(ByteView file, std::uint64_t offset, const Limits& limits,
                                                 const StreamReader& read_stream) {
    CrossReferenceSection section;
    section.offset = offset;
    Lexer lexer(file, offset, limits);
    if (!lexer.keyword("xref")) return damaged("cross-reference section expected", offset);
    for (;;) {
        lexer.skip_space();
        if (lexer.keyword("trailer")) break;
        const auto first = lexer.unsigned_integer(limits.object_number);
        lexer.skip_space();
        const auto count = lexer.unsigned_integer(limits.objects);
        if (!first || !count) return damaged("cross-reference subsection", lexer.position());
        // The header ends with one end of line, spaces before it tolerated; the entries follow at once.
        while (lexer.peek() == std::uint8_t{' '}) lexer.advance(1);
        if (lexer.peek() == std::uint8_t{'\r'}) lexer.advance(1);
        if (lexer.peek() == std::uint8_t{'\n'}) lexer.advance(1);
        if (*count > (file.size() - lexer.position()) / 19) return damaged("cross-reference table", lexer.position());
        if (section.entries.size() + *count > limits.objects) return limit_reached("objects");
        for (std::uint64_t i = 0; i < *count; ++i) {
            const auto number = *first + i;
            if (number > limits.object_number) return limit_reached("object_number");
            const auto entry = table_entry(lexer, static_cast<std::uint32_t>(number));
            if (!entry) return damaged("cross-reference entry", lexer.position());
            section.entries.push_back(*entry);
        }
    }
    SJCODE_TRY(auto trailer, lexer.object());
    if (trailer.as<Dictionary>() == nullptr) return damaged("trailer dictionary expected", lexer.position());
    section.trailer = *trailer.as<Dictionary>();
    section.span = {offset, lexer.position()};
    SJCODE_CHECK(sort_entries(section.entries, offset));
    SJCODE_TRY(section.previous, file_offset(section.trailer, "Prev", file, offset));
    SJCODE_TRY(const auto hidden, file_offset(section.trailer, "XRefStm", file, offset));
    if (hidden) {
        SJCODE_TRY(auto stream, read_stream_section(file, *hidden, limits, read_stream));
        section.kind = CrossReferenceKind::hybrid;
        section.stream_entries = std::move(stream.entries);
        section.stream_span = stream.span;
    }
    return section;
}

}  // namespace

Result<FileEnd> find_file_end(ByteView file) {
    static constexpr std::string_view keyword = "startxref";
    const std::size_t reach = std::min<std::size_t>(file.size(), 2048);
    const auto tail = as_text(file.subspan(file.size() - reach));
    const auto found = tail.rfind(keyword);
    if (found == std::string_view::npos) return damaged("startxref missing", file.size());
    const Limits limits;
    FileEnd end;
    end.span.begin = file.size() - reach + found;
    Lexer lexer(file, end.span.begin, limits);
    if (!lexer.keyword(keyword)) return damaged("startxref", end.span.begin);
    // Here a comment is no white space: %%EOF must be found, not skipped.
    const auto skip_white = [&] {
        while (lexer.peek() && is_white(*lexer.peek())) lexer.advance(1);
    };
    skip_white();
    const auto offset = lexer.unsigned_integer(file.size());
    if (!offset || *offset >= file.size()) return damaged("startxref", end.span.begin);
    end.startxref = *offset;
    skip_white();
    static constexpr std::string_view eof = "%%EOF";
    const auto rest = as_text(file.subspan(static_cast<std::size_t>(lexer.position())));
    if (!rest.starts_with(eof)) return damaged("%%EOF missing", lexer.position());
    end.span.end = lexer.position() + eof.size();
    return end;
}

Result<CrossReferenceSection> read_section(ByteView file, std::uint64_t offset, const Limits& limits,
                                           const StreamReader& read_stream) {
    const auto rest = as_text(file.subspan(static_cast<std::size_t>(std::min<std::uint64_t>(offset, file.size()))));
    if (rest.starts_with("xref")) return read_table_section(file, offset, limits, read_stream);
    return read_stream_section(file, offset, limits, read_stream);
}

}  // namespace sjcode::pdf
