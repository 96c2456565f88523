#include "pdf/countersign_revision.h"

#include "base/try.h"
#include "pdf/signed_revision.h"

#include <algorithm>

namespace sjcode::pdf {
namespace {

NewObject signature_dictionary(std::uint32_t number, const SealSignature& signature, const ByteRange& range) {
    Dictionary dictionary;
    dictionary.append("Type", Name{"Sig"});
    dictionary.append("Contents", String{std::string(as_text(signature.contents))});
    dictionary.append("ByteRange", byte_range_array(range));
    dictionary.append("Filter", Name{"Adobe.PPKLite"});
    dictionary.append("SubFilter", Name{signature.sub_filter});
    dictionary.append("M", String{date_string(signature.signed_at)});
    return {number, std::move(dictionary), {}};
}

/// Index of the field that the newest revision writes anew; past the end where it writes none.
std::size_t signed_field(const SealedState& before, const Document& after) {
    const auto& entries = after.sections().front().entries;
    const auto found = std::find_if(before.fields.begin(), before.fields.end(), [&](const CountersignField& field) {
        return std::any_of(entries.begin(), entries.end(),
                           [&](const auto& entry) { return entry.number == field.object.number; });
    });
    return static_cast<std::size_t>(found - before.fields.begin());
}

}  // namespace

Result<AppendedRevision> write_countersign_revision(const SealedState& before, const CountersignRevision& revision) {
    const auto first = before.base.next_object_number;
    if (revision.field >= before.fields.size() || before.fields[revision.field].is_signed)
        return Unexpected(Error{"revision.shape", {{"object", std::to_string(first)}}, {}, {}, first});
    AppendedRevision written;
    written.next = before;
    auto& next = *written.next;
    auto& field = next.fields[revision.field];
    field.is_signed = true;
    field.object.dictionary.append("V", Object(Reference{first, 0}));
    const auto& signature = revision.signature;
    const auto objects = [&](const ByteRange& range) {
        return std::vector<NewObject>{{field.object.number, field.object.dictionary, {}},
                                      signature_dictionary(first, signature, range)};
    };
    SJCODE_TRY(auto done, write_signed_revision(before.base, first, contents_offset(first), signature.contents.size(),
                                                later_identifier(before.base), objects));
    written.bytes = std::move(done.revision.bytes);
    written.gap = done.gap;
    next.base = std::move(done.revision.next);
    next.signatures.push_back({SealedSignatureKind::countersignature, field.name, signature.sub_filter,
                               signature.contents, done.gap, next.base.size, signature.signed_at});
    return written;
}

bool is_countersign_revision(const SealedState& before, const Document& after) {
    return signed_field(before, after) < before.fields.size();
}

Result<CountersignRevision> read_countersign_revision(const SealedState& before, Document& after) {
    SJCODE_TRY(auto signature, read_signature(after, before.base.next_object_number));
    return CountersignRevision{signed_field(before, after), std::move(signature)};
}

}  // namespace sjcode::pdf
