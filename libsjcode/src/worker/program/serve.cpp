#include "worker/program/serve.h"

#include "worker/program/failure.h"
#include "worker/program/images.h"
#include "worker/program/lenient.h"

namespace sjcode::worker {
namespace {

constexpr std::size_t kMostTextBytes = 1U << 27;

template <class Value>
Value need(std::optional<Value> value) {
    if (!value) throw Service::BadRequest{};
    return *std::move(value);
}

Annotations read_annotations(ByteReader& reader) {
    const auto value = need(reader.byte());
    if (value > static_cast<std::uint8_t>(Annotations::none)) throw Service::BadRequest{};
    return static_cast<Annotations>(value);
}

Bytes good() {
    return {kProtocolVersion, static_cast<std::uint8_t>(Failure::none)};
}

Bytes image_body(const GreyImage& image) {
    Bytes body = good();
    body.reserve(body.size() + 8 + image.pixels.size());
    append_big_endian(body, static_cast<std::uint32_t>(image.width), 4);
    append_big_endian(body, static_cast<std::uint32_t>(image.height), 4);
    append(body, image.pixels);
    return body;
}

Bytes whole_body(ByteView bytes) {
    Bytes body = good();
    body.reserve(body.size() + bytes.size());
    append(body, bytes);
    return body;
}

Bytes number_body(std::uint32_t number) {
    Bytes body = good();
    append_big_endian(body, number, 4);
    return body;
}

Bytes symbols_body(const std::vector<ReadSymbol>& symbols) {
    Bytes body = good();
    append_symbols(body, symbols);
    return body;
}

Bytes lenient_body(const LenientView& view) {
    Bytes body = good();
    append_big_endian(body, view.pages, 4);
    body.push_back(view.encrypted ? 1 : 0);
    body.push_back(view.repaired ? 1 : 0);
    append_big_endian(body, view.codes.size(), 4);
    for (const auto& code : view.codes) {
        append_big_endian(body, code.page, 4);
        append_string(body, code.code);
        append_string(body, code.record);
    }
    return body;
}

}  // namespace

Bytes Service::page_texts(ByteReader& arguments) {
    const auto annotations = read_annotations(arguments);
    const auto count = need(read_number(arguments));
    Bytes body = good();
    for (std::uint32_t i = 0; i < count; ++i) {
        append_string(body, pages_.text(need(read_number(arguments)), annotations));
        if (body.size() > kMostTextBytes) throw Refusal{Failure::document, "too much text"};
    }
    return body;
}

Bytes Service::answer(ByteView request) {
    ByteReader arguments(request);
    if (arguments.byte() != kProtocolVersion) throw BadRequest{};
    const auto kind = static_cast<Request>(need(arguments.byte()));
    const auto page = [&] { return need(read_number(arguments)); };
    const auto dpi = [&] { return need(read_number(arguments)) / 1000.0; };
    if (document_.empty() && kind != Request::text_extractor) {
        const bool image = kind == Request::image_pages || kind == Request::image_page_symbols;
        throw Refusal{image ? Failure::image : Failure::document, "empty file"};
    }
    switch (kind) {
        case Request::text_extractor: {
            Bytes body = good();
            append_string(body, PdfPages::kExtractor);
            append_string(body, PdfPages::version());
            return body;
        }
        case Request::page_count:
            return number_body(pages_.page_count());
        case Request::page_texts:
            return page_texts(arguments);
        case Request::page_image: {
            const auto number = page();
            const auto resolution = dpi();
            return image_body(pages_.image(number, resolution, read_annotations(arguments)));
        }
        case Request::page_png: {
            const auto number = page();
            return whole_body(pages_.png(number, dpi()));
        }
        case Request::page_symbols:
            return symbols_body(pages_.symbols(page()));
        case Request::image_pages:
            return number_body(image_pages(document_));
        case Request::image_page_symbols:
            return symbols_body(read_image(load_image(document_, page())));
        case Request::lenient_view:
            return lenient_body(lenient_view(document_));
        case Request::normalise:
            return whole_body(normalise(document_));
    }
    throw BadRequest{};
}

Bytes refusal_body(Failure code, std::string_view text) {
    Bytes body{kProtocolVersion, static_cast<std::uint8_t>(code)};
    append_string(body, text.substr(0, kMostReason));
    return body;
}

}  // namespace sjcode::worker
