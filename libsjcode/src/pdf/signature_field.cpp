#include "pdf/signature_field.h"

#include "base/civil_time.h"
#include "base/try.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace sjcode::pdf {
namespace {

constexpr int widget_flags = 132;         // Print, Locked (ISO 32000-2, table 167)
constexpr int signatures_and_append = 3;  // /SigFlags (table 225): signatures exist, append only
constexpr int signing_permitted = 2;      // DocMDP /P: filling in of forms, and signing
constexpr std::int64_t china_offset = 28'800;
constexpr std::int64_t day_seconds = 86'400;

Object reference(std::uint32_t number) {
    return Object(Reference{number, 0});
}

Result<void> check_name_is_free(Document& base, const Array& fields) {
    for (const auto& item : fields) {
        SJCODE_TRY(const auto object, base.resolve(item));
        const auto* dictionary = object->dictionary();
        if (dictionary == nullptr) continue;
        SJCODE_TRY(const auto name, base.get(*dictionary, "T"));
        const auto* text = name->value.as<String>();
        if (text == nullptr) continue;
        for (const auto ours : {seal_field_name, timestamp_field_prefix, countersign_field_prefix})
            if (text->value.starts_with(ours)) return damaged("field " + std::string(ours), object->span.begin);
    }
    return {};
}

/// The base's interactive form, or a new one, with the field behind those that are there.
Result<NewObject> form(Document& base, std::uint32_t first, std::uint32_t countersign) {
    SJCODE_TRY(const auto catalog, base.catalog());
    SJCODE_TRY(const auto present, base.get(*catalog->dictionary(), "AcroForm"));
    Dictionary dictionary;
    Array fields;
    if (const auto* old = present->dictionary()) {
        if (old->has_duplicates()) return damaged("form with a key twice", present->span.begin);
        dictionary = *old;
        SJCODE_TRY(const auto list, base.get(dictionary, "Fields"));
        if (const auto* array = list->value.as<Array>())
            fields = *array;
        else if (!list->value.is_null())
            return damaged("/Fields", present->span.begin);
        SJCODE_CHECK(check_name_is_free(base, fields));
    } else if (!present->value.is_null()) {
        return damaged("/AcroForm", catalog->span.begin);
    }
    fields.push_back(reference(signature_field_number(first)));
    for (std::uint32_t i = 0; i < countersign; ++i) fields.push_back(reference(countersign_field_number(first, i)));
    dictionary.set("Fields", std::move(fields));
    dictionary.set("SigFlags", Object::integer(signatures_and_append));
    return NewObject{first + 3, std::move(dictionary), {}};
}

/// A number of `size` digits at `at`.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t size) {
    int value = 0;
    const auto* begin = text.data() + at;
    if (at + size > text.size() || *begin < '0' || *begin > '9') return std::nullopt;
    const auto [end, error] = std::from_chars(begin, begin + size, value);
    if (error != std::errc() || end != begin + size) return std::nullopt;
    return value;
}

}  // namespace

Dictionary signature_widget(std::string_view name, Reference page, std::uint32_t value, std::uint32_t appearance) {
    Dictionary looks;
    looks.append("N", reference(appearance));
    const auto zero = Object::integer(0);
    Dictionary dictionary;
    dictionary.append("Type", Name{"Annot"});
    dictionary.append("Subtype", Name{"Widget"});
    dictionary.append("FT", Name{"Sig"});
    dictionary.append("T", String{std::string(name)});
    if (value != 0) dictionary.append("V", reference(value));
    dictionary.append("Rect", Array{zero, zero, zero, zero});
    dictionary.append("F", Object::integer(widget_flags));
    dictionary.append("P", Object(page));
    dictionary.append("AP", std::move(looks));
    return dictionary;
}

NewObject empty_appearance(std::uint32_t number) {
    const auto zero = Object::integer(0);
    Dictionary dictionary;
    dictionary.append("Type", Name{"XObject"});
    dictionary.append("Subtype", Name{"Form"});
    dictionary.append("BBox", Array{zero, zero, zero, zero});
    dictionary.append("Length", zero);
    return {number, std::move(dictionary), Bytes()};
}

std::uint64_t contents_offset(std::uint32_t number) {
    return std::to_string(number).size() + std::string_view(" 0 obj\n<</Type/Sig/Contents").size();
}

NewObject seal_dictionary(const SealSignature& signature, std::uint32_t number,
                          const std::array<std::uint64_t, 4>& byte_range) {
    Dictionary parameters;
    parameters.append("Type", Name{"TransformParams"});
    parameters.append("P", Object::integer(signing_permitted));
    parameters.append("V", Name{"1.2"});
    Dictionary certification;
    certification.append("Type", Name{"SigRef"});
    certification.append("TransformMethod", Name{"DocMDP"});
    certification.append("TransformParams", std::move(parameters));
    Array range;
    for (const auto value : byte_range) range.push_back(Object::integer(static_cast<std::int64_t>(value)));
    Dictionary dictionary;
    dictionary.append("Type", Name{"Sig"});
    dictionary.append("Contents", String{std::string(as_text(signature.contents))});
    dictionary.append("ByteRange", std::move(range));
    dictionary.append("Filter", Name{"Adobe.PPKLite"});
    dictionary.append("SubFilter", Name{signature.sub_filter});
    dictionary.append("M", String{date_string(signature.signed_at)});
    dictionary.append("Reference", Array{std::move(certification)});
    return {number, std::move(dictionary), {}};
}

Result<std::vector<NewObject>> signature_objects(Document& base, const SealSignature& signature, std::uint32_t first,
                                                 Reference page, std::uint32_t countersign) {
    SJCODE_TRY(auto interactive_form, form(base, first, countersign));
    std::vector<NewObject> objects;
    objects.push_back(seal_dictionary(signature, first, {}));
    objects.push_back({signature_field_number(first), signature_widget(seal_field_name, page, first, first + 2), {}});
    objects.push_back(empty_appearance(first + 2));
    objects.push_back(std::move(interactive_form));
    for (std::uint32_t i = 0; i < countersign; ++i) {
        const auto name = std::string(countersign_field_prefix) + std::to_string(i + 1);
        objects.push_back({countersign_field_number(first, i), signature_widget(name, page, 0, first + 2), {}});
    }
    return objects;
}

Result<NewObject> certified_catalog(Document& base, std::uint32_t first) {
    SJCODE_TRY(const auto catalog, base.catalog());
    auto dictionary = *catalog->dictionary();
    if (dictionary.has_duplicates()) return damaged("catalog with a key twice", catalog->span.begin);
    if (dictionary.contains("Perms")) return damaged("/Perms without a signature", catalog->span.begin);
    const auto* root = base.trailer().find("Root")->as<Reference>();
    if (root == nullptr || root->generation != 0) return damaged("/Root", catalog->span.begin);
    Dictionary permissions;
    permissions.append("DocMDP", reference(first));
    dictionary.set("AcroForm", reference(first + 3));
    dictionary.set("Perms", std::move(permissions));
    return NewObject{root->number, std::move(dictionary), {}};
}

Result<SealSignature> read_signature(Document& whole, std::uint32_t first) {
    SJCODE_TRY(const auto object, whole.object({first, 0}));
    const auto wrong = [&] {
        return Unexpected(Error{"revision.shape", {{"object", std::to_string(first)}}, {}, {}, first});
    };
    const auto* dictionary = object->dictionary();
    if (dictionary == nullptr || object->stream || object->container != 0) return wrong();
    const auto* contents = dictionary->find("Contents");
    const auto* sub_filter = dictionary->find("SubFilter");
    const auto* time = dictionary->find("M");
    if (contents == nullptr || contents->as<String>() == nullptr || sub_filter == nullptr ||
        sub_filter->as<Name>() == nullptr || time == nullptr || time->as<String>() == nullptr)
        return wrong();
    const auto signed_at = time_of_date_string(time->as<String>()->value);
    if (!signed_at) return wrong();
    const auto& bytes = contents->as<String>()->value;
    return SealSignature{sub_filter->as<Name>()->value, *signed_at, Bytes(bytes.begin(), bytes.end())};
}

std::string date_string(UnixTime time) {
    const auto local = time + china_offset;
    const auto day = chinese_day(time);
    const auto seconds = static_cast<int>(local % day_seconds);
    char text[64];
    std::snprintf(text, sizeof text, "D:%04d%02d%02d%02d%02d%02d+08'00'", day.year, day.month, day.day, seconds / 3600,
                  seconds / 60 % 60, seconds % 60);
    return text;
}

std::optional<UnixTime> time_of_date_string(std::string_view text) {
    if (text.size() != 23 || !text.starts_with("D:")) return std::nullopt;
    const auto year = digits_at(text, 2, 4);
    const auto month = digits_at(text, 6, 2);
    const auto day = digits_at(text, 8, 2);
    const auto hour = digits_at(text, 10, 2);
    const auto minute = digits_at(text, 12, 2);
    const auto second = digits_at(text, 14, 2);
    if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
    const CivilDay date{*year, *month, *day};
    if (!is_valid_day(date)) return std::nullopt;
    const auto time =
        days_from_civil(date) * day_seconds + UnixTime{*hour} * 3600 + UnixTime{*minute} * 60 + *second - china_offset;
    // One form for one time: what is not written as we write it is not ours.
    if (time < 0 || date_string(time) != text) return std::nullopt;
    return time;
}

}  // namespace sjcode::pdf
