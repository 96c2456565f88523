#include "pdf/paper.h"

#include "base/civil_time.h"
#include "base/unicode.h"
#include "pdf/podofo_lock.h"

#include <podofo/podofo.h>
#include <unistd.h>

#include <array>
#include <map>
#include <mutex>
#include <utility>

namespace sjcode {

ReceiptFonts ReceiptFonts::installed() {
    return {"/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"};
}

namespace pdf {
namespace {

constexpr std::array faces = {PaperFace::chinese, PaperFace::latin, PaperFace::digits};
/// PoDoFo's two-byte encoding reaches no further.
constexpr char32_t last_character = 0xFFFF;
/// How much of the size a stroke adds to each side of a letter to make it bold: none of the typefaces has a bold one.
constexpr double bold_stroke = 0.03;

PoDoFo::PdfString podofo_text(const std::string& text) {
    return PoDoFo::PdfString(reinterpret_cast<const PoDoFo::pdf_utf8*>(text.c_str()));
}

/// "D:20260903140509+08'00'" (ISO 32000-2, 7.9.4).
std::string pdf_date(UnixTime time) {
    std::string digits;
    for (const char c : chinese_time_text(time).substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return "D:" + digits + "+08'00'";
}

class PodofoPaper final : public Paper {
public:
    Result<void> load(const ReceiptFonts& fonts) {
        std::size_t next = 0;
        for (const auto* path : {&fonts.chinese, &fonts.latin, &fonts.digits}) {
            if (::access(path->c_str(), R_OK) != 0) return fail("font.missing", {{"file", *path}});
            const auto name = "SjcodeReceipt" + std::to_string(next);
            try {
                // Belongs to the font, once there is one.
                auto encoding = std::make_unique<PoDoFo::PdfIdentityEncoding>(0, 0xffff, true);
                auto* font =
                    document_.CreateFontSubset(name.c_str(), false, false, false, encoding.get(), path->c_str());
                if (font == nullptr) return fail("font.unusable", {{"file", *path}, {"reason", "TrueType"}});
                static_cast<void>(encoding.release());
                fonts_.at(next++) = font;
            } catch (const PoDoFo::PdfError& error) {
                return fail("font.unusable",
                            {{"file", *path}, {"reason", PoDoFo::PdfError::ErrorName(error.GetError())}});
            }
        }
        return {};
    }

    [[nodiscard]] bool has(PaperFace face, char32_t character) const override {
        return character <= last_character &&
               font(face)->GetFontMetrics()->GetGlyphId(static_cast<long>(character)) > 0;
    }

    [[nodiscard]] double advance(PaperFace face, char32_t character) const override {
        const auto key = std::pair(face, character);
        if (const auto known = advances_.find(key); known != advances_.end()) return known->second;
        font(face)->SetFontSize(1000);
        const auto code = static_cast<unsigned short>(character);
        return advances_[key] = font(face)->GetFontMetrics()->UnicodeCharWidth(code) / 1000;
    }

    [[nodiscard]] Result<Bytes> draw(const std::vector<PaperPage>& pages, const PaperDescription& about) override {
        try {
            for (const auto& page : pages) draw_page(page);
            describe(about);
            PoDoFo::PdfRefCountedBuffer buffer;
            PoDoFo::PdfOutputDevice output(&buffer);
            document_.Write(&output);
            const auto* begin = reinterpret_cast<const std::uint8_t*>(buffer.GetBuffer());
            return Bytes(begin, begin + buffer.GetSize());
        } catch (const PoDoFo::PdfError& error) {
            return fail("font.unusable", {{"file", ""}, {"reason", PoDoFo::PdfError::ErrorName(error.GetError())}});
        }
    }

private:
    [[nodiscard]] PoDoFo::PdfFont* font(PaperFace face) const { return fonts_.at(static_cast<std::size_t>(face)); }

    void draw_page(const PaperPage& page) {
        PoDoFo::PdfPainter painter;
        painter.SetPage(document_.CreatePage(PoDoFo::PdfRect(0, 0, page.width, page.height)));
        for (const auto& shape : page.shapes) draw_shape(painter, shape);
        for (const auto& text : page.texts) {
            font(text.face)->SetFontSize(static_cast<float>(text.size));
            painter.SetFont(font(text.face));
            const auto [red, green, blue] = text.colour;
            // PoDoFo writes the way of drawing letters only when it is another than filling: it is restored instead.
            if (text.bold) painter.Save();
            painter.SetColor(red, green, blue);
            if (text.bold) {
                painter.SetStrokingColor(red, green, blue);
                painter.SetStrokeWidth(bold_stroke * text.size);
                painter.SetTextRenderingMode(PoDoFo::ePdfTextRenderingMode_FillAndStroke);
            }
            painter.DrawText(text.x, text.y, podofo_text(unicode::encode(text.text)));
            if (text.bold) {
                painter.Restore();
                painter.SetTextRenderingMode(PoDoFo::ePdfTextRenderingMode_Fill);
            }
        }
        painter.FinishPage();
    }

    static void draw_shape(PoDoFo::PdfPainter& painter, const PaperShape& shape) {
        if (shape.points.size() < 2) return;
        if (shape.fill) painter.SetColor(shape.fill->red, shape.fill->green, shape.fill->blue);
        if (shape.stroke) {
            painter.SetStrokingColor(shape.stroke->red, shape.stroke->green, shape.stroke->blue);
            painter.SetStrokeWidth(shape.stroke_width);
        }
        painter.MoveTo(shape.points.front().x, shape.points.front().y);
        for (std::size_t i = 1; i < shape.points.size(); ++i) painter.LineTo(shape.points[i].x, shape.points[i].y);
        if (shape.closed) painter.ClosePath();
        if (shape.fill && shape.stroke)
            painter.FillAndStroke();
        else if (shape.fill)
            painter.Fill();
        else
            painter.Stroke();
    }

    void describe(const PaperDescription& about) {
        auto* info = document_.GetInfo();
        info->SetTitle(podofo_text(about.title));
        info->SetCreator(podofo_text(about.software));
        // PoDoFo has put in the time of its own clock.
        const auto date = pdf_date(about.made);
        for (const char* key : {"CreationDate", "ModDate"})
            info->GetObject()->GetDictionary().AddKey(key, PoDoFo::PdfString(date.c_str()));
        auto& catalog = document_.GetCatalog()->GetDictionary();
        catalog.AddKey("Lang", podofo_text(about.language));
        PoDoFo::PdfDictionary preferences;
        preferences.AddKey("DisplayDocTitle", PoDoFo::PdfVariant(true));
        catalog.AddKey("ViewerPreferences", preferences);
    }

    std::lock_guard<std::mutex> lock_{podofo_mutex()};
    PoDoFo::PdfMemDocument document_;
    std::array<PoDoFo::PdfFont*, faces.size()> fonts_{};  // belong to the document
    mutable std::map<std::pair<PaperFace, char32_t>, double> advances_;
};

}  // namespace

Result<std::unique_ptr<Paper>> Paper::open(const ReceiptFonts& fonts) {
    PoDoFo::PdfError::EnableLogging(false);
    auto paper = std::make_unique<PodofoPaper>();
    if (auto loaded = paper->load(fonts); !loaded) return Unexpected(Error(loaded.error()));
    return std::unique_ptr<Paper>(std::move(paper));
}

}  // namespace pdf
}  // namespace sjcode
