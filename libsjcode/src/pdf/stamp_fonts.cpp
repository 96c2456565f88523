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
#include <unistd.h>

#include <mutex>

namespace sjcode::pdf {

namespace {

/// Draws every text with PoDoFo and returns the PDF that it writes: the subsets and the glyph codes are in it.
Result<Bytes> draw_with_podofo(const StampFonts& fonts, const std::vector<StampLayout>& layouts) {
    const std::lock_guard lock(podofo_mutex());
    std::string file;
    try {
        PoDoFo::PdfError::EnableLogging(false);
        PoDoFo::PdfMemDocument document;
        auto* page = document.CreatePage(PoDoFo::PdfRect(0, 0, 600, 600));
        const auto embed = [&](const char* name, const std::string& path) {
            file = path;
            auto* font = document.CreateFontSubset(name, false, false, false,
                                                   new PoDoFo::PdfIdentityEncoding(0, 0xffff, true), path.c_str());
            return font;
        };
        auto* chinese = embed("SjcodeChinese", fonts.chinese);
        auto* latin = embed("SjcodeLatin", fonts.latin);
        if (chinese == nullptr || latin == nullptr)
            return fail("font.unusable",
                        {{"file", chinese == nullptr ? fonts.chinese : fonts.latin}, {"reason", "TrueType"}});
        PoDoFo::PdfPainter painter;
        painter.SetPage(page);
        for (const auto& layout : layouts)
            for (const auto& run : layout.texts) {
                auto* font = run.face == Face::chinese ? chinese : latin;
                font->SetFontSize(static_cast<float>(run.size));
                painter.SetFont(font);
                const auto text = unicode::encode(run.text);
                painter.DrawText(0, 0, PoDoFo::PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str())));
            }
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

/// The text strings of PoDoFo's page in the order of drawing, and which resource each face has.
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

}  // namespace

Result<StampFontSubsets> make_font_subsets(const StampFonts& fonts, const std::vector<StampLayout>& layouts) {
    for (const auto& path : {fonts.chinese, fonts.latin})
        if (::access(path.c_str(), R_OK) != 0) return fail("font.missing", {{"file", path}});
    SJCODE_TRY(const auto pdf, draw_with_podofo(fonts, layouts));
    SJCODE_TRY(auto document, Document::open(pdf));
    SJCODE_TRY(const auto pages, read_pages(document));
    SJCODE_TRY(const auto contents, document.get(*pages.front().object->dictionary(), "Contents"));
    SJCODE_TRY(const auto content, document.decode(*contents));
    SJCODE_TRY(const auto texts, read_texts(content));

    StampFontSubsets subsets;
    std::string chinese;
    std::string latin;
    std::size_t next = 0;
    for (const auto& layout : layouts) {
        Glyphs glyphs;
        for (const auto& run : layout.texts) {
            if (next >= texts.strings.size())
                return fail("font.unusable", {{"file", fonts.latin}, {"reason", "texts"}});
            const auto& codes = texts.strings[next];
            if (codes.size() != 2 * run.text.size())
                return fail("font.unusable", {{"file", fonts.latin}, {"reason", "codes"}});
            for (std::size_t i = 0; i < run.text.size(); ++i)
                if (codes[2 * i] == 0 && codes[2 * i + 1] == 0)
                    return fail("font.glyph", {{"character", unicode::encode(run.text.substr(i, 1))}});
            (run.face == Face::chinese ? chinese : latin) = texts.fonts[next];
            glyphs.push_back(codes);
            ++next;
        }
        subsets.glyphs.push_back(std::move(glyphs));
    }
    SJCODE_TRY(const auto resources, document.resolve(*pages.front().resources));
    if (resources->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto font_resources, document.get(*resources->dictionary(), "Font"));
    if (font_resources->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(const auto chinese_font, document.get(*font_resources->dictionary(), chinese));
    SJCODE_TRY(const auto latin_font, document.get(*font_resources->dictionary(), latin));
    if (chinese_font->dictionary() == nullptr || latin_font->dictionary() == nullptr) return damaged("font", 0);
    SJCODE_TRY(subsets.chinese, extract_font(document, *chinese_font->dictionary()));
    SJCODE_TRY(subsets.latin, extract_font(document, *latin_font->dictionary()));
    return subsets;
}

}  // namespace sjcode::pdf
