// A PDF seen strictly: no repair, no guessing. The only view of a document that counts for a pass (docs/audit.md).
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include "pdf/cross_reference.h"
#include "pdf/limits.h"
#include "pdf/object.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sjcode::pdf {

class Lexer;

using ObjectPointer = std::shared_ptr<const IndirectObject>;
/// A value within an object that it keeps alive; never a null pointer.
using SharedObject = std::shared_ptr<const Object>;

/// Reads objects when they are asked for, from bytes that must outlive it. Not thread-safe; movable.
/// Errors of all calls: "pdf.damaged" ({what}, offset, object), "pdf.limit" ({limit}), "pdf.filter" ({filter}).
class Document {
public:
    /// Follows the chain of cross-reference sections; reads no other object. Error besides: "pdf.no-pdf".
    static Result<Document> open(ByteView file, const Limits& limits = {});

    [[nodiscard]] ByteView file() const noexcept { return file_; }
    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
    /// Newest first.
    [[nodiscard]] const std::vector<CrossReferenceSection>& sections() const noexcept { return sections_; }
    [[nodiscard]] const FileEnd& end() const noexcept { return end_; }
    /// The newest trailer (or cross-reference stream dictionary).
    [[nodiscard]] const Dictionary& trailer() const noexcept { return sections_.front().trailer; }
    [[nodiscard]] bool encrypted() const noexcept { return trailer().contains("Encrypt"); }
    /// True where the oldest two sections are the two of a linearized file (annex F).
    [[nodiscard]] bool linearized() const noexcept { return linearized_; }
    /// Number of revisions: sections, but the two of a linearized file count once.
    [[nodiscard]] std::size_t revisions() const noexcept { return sections_.size() - (linearized_ ? 1 : 0); }
    /// One more than the highest object number that any section or /Size names.
    [[nodiscard]] std::uint32_t next_object_number() const noexcept { return next_object_number_; }

    /// The newest entry for an object number, or null pointer.
    [[nodiscard]] const CrossReferenceEntry* entry(std::uint32_t number) const noexcept;
    [[nodiscard]] const std::vector<CrossReferenceEntry>& entries() const noexcept { return entries_; }

    /// How much was parsed so far: what reading cost.
    [[nodiscard]] std::uint64_t tokens_read() const noexcept { return tokens_; }

    /// The object; null where the file has none by that reference (7.3.10).
    Result<ObjectPointer> object(Reference reference);
    /// The object behind any chain of references; a copy of the object itself where it is direct.
    Result<ObjectPointer> resolve(const Object& object);
    /// The same without a copy.
    Result<SharedObject> resolve(const SharedObject& object);
    /// The resolved value of a key, null where it is absent.
    Result<ObjectPointer> get(const Dictionary& dictionary, std::string_view key);
    /// A stream's bytes after its filters.
    Result<Bytes> decode(const IndirectObject& stream) { return decode(stream, limits_.decoded_stream); }
    /// The same, of at most `limit` bytes.
    Result<Bytes> decode(const IndirectObject& stream, std::uint64_t limit);
    /// A stream's bytes as they stand in the file.
    [[nodiscard]] ByteView raw(const IndirectObject& stream) const;
    /// The document catalog.
    Result<ObjectPointer> catalog();

    /// The indirect object that begins at an offset, whatever the cross-reference says.
    Result<IndirectObject> read_object_at(std::uint64_t offset);

    /// The numbers of the objects in an object stream, in its order.
    Result<std::vector<std::uint32_t>> objects_in_stream(std::uint32_t number);

private:
    struct ObjectStream {
        Bytes data;
        Span span;                                                     ///< of the stream's object in the file
        std::vector<std::pair<std::uint32_t, std::uint64_t>> objects;  ///< number, offset in data
    };

    Document(ByteView file, const Limits& limits) : file_(file), limits_(limits) {}
    Result<void> read_sections();
    Result<void> merge_sections();
    Result<void> check_hybrid_views() const;
    Result<void> charge(std::uint64_t bytes, std::uint64_t tokens);
    Result<IndirectObject> read_object(Lexer& lexer);
    Result<ObjectPointer> load(const CrossReferenceEntry& entry);
    Result<ObjectPointer> load_from_object_stream(const CrossReferenceEntry& entry);
    Result<std::shared_ptr<const ObjectStream>> object_stream(std::uint32_t number);
    Result<std::uint64_t> stream_length(const Object& length, std::uint64_t offset);

    ByteView file_;
    Limits limits_;
    FileEnd end_;
    std::vector<CrossReferenceSection> sections_;
    std::vector<CrossReferenceEntry> entries_;  ///< the newest of each number, by ascending number
    bool linearized_ = false;
    std::uint32_t next_object_number_ = 1;
    std::uint64_t decoded_ = 0;
    std::uint64_t parsed_ = 0;
    std::uint64_t tokens_ = 0;
    std::uint64_t cached_object_stream_bytes_ = 0;
    int loading_ = 0;
    std::unordered_map<std::uint32_t, ObjectPointer> cache_;
    std::unordered_map<std::uint32_t, std::shared_ptr<const ObjectStream>> object_streams_;
};

}  // namespace sjcode::pdf
