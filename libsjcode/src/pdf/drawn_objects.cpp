#include "pdf/drawn_objects.h"

#include "base/try.h"
#include "pdf/characters.h"
#include "pdf/lexer.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

namespace sjcode::pdf {
namespace {

/// Names that a content stream draws with `Do`. Content of others is read leniently: a byte that begins nothing is
/// passed over, since viewers do the same.
std::set<std::string> drawn_names(ByteView content, const Limits& limits) {
    std::set<std::string> names;
    Lexer lexer(content, 0, limits);
    std::string last_name;
    while (!lexer.at_end()) {
        lexer.skip_space();
        const auto c = lexer.peek();
        if (!c) break;
        const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '\'' || *c == '"';
        if (!letter) {
            const auto begin = lexer.position();
            const auto operand = lexer.object(false);
            if (!operand) {
                // A string without an end takes all that follows, and trying again behind it would take forever.
                if (*c == '(') break;
                lexer.seek(begin + 1);
            } else if (const auto* name = operand->as<Name>()) {
                last_name = name->value;
            }
            continue;
        }
        const auto word = lexer.word();
        if (word == "Do") names.insert(last_name);
        if (word == "ID") {
            // An inline image's data ends with EI between white space (8.9.7).
            const auto rest = as_text(content.subspan(static_cast<std::size_t>(lexer.position())));
            std::size_t at = 0;
            while ((at = rest.find("EI", at)) != std::string_view::npos) {
                const bool before = at > 0 && is_white(static_cast<std::uint8_t>(rest[at - 1]));
                const bool after = at + 2 >= rest.size() || is_white(static_cast<std::uint8_t>(rest[at + 2]));
                if (before && after) break;
                ++at;
            }
            if (at == std::string_view::npos) break;
            lexer.advance(at + 2);
        }
    }
    return names;
}

/// Page contents: one stream or several, which count as one.
Result<Bytes> page_content(Document& document, const Dictionary& page) {
    SJCODE_TRY(const auto contents, document.get(page, "Contents"));
    Bytes all;
    Array streams;
    if (const auto* array = contents->value.as<Array>()) {
        streams = *array;
    } else if (contents->stream) {
        return document.decode(*contents);
    }
    for (const auto& element : streams) {
        SJCODE_TRY(const auto stream, document.resolve(element));
        if (!stream->stream) continue;
        SJCODE_TRY(const auto bytes, document.decode(*stream));
        all.insert(all.end(), bytes.begin(), bytes.end());
        all.push_back('\n');
        if (all.size() > document.limits().decoded_stream) return limit_reached("decoded_stream");
    }
    return all;
}

Result<bool> is_page_sized(Document& document, const IndirectObject& object, const Page& page) {
    const auto* dictionary = object.dictionary();
    if (dictionary == nullptr || !object.stream) return false;
    SJCODE_TRY(const auto subtype, document.get(*dictionary, "Subtype"));
    if (subtype->value.is_name("Form")) {
        const auto* value = dictionary->find("BBox");
        if (value == nullptr) return false;
        auto box = read_box(document, *value);
        if (!box) return false;
        return *box && (*box)->width() >= 0.5 * page.crop.width() && (*box)->height() >= 0.5 * page.crop.height();
    }
    if (subtype->value.is_name("Image")) {
        SJCODE_TRY(const auto width, document.get(*dictionary, "Width"));
        SJCODE_TRY(const auto height, document.get(*dictionary, "Height"));
        const auto w = width->value.integer().value_or(0);
        const auto h = height->value.integer().value_or(0);
        // At 72 dots an inch, the coarsest that anybody would take for a page.
        return static_cast<double>(w) >= 0.5 * page.crop.width() && static_cast<double>(h) >= 0.5 * page.crop.height();
    }
    return false;
}

struct Source {
    Bytes content;
    SharedObject resources;
};

class Search {
public:
    explicit Search(Document& document) : document_(document) {}

    Result<void> page(const Page& page) {
        SJCODE_TRY(const auto resources, document_.resolve(page.resources));
        return collect(resources, page);
    }

    /// Follows what the page draws, only while something is left to be found.
    Result<void> draw(const Page& page) {
        if (candidates_.empty()) return {};
        SJCODE_TRY(const auto resources, document_.resolve(page.resources));
        auto content = page_content(document_, *page.object->dictionary());
        // Content that cannot be read strictly draws who knows what; then nothing is said about what it leaves out.
        if (!content) {
            candidates_.clear();
            return {};
        }
        std::vector<Source> open{{*std::move(content), resources}};
        SJCODE_CHECK(annotations(page, open));
        while (!open.empty()) {
            auto source = std::move(open.back());
            open.pop_back();
            SJCODE_CHECK(follow(source, page, open));
        }
        return {};
    }

    [[nodiscard]] std::vector<std::uint32_t> left() const { return {candidates_.begin(), candidates_.end()}; }

private:
    /// The value of a key without a copy: resources are shared by many pages.
    Result<SharedObject> get(const SharedObject& object, std::string_view key) {
        const auto* dictionary = object->as<Dictionary>();
        const auto* value = dictionary == nullptr ? nullptr : dictionary->find(key);
        if (value == nullptr) return none_;
        return document_.resolve(SharedObject(object, value));
    }

    /// Candidates named by resources, and by those of the forms that they name, whatever draws these.
    Result<void> collect(const SharedObject& from, const Page& page) {
        std::vector<SharedObject> open{from};
        while (!open.empty()) {
            const auto resources = std::move(open.back());
            open.pop_back();
            // The document and the pages keep them all alive, so that no address comes again.
            if (!collected_.insert(resources.get()).second) continue;
            SJCODE_TRY(const auto objects, get(resources, "XObject"));
            const auto* list = objects->as<Dictionary>();
            if (list == nullptr) continue;
            for (const auto& [name, value] : list->entries()) {
                const auto* reference = value.as<Reference>();
                if (reference == nullptr || drawn_.contains(reference->number)) continue;
                SJCODE_TRY(const auto object, document_.resolve(value));
                SJCODE_TRY(const bool large, is_page_sized(document_, *object, page));
                if (large) candidates_.insert(reference->number);
                if (!object->stream) continue;
                SJCODE_TRY(auto inner, get(SharedObject(object, &object->value), "Resources"));
                open.push_back(std::move(inner));
            }
        }
        return {};
    }

    Result<void> form(const Object& value, const SharedObject& inherited, const Page& page, std::vector<Source>& open) {
        if (const auto* reference = value.as<Reference>()) {
            candidates_.erase(reference->number);
            if (!drawn_.insert(reference->number).second) return {};
        }
        SJCODE_TRY(const auto object, document_.resolve(value));
        const auto* dictionary = object->dictionary();
        if (dictionary == nullptr || !object->stream) return {};
        SJCODE_TRY(const auto subtype, document_.get(*dictionary, "Subtype"));
        if (!subtype->value.is_name("Form")) return {};
        auto content = document_.decode(*object);
        if (!content) return {};
        SJCODE_TRY(auto own, get(SharedObject(object, &object->value), "Resources"));
        auto resources = own->is_null() ? inherited : own;
        SJCODE_CHECK(collect(resources, page));
        open.push_back({*std::move(content), std::move(resources)});
        return {};
    }

    Result<void> follow(const Source& source, const Page& page, std::vector<Source>& open) {
        SJCODE_TRY(const auto objects, get(source.resources, "XObject"));
        const auto* list = objects->as<Dictionary>();
        if (list == nullptr) return {};
        const auto names = drawn_names(source.content, document_.limits());
        for (const auto& [name, value] : list->entries())
            if (names.contains(name)) SJCODE_CHECK(form(value, source.resources, page, open));
        return {};
    }

    Result<void> annotations(const Page& page, std::vector<Source>& open) {
        SJCODE_TRY(const auto list, document_.get(*page.object->dictionary(), "Annots"));
        const auto* array = list->value.as<Array>();
        if (array == nullptr) return {};
        for (const auto& element : *array) {
            SJCODE_TRY(const auto annotation, document_.resolve(element));
            if (annotation->dictionary() == nullptr) continue;
            SJCODE_TRY(const auto appearance, document_.get(*annotation->dictionary(), "AP"));
            if (appearance->dictionary() == nullptr) continue;
            for (const auto& [key, value] : appearance->dictionary()->entries()) {
                SJCODE_TRY(const auto state, document_.resolve(value));
                if (state->stream) {
                    SJCODE_CHECK(form(value, none_, page, open));
                } else if (const auto* states = state->dictionary()) {
                    for (const auto& [name, choice] : states->entries()) SJCODE_CHECK(form(choice, none_, page, open));
                }
            }
        }
        return {};
    }

    Document& document_;
    std::set<std::uint32_t> candidates_;
    std::unordered_set<std::uint32_t> drawn_;
    std::unordered_set<const Object*> collected_;
    SharedObject none_ = std::make_shared<const Object>();
};

}  // namespace

Result<std::vector<std::uint32_t>> undrawn_page_sized_objects(Document& document, const std::vector<Page>& pages) {
    Search search(document);
    for (const auto& page : pages) SJCODE_CHECK(search.page(page));
    for (const auto& page : pages) SJCODE_CHECK(search.draw(page));
    return search.left();
}

}  // namespace sjcode::pdf
