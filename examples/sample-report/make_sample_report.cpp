// Writes the sample report of the demo: a fictional appraisal report of eight pages in the usual order, as an office
// program would export it. Nobody in it exists. Its page contents are not compressed, so that the demo can show what an
// edit of one digit in place does.
//
// usage: make_sample_report OUT.pdf

#include <podofo/podofo.h>

#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace PoDoFo;

constexpr double mm = 72.0 / 25.4;
constexpr double page_width = 210 * mm;
constexpr double page_height = 297 * mm;
constexpr double margin = 28 * mm;
constexpr double body_size = 12;
constexpr double line_height = 1.9;
constexpr int page_count = 8;

PdfString to_pdf(std::string_view text) {
    return {reinterpret_cast<const pdf_utf8*>(text.data()), static_cast<pdf_long>(text.size())};
}

/// The characters of an UTF-8 text, each with its bytes.
std::vector<std::string_view> characters(std::string_view text) {
    std::vector<std::string_view> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        found.push_back(text.substr(at, length));
        at += length;
    }
    return found;
}

bool is_ascii(std::string_view character) {
    return character.size() == 1;
}

/// Punctuation that must not begin a line.
bool closes(std::string_view character) {
    static const std::string_view closing[] = {"，", "。", "；", "：", "、", "）", "〕", "》", "％"};
    for (const auto sign : closing) {
        if (character == sign) return true;
    }
    return false;
}

enum class Align { left, middle, right };

/// Sets text from the top of a page down: Chinese in one font, the ASCII between it in another.
class Typesetter {
public:
    explicit Typesetter(PdfMemDocument& document)
        : document_(document),
          chinese_(document.CreateFontSubset("Droid Sans Fallback", false, false, false,
                                             PdfEncodingFactory::GlobalIdentityEncodingInstance(),
                                             SAMPLE_CHINESE_FONT)),
          latin_(document.CreateFontSubset("DejaVu Sans", false, false, false,
                                           PdfEncodingFactory::GlobalWinAnsiEncodingInstance(), SAMPLE_LATIN_FONT)) {}

    void begin_page() {
        page_ = document_.CreatePage(PdfRect(0, 0, page_width, page_height));
        painter_.SetPage(page_);
        ++number_;
        y_ = page_height - margin;
        if (number_ == 1) return;
        const double below = y_;
        y_ = page_height - 18 * mm;
        line("共 " + std::to_string(page_count) + " 页　第 " + std::to_string(number_) + " 页", 9, Align::right);
        y_ = below;
    }

    void end_page() {
        painter_.FinishPage();
        // Written as they are: the painter would compress them.
        auto* stream = page_->GetContents()->GetStream();
        char* bytes = nullptr;
        pdf_long length = 0;
        stream->GetFilteredCopy(&bytes, &length);
        stream->Set(bytes, length, TVecFilters());
        podofo_free(bytes);
    }

    void space(double millimetres) { y_ -= millimetres * mm; }

    void line(const std::string& text, double size, Align align = Align::left) {
        const double width = text_width(characters(text), size);
        const double free = page_width - 2 * margin - width;
        draw(characters(text), margin + (align == Align::left ? 0 : align == Align::middle ? free / 2 : free), size);
    }

    void heading(const std::string& text) {
        space(3);
        line(text, 14);
        space(1);
    }

    /// A paragraph, its first line set in by two characters.
    void paragraph(const std::string& text) {
        double width = page_width - 2 * margin - 2 * body_size;
        double x = margin + 2 * body_size;
        std::vector<std::string_view> row;
        for (const auto character : characters(text)) {
            auto longer = row;
            longer.push_back(character);
            if (text_width(longer, body_size) > width && !closes(character)) {
                // A number is not torn apart.
                std::vector<std::string_view> next;
                while (is_ascii(character) && !row.empty() && is_ascii(row.back())) {
                    next.insert(next.begin(), row.back());
                    row.pop_back();
                }
                draw(row, x, body_size);
                x = margin;
                width = page_width - 2 * margin;
                row = std::move(next);
            }
            row.push_back(character);
        }
        draw(row, x, body_size);
    }

    /// A ruled table with columns of equal width.
    void table(std::initializer_list<std::vector<std::string>> rows) {
        const double height = body_size * line_height;
        for (const auto& row : rows) {
            const double width = (page_width - 2 * margin) / static_cast<double>(row.size());
            double x = margin;
            const double top = y_ + body_size * 1.3;
            for (const auto& cell : row) {
                painter_.Rectangle(x, top - height, width, height);
                painter_.Stroke();
                const double before = y_;
                draw(characters(cell), x + 3 * mm, body_size);
                y_ = before;
                x += width;
            }
            y_ -= height;
        }
    }

private:
    PdfFont* font_of(std::string_view character) const { return is_ascii(character) ? latin_ : chinese_; }

    double text_width(const std::vector<std::string_view>& text, double size) const {
        double width = 0;
        for (const auto character : text) {
            auto* font = font_of(character);
            font->SetFontSize(static_cast<float>(size));
            width += font->GetFontMetrics()->StringWidth(to_pdf(character));
        }
        return width;
    }

    /// Draws one line, run by run, and goes down by one.
    void draw(const std::vector<std::string_view>& text, double x, double size) {
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            std::string run;
            while (end < text.size() && is_ascii(text[end]) == is_ascii(text[at])) run += text[end++];
            auto* font = font_of(text[at]);
            font->SetFontSize(static_cast<float>(size));
            painter_.SetFont(font);
            painter_.DrawText(x, y_, to_pdf(run));
            x += text_width(
                {text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end)},
                size);
            at = end;
        }
        y_ -= size * line_height;
    }

    PdfMemDocument& document_;
    PdfFont* chinese_;
    PdfFont* latin_;
    PdfPainter painter_;
    PdfPage* page_ = nullptr;
    int number_ = 0;
    double y_ = 0;
};

void cover(Typesetter& set) {
    set.begin_page();
    set.space(45);
    set.line("示例司法鉴定中心", 26, Align::middle);
    set.space(8);
    set.line("司法鉴定意见书", 34, Align::middle);
    set.space(70);
    set.line("司法鉴定机构许可证号：440100001", 13, Align::middle);
    set.end_page();
}

void declaration(Typesetter& set) {
    set.begin_page();
    set.line("声　　明", 20, Align::middle);
    set.space(8);
    set.paragraph(
        "1．司法鉴定机构和司法鉴定人根据法律、法规和规章的规定，按照鉴定的科学规律和技术操作规范，依法独立、"
        "客观、公正进行鉴定并出具鉴定意见，不受任何个人或者组织的非法干预。");
    set.paragraph(
        "2．司法鉴定意见书是否作为定案或者认定事实的根据，取决于办案机关的审查判断，司法鉴定机构和司法鉴定人"
        "无权干涉。");
    set.paragraph("3．使用司法鉴定意见书，应当保持其完整性和严肃性。");
    set.paragraph(
        "4．鉴定意见属于鉴定人的专业意见。当事人对鉴定意见有异议，应当通过庭审质证或者申请重新鉴定、补充鉴定等"
        "方式解决。");
    set.space(12);
    set.paragraph("地　址：某某市某某路1号（邮政编码：000000）");
    set.paragraph("联系电话：000-00000000");
    set.end_page();
}

void basics(Typesetter& set) {
    set.begin_page();
    set.line("示例司法鉴定中心", 16, Align::middle);
    set.line("司法鉴定意见书", 20, Align::middle);
    set.line("示例司鉴中心〔2026〕临鉴字第18号", 11, Align::right);
    set.heading("一、基本情况");
    set.paragraph("委托人：某某市中级人民法院");
    set.paragraph("委托鉴定事项：对丙某的伤残等级及误工期、护理期、营养期进行鉴定");
    set.paragraph("受理日期：2026年9月3日");
    set.paragraph("鉴定类别：法医临床");
    set.paragraph("鉴定材料：某某医院病历资料复印件1份；影像片4张");
    set.paragraph("鉴定日期：2026年9月3日至2026年9月17日");
    set.paragraph("鉴定地点：示例司法鉴定中心");
    set.paragraph("被鉴定人：丙某，男，1987年生");
    set.heading("二、基本案情");
    set.paragraph(
        "据委托材料记载：2026年1月12日，丙某驾驶电动自行车与一小型客车相撞受伤，被送至某某医院住院治疗26天。"
        "现案件审理需要，委托本中心对上述事项进行鉴定。");
    set.end_page();
}

void sources(Typesetter& set) {
    set.begin_page();
    set.heading("三、资料摘要");
    set.paragraph(
        "某某医院出院记录摘要：入院日期2026年1月12日，出院日期2026年2月7日。入院诊断：右胫骨远端骨折，右腓骨"
        "骨折。住院期间于1月15日行切开复位内固定术，术后对症治疗。");
    set.paragraph(
        "影像学检查：2026年1月12日X线片示右胫腓骨远端骨折，断端移位；2026年8月29日复查片示内固定在位，骨折线"
        "模糊，骨痂形成。");
    set.space(4);
    set.table({{"活动度（度）", "左踝", "右踝", "参考"},
               {"背屈", "20", "12", "20"},
               {"跖屈", "45", "34", "45"},
               {"内翻", "30", "24", "30"},
               {"外翻", "30", "23", "30"}});
    set.end_page();
}

void process(Typesetter& set) {
    set.begin_page();
    set.heading("四、鉴定过程");
    set.paragraph(
        "（一）检验方法：按照《法医临床检验规范》（SF/T 0111）和《法医学关节活动度检验规范》（GA/T 1661）对"
        "被鉴定人进行检验。");
    set.paragraph(
        "（二）体格检查：神志清楚，步入检查室，对答切题。右小腿下段内侧见长12.5厘米手术瘢痕，愈合良好。右踝关节"
        "轻度肿胀，局部压痛，未见畸形。双下肢等长，右小腿周径较左侧细1.2厘米。");
    set.paragraph("（三）关节活动度：见资料摘要所附表格。经测算，右踝关节功能较健侧丧失25.6%。");
    set.paragraph("（四）阅片所见：送检影像片与病历记载一致，骨折对位对线良好，关节面平整。");
    set.end_page();
}

void analysis(Typesetter& set) {
    set.begin_page();
    set.heading("五、分析说明");
    set.paragraph(
        "根据委托人提供的鉴定材料，结合本中心检验所见，被鉴定人丙某于2026年1月12日因交通事故受伤，右胫腓骨远端"
        "骨折诊断明确。其损伤符合道路交通事故所致的特点，与本次事故之间存在直接因果关系。");
    set.paragraph(
        "被鉴定人现损伤已满7个月，临床治疗终结，符合鉴定时机。其右踝关节功能丧失25.6%，依照《人体损伤致残程度"
        "分级》的相关条款，符合十级残疾的规定。");
    set.paragraph(
        "依照《人身损害误工期、护理期、营养期评定规范》（GA/T 1193）的相关条款，结合其损伤与治疗情况，对误工期、"
        "护理期、营养期作出评定。");
    set.end_page();
}

void opinion(Typesetter& set) {
    set.begin_page();
    set.heading("六、鉴定意见");
    set.paragraph(
        "被鉴定人丙某因交通事故致右胫腓骨远端骨折，遗留右踝关节功能障碍，构成十级残疾；误工期150日，护理期60日，"
        "营养期90日。");
    set.space(20);
    set.line("司法鉴定人：甲某　　　　　　　　　　", body_size, Align::right);
    set.line("《司法鉴定人执业证》证号：440100001001", body_size, Align::right);
    set.space(4);
    set.line("司法鉴定人：乙某　　　　　　　　　　", body_size, Align::right);
    set.line("《司法鉴定人执业证》证号：440100001002", body_size, Align::right);
    set.space(8);
    set.line("示例司法鉴定中心（司法鉴定专用章）", body_size, Align::right);
    set.line("二〇二六年九月十八日", body_size, Align::right);
    set.end_page();
}

void annexes(Typesetter& set) {
    set.begin_page();
    set.heading("七、附件");
    set.paragraph("1．被鉴定人照片2张（存档）");
    set.paragraph("2．影像片复制件4张（存档）");
    set.paragraph("3．司法鉴定许可证、司法鉴定人执业证复印件各1份");
    set.end_page();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: make_sample_report OUT.pdf\n";
        return 64;
    }
    PdfError::EnableDebug(false);
    PdfError::EnableLogging(false);
    try {
        PdfMemDocument document;
        document.SetPdfVersion(ePdfVersion_1_7);
        document.GetInfo()->SetTitle(to_pdf("司法鉴定意见书（示例）"));
        Typesetter set(document);
        for (const auto page : {cover, declaration, basics, sources, process, analysis, opinion, annexes}) page(set);
        if (document.GetPageCount() != page_count) return 70;
        document.Write(argv[1]);
    } catch (const PdfError& error) {
        std::cerr << "make_sample_report: " << error.what() << '\n';
        return 73;
    }
    return 0;
}
