// Pages of a PDF as poppler sees them: text, images, and the symbols on them.
#pragma once

#include "sjcode/worker.h"

#include <array>
#include <memory>
#include <optional>

namespace poppler {
class document;
class image;
class page;
}  // namespace poppler

namespace sjcode::worker {

/// Keeps what it has opened for later requests. Throws Refusal.
class PdfPages {
public:
    explicit PdfPages(ByteView document);
    ~PdfPages();
    PdfPages(const PdfPages&) = delete;
    PdfPages& operator=(const PdfPages&) = delete;

    /// Raw order: the text in the order of the content stream, which depends on no guess about columns and lines. It is
    /// part of the extractor's name, since another order gives other digests.
    static constexpr const char* kExtractor = "poppler-raw";
    static std::string version();

    std::uint32_t page_count();
    std::string text(std::uint32_t page, Annotations annotations);
    GreyImage image(std::uint32_t page, double dpi, Annotations annotations);
    Bytes png(std::uint32_t page, double dpi);
    std::vector<ReadSymbol> symbols(std::uint32_t page);

private:
    struct View {
        std::optional<Bytes> bytes;  ///< the filtered document, which poppler reads in place
        bool unfiltered = false;     ///< there is nothing to leave out
        std::unique_ptr<poppler::document> document;
    };

    poppler::document& view(Annotations annotations);
    std::unique_ptr<poppler::page> page(std::uint32_t number, Annotations annotations);

    ByteView document_;
    std::array<View, 3> views_;
};

}  // namespace sjcode::worker
