#include "pdf/document.h"

#include "base/try.h"
#include "pdf/characters.h"
#include "pdf/filters.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

Unexpected damaged_object(std::string_view what, std::uint64_t offset, std::uint32_t number) {
    return Unexpected(Error{"pdf.damaged", {{"what", std::string(what)}}, {}, offset, number});
}

/// True where two sections both have an object in use.
bool share_objects(const CrossReferenceSection& a, const CrossReferenceSection& b) {
    std::unordered_set<std::uint32_t> numbers;
    for (const auto* list : {&a.entries, &a.stream_entries})
        for (const auto& entry : *list)
            if (entry.type != CrossReferenceEntry::Type::free) numbers.insert(entry.number);
    for (const auto* list : {&b.entries, &b.stream_entries})
        for (const auto& entry : *list)
            if (entry.type != CrossReferenceEntry::Type::free && numbers.contains(entry.number)) return true;
    return false;
}

/// Counts how deep loads are nested: the length of a stream may be an object in an object stream, whose length …
class Nesting {
public:
    explicit Nesting(int& depth) : depth_(depth) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    [[nodiscard]] bool too_deep() const noexcept { return depth_ > 8; }

private:
    int& depth_;
};

}  // namespace

Result<Document> Document::open(ByteView file, const Limits& limits) {
    if (!as_text(file).starts_with("%PDF-")) {
        const auto head = as_text(file.first(std::min<std::size_t>(file.size(), 1024)));
        const auto found = head.find("%PDF-");
        if (found == std::string_view::npos) return fail("pdf.no-pdf");
        return damaged("bytes before the header", 0);
    }
    Document document(file, limits);
    SJCODE_TRY(document.end_, find_file_end(file));
    SJCODE_CHECK(document.read_sections());
    SJCODE_CHECK(document.merge_sections());
    return document;
}

Result<void> Document::read_sections() {
    const StreamReader read_stream = [this](std::uint64_t offset) -> Result<DecodedStream> {
        DecodedStream result;
        SJCODE_TRY(result.object, read_object_at(offset));
        if (!result.object.stream) return damaged("cross-reference section expected", offset);
        SJCODE_TRY(result.data, decode(result.object));
        return result;
    };
    std::unordered_set<std::uint64_t> visited;
    std::size_t entries = 0;
    std::optional<std::uint64_t> next = end_.startxref;
    while (next) {
        if (!visited.insert(*next).second) return damaged("loop of /Prev", *next);
        if (sections_.size() >= limits_.sections) return limit_reached("sections");
        SJCODE_TRY(auto section, read_section(file_, *next, limits_, read_stream));
        entries += section.entries.size() + section.stream_entries.size();
        if (entries > limits_.objects) return limit_reached("objects");
        next = section.previous;
        sections_.push_back(std::move(section));
    }
    // Offsets fall from section to section, but for a linearized file, whose first-page section stands before the main
    // one (annex F.3.1) and which can only be the oldest revision.
    for (std::size_t i = 0; i + 1 < sections_.size(); ++i) {
        if (sections_[i + 1].offset < sections_[i].offset) continue;
        // Its two sections divide the objects between them; others so ordered would hide one revision behind another.
        if (i + 2 != sections_.size() || share_objects(sections_[i], sections_[i + 1]))
            return damaged("order of cross-reference sections", sections_[i].offset);
        linearized_ = true;
    }
    return {};
}

Result<void> Document::merge_sections() {
    std::uint32_t highest = 0;
    for (const auto& section : sections_) {
        for (const auto* list : {&section.entries, &section.stream_entries})
            if (!list->empty()) highest = std::max(highest, list->back().number);
        if (const auto* size = section.trailer.find("Size")) {
            const auto value = size->integer();
            if (!value || *value < 0 || *value > std::int64_t{limits_.object_number} + 1)
                return damaged("/Size", section.offset);
            highest = std::max(highest, static_cast<std::uint32_t>(std::max<std::int64_t>(*value - 1, 0)));
        } else {
            return damaged("/Size missing", section.offset);
        }
    }
    next_object_number_ = highest + 1;

    // Oldest first, so that the stable sort leaves the newest entry of each number last.
    // 7.5.8.4: within a section the table counts before its /XRefStm, and both before /Prev.
    std::vector<CrossReferenceEntry> all;
    for (auto section = sections_.rbegin(); section != sections_.rend(); ++section) {
        // Within a hybrid section a free table entry hides nothing that the stream tells (that is what hybrid is for).
        for (const auto& entry : section->entries)
            if (section->kind != CrossReferenceKind::hybrid || entry.type == CrossReferenceEntry::Type::free)
                all.push_back(entry);
        all.insert(all.end(), section->stream_entries.begin(), section->stream_entries.end());
        if (section->kind == CrossReferenceKind::hybrid)
            for (const auto& entry : section->entries)
                if (entry.type != CrossReferenceEntry::Type::free) all.push_back(entry);
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    for (std::size_t i = 0; i < all.size(); ++i)
        if (i + 1 == all.size() || all[i + 1].number != all[i].number) entries_.push_back(all[i]);
    return check_hybrid_views();
}

Result<void> Document::check_hybrid_views() const {
    // T5: an object in use in a section's table and in its /XRefStm must be the same in both. An object that only the
    // stream tells of is hidden from readers that know only tables, as 7.5.8.4 intends.
    const bool hybrid = std::any_of(sections_.begin(), sections_.end(),
                                    [](const auto& section) { return section.kind == CrossReferenceKind::hybrid; });
    if (!hybrid) return {};
    for (const auto& section : sections_) {
        auto hidden = section.stream_entries.begin();
        for (const auto& entry : section.entries) {
            if (entry.type == CrossReferenceEntry::Type::free) continue;
            while (hidden != section.stream_entries.end() && hidden->number < entry.number) ++hidden;
            const bool both = hidden != section.stream_entries.end() && hidden->number == entry.number;
            if (both && !(*hidden == entry)) return damaged("hybrid file with two views", section.offset);
        }
    }
    return {};
}

const CrossReferenceEntry* Document::entry(std::uint32_t number) const noexcept {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), number,
                                        [](const auto& entry, std::uint32_t wanted) { return entry.number < wanted; });
    return found == entries_.end() || found->number != number ? nullptr : &*found;
}

Result<ObjectPointer> Document::object(Reference reference) {
    static const auto null_object = std::make_shared<const IndirectObject>();
    const auto* found = entry(reference.number);
    if (found == nullptr || found->type == CrossReferenceEntry::Type::free) return null_object;
    const auto generation =
        found->type == CrossReferenceEntry::Type::at_offset ? found->generation_or_index : std::uint32_t{0};
    if (generation != reference.generation) return null_object;
    if (const auto cached = cache_.find(reference.number); cached != cache_.end()) return cached->second;
    SJCODE_TRY(auto loaded, load(*found));
    cache_.emplace(reference.number, loaded);
    return loaded;
}

Result<ObjectPointer> Document::load(const CrossReferenceEntry& entry) {
    const Nesting nesting(loading_);
    if (nesting.too_deep()) return damaged_object("objects that need one another", 0, entry.number);
    if (entry.type == CrossReferenceEntry::Type::in_object_stream) return load_from_object_stream(entry);
    SJCODE_TRY(auto object, read_object_at(entry.offset_or_container));
    if (object.id != Reference{entry.number, entry.generation_or_index})
        return damaged_object("another object than the cross-reference says", entry.offset_or_container, entry.number);
    return ObjectPointer(std::make_shared<const IndirectObject>(std::move(object)));
}

Result<void> Document::charge(std::uint64_t bytes, std::uint64_t tokens) {
    parsed_ += bytes;
    tokens_ += tokens;
    if (parsed_ > limits_.parsed_total) return limit_reached("parsed_total");
    if (tokens_ > limits_.tokens_total) return limit_reached("tokens_total");
    return {};
}

Result<IndirectObject> Document::read_object_at(std::uint64_t offset) {
    if (offset >= file_.size()) return damaged("object offset out of range", offset);
    SJCODE_CHECK(charge(0, 0));
    Lexer lexer(file_, offset, limits_);
    auto object = read_object(lexer);
    // Objects may lie within one another, and a file may name the same bytes as a million objects: what is read is
    // counted, whether an object came of it or not.
    const auto data = object && object->stream ? object->stream->size() : 0;
    SJCODE_CHECK(charge(lexer.position() - offset - data, lexer.tokens()));
    return object;
}

Result<IndirectObject> Document::read_object(Lexer& lexer) {
    const auto offset = lexer.position();
    const auto number = lexer.unsigned_integer(limits_.object_number);
    lexer.skip_space();
    const auto generation = lexer.unsigned_integer(65'535);
    lexer.skip_space();
    if (!number || !generation || !lexer.keyword("obj")) return damaged("object expected", offset);
    IndirectObject object;
    object.id = {static_cast<std::uint32_t>(*number), static_cast<std::uint32_t>(*generation)};
    SJCODE_TRY(object.value, lexer.object());
    lexer.skip_space();
    if (lexer.keyword("stream")) {
        if (object.dictionary() == nullptr)
            return damaged_object("stream without a dictionary", offset, object.id.number);
        // 7.3.8.1: an end of line of CR LF or LF; a CR alone would leave the first byte in doubt.
        if (lexer.peek() == std::uint8_t{'\r'} && lexer.peek(1) == std::uint8_t{'\n'}) {
            lexer.advance(2);
        } else if (lexer.peek() == std::uint8_t{'\n'}) {
            lexer.advance(1);
        } else {
            return damaged_object("line end after stream", lexer.position(), object.id.number);
        }
        const auto* length = object.dictionary()->find("Length");
        if (length == nullptr) return damaged_object("stream without /Length", offset, object.id.number);
        SJCODE_TRY(const auto size, stream_length(*length, offset));
        const auto begin = lexer.position();
        if (size > file_.size() - begin) return damaged_object("/Length beyond the file", offset, object.id.number);
        object.stream = Span{begin, begin + size};
        lexer.advance(size);
        while (lexer.peek() && is_white(*lexer.peek())) lexer.advance(1);
        if (!lexer.keyword("endstream"))
            return damaged_object("endstream is not where /Length says", lexer.position(), object.id.number);
        lexer.skip_space();
    }
    if (!lexer.keyword("endobj")) return damaged_object("endobj missing", lexer.position(), object.id.number);
    object.span = {offset, lexer.position()};
    return object;
}

Result<std::uint64_t> Document::stream_length(const Object& length, std::uint64_t offset) {
    std::optional<std::int64_t> value = length.integer();
    if (const auto* reference = length.as<Reference>()) {
        // While the sections themselves are read there is no index to look a reference up in.
        if (entries_.empty()) return damaged("indirect /Length of a cross-reference stream", offset);
        const Nesting nesting(loading_);
        if (nesting.too_deep()) return damaged("objects that need one another", offset);
        SJCODE_TRY(const auto object, this->object(*reference));
        value = object->value.integer();
    }
    if (!value || *value < 0) return damaged("/Length", offset);
    return static_cast<std::uint64_t>(*value);
}

Result<ObjectPointer> Document::load_from_object_stream(const CrossReferenceEntry& entry) {
    const auto container = static_cast<std::uint32_t>(entry.offset_or_container);
    SJCODE_TRY(const auto stream, object_stream(container));
    const auto index = entry.generation_or_index;
    if (index >= stream->objects.size() || stream->objects[index].first != entry.number)
        return damaged_object("object stream without the object", 0, entry.number);
    SJCODE_CHECK(charge(0, 0));
    Lexer lexer(stream->data, stream->objects[index].second, limits_);
    IndirectObject object;
    object.id = {entry.number, 0};
    auto value = lexer.object();
    SJCODE_CHECK(charge(lexer.position() - stream->objects[index].second, lexer.tokens()));
    SJCODE_TRY(object.value, std::move(value));
    object.span = stream->span;
    object.container = container;
    return ObjectPointer(std::make_shared<const IndirectObject>(std::move(object)));
}

Result<std::shared_ptr<const Document::ObjectStream>> Document::object_stream(std::uint32_t number) {
    if (const auto found = object_streams_.find(number); found != object_streams_.end()) return found->second;
    const auto* where = entry(number);
    // 7.5.7: an object stream is never itself inside one, and has generation 0.
    if (where == nullptr || where->type != CrossReferenceEntry::Type::at_offset || where->generation_or_index != 0)
        return damaged_object("object stream missing", 0, number);
    SJCODE_TRY(const auto object, this->object({number, 0}));
    const auto* dictionary = object->dictionary();
    if (dictionary == nullptr || !object->stream || dictionary->find("Type") == nullptr ||
        !dictionary->find("Type")->is_name("ObjStm"))
        return damaged_object("object stream expected", object->span.begin, number);
    SJCODE_TRY(const auto count_object, get(*dictionary, "N"));
    SJCODE_TRY(const auto first_object, get(*dictionary, "First"));
    const auto count = count_object->value.integer();
    const auto first = first_object->value.integer();
    auto stream = std::make_shared<ObjectStream>();
    stream->span = object->span;
    SJCODE_TRY(stream->data, decode(*object));
    if (!count || !first || *count < 0 || *first < 0 || static_cast<std::uint64_t>(*first) > stream->data.size() ||
        static_cast<std::uint64_t>(*count) > stream->data.size())
        return damaged_object("object stream", object->span.begin, number);
    if (*count > std::int64_t{limits_.objects}) return limit_reached("objects");
    Lexer lexer(stream->data, 0, limits_);
    for (std::int64_t i = 0; i < *count; ++i) {
        lexer.skip_space();
        const auto inner = lexer.unsigned_integer(limits_.object_number);
        lexer.skip_space();
        const auto offset = lexer.unsigned_integer(stream->data.size());
        if (!inner || !offset || static_cast<std::uint64_t>(*first) + *offset > stream->data.size() ||
            lexer.position() > static_cast<std::uint64_t>(*first))
            return damaged_object("object stream", object->span.begin, number);
        stream->objects.emplace_back(static_cast<std::uint32_t>(*inner), static_cast<std::uint64_t>(*first) + *offset);
    }
    if (cached_object_stream_bytes_ > limits_.cached_object_streams) {
        object_streams_.clear();
        cached_object_stream_bytes_ = 0;
    }
    cached_object_stream_bytes_ += stream->data.size();
    object_streams_.emplace(number, stream);
    return std::shared_ptr<const ObjectStream>(std::move(stream));
}

Result<std::vector<std::uint32_t>> Document::objects_in_stream(std::uint32_t number) {
    SJCODE_TRY(const auto stream, object_stream(number));
    std::vector<std::uint32_t> numbers;
    for (const auto& [inner, offset] : stream->objects) numbers.push_back(inner);
    return numbers;
}

Result<ObjectPointer> Document::resolve(const Object& object) {
    const auto* reference = object.as<Reference>();
    if (reference == nullptr) {
        IndirectObject direct;
        direct.value = object;
        return ObjectPointer(std::make_shared<const IndirectObject>(std::move(direct)));
    }
    SJCODE_TRY(auto pointer, this->object(*reference));
    for (int step = 0; pointer->value.as<Reference>() != nullptr; ++step) {
        if (step == 16) return damaged_object("chain of references", pointer->span.begin, reference->number);
        SJCODE_TRY(pointer, this->object(*pointer->value.as<Reference>()));
    }
    return pointer;
}

Result<SharedObject> Document::resolve(const SharedObject& object) {
    if (object->as<Reference>() == nullptr) return object;
    SJCODE_TRY(auto pointer, resolve(*object));
    const auto* value = &pointer->value;
    return SharedObject(std::move(pointer), value);
}

Result<ObjectPointer> Document::get(const Dictionary& dictionary, std::string_view key) {
    const auto* value = dictionary.find(key);
    return resolve(value == nullptr ? Object() : *value);
}

ByteView Document::raw(const IndirectObject& stream) const {
    if (!stream.stream) return {};
    return file_.subspan(static_cast<std::size_t>(stream.stream->begin),
                         static_cast<std::size_t>(stream.stream->size()));
}

Result<Bytes> Document::decode(const IndirectObject& stream, std::uint64_t limit) {
    const auto* dictionary = stream.dictionary();
    if (dictionary == nullptr || !stream.stream)
        return damaged_object("stream expected", stream.span.begin, stream.id.number);
    if (dictionary->contains("F")) return fail("pdf.filter", {{"filter", "external file"}});
    SJCODE_TRY(const auto filter_object, get(*dictionary, "Filter"));
    SJCODE_TRY(const auto parameter_object, get(*dictionary, "DecodeParms"));
    Array filters;
    Array parameters;
    if (filter_object->value.as<Name>() != nullptr) {
        filters.push_back(filter_object->value);
        parameters.push_back(parameter_object->value);
    } else if (const auto* array = filter_object->value.as<Array>()) {
        filters = *array;
        if (const auto* list = parameter_object->value.as<Array>()) parameters = *list;
    } else if (!filter_object->value.is_null()) {
        return damaged_object("/Filter", stream.span.begin, stream.id.number);
    }
    if (filters.size() > 8) return limit_reached("filters");
    parameters.resize(filters.size());
    const auto view = raw(stream);
    Bytes data;
    for (std::size_t i = 0; i < filters.size(); ++i) {
        SJCODE_TRY(const auto filter, resolve(filters[i]));
        SJCODE_TRY(const auto parameter, resolve(parameters[i]));
        const auto* name = filter->value.as<Name>();
        if (name == nullptr) return damaged_object("/Filter", stream.span.begin, stream.id.number);
        auto decoded = decode_filter(name->value, parameter->dictionary(), i == 0 ? view : ByteView(data), limit);
        if (!decoded) {
            auto error = std::move(decoded).error();
            error.object = stream.id.number;
            error.offset = stream.span.begin;
            return Unexpected(std::move(error));
        }
        data = *std::move(decoded);
        decoded_ += data.size();
        if (decoded_ > limits_.decoded_total) return limit_reached("decoded_total");
    }
    if (filters.empty()) {
        if (view.size() > limit) return limit_reached("decoded_stream");
        decoded_ += view.size();
        if (decoded_ > limits_.decoded_total) return limit_reached("decoded_total");
        data.assign(view.begin(), view.end());
    }
    return data;
}

Result<ObjectPointer> Document::catalog() {
    const auto* root = trailer().find("Root");
    if (root == nullptr || root->as<Reference>() == nullptr) return damaged("/Root missing", sections_.front().offset);
    SJCODE_TRY(auto catalog, resolve(*root));
    if (catalog->dictionary() == nullptr) return damaged("catalog missing", sections_.front().offset);
    return catalog;
}

}  // namespace sjcode::pdf
