// The flow of a receipt's text down its pages: lines are broken where they must be, pages begun when one is full.
#pragma once

#include "pdf/paper_text.h"
#include "sjcode/verdict.h"

#include <string>
#include <string_view>
#include <vector>

namespace sjcode::verify {

inline constexpr double margin = 56;
inline constexpr double text_width = pdf::paper_width - 2 * margin;

namespace ink {
inline constexpr pdf::Colour black{0.1, 0.1, 0.1};
inline constexpr pdf::Colour grey{0.42, 0.42, 0.42};
inline constexpr pdf::Colour line{0.8, 0.8, 0.8};
inline constexpr pdf::Colour white{1, 1, 1};
inline constexpr pdf::Colour green{0.05, 0.45, 0.22};
inline constexpr pdf::Colour red{0.75, 0.08, 0.1};
inline constexpr pdf::Colour amber{0.66, 0.4, 0};
inline constexpr pdf::Colour blue{0.1, 0.3, 0.6};
}  // namespace ink

/// Each says the same by its outline as by its colour, so that a copy in black and white says it too.
enum class Mark { tick, cross, question, exclamation, half };

using Style = pdf::PaperStyle;

class ReceiptPages {
public:
    explicit ReceiptPages(pdf::Paper& paper) : paper_(paper) { begin_page(); }

    /// A text over the whole width, or from `left` (points from the margin) on.
    void paragraph(std::string_view text, const Style& style = {}, double left = 0);
    void centred(std::string_view text, const Style& style);
    void heading(std::string_view text);
    void row(std::string_view label, std::string_view value, const Style& style = {});
    void space(double points) { y_ -= points; }
    void rule();
    /// The outcome in a frame of its colour.
    void banner(Mark mark, const pdf::Colour& colour, std::string_view words, std::string_view text);
    /// A finding: its mark and word, what was looked at, the sentence and the code.
    void finding(Mark mark, const pdf::Colour& colour, std::string_view word, std::string_view name,
                 std::string_view text, std::string_view code);
    /// A text in a grey frame, kept together where it fits on a page.
    void boxed(const std::vector<std::string>& texts);

    [[nodiscard]] std::vector<pdf::PaperPage>& pages() noexcept { return pages_; }
    /// A line at a place of its own, for what stands on each page; cut where it is too long.
    void fixed(pdf::PaperPage& page, std::string_view text, double x, double y, const Style& style, double align = 0);
    [[nodiscard]] double width(std::string_view text, const Style& style) const;

private:
    using Line = std::u32string;

    void begin_page();
    void need(double height);
    /// What is written for a text: characters that no typeface has, as [U+1F600].
    [[nodiscard]] std::u32string writable(std::string_view text) const;
    [[nodiscard]] double width(std::u32string_view text, const Style& style) const;
    [[nodiscard]] std::vector<Line> lines(std::string_view text, const Style& style, double room) const;
    void put(pdf::PaperPage& page, std::u32string_view text, double x, double y, const Style& style) const;
    /// Lines from `x` on; the first one stands in the line that is open.
    void put_lines(const std::vector<Line>& all, double x, const Style& style);
    static void draw(pdf::PaperPage& page, Mark mark, const pdf::Colour& colour, double x, double y, double size);

    pdf::Paper& paper_;
    std::vector<pdf::PaperPage> pages_;
    double y_ = 0;  ///< lower edge of what is written
};

}  // namespace sjcode::verify
