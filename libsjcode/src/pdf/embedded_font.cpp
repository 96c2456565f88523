#include "pdf/embedded_font.h"

#include "base/try.h"

namespace sjcode::pdf {

const std::array<std::string_view, 9> descriptor_keys = {"Flags",     "FontBBox", "ItalicAngle", "Ascent", "Descent",
                                                         "CapHeight", "StemV",    "FontWeight",  "XHeight"};

namespace {

Unexpected wrong_shape(std::uint32_t number) {
    return Unexpected(Error{"revision.shape", {{"object", std::to_string(number)}}, {}, {}, number});
}

bool is_plain_within(const Object& object, int depth) {
    if (object.as<Number>() != nullptr || object.as<Name>() != nullptr) return true;
    const auto* array = object.as<Array>();
    if (array == nullptr || depth == 0) return false;
    for (const auto& element : *array)
        if (!is_plain_within(element, depth - 1)) return false;
    return true;
}

Object reference(std::uint32_t number) {
    return Object(Reference{number, 0});
}

}  // namespace

bool is_plain(const Object& object) {
    return is_plain_within(object, 2);
}

std::vector<NewObject> font_objects(const EmbeddedFont& font, std::uint32_t first) {
    Dictionary composite;
    composite.append("Type", Name{"Font"});
    composite.append("Subtype", Name{"Type0"});
    composite.append("BaseFont", Name{font.base_font});
    composite.append("Encoding", Name{"Identity-H"});
    composite.append("DescendantFonts", Array{reference(first + 1)});
    composite.append("ToUnicode", reference(first + 4));

    Dictionary system;
    system.append("Registry", String{"Adobe"});
    system.append("Ordering", String{"Identity"});
    system.append("Supplement", Object::integer(0));
    Dictionary descendant;
    descendant.append("Type", Name{"Font"});
    descendant.append("Subtype", Name{"CIDFontType2"});
    descendant.append("BaseFont", Name{font.base_font});
    descendant.append("CIDSystemInfo", std::move(system));
    descendant.append("CIDToGIDMap", Name{"Identity"});
    descendant.append("FontDescriptor", reference(first + 2));
    descendant.append("W", font.widths);

    Dictionary descriptor;
    descriptor.append("Type", Name{"FontDescriptor"});
    descriptor.append("FontName", Name{font.base_font});
    for (const auto& [key, value] : font.descriptor.entries()) descriptor.append(key, value);
    descriptor.append("FontFile2", reference(first + 3));
    descriptor.append("CIDSet", reference(first + 5));

    Dictionary program;
    program.append("Length", Object::integer(static_cast<std::int64_t>(font.font_file.size())));
    program.append("Length1", Object::integer(font.font_file_length));
    program.append("Filter", Name{"FlateDecode"});
    const auto compressed = [](const Bytes& data) {
        Dictionary dictionary;
        dictionary.append("Length", Object::integer(static_cast<std::int64_t>(data.size())));
        dictionary.append("Filter", Name{"FlateDecode"});
        return dictionary;
    };

    std::vector<NewObject> objects;
    objects.push_back({first, std::move(composite), {}});
    objects.push_back({first + 1, std::move(descendant), {}});
    objects.push_back({first + 2, std::move(descriptor), {}});
    objects.push_back({first + 3, std::move(program), font.font_file});
    objects.push_back({first + 4, compressed(font.to_unicode), font.to_unicode});
    objects.push_back({first + 5, compressed(font.cid_set), font.cid_set});
    return objects;
}

Result<EmbeddedFont> read_font_objects(Document& document, std::uint32_t first) {
    std::vector<ObjectPointer> objects;
    for (std::uint32_t i = 0; i < font_object_count; ++i) {
        SJCODE_TRY(auto object, document.object({first + i, 0}));
        if (object->dictionary() == nullptr || object->stream.has_value() != (i >= 3)) return wrong_shape(first + i);
        objects.push_back(std::move(object));
    }
    EmbeddedFont font;
    const auto* name = objects[0]->dictionary()->find("BaseFont");
    const auto* widths = objects[1]->dictionary()->find("W");
    const auto* length = objects[3]->dictionary()->find("Length1");
    if (name == nullptr || name->as<Name>() == nullptr || widths == nullptr || widths->as<Array>() == nullptr ||
        !is_plain(*widths) || length == nullptr || !length->integer())
        return wrong_shape(first);
    font.base_font = name->as<Name>()->value;
    font.widths = *widths->as<Array>();
    font.font_file_length = *length->integer();
    for (const auto key : descriptor_keys)
        if (const auto* value = objects[2]->dictionary()->find(key)) {
            if (!is_plain(*value)) return wrong_shape(first + 2);
            font.descriptor.append(std::string(key), *value);
        }
    const auto program = document.raw(*objects[3]);
    const auto to_unicode = document.raw(*objects[4]);
    font.font_file.assign(program.begin(), program.end());
    font.to_unicode.assign(to_unicode.begin(), to_unicode.end());
    const auto cid_set = document.raw(*objects[5]);
    font.cid_set.assign(cid_set.begin(), cid_set.end());
    return font;
}

}  // namespace sjcode::pdf
