#include "base/descriptor.h"
#include "base/try.h"
#include "sjcode/worker.h"
#include "worker/process.h"
#include "worker/protocol.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <limits>

namespace sjcode {

using worker::Failure;
using worker::Request;

struct WorkerSession::State {
    State(WorkerOptions chosen, InputFile input) : options(std::move(chosen)), document(std::move(input)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        process.reset();
        if (memory >= 0) ::close(memory);
    }

    WorkerOptions options;
    InputFile document;
    int memory = -1;  ///< holds the bytes of a document that is no file
    std::unique_ptr<worker::Process> process;

    Result<int> document_descriptor();
    /// The values of the answer to a request.
    Result<Bytes> ask(Request request, ByteView arguments, std::uint64_t largest_answer);
};

namespace {

constexpr std::uint64_t kSmall = 1U << 12;
constexpr std::uint64_t kSymbols = 1U << 22;
constexpr std::uint64_t kTexts = 1U << 28;
constexpr std::uint64_t kPixels = worker::kMostPixels + 64;
constexpr std::uint64_t kCodes = worker::kMostCodes * (worker::kMostRecordBytes + worker::kMostCodeBytes + 64) + 64;

/// A text of the worker's, which may be hostile by now: printable ASCII only, and short.
std::string plain_text(ByteView text) {
    std::string result;
    for (const auto byte : text.first(std::min(text.size(), worker::kMostReason)))
        result += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '?';
    return result;
}

Unexpected bad_answer() {
    return fail("worker.answer");
}

Unexpected failure(Failure code, ByteView text, const WorkerOptions& options) {
    switch (code) {
        case Failure::document:
            return fail("worker.document", {{"reason", plain_text(text)}});
        case Failure::encrypted:
            return fail("pdf.encrypted");
        case Failure::image:
            return fail("worker.image");
        case Failure::page:
            return fail("worker.page", {{"page", plain_text(text)}});
        case Failure::size:
            return fail("worker.size", {{"size", plain_text(text)}});
        case Failure::memory:
            return fail("worker.memory", {{"megabytes", std::to_string(options.memory_limit >> 20)}});
        case Failure::image_library:
            return fail("worker.image-library");
        case Failure::none:
            break;
    }
    return bad_answer();
}

Bytes page_argument(std::uint32_t page) {
    Bytes arguments;
    append_big_endian(arguments, page, 4);
    return arguments;
}

Bytes page_arguments(std::uint32_t page, double dpi) {
    Bytes arguments = page_argument(page);
    const double thousandths = std::isfinite(dpi) ? std::clamp(dpi * 1000, 1.0, 4e9) : 1.0;
    append_big_endian(arguments, static_cast<std::uint32_t>(std::lround(thousandths)), 4);
    return arguments;
}

std::optional<LenientCode> read_code(ByteReader& reader) {
    const auto page = worker::read_number(reader);
    const auto code = worker::read_string(reader);
    const auto record = worker::read_string(reader);
    if (!page || !code || !record) return std::nullopt;
    return LenientCode{*page, Bytes(code->begin(), code->end()), Bytes(record->begin(), record->end())};
}

}  // namespace

Result<int> WorkerSession::State::document_descriptor() {
    if (document.descriptor() >= 0) return document.descriptor();
    if (memory < 0) {
        const int made = ::memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
        if (made < 0) return fail("worker.start", {{"program", options.program}});
        // Sealed: the worker can change nothing in what the caller's later requests look at.
        if (!write_all(made, document.bytes()) ||
            ::fcntl(made, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
            ::close(made);
            return fail("worker.start", {{"program", options.program}});
        }
        memory = made;
    }
    return memory;
}

Result<Bytes> WorkerSession::State::ask(Request request, ByteView arguments, std::uint64_t largest_answer) {
    if (!process) {
        SJCODE_TRY(const int descriptor, document_descriptor());
        SJCODE_TRY(process, worker::Process::start(options, descriptor));
    }
    Bytes body{worker::kProtocolVersion, static_cast<std::uint8_t>(request)};
    append(body, arguments);
    auto answer = process->exchange(body, largest_answer + 2);
    if (!answer) {
        process.reset();
        return Unexpected(std::move(answer).error());
    }
    ByteReader reader(*answer);
    const auto version = reader.byte();
    const auto status = reader.byte();
    if (!status || version != worker::kProtocolVersion) {
        process.reset();
        return bad_answer();
    }
    if (const auto code = static_cast<Failure>(*status); code != Failure::none) {
        const auto text = worker::read_string(reader).value_or(ByteView{});
        // After an allocation has failed, what is left of the process is not worth trusting.
        if (code == Failure::memory) process.reset();
        return failure(code, text, options);
    }
    answer->erase(answer->begin(), answer->begin() + 2);
    return answer;
}

WorkerSession::WorkerSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
WorkerSession::~WorkerSession() = default;
WorkerSession::WorkerSession(WorkerSession&&) noexcept = default;
WorkerSession& WorkerSession::operator=(WorkerSession&&) noexcept = default;

WorkerSession Worker::open(InputFile document) const {
    return WorkerSession(std::make_unique<WorkerSession::State>(options_, std::move(document)));
}

Result<TextExtractor> WorkerSession::text_extractor() {
    SJCODE_TRY(const Bytes answer, state_->ask(Request::text_extractor, {}, kSmall));
    ByteReader reader(answer);
    const auto name = worker::read_string(reader);
    const auto version = worker::read_string(reader);
    if (!name || !version || !reader.at_end()) return bad_answer();
    return TextExtractor{plain_text(*name), plain_text(*version)};
}

Result<std::uint32_t> WorkerSession::page_count() {
    SJCODE_TRY(const Bytes answer, state_->ask(Request::page_count, {}, kSmall));
    ByteReader reader(answer);
    const auto count = worker::read_number(reader);
    if (!count || !reader.at_end()) return bad_answer();
    return *count;
}

Result<std::vector<std::string>> WorkerSession::page_texts(std::span<const std::uint32_t> pages,
                                                           Annotations annotations) {
    Bytes arguments{static_cast<std::uint8_t>(annotations)};
    append_big_endian(arguments, pages.size(), 4);
    for (const auto page : pages) append_big_endian(arguments, page, 4);
    SJCODE_TRY(const Bytes answer, state_->ask(Request::page_texts, arguments, kTexts));
    ByteReader reader(answer);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto text = worker::read_string(reader);
        if (!text) return bad_answer();
        texts.emplace_back(as_text(*text));
    }
    if (!reader.at_end()) return bad_answer();
    return texts;
}

Result<GreyImage> WorkerSession::page_image(std::uint32_t page, double dpi, Annotations annotations) {
    Bytes arguments = page_arguments(page, dpi);
    arguments.push_back(static_cast<std::uint8_t>(annotations));
    SJCODE_TRY(Bytes answer, state_->ask(Request::page_image, arguments, kPixels));
    ByteReader reader(answer);
    const auto width = worker::read_number(reader);
    const auto height = worker::read_number(reader);
    if (!width || !height || *width == 0 || *height == 0 || *width > worker::kMostPixels ||
        *height > worker::kMostPixels || std::uint64_t{*width} * *height != reader.remaining())
        return bad_answer();
    GreyImage image;
    image.width = static_cast<int>(*width);
    image.height = static_cast<int>(*height);
    answer.erase(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(reader.position()));
    image.pixels = std::move(answer);
    return image;
}

Result<Bytes> WorkerSession::page_png(std::uint32_t page, double dpi) {
    return state_->ask(Request::page_png, page_arguments(page, dpi), kTexts);
}

Result<std::vector<ReadSymbol>> WorkerSession::page_symbols(std::uint32_t page) {
    SJCODE_TRY(const Bytes answer, state_->ask(Request::page_symbols, page_argument(page), kSymbols));
    ByteReader reader(answer);
    auto symbols = worker::read_symbols(reader);
    if (!symbols || !reader.at_end()) return bad_answer();
    return *std::move(symbols);
}

Result<std::vector<std::vector<ReadSymbol>>> WorkerSession::image_symbols() {
    SJCODE_TRY(const Bytes head, state_->ask(Request::image_pages, {}, kSmall));
    ByteReader counts(head);
    const auto count = worker::read_number(counts);
    if (!count || !counts.at_end() || *count > worker::kMostImagePages) return bad_answer();
    std::vector<std::vector<ReadSymbol>> pages;
    // A request for each page, so that the time limit holds for each.
    for (std::uint32_t page = 1; page <= *count; ++page) {
        SJCODE_TRY(const Bytes answer, state_->ask(Request::image_page_symbols, page_argument(page), kSymbols));
        ByteReader reader(answer);
        auto symbols = worker::read_symbols(reader);
        if (!symbols || !reader.at_end()) return bad_answer();
        pages.push_back(*std::move(symbols));
    }
    return pages;
}

Result<LenientView> WorkerSession::lenient_view() {
    SJCODE_TRY(const Bytes answer, state_->ask(Request::lenient_view, {}, kCodes));
    ByteReader reader(answer);
    const auto pages = worker::read_number(reader);
    const auto encrypted = reader.byte();
    const auto repaired = reader.byte();
    const auto count = worker::read_number(reader);
    if (!pages || !encrypted || !repaired || !count || *count > worker::kMostCodes) return bad_answer();
    LenientView view{*pages, *encrypted != 0, *repaired != 0, {}};
    for (std::uint32_t i = 0; i < *count; ++i) {
        auto code = read_code(reader);
        if (!code) return bad_answer();
        view.codes.push_back(*std::move(code));
    }
    if (!reader.at_end()) return bad_answer();
    return view;
}

Result<Bytes> WorkerSession::normalise() {
    return state_->ask(Request::normalise, {}, std::max<std::uint64_t>(state_->options.memory_limit, kTexts));
}

}  // namespace sjcode
