// The worker: a process for hostile input. Page images, page text, the lenient view of a PDF, photographs and scans are
// made there, under limits of memory and time, so that a file that breaks a parser of others breaks only that process.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/file.h"
#include "sjcode/qr.h"
#include "sjcode/record.h"
#include "sjcode/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sjcode {

struct WorkerOptions {
    std::string program;                           ///< path of sjcode-worker
    std::uint64_t memory_limit = 1ULL << 30;       ///< bytes of memory beyond the mapped input
    std::chrono::milliseconds time_limit{20'000};  ///< for one request; then the process is killed
};

/// One embedded code as the lenient view finds it.
struct LenientCode {
    std::uint32_t page = 0;  ///< from 1; 0 where the object hangs on no page
    Bytes code;              ///< /SJCode
    Bytes record;            ///< /SJRecord, decoded; empty where there is none
};

/// The lenient view of a PDF: as QPDF repairs and reads it.
struct LenientView {
    std::uint32_t pages = 0;
    bool encrypted = false;
    bool repaired = false;  ///< QPDF had to mend or guess
    std::vector<LenientCode> codes;
};

/// What to leave out of a page before it is rendered or its text read.
enum class Annotations : std::uint8_t {
    keep,          ///< the page as a viewer shows it
    without_ours,  ///< without annotations that carry /SJCode
    none,          ///< the page's own content alone
};

/// One worker process over one document. Movable; for one thread at a time, though not always the same. After
/// "worker.died", "worker.time" or "worker.memory" the next call starts a new process. Errors of every call:
/// "worker.start" (program missing, {program}), "worker.died" ({signal}), "worker.time"
/// ({seconds}), "worker.memory" ({megabytes}), "worker.answer" (an answer that breaks the protocol or its limits). Of
/// calls about a PDF besides: "worker.document" (cannot be read even leniently; {reason}), "pdf.encrypted" (only a
/// password opens it), "worker.page" (no such page; {page}), "worker.size" (too many pixels; {size}).
/// The time limit holds for each call; in image_symbols() for each page of the image.
class WorkerSession {
public:
    ~WorkerSession();
    WorkerSession(WorkerSession&&) noexcept;
    WorkerSession& operator=(WorkerSession&&) noexcept;

    /// What extracts page text: for record entry 12.
    Result<TextExtractor> text_extractor();
    /// Page count as poppler sees it; where a hostile file lies about it, not every page can be read.
    Result<std::uint32_t> page_count();
    /// The text of each page in `pages` (from 1), UTF-8, in that order; each in the order of the content stream.
    Result<std::vector<std::string>> page_texts(std::span<const std::uint32_t> pages, Annotations annotations);
    /// A page's crop box as seen (rotated), on white, in grey; at most 200 million pixels.
    Result<GreyImage> page_image(std::uint32_t page, double dpi, Annotations annotations);
    /// A page as seen, as an RGB PNG.
    Result<Bytes> page_png(std::uint32_t page, double dpi);
    /// All QR symbols of a page, rendered at several resolutions; corners in pixels at 300 dpi.
    Result<std::vector<ReadSymbol>> page_symbols(std::uint32_t page);

    /// For a photograph or scan (PNG, JPEG, TIFF, WebP, GIF, BMP), turned as its Exif says: the symbols of each of its
    /// pages (one, but for a TIFF of several; at most 1000). Errors besides: "worker.image" (no image that can be
    /// read), "worker.size".
    Result<std::vector<std::vector<ReadSymbol>>> image_symbols();

    /// What QPDF makes of the file. At most 64 codes; a code of more than 4096 bytes is cut to 4097, which no decoder
    /// takes; a record of more than 1 MiB, or that cannot be decoded, is left empty.
    Result<LenientView> lenient_view();
    /// The document written anew by QPDF: one revision, no repair needed. Error besides: "pdf.encrypted".
    Result<Bytes> normalise();

    struct State;
    explicit WorkerSession(std::unique_ptr<State> state);

private:
    std::unique_ptr<State> state_;
};

/// Starts worker processes. Safe to use from several threads at once.
class Worker {
public:
    explicit Worker(WorkerOptions options) : options_(std::move(options)) {}
    [[nodiscard]] const WorkerOptions& options() const noexcept { return options_; }
    /// A session over one document; the process starts with the first request.
    [[nodiscard]] WorkerSession open(InputFile document) const;

private:
    WorkerOptions options_;
};

}  // namespace sjcode
