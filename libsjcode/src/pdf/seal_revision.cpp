#include "pdf/seal_revision.h"

#include "base/try.h"
#include "base/unicode.h"
#include "pdf/lexer.h"
#include "pdf/revision.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace sjcode::pdf {
namespace {

constexpr std::uint32_t most_countersign_fields = 64;
constexpr int annotation_flags = 708;  // Print, ReadOnly, Locked, LockedContents (ISO 32000-2, table 167)

Unexpected wrong_shape(std::uint32_t number) {
    return Unexpected(Error{"revision.shape", {{"object", std::to_string(number)}}, {}, {}, number});
}

/// Where each object of a seal revision stands, given how many stamps there are.
struct Numbers {
    std::uint32_t first;
    std::uint32_t stamps;
    bool is_signed;
    std::uint32_t countersign;
    [[nodiscard]] std::uint32_t record() const noexcept { return first; }
    [[nodiscard]] std::uint32_t annotation(std::uint32_t i) const noexcept { return first + 1 + 2 * i; }
    [[nodiscard]] std::uint32_t form(std::uint32_t i) const noexcept { return first + 2 + 2 * i; }
    [[nodiscard]] std::uint32_t chinese() const noexcept { return first + 1 + 2 * stamps; }
    [[nodiscard]] std::uint32_t latin() const noexcept { return chinese() + font_object_count; }
    [[nodiscard]] std::uint32_t signature() const noexcept { return latin() + font_object_count; }
    [[nodiscard]] std::uint32_t end() const noexcept {
        return signature() + (is_signed ? signature_object_count + countersign : 0);
    }
};

Object reference(std::uint32_t number) {
    return Object(Reference{number, 0});
}
Object number(double value) {
    return Object(Number{decimal(value)});
}
/// A length as reading it back gives it, so that what is computed from it is the same for writer and verifier.
double as_written(double value) {
    return Number{decimal(value)}.real();
}

/// PDF text string (7.9.2.2): UTF-16BE with its mark.
std::string text_string(std::string_view utf8) {
    std::string out = "\xFE\xFF";
    for (const auto c : unicode::decode(utf8).value_or(std::u32string())) {
        const auto unit = [&](char32_t value) {
            out.push_back(static_cast<char>(value >> 8 & 0xFF));
            out.push_back(static_cast<char>(value & 0xFF));
        };
        if (c > 0xFFFF) {
            unit(0xD800 + ((c - 0x10000) >> 10));
            unit(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            unit(c);
        }
    }
    return out;
}

/// Back to UTF-8; only for characters of the basic plane, which is all that a description has.
std::string text_of(std::string_view text_string) {
    std::u32string text;
    for (std::size_t i = 2; i + 1 < text_string.size(); i += 2)
        text.push_back(static_cast<char32_t>(static_cast<std::uint8_t>(text_string[i]) << 8 |
                                             static_cast<std::uint8_t>(text_string[i + 1])));
    return unicode::encode(text);
}

const Page* find_page(const std::vector<Page>& pages, Reference id) {
    const auto found = std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.id == id; });
    return found == pages.end() ? nullptr : &*found;
}

/// The annotations of stamp `i`: the first page that is stamped shows the signatures' widgets too. The stamp comes
/// last, so that nothing lies over it.
std::vector<std::uint32_t> annotations_of(const Numbers& numbers, std::uint32_t i) {
    std::vector<std::uint32_t> list;
    if (i == 0 && numbers.is_signed) {
        list.push_back(signature_field_number(numbers.signature()));
        for (std::uint32_t k = 0; k < numbers.countersign; ++k)
            list.push_back(countersign_field_number(numbers.signature(), k));
    }
    list.push_back(numbers.annotation(i));
    return list;
}

/// The page's own dictionary, its annotations followed by ours.
Result<Object> page_with_annotations(Document& base, const Page& page, const std::vector<std::uint32_t>& ours) {
    auto dictionary = *page.object->dictionary();
    if (dictionary.has_duplicates()) return damaged("page with a key twice", page.object->span.begin);
    SJCODE_TRY(const auto annotations, base.get(dictionary, "Annots"));
    Array list;
    if (const auto* present = annotations->value.as<Array>()) {
        list = *present;
    } else if (!annotations->value.is_null()) {
        return damaged("/Annots", page.object->span.begin);
    }
    for (const auto annotation : ours) list.push_back(reference(annotation));
    dictionary.set("Annots", std::move(list));
    return Object(std::move(dictionary));
}

/// Turns the stamp upright on a page that is seen rotated (12.5.5, algorithm 8.1).
Array appearance_matrix(int rotate) {
    const auto make = [](int a, int b, int c, int d) {
        Array matrix;
        for (const int value : {a, b, c, d, 0, 0}) matrix.push_back(Object::integer(value));
        return matrix;
    };
    switch (rotate) {
        case 90:
            return make(0, 1, -1, 0);
        case 180:
            return make(-1, 0, 0, -1);
        case 270:
            return make(0, -1, 1, 0);
        default:
            return make(1, 0, 0, 1);
    }
}

NewObject annotation_object(const SealRevision& revision, const Stamp& stamp, const Page& page, std::uint32_t i,
                            const Numbers& numbers) {
    const bool upright = page.rotate % 180 == 0;
    const double left = as_written(stamp.left);
    const double bottom = as_written(stamp.bottom);
    const double width = as_written(upright ? stamp.width : stamp.height) / page.unit;
    const double height = as_written(upright ? stamp.height : stamp.width) / page.unit;
    Dictionary appearance;
    appearance.append("N", reference(numbers.form(i)));
    Dictionary annotation;
    annotation.append("Type", Name{"Annot"});
    annotation.append("Subtype", Name{"Stamp"});
    annotation.append("Rect", Array{number(left), number(bottom), number(left + width), number(bottom + height)});
    annotation.append("F", Object::integer(annotation_flags));
    annotation.append("P", Object(page.id));
    annotation.append("Contents", String{text_string(revision.description)});
    annotation.append("AP", std::move(appearance));
    annotation.append("SJCode", String{std::string(as_text(revision.code))});
    annotation.append("SJRecord", reference(numbers.record()));
    return {numbers.annotation(i), std::move(annotation), {}};
}

NewObject form_object(const Stamp& stamp, const Page& page, std::uint32_t i, const Numbers& numbers) {
    Dictionary fonts;
    fonts.append("Chinese", reference(numbers.chinese()));
    fonts.append("Latin", reference(numbers.latin()));
    // The grey of the drawing is defined where the document has no output intent, too (PDF/A). With another white point
    // some readers tint the white.
    Dictionary grey;
    grey.append("WhitePoint", Array{Object::integer(1), Object::integer(1), Object::integer(1)});
    Dictionary colour_spaces;
    colour_spaces.append("DefaultGray", Array{Name{"CalGray"}, std::move(grey)});
    Dictionary resources;
    resources.append("ColorSpace", std::move(colour_spaces));
    resources.append("Font", std::move(fonts));
    Dictionary form;
    form.append("Type", Name{"XObject"});
    form.append("Subtype", Name{"Form"});
    form.append("BBox", Array{Object::integer(0), Object::integer(0), number(stamp.width), number(stamp.height)});
    form.append("Matrix", appearance_matrix(page.rotate));
    form.append("Resources", std::move(resources));
    form.append("Filter", Name{"FlateDecode"});
    form.append("Length", Object::integer(static_cast<std::int64_t>(stamp.content.size())));
    return {numbers.form(i), std::move(form), stamp.content};
}

NewObject record_object(const Bytes& record, std::uint32_t object_number) {
    Dictionary dictionary;
    dictionary.append("Type", Name{"SJRecord"});
    dictionary.append("Length", Object::integer(static_cast<std::int64_t>(record.size())));
    return {object_number, std::move(dictionary), record};
}

std::string first_half(const Digest& digest) {
    return std::string(as_text(ByteView(digest).first(16)));
}

Result<double> number_at(const Array& array, std::size_t i, std::uint32_t object) {
    const auto* value = i < array.size() ? array[i].as<Number>() : nullptr;
    if (value == nullptr || !std::isfinite(value->real())) return wrong_shape(object);
    return value->real();
}

const Array* array_at(const Dictionary& dictionary, std::string_view key) {
    const auto* value = dictionary.find(key);
    return value == nullptr ? nullptr : value->as<Array>();
}

Result<Stamp> read_stamp(Document& whole, const Numbers& numbers, std::uint32_t i, SealRevision& revision) {
    SJCODE_TRY(const auto annotation, whole.object({numbers.annotation(i), 0}));
    SJCODE_TRY(const auto form, whole.object({numbers.form(i), 0}));
    const auto* dictionary = annotation->dictionary();
    if (dictionary == nullptr || annotation->stream) return wrong_shape(numbers.annotation(i));
    const auto* form_dictionary = form->dictionary();
    if (form_dictionary == nullptr || !form->stream) return wrong_shape(numbers.form(i));
    const auto* code = dictionary->find("SJCode");
    const auto* contents = dictionary->find("Contents");
    const auto* page = dictionary->find("P");
    const auto* rectangle = array_at(*dictionary, "Rect");
    const auto* box = array_at(*form_dictionary, "BBox");
    if (code == nullptr || code->as<String>() == nullptr || contents == nullptr || contents->as<String>() == nullptr ||
        page == nullptr || page->as<Reference>() == nullptr || rectangle == nullptr || box == nullptr)
        return wrong_shape(numbers.annotation(i));
    const auto& bytes = code->as<String>()->value;
    revision.code.assign(bytes.begin(), bytes.end());
    revision.description = text_of(contents->as<String>()->value);
    Stamp stamp;
    stamp.page = *page->as<Reference>();
    SJCODE_TRY(stamp.left, number_at(*rectangle, 0, numbers.annotation(i)));
    SJCODE_TRY(stamp.bottom, number_at(*rectangle, 1, numbers.annotation(i)));
    SJCODE_TRY(stamp.width, number_at(*box, 2, numbers.form(i)));
    SJCODE_TRY(stamp.height, number_at(*box, 3, numbers.form(i)));
    const auto raw = whole.raw(*form);
    stamp.content.assign(raw.begin(), raw.end());
    return stamp;
}

/// Everything but the signature.
Result<std::vector<NewObject>> unsigned_objects(Document& base, const std::vector<Page>& pages,
                                                const SealRevision& revision, const Numbers& numbers) {
    if (revision.stamps.empty()) return wrong_shape(numbers.first);
    std::vector<NewObject> objects;
    objects.push_back(record_object(revision.record, numbers.record()));
    for (std::uint32_t i = 0; i < numbers.stamps; ++i) {
        const auto& stamp = revision.stamps[i];
        const auto* page = find_page(pages, stamp.page);
        if (page == nullptr) return wrong_shape(stamp.page.number);
        SJCODE_TRY(auto changed, page_with_annotations(base, *page, annotations_of(numbers, i)));
        // A page of another generation could not be written in our one form; nobody has made such pages for decades.
        if (page->id.generation != 0) return damaged("page of a generation other than 0", page->object->span.begin);
        objects.push_back({page->id.number, std::move(changed), {}});
        objects.push_back(annotation_object(revision, stamp, *page, i, numbers));
        objects.push_back(form_object(stamp, *page, i, numbers));
    }
    for (auto& object : font_objects(revision.chinese, numbers.chinese())) objects.push_back(std::move(object));
    for (auto& object : font_objects(revision.latin, numbers.latin())) objects.push_back(std::move(object));
    return objects;
}

SealedState sealed_state(RevisionBase base, const SealRevision& revision, const std::vector<NewObject>& objects,
                         const Numbers& numbers, const Span& gap) {
    const auto object = [&](std::uint32_t number) {
        const auto found =
            std::find_if(objects.begin(), objects.end(), [&](const NewObject& one) { return one.number == number; });
        return SealedObject{number, *found->value.as<Dictionary>()};
    };
    SealedState state;
    state.base = std::move(base);
    state.catalog = object(state.base.trailer.find("Root")->as<Reference>()->number);
    state.page = object(revision.stamps.front().page.number);
    state.form = object(signature_form_number(numbers.signature()));
    for (std::uint32_t i = 0; i < numbers.countersign; ++i)
        state.fields.push_back({object(countersign_field_number(numbers.signature(), i)),
                                std::string(countersign_field_prefix) + std::to_string(i + 1), false});
    const auto& signature = *revision.signature;
    state.signatures.push_back({SealedSignatureKind::seal, std::string(seal_field_name), signature.sub_filter,
                                signature.contents, gap, state.base.size, signature.signed_at});
    return state;
}

/// How many stamps the newest revision has and whether it is signed, from which objects it brings: as many new ones as
/// our numbering says, and of those that were there only pages, and the catalog where it is signed.
Result<Numbers> read_numbers(const Document& base, const std::vector<Page>& pages, const Document& whole) {
    const auto& section = whole.sections().front();
    const auto first = base.next_object_number();
    const auto* root = base.trailer().find("Root");
    const auto* catalog = root == nullptr ? nullptr : root->as<Reference>();
    std::uint32_t added = 0;
    std::uint32_t stamps = 0;
    bool is_signed = false;
    for (const auto& entry : section.entries) {
        if (entry.type != CrossReferenceEntry::Type::at_offset || entry.generation_or_index != 0)
            return wrong_shape(entry.number);
        if (entry.number >= first)
            ++added;
        else if (catalog != nullptr && *catalog == Reference{entry.number, 0})
            is_signed = true;
        else if (find_page(pages, {entry.number, 0}) != nullptr)
            ++stamps;
        else
            return wrong_shape(entry.number);
    }
    if (section.kind == CrossReferenceKind::stream && added > 0) --added;
    const auto fixed = 1 + 2 * font_object_count + (is_signed ? signature_object_count : 0);
    // Each stamp stands on a page of its own.
    const auto known = fixed + 2 * stamps;
    if (stamps == 0 || added < known || (added > known && !is_signed) || added - known > most_countersign_fields)
        return wrong_shape(first);
    return Numbers{first, stamps, is_signed, added - known};
}

}  // namespace

Box stamp_rectangle(const Page& page, double x, double y, double width, double height) {
    x /= page.unit;
    y /= page.unit;
    width /= page.unit;
    height /= page.unit;
    const auto& crop = page.crop;
    switch (page.rotate) {
        case 90:
            return {crop.right - y - height, crop.bottom + x, crop.right - y, crop.bottom + x + width};
        case 180:
            return {crop.right - x - width, crop.top - y - height, crop.right - x, crop.top - y};
        case 270:
            return {crop.left + y, crop.top - x - width, crop.left + y + height, crop.top - x};
        default:
            return {crop.left + x, crop.bottom + y, crop.left + x + width, crop.bottom + y + height};
    }
}

Result<AppendedRevision> write_seal_revision(Document& base, const std::vector<Page>& pages,
                                             const SealRevision& revision) {
    const Numbers numbers{base.next_object_number(), static_cast<std::uint32_t>(revision.stamps.size()),
                          revision.signature.has_value(), revision.countersign};
    if (numbers.end() > base.limits().object_number) return limit_reached("object_number");
    const auto identifier =
        next_identifier(base.trailer(), first_half(digest(DigestAlgorithm::sha256, revision.record)),
                        first_half(digest(DigestAlgorithm::sha256, revision.code)));
    SJCODE_TRY(auto objects, unsigned_objects(base, pages, revision, numbers));
    if (!numbers.is_signed) {
        SJCODE_TRY(auto written, write_revision(base, objects, identifier));
        return AppendedRevision{std::move(written.bytes), {}, {}};
    }
    SJCODE_TRY(auto catalog, certified_catalog(base, numbers.signature()));
    objects.push_back(std::move(catalog));
    SJCODE_TRY(auto seal, signature_objects(base, *revision.signature, numbers.signature(),
                                            revision.stamps.front().page, numbers.countersign));
    const auto dictionary = objects.size();
    std::move(seal.begin(), seal.end(), std::back_inserter(objects));
    const auto whole = RevisionBase::of(base);
    // /ByteRange states the length of the file, to which its own digits belong: written again until both agree, which
    // they soon do, since more digits never make it shorter.
    std::array<std::uint64_t, 4> byte_range{};
    for (;;) {
        SJCODE_TRY(auto written, write_revision(whole, objects, identifier));
        const auto found = std::find_if(written.offsets.begin(), written.offsets.end(),
                                        [&](const auto& entry) { return entry.first == numbers.signature(); });
        const auto begin = found->second + contents_offset(numbers.signature());
        const Span gap{begin, begin + gap_size(revision.signature->contents.size())};
        const std::array<std::uint64_t, 4> actual{0, gap.begin, gap.end,
                                                  base.file().size() + written.bytes.size() - gap.end};
        if (actual == byte_range) {
            auto state = sealed_state(std::move(written.next), revision, objects, numbers, gap);
            return AppendedRevision{std::move(written.bytes), gap, std::move(state)};
        }
        byte_range = actual;
        objects[dictionary] = seal_dictionary(*revision.signature, numbers.signature(), byte_range);
    }
}

Result<SealRevision> read_seal_revision(Document& base, const std::vector<Page>& pages, Document& whole) {
    SJCODE_TRY(const auto numbers, read_numbers(base, pages, whole));
    SealRevision revision;
    SJCODE_TRY(const auto record, whole.object({numbers.record(), 0}));
    if (!record->stream) return wrong_shape(numbers.record());
    const auto bytes = whole.raw(*record);
    revision.record.assign(bytes.begin(), bytes.end());
    for (std::uint32_t i = 0; i < numbers.stamps; ++i) {
        SJCODE_TRY(auto stamp, read_stamp(whole, numbers, i, revision));
        // One page at a time, so that rebuilding takes no more memory than what really stands in the file: a hundred
        // thousand pages may share one list of a million annotations.
        const auto* page = find_page(pages, stamp.page);
        if (page == nullptr) return wrong_shape(numbers.annotation(i));
        SJCODE_TRY(const auto expected, page_with_annotations(base, *page, annotations_of(numbers, i)));
        SJCODE_TRY(const auto present, whole.object(stamp.page));
        if (!(present->value == expected)) return wrong_shape(stamp.page.number);
        const auto twice = std::find_if(revision.stamps.begin(), revision.stamps.end(),
                                        [&](const Stamp& other) { return other.page == stamp.page; });
        if (twice != revision.stamps.end()) return wrong_shape(numbers.annotation(i));
        revision.stamps.push_back(std::move(stamp));
    }
    SJCODE_TRY(revision.chinese, read_font_objects(whole, numbers.chinese()));
    SJCODE_TRY(revision.latin, read_font_objects(whole, numbers.latin()));
    if (numbers.is_signed) {
        SJCODE_TRY(auto signature, read_signature(whole, numbers.signature()));
        revision.signature = std::move(signature);
        revision.countersign = numbers.countersign;
    }
    return revision;
}

}  // namespace sjcode::pdf
