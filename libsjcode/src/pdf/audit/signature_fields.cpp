#include "pdf/audit/signature_fields.h"

#include "base/try.h"
#include "base/unicode.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

namespace sjcode::pdf {
namespace {

constexpr std::size_t most_fields = 100'000;
constexpr std::size_t longest_name = 1'024;

/// A node of the field tree that is still to be visited, with what it inherits (table 226).
struct Node {
    ObjectPointer object;
    Reference id;
    std::string name;
    bool is_signature = false;
    SharedObject value;
    std::uint32_t depth = 0;
};

class FieldTree {
public:
    explicit FieldTree(Document& document) : document_(document) {}

    Result<std::vector<SignatureField>> read(const Dictionary& form) {
        SJCODE_TRY(const auto roots, document_.get(form, "Fields"));
        SJCODE_CHECK(push_all(*roots, Node{}));
        while (!open_.empty()) {
            auto node = std::move(open_.back());
            open_.pop_back();
            SJCODE_CHECK(visit(std::move(node)));
        }
        return std::move(found_);
    }

private:
    /// The elements of a list of fields, so that the first is taken from the stack first.
    Result<void> push_all(const IndirectObject& list, const Node& parent) {
        const auto* array = list.value.as<Array>();
        if (array == nullptr) return {};
        if (open_.size() + array->size() > most_fields) return limit_reached("form_fields");
        const auto first = static_cast<std::ptrdiff_t>(open_.size());
        for (const auto& element : *array) {
            Node node{{}, {}, parent.name, parent.is_signature, parent.value, parent.depth + 1};
            if (const auto* reference = element.as<Reference>()) {
                node.id = *reference;
                if (!seen_.insert(reference->number).second) continue;
            }
            auto object = document_.resolve(element);
            if (!object && object.error().code == "pdf.limit") return Unexpected(std::move(object).error());
            // A field that cannot be read has no name to tell; whoever walks the document finds it unreadable.
            if (!object || (*object)->dictionary() == nullptr) continue;
            node.object = *std::move(object);
            open_.push_back(std::move(node));
        }
        std::reverse(open_.begin() + first, open_.end());
        return {};
    }

    Result<void> visit(Node node) {
        if (node.depth > document_.limits().depth) return limit_reached("depth");
        if (++visited_ > most_fields) return limit_reached("form_fields");
        const auto& dictionary = *node.object->dictionary();
        // In an encrypted file the name is no text to show.
        auto name = document_.get(dictionary, "T");
        if (!document_.encrypted() && name && (*name)->value.as<String>() != nullptr) {
            if (!node.name.empty()) node.name += '.';
            node.name += text_of_string((*name)->value.as<String>()->value);
            if (node.name.size() > longest_name) return limit_reached("form_fields");
        }
        if (auto type = document_.get(dictionary, "FT"); type && !(*type)->value.is_null())
            node.is_signature = (*type)->value.is_name("Sig");
        if (const auto* value = dictionary.find("V")) node.value = SharedObject(node.object, value);
        auto kids = document_.get(dictionary, "Kids");
        if (kids && has_fields(**kids)) return push_all(**kids, node);
        if (node.is_signature) found_.push_back(make_field(node));
        return {};
    }

    /// Kids with a /T are fields; those without are the field's own widgets.
    bool has_fields(const IndirectObject& kids) {
        const auto* array = kids.value.as<Array>();
        if (array == nullptr) return false;
        return std::any_of(array->begin(), array->end(), [&](const Object& kid) {
            const auto object = document_.resolve(kid);
            return object && (*object)->dictionary() != nullptr && (*object)->dictionary()->contains("T");
        });
    }

    SignatureField make_field(const Node& node) {
        SignatureField field;
        // A field without a name is told by its object.
        field.name = node.name.empty() ? "#" + std::to_string(node.id.number) : node.name;
        field.id = node.id;
        field.field = node.object;
        if (!node.value) return field;
        field.is_signed = true;
        if (const auto* reference = node.value->as<Reference>()) field.value = *reference;
        if (auto signature = document_.resolve(*node.value)) {
            // A reference to nothing is no value (7.3.10).
            if ((*signature)->value.is_null()) field.is_signed = false;
            if ((*signature)->dictionary() != nullptr) field.signature = *std::move(signature);
        }
        return field;
    }

    Document& document_;
    std::vector<Node> open_;
    std::vector<SignatureField> found_;
    std::unordered_set<std::uint32_t> seen_;
    std::size_t visited_ = 0;
};

/// Signatures that only /Perms names: usage rights, or a certification whose field is gone.
Result<void> add_permissions(Document& document, const Dictionary& catalog, std::vector<SignatureField>& fields) {
    SJCODE_TRY(const auto permissions, document.get(catalog, "Perms"));
    if (permissions->dictionary() == nullptr) return {};
    for (const auto* const key : {"DocMDP", "UR3", "UR"}) {
        const auto* value = permissions->dictionary()->find(key);
        if (value == nullptr) continue;
        const auto* reference = value->as<Reference>();
        const auto known = std::any_of(fields.begin(), fields.end(), [&](const SignatureField& field) {
            return reference != nullptr && field.value == *reference;
        });
        if (known) continue;
        SignatureField field;
        field.name = key;
        field.is_signed = true;
        field.usage_rights = std::string_view(key) != "DocMDP";
        if (reference != nullptr) field.value = *reference;
        if (auto signature = document.resolve(*value); signature && (*signature)->dictionary() != nullptr)
            field.signature = *std::move(signature);
        fields.push_back(std::move(field));
    }
    return {};
}

Result<void> read_lock(Document& document, const Dictionary& lock, Reservation& reservation) {
    SJCODE_TRY(const auto action, document.get(lock, "Action"));
    const auto* name = action->value.as<Name>();
    if (name == nullptr) return {};
    reservation.locks = true;
    reservation.all_but = name->value != "Include";
    SJCODE_TRY(const auto fields, document.get(lock, "Fields"));
    const auto* list = fields->value.as<Array>();
    if (list == nullptr || name->value == "All") return {};
    for (const auto& element : *list) {
        SJCODE_TRY(const auto field, document.resolve(element));
        if (const auto* text = field->value.as<String>()) reservation.fields.push_back(text_of_string(text->value));
    }
    return {};
}

Result<void> read_transform(Document& document, const Dictionary& reference, Reservation& reservation) {
    SJCODE_TRY(const auto method, document.get(reference, "TransformMethod"));
    SJCODE_TRY(const auto parameters, document.get(reference, "TransformParams"));
    if (method->value.is_name("DocMDP")) {
        reservation.certifies = true;
        if (parameters->dictionary() == nullptr) return {};
        SJCODE_TRY(const auto permission, document.get(*parameters->dictionary(), "P"));
        if (!permission->value.is_null()) reservation.permission = permission->value.integer().value_or(0);
    } else if (method->value.is_name("FieldMDP") && parameters->dictionary() != nullptr) {
        SJCODE_CHECK(read_lock(document, *parameters->dictionary(), reservation));
    }
    return {};
}

std::string utf8_of_utf16(std::string_view bytes, bool little_endian) {
    std::u32string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto unit = [&](std::size_t at) {
            const auto a = static_cast<std::uint8_t>(bytes[at]);
            const auto b = static_cast<std::uint8_t>(bytes[at + 1]);
            return static_cast<char32_t>(little_endian ? b << 8 | a : a << 8 | b);
        };
        auto c = unit(i);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
            const auto low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        text.push_back(c >= 0xD800 && c < 0xE000 ? U'\uFFFD' : c);
    }
    return unicode::encode(text);
}

}  // namespace

std::string text_of_string(const std::string& value) {
    const std::string_view text = value;
    if (text.starts_with("\xFE\xFF")) return utf8_of_utf16(text.substr(2), false);
    if (text.starts_with("\xFF\xFE")) return utf8_of_utf16(text.substr(2), true);
    if (text.starts_with("\xEF\xBB\xBF") && unicode::is_utf8(text.substr(3))) return value.substr(3);
    std::u32string latin;
    for (const char c : text) latin.push_back(static_cast<std::uint8_t>(c));
    return unicode::encode(latin);
}

Result<std::vector<SignatureField>> find_signature_fields(Document& document) {
    SJCODE_TRY(const auto catalog, document.catalog());
    SJCODE_TRY(const auto form, document.get(*catalog->dictionary(), "AcroForm"));
    std::vector<SignatureField> fields;
    if (form->dictionary() != nullptr) {
        SJCODE_TRY(fields, FieldTree(document).read(*form->dictionary()));
    }
    SJCODE_CHECK(add_permissions(document, *catalog->dictionary(), fields));
    return fields;
}

Result<Reservation> read_reservation(Document& document, const SignatureField& field) {
    Reservation reservation;
    if (field.signature != nullptr) {
        SJCODE_TRY(const auto references, document.get(*field.signature->dictionary(), "Reference"));
        if (const auto* list = references->value.as<Array>())
            for (const auto& element : *list) {
                SJCODE_TRY(const auto reference, document.resolve(element));
                if (reference->dictionary() != nullptr)
                    SJCODE_CHECK(read_transform(document, *reference->dictionary(), reservation));
            }
    }
    if (field.field != nullptr && field.is_signed && !reservation.locks) {
        SJCODE_TRY(const auto lock, document.get(*field.field->dictionary(), "Lock"));
        if (lock->dictionary() != nullptr) SJCODE_CHECK(read_lock(document, *lock->dictionary(), reservation));
    }
    return reservation;
}

}  // namespace sjcode::pdf
