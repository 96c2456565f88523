#include "pdf/revision.h"

#include "base/byte_reader.h"
#include "base/try.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <cstdio>

namespace sjcode::pdf {
namespace {

constexpr std::uint64_t table_offset_limit = 9'999'999'999;  // ten digits

using Written = std::pair<std::uint32_t, std::uint64_t>;  ///< object number, offset

void write_object(const NewObject& object, std::string& out) {
    out += std::to_string(object.number) + " 0 obj\n";
    serialise(object.value, out);
    if (object.stream) {
        out += "\nstream\n";
        out += as_text(*object.stream);
        out += "\nendstream";
    }
    out += "\nendobj\n";
}

Dictionary trailer_of(const RevisionBase& base, std::uint32_t size, const FileIdentifier& identifier) {
    Dictionary trailer;
    trailer.append("Size", Object::integer(size));
    trailer.append("Root", *base.trailer.find("Root"));
    if (const auto* info = base.trailer.find("Info"); info != nullptr && info->as<Reference>() != nullptr)
        trailer.append("Info", *info);
    trailer.append("ID", Array{String{identifier.first}, String{identifier.second}});
    trailer.append("Prev", Object::integer(static_cast<std::int64_t>(base.startxref)));
    return trailer;
}

void write_table(const std::vector<Written>& written, const Dictionary& trailer, std::string& out) {
    out += "xref\n";
    for (std::size_t begin = 0; begin < written.size();) {
        auto end = begin + 1;
        while (end < written.size() && written[end].first == written[end - 1].first + 1) ++end;
        out += std::to_string(written[begin].first) + ' ' + std::to_string(end - begin) + '\n';
        for (; begin < end; ++begin) {
            char line[32];
            std::snprintf(line, sizeof line, "%010llu 00000 n \n",
                          static_cast<unsigned long long>(written[begin].second));
            out += line;
        }
    }
    out += "trailer\n";
    serialise(Object(trailer), out);
    out += '\n';
}

NewObject stream_section(std::uint32_t number, std::vector<Written> written, std::uint64_t offset,
                         const Dictionary& trailer) {
    written.emplace_back(number, offset);
    // Four bytes as every reader takes them, eight only where the file is larger than they can say.
    const std::size_t width = offset > 0xFFFFFFFF ? 8 : 4;
    Array index;
    for (std::size_t begin = 0; begin < written.size();) {
        auto end = begin + 1;
        while (end < written.size() && written[end].first == written[end - 1].first + 1) ++end;
        index.push_back(Object::integer(written[begin].first));
        index.push_back(Object::integer(static_cast<std::int64_t>(end - begin)));
        begin = end;
    }
    Bytes data;
    for (const auto& entry : written) {
        append_big_endian(data, 1, 1);
        append_big_endian(data, entry.second, width);
        append_big_endian(data, 0, 1);
    }
    Dictionary dictionary;
    dictionary.append("Type", Name{"XRef"});
    for (const auto& [key, value] : trailer.entries()) dictionary.append(key, value);
    dictionary.append("W",
                      Array{Object::integer(1), Object::integer(static_cast<std::int64_t>(width)), Object::integer(1)});
    dictionary.append("Index", std::move(index));
    dictionary.append("Length", Object::integer(static_cast<std::int64_t>(data.size())));
    return {number, std::move(dictionary), std::move(data)};
}

}  // namespace

RevisionBase RevisionBase::of(const Document& document) {
    return {document.file().size(),        document.end().startxref, document.sections().front().kind,
            document.next_object_number(), document.trailer(),       document.limits()};
}

FileIdentifier next_identifier(const Dictionary& trailer, std::string otherwise, std::string second) {
    FileIdentifier identifier{std::move(otherwise), std::move(second)};
    if (const auto* id = trailer.find("ID"))
        if (const auto* array = id->as<Array>(); array != nullptr && !array->empty() && array->front().as<String>())
            identifier.first = array->front().as<String>()->value;
    return identifier;
}

Result<WrittenRevision> write_revision(const Document& base, const std::vector<NewObject>& objects,
                                       const FileIdentifier& identifier) {
    return write_revision(RevisionBase::of(base), objects, identifier);
}

Result<WrittenRevision> write_revision(const RevisionBase& base, const std::vector<NewObject>& objects,
                                       const FileIdentifier& identifier) {
    if (!base.trailer.contains("Root")) return damaged("/Root missing", base.startxref);
    std::vector<const NewObject*> sorted;
    for (const auto& object : objects) sorted.push_back(&object);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
    const auto start = base.size;
    // Without growing on the way: streams are most of a revision, and the rest of an object takes a fraction of 512
    // bytes.
    std::size_t size_about = 1024;
    for (const auto& object : objects) size_about += 512 + (object.stream ? object.stream->size() : 0);
    std::string out;
    out.reserve(size_about);
    // The original may end without an end of line behind %%EOF.
    out += '\n';
    std::vector<Written> written;
    for (const auto* object : sorted) {
        written.emplace_back(object->number, start + out.size());
        write_object(*object, out);
    }
    const auto section_offset = start + out.size();
    auto next = base.next_object_number;
    if (!sorted.empty()) next = std::max(next, sorted.back()->number + 1);
    if (next > base.limits.object_number) return limit_reached("object_number");
    const bool is_stream = base.kind == CrossReferenceKind::stream;
    const auto size = is_stream ? next + 1 : next;
    auto trailer = trailer_of(base, size, identifier);
    if (is_stream) {
        write_object(stream_section(next, written, section_offset, trailer), out);
    } else {
        if (section_offset > table_offset_limit) return fail("pdf.offset");
        write_table(written, trailer, out);
    }
    out += "startxref\n" + std::to_string(section_offset) + "\n%%EOF\n";
    const auto kind = is_stream ? CrossReferenceKind::stream : CrossReferenceKind::table;
    RevisionBase whole{start + out.size(), section_offset, kind, size, std::move(trailer), base.limits};
    const auto bytes = as_bytes(out);
    return WrittenRevision{Bytes(bytes.begin(), bytes.end()), std::move(written), std::move(whole)};
}

}  // namespace sjcode::pdf
