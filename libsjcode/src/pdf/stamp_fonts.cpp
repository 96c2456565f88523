#include "pdf/stamp_fonts.h"

#include "base/try.h"
#include "base/unicode.h"
#include "pdf/document.h"
#include "pdf/filters.h"
#include "pdf/glyph_set.h"
#include "pdf/lexer.h"
#include "pdf/page_tree.h"
#include "pdf/podofo_lock.h"

#include <podofo/podofo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

namespace sjcode::pdf {

namespace {

/// The characters of the code number: with all of them in it, one subset serves every report of a host.
constexpr std::u32string_view number_characters = U"-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Each character once, ascending.
struct Alphabets {
    std::u32string chinese;
    std::u32string latin;
    friend bool operator==(const Alphabets&, const Alphabets&) = default;
};

Alphabets alphabets_of(const std::vector<StampLayout>& layouts) {
    std::set<char32_t> chinese;
    std::set<char32_t> latin(number_characters.begin(), number_characters.end());
    for (const auto& layout : layouts)
        for (const auto& run : layout.texts)
            (run.face == Face::chinese ? chinese : latin).insert(run.text.begin(), run.text.end());
    return {{chinese.begin(), chinese.end()}, {latin.begin(), latin.end()}};
}

/// Draws both alphabets with PoDoFo, the Chinese one first, and returns the PDF that it writes: the subsets and the
/// glyph codes are in it.
Result<Bytes> draw_with_podofo(const StampFonts& fonts, const Alphabets& alphabets) {
    const std::lock_guard lock(podofo_mutex());
    std::string file;
    try {
        PoDoFo::PdfError::EnableLogging(false);
        PoDoFo::PdfMemDocument document;
        auto* page = document.CreatePage(PoDoFo::PdfRect(0, 0, 600, 600));
        const auto embed = [&](const char* name, const std::string& path) {
            file = path;
            // Belongs to the font, once there is one.
            auto encoding = std::make_unique<PoDoFo::PdfIdentityEncoding>(0, 0xffff, true);
            auto* font = document.CreateFontSubset(name, false, false, false, encoding.get(), path.c_str());
            if (font != nullptr) static_cast<void>(encoding.release());
            return font;
        };
        // Before the page is begun: PoDoFo never frees the stream of one that is not finished.
        auto* chinese = embed("SjcodeChinese", fonts.chinese);
        auto* latin = chinese == nullptr ? nullptr : embed("SjcodeLatin", fonts.latin);
        if (latin == nullptr) return fail("font.unusable", {{"file", file}, {"reason", "TrueType"}});
        PoDoFo::PdfPainter painter;
        painter.SetPage(page);
        const auto draw = [&](PoDoFo::PdfFont* font, const std::u32string& characters) {
            painter.SetFont(font);
            const auto text = unicode::encode(characters);
            painter.DrawText(0, 0, PoDoFo::PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str())));
        };
        draw(chinese, alphabets.chinese);
        draw(latin, alphabets.latin);
        painter.FinishPage();
        PoDoFo::PdfRefCountedBuffer buffer;
        PoDoFo::PdfOutputDevice output(&buffer);
        document.Write(&output);
        const auto* begin = reinterpret_cast<const std::uint8_t*>(buffer.GetBuffer());
        return Bytes(begin, begin + buffer.GetSize());
    } catch (const PoDoFo::PdfError& error) {
        return fail("font.unusable", {{"file", file}, {"reason", PoDoFo::PdfError::ErrorName(error.GetError())}});
    }
}

Result<EmbeddedFont> extract_font(Document& document, const Dictionary& type0) {
    EmbeddedFont font;
    SJCODE_TRY(const auto descendants, document.get(type0, "DescendantFonts"));
    const auto* list = descendants->value.as<Array>();
    if (list == nullptr || list->size() != 1) return damaged("font", 0);
    SJCODE_TRY(const auto cid_font, document.resolve(list->front()));
    if (cid_font->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto widths, document.get(*cid_font->dictionary(), "W"));
    SJCODE_TRY(const auto descriptor, document.get(*cid_font->dictionary(), "FontDescriptor"));
    SJCODE_TRY(const auto unicode_map, document.get(type0, "ToUnicode"));
    if (widths->value.as<Array>() == nullptr || descriptor->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto font_file, document.get(*descriptor->dictionary(), "FontFile2"));
    SJCODE_TRY(const auto program, document.decode(*font_file));
    SJCODE_TRY(const auto to_unicode, document.decode(*unicode_map));
    const auto* name = type0.find("BaseFont") == nullptr ? nullptr : type0.find("BaseFont")->as<Name>();
    if (name == nullptr) return damaged("font", 0);
    font.base_font = name->value;
    font.widths = *widths->value.as<Array>();
    for (const auto key : descriptor_keys)
        if (const auto* value = descriptor->dictionary()->find(key); value != nullptr && is_plain(*value))
            font.descriptor.append(std::string(key), *value);
    font.font_file = deflate(program);
    font.font_file_length = static_cast<std::int64_t>(program.size());
    font.to_unicode = deflate(to_unicode);
    SJCODE_TRY(const auto glyphs, glyph_set(program));
    font.cid_set = deflate(glyphs);
    return font;
}

/// The text strings of PoDoFo's page in the order of drawing, and the font resource of each.
struct DrawnTexts {
    std::vector<std::string> strings;
    std::vector<std::string> fonts;
};

Result<DrawnTexts> read_texts(ByteView content) {
    const Limits limits;
    Lexer lexer(content, 0, limits);
    DrawnTexts texts;
    std::string font;
    Object last;
    Object before_last;
    for (;;) {
        lexer.skip_space();
        const auto c = lexer.peek();
        if (!c) return texts;
        const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        if (!letter) {
            before_last = std::move(last);
            SJCODE_TRY(last, lexer.object(false));
            continue;
        }
        const auto word = lexer.word();
        if (word == "Tf" && before_last.as<Name>() != nullptr) font = before_last.as<Name>()->value;
        if (word == "Tj" && last.as<String>() != nullptr) {
            texts.strings.push_back(last.as<String>()->value);
            texts.fonts.push_back(font);
        }
    }
}

using GlyphCodes = std::map<char32_t, std::string>;

/// The typefaces reduced to an alphabet each, and the code of each character there.
struct Subsets {
    EmbeddedFont chinese;
    EmbeddedFont latin;
    GlyphCodes chinese_codes;
    GlyphCodes latin_codes;
};

Result<GlyphCodes> glyph_codes(const std::u32string& alphabet, const std::string& codes, const std::string& file) {
    if (codes.size() != 2 * alphabet.size()) return fail("font.unusable", {{"file", file}, {"reason", "codes"}});
    GlyphCodes found;
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        auto code = codes.substr(2 * i, 2);
        if (code == std::string(2, '\0'))
            return fail("font.glyph", {{"character", unicode::encode(alphabet.substr(i, 1))}});
        found.emplace(alphabet[i], std::move(code));
    }
    return found;
}

Result<Subsets> make_subsets(const StampFonts& fonts, const Alphabets& alphabets) {
    SJCODE_TRY(const auto pdf, draw_with_podofo(fonts, alphabets));
    SJCODE_TRY(auto document, Document::open(pdf));
    SJCODE_TRY(const auto pages, read_pages(document));
    const auto& page = pages.front();
    SJCODE_TRY(const auto contents, document.get(*page.object->dictionary(), "Contents"));
    SJCODE_TRY(const auto content, document.decode(*contents));
    SJCODE_TRY(const auto texts, read_texts(content));
    if (texts.strings.size() != 2) return fail("font.unusable", {{"file", fonts.latin}, {"reason", "texts"}});
    SJCODE_TRY(const auto resources, document.resolve(*page.resources));
    if (resources->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto font_resources, document.get(*resources->dictionary(), "Font"));
    if (font_resources->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto chinese_font, document.get(*font_resources->dictionary(), texts.fonts[0]));
    SJCODE_TRY(const auto latin_font, document.get(*font_resources->dictionary(), texts.fonts[1]));
    if (chinese_font->dictionary() == nullptr || latin_font->dictionary() == nullptr) return damaged("font", 0);
    Subsets subsets;
    SJCODE_TRY(subsets.chinese_codes, glyph_codes(alphabets.chinese, texts.strings[0], fonts.chinese));
    SJCODE_TRY(subsets.latin_codes, glyph_codes(alphabets.latin, texts.strings[1], fonts.latin));
    SJCODE_TRY(subsets.chinese, extract_font(document, *chinese_font->dictionary()));
    SJCODE_TRY(subsets.latin, extract_font(document, *latin_font->dictionary()));
    return subsets;
}

/// A font file as it was when it was read: another one in its place must not be answered from memory.
using FileState = std::tuple<std::string, dev_t, ino_t, off_t, std::time_t, long>;

Result<FileState> file_state(const std::string& path) {
    struct stat status {};
    if (::access(path.c_str(), R_OK) != 0 || ::stat(path.c_str(), &status) != 0)
        return fail("font.missing", {{"file", path}});
    return FileState{path, status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

/// The last subsets made. Making one takes longer than all the rest of a stamp, and the next report of an institution
/// needs the same.
class SubsetCache {
public:
    struct Key {
        FileState chinese;
        FileState latin;
        Alphabets alphabets;
        friend bool operator==(const Key&, const Key&) = default;
    };

    std::shared_ptr<const Subsets> find(const Key& key) {
        const std::lock_guard lock(mutex_);
        const auto found =
            std::find_if(entries_.begin(), entries_.end(), [&](const auto& e) { return e.first == key; });
        if (found == entries_.end()) return nullptr;
        std::rotate(entries_.begin(), found, found + 1);
        return entries_.front().second;
    }
    void keep(Key key, std::shared_ptr<const Subsets> subsets) {
        const std::lock_guard lock(mutex_);
        entries_.emplace(entries_.begin(), std::move(key), std::move(subsets));
        if (entries_.size() > most_entries) entries_.pop_back();
    }

private:
    static constexpr std::size_t most_entries = 8;
    std::mutex mutex_;
    std::vector<std::pair<Key, std::shared_ptr<const Subsets>>> entries_;  ///< the last used first
};

}  // namespace

Result<StampFontSubsets> make_font_subsets(const StampFonts& fonts, const std::vector<StampLayout>& layouts) {
    static SubsetCache cache;
    SJCODE_TRY(auto chinese_file, file_state(fonts.chinese));
    SJCODE_TRY(auto latin_file, file_state(fonts.latin));
    SubsetCache::Key key{std::move(chinese_file), std::move(latin_file), alphabets_of(layouts)};
    auto subsets = cache.find(key);
    if (!subsets) {
        SJCODE_TRY(auto made, make_subsets(fonts, key.alphabets));
        subsets = std::make_shared<const Subsets>(std::move(made));
        cache.keep(std::move(key), subsets);
    }
    StampFontSubsets result{subsets->chinese, subsets->latin, {}};
    for (const auto& layout : layouts) {
        Glyphs glyphs;
        for (const auto& run : layout.texts) {
            const auto& codes = run.face == Face::chinese ? subsets->chinese_codes : subsets->latin_codes;
            std::string text;
            for (const auto character : run.text) text += codes.at(character);
            glyphs.push_back(std::move(text));
        }
        result.glyphs.push_back(std::move(glyphs));
    }
    return result;
}

}  // namespace sjcode::pdf
