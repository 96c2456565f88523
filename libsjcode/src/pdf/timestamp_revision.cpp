#include "pdf/timestamp_revision.h"

#include "base/try.h"
#include "pdf/signature_field.h"
#include "pdf/signed_revision.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

constexpr std::string_view timestamp_sub_filter = "ETSI.RFC3161";

// Signature dictionary, field (with its widget), the widget's appearance.
constexpr std::uint32_t field_offset = 1;
constexpr std::uint32_t appearance_offset = 2;

NewObject signature_dictionary(std::uint32_t number, const Bytes& contents, const ByteRange& range) {
    Dictionary dictionary;
    dictionary.append("Type", Name{"DocTimeStamp"});
    dictionary.append("Contents", String{std::string(as_text(contents))});
    dictionary.append("ByteRange", byte_range_array(range));
    dictionary.append("Filter", Name{"Adobe.PPKLite"});
    dictionary.append("SubFilter", Name{std::string(timestamp_sub_filter)});
    return {number, std::move(dictionary), {}};
}

std::uint64_t contents_place(std::uint32_t number) {
    return std::to_string(number).size() + std::string_view(" 0 obj\n<</Type/DocTimeStamp/Contents").size();
}

/// The dictionary with one more reference at the end of a direct array of it.
Dictionary with_reference(Dictionary dictionary, const char* key, std::uint32_t number) {
    Array list;
    if (const auto* value = dictionary.find(key); value != nullptr && value->as<Array>() != nullptr)
        list = *value->as<Array>();
    list.emplace_back(Reference{number, 0});
    dictionary.set(key, std::move(list));
    return dictionary;
}

}  // namespace

Result<AppendedRevision> write_timestamp_revision(const SealedState& before, Bytes contents) {
    const auto first = before.base.next_object_number;
    AppendedRevision written;
    written.next = before;
    auto& next = *written.next;
    next.timestamps += 1;
    const auto name = std::string(timestamp_field_prefix) + std::to_string(next.timestamps);
    next.page.dictionary = with_reference(std::move(next.page.dictionary), "Annots", first + field_offset);
    next.form.dictionary = with_reference(std::move(next.form.dictionary), "Fields", first + field_offset);
    const auto objects = [&](const ByteRange& range) {
        return std::vector<NewObject>{
            {next.page.number, next.page.dictionary, {}},
            {next.form.number, next.form.dictionary, {}},
            signature_dictionary(first, contents, range),
            {first + field_offset,
             signature_widget(name, Reference{before.page.number, 0}, first, first + appearance_offset),
             {}},
            empty_appearance(first + appearance_offset),
        };
    };
    SJCODE_TRY(auto done, write_signed_revision(before.base, first, contents_place(first), contents.size(),
                                                later_identifier(before.base), objects));
    written.bytes = std::move(done.revision.bytes);
    written.gap = done.gap;
    next.base = std::move(done.revision.next);
    next.signatures.push_back({SealedSignatureKind::timestamp,
                               name,
                               std::string(timestamp_sub_filter),
                               std::move(contents),
                               done.gap,
                               next.base.size,
                               {}});
    return written;
}

bool is_timestamp_revision(const SealedState& before, const Document& after) {
    const auto& entries = after.sections().front().entries;
    return std::any_of(entries.begin(), entries.end(),
                       [&](const auto& entry) { return entry.number == before.page.number; });
}

Result<Bytes> read_timestamp_revision(const SealedState& before, Document& after) {
    const auto number = before.base.next_object_number;
    SJCODE_TRY(const auto object, after.object({number, 0}));
    const auto* dictionary = object->dictionary();
    const auto* contents = dictionary == nullptr ? nullptr : dictionary->find("Contents");
    if (contents == nullptr || contents->as<String>() == nullptr)
        return Unexpected(Error{"revision.shape", {{"object", std::to_string(number)}}, {}, {}, number});
    const auto& bytes = contents->as<String>()->value;
    return Bytes(bytes.begin(), bytes.end());
}

}  // namespace sjcode::pdf
