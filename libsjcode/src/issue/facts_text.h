// The text of a report's pages made comparable: lines, a folded form without white space and with one form for each
// bracket, digit and punctuation mark, and which lines are page furniture (page numbers, running headers).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::issue {

/// What stands before a folded character in the text it comes from.
enum class Gap : std::uint8_t { none, space, line };

enum class Furniture : std::uint8_t {
    none,
    page_number,  ///< at the edge of a page, and nothing but a page number
    repeated,     ///< the same, digits apart, at the same edge of many pages
};

/// One line of a page.
struct TextLine {
    std::size_t page;  ///< from 0
    std::string text;  ///< tidied: see tidy()
    std::u32string folded;
    std::vector<Gap> gaps;               ///< before each folded character
    std::vector<std::size_t> positions;  ///< where in `text` each folded character begins
    Furniture furniture = Furniture::none;
};

/// Folds for comparison: compatibility forms (NFKC, Kangxi radicals among them) to the common ones, no White_Space, Cc
/// or Cf, every bracket to ( or ), quotation marks to ", dashes to -, the comma forms to ",", full stops to ".".
std::u32string fold(std::string_view text);

/// A line for a person: radicals that fonts put for characters mended, control and format characters gone, white space
/// only where it stands between two words or numbers in Latin script.
std::string tidy(std::string_view text);

/// Lines as one text: joined, with a line end only where a paragraph seems to end.
std::string join(const std::vector<std::string>& lines);

/// Folded lines in one piece.
struct Flow {
    std::u32string text;
    std::vector<Gap> gaps;           ///< before each character; a new line is Gap::line
    std::vector<std::size_t> lines;  ///< index of the line that each character comes from
};

class ReportText {
public:
    /// The text of each page, UTF-8; a page that is no UTF-8 counts as one without text.
    explicit ReportText(const std::vector<std::string>& pages);

    /// Without empty lines.
    [[nodiscard]] const std::vector<TextLine>& lines() const noexcept { return lines_; }
    /// False where nothing but furniture is there: a scan.
    [[nodiscard]] bool has_text() const noexcept;
    /// All lines but those whose furniture is between `page_number` and `skip_up_to`; Furniture::none keeps all.
    [[nodiscard]] Flow flow(Furniture skip_up_to = Furniture::none, std::size_t from_line = 0) const;

private:
    void find_furniture(std::size_t pages);
    std::vector<TextLine> lines_;
};

}  // namespace sjcode::issue
