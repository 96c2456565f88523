// Cross-reference sections (ISO 32000-2, 7.5.4, 7.5.8): where each revision says that its objects are.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/limits.h"
#include "pdf/object.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sjcode::pdf {

struct CrossReferenceEntry {
    enum class Type : std::uint8_t { free, at_offset, in_object_stream };
    std::uint32_t number = 0;
    Type type = Type::free;
    std::uint32_t generation_or_index = 0;  ///< generation, or index in the object stream
    std::uint64_t offset_or_container = 0;  ///< byte offset, or number of the object stream
    friend bool operator==(const CrossReferenceEntry&, const CrossReferenceEntry&) = default;
};

enum class CrossReferenceKind { table, stream, hybrid };

/// One section: a table with its trailer (and its /XRefStm), or a cross-reference stream.
struct CrossReferenceSection {
    CrossReferenceKind kind = CrossReferenceKind::table;
    std::uint64_t offset = 0;                         ///< of `xref`, or of the stream's object number
    std::vector<CrossReferenceEntry> entries;         ///< by ascending number
    std::vector<CrossReferenceEntry> stream_entries;  ///< of /XRefStm in a hybrid section
    Dictionary trailer;
    std::optional<std::uint64_t> previous;  ///< /Prev
    Span span;                              ///< of table and trailer, or of the stream object
    std::optional<Span> stream_span;        ///< of the /XRefStm object
};

/// What the end of the file says: where the newest section is.
struct FileEnd {
    std::uint64_t startxref = 0;  ///< the number
    Span span;                    ///< from `startxref` to behind %%EOF, without the end of line
};

/// Finds the last `startxref` within the last 2,048 bytes. Error: "pdf.damaged".
Result<FileEnd> find_file_end(ByteView file);

/// Reads the section at an offset. `read_stream` reads the indirect object at an offset with its stream decoded.
struct DecodedStream {
    IndirectObject object;
    Bytes data;
};
using StreamReader = std::function<Result<DecodedStream>(std::uint64_t offset)>;
Result<CrossReferenceSection> read_section(ByteView file, std::uint64_t offset, const Limits& limits,
                                           const StreamReader& read_stream);

}  // namespace sjcode::pdf
