#include "crypto/der.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace sjcode::crypto::der {
namespace {

constexpr std::uint8_t constructed_bit = 0x20;
constexpr std::uint8_t class_bits = 0xC0;
constexpr std::uint8_t number_bits = 0x1F;

struct Header {
    std::uint8_t identifier = 0;
    bool indefinite = false;
    bool shortest = true;  ///< the length is written as DER wants it
    std::uint64_t length = 0;
};

bool is_constructed(std::uint8_t identifier) noexcept {
    return (identifier & constructed_bit) != 0;
}

std::optional<Header> read_header(ByteReader& reader) noexcept {
    Header header;
    const auto identifier = reader.byte();
    if (!identifier) return std::nullopt;
    header.identifier = *identifier;
    // Tag numbers from 31 on take more bytes, and stand nowhere in certificates and signatures.
    if ((*identifier & number_bits) == number_bits) return std::nullopt;
    const auto first = reader.byte();
    if (!first) return std::nullopt;
    if (*first < 0x80) {
        header.length = *first;
        return header;
    }
    if (*first == 0x80) {
        header.indefinite = true;
        header.shortest = false;
        return is_constructed(header.identifier) ? std::optional(header) : std::nullopt;
    }
    const auto count = static_cast<std::size_t>(*first & 0x7F);
    const auto length = reader.big_endian(count);
    if (!length) return std::nullopt;
    header.length = *length;
    const bool leading_zero = count > 1 && *length >> (8 * (count - 1)) == 0;
    if (*length < 0x80 || leading_zero) header.shortest = false;
    return header;
}

/// Strings that BER may write in pieces, those of bits aside: nobody does that.
bool is_string(std::uint8_t identifier) noexcept {
    if ((identifier & class_bits) != 0) return false;
    const auto number = identifier & number_bits;
    return number == octet_string || number == 0x0C || (number >= 0x12 && number <= 0x1E);
}

constexpr std::uint8_t without_form(std::uint8_t identifier) noexcept {
    return static_cast<std::uint8_t>(identifier & ~constructed_bit);
}

/// What may stand inside a constructed element: in a string, its pieces only.
bool may_hold(std::uint8_t outer, std::uint8_t inner) noexcept {
    return !is_string(outer) || without_form(outer) == without_form(inner);
}

/// The distinguished values of primitive types (X.690, 8.3.2, 11.1, 11.2).
bool is_distinguished(std::uint8_t identifier, ByteView content) noexcept {
    if (identifier == boolean) return content.size() == 1 && (content.front() == 0x00 || content.front() == 0xFF);
    if (identifier == integer) {
        if (content.empty()) return false;
        if (content.size() == 1) return true;
        const bool negative = (content[1] & 0x80) != 0;
        return content[0] != (negative ? 0xFF : 0x00);
    }
    if (identifier == bit_string) {
        if (content.empty() || content.front() > 7) return false;
        const auto unused = static_cast<unsigned>(content.front());
        if (content.size() == 1) return unused == 0;
        return (content.back() & ((1u << unused) - 1)) == 0;
    }
    return true;
}

bool is_before(ByteView a, ByteView b) noexcept {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

/// An element whose content is being walked through.
struct Open {
    std::uint8_t identifier;
    bool indefinite;
    std::size_t start;    ///< of the identifier
    std::size_t end;      ///< of the content; of the surrounding content where the length is indefinite
    ByteView previous{};  ///< the element before the next one, for the order of sets
};

class Walk {
public:
    Walk(ByteView bytes, const Limits& limits)
        : bytes_(bytes.first(std::min(bytes.size(), limits.size))),
          is_cut_(bytes.size() > limits.size),
          limits_(limits),
          reader_(bytes_) {}

    Result<Encoding> run() {
        do {
            if (ends_here()) {
                close();
                continue;
            }
            if (auto step = enter(); !step) return Unexpected(std::move(step).error());
        } while (!open_.empty());
        encoding_.size = reader_.position();
        return encoding_;
    }

private:
    [[nodiscard]] std::size_t end() const noexcept { return open_.empty() ? bytes_.size() : open_.back().end; }

    [[nodiscard]] bool ends_here() const noexcept {
        return !open_.empty() && !open_.back().indefinite && reader_.position() == open_.back().end;
    }

    /// Reads the next header, and steps over the content of what is primitive.
    Result<void> enter() {
        const auto start = reader_.position();
        const auto header = read_header(reader_);
        if (!header || reader_.position() > end()) return malformed();
        if (header->identifier == 0) return end_of_contents(*header);
        if (header->identifier == (bit_string | constructed_bit) ||
            (!open_.empty() && !may_hold(open_.back().identifier, header->identifier)))
            return malformed();
        if (!header->shortest) encoding_.is_der = false;
        if (header->indefinite) encoding_.is_definite = false;
        if (!header->indefinite && header->length > end() - reader_.position()) return malformed();
        if (!is_constructed(header->identifier)) return primitive(start, *header);
        if (is_string(header->identifier)) encoding_.is_der = encoding_.is_definite = false;
        if (open_.size() == limits_.depth) return fail("cms.limit", {{"limit", std::to_string(limits_.depth)}});
        const auto content_end =
            header->indefinite ? end() : reader_.position() + static_cast<std::size_t>(header->length);
        open_.push_back({header->identifier, header->indefinite, start, content_end});
        return {};
    }

    Result<void> primitive(std::size_t start, const Header& header) {
        const auto content = reader_.take(header.length);
        if (!content) return malformed();
        if (!is_distinguished(header.identifier, *content)) encoding_.is_der = false;
        note(start);
        return {};
    }

    /// Two zero bytes end what has no length.
    Result<void> end_of_contents(const Header& header) {
        if (open_.empty() || !open_.back().indefinite || header.length != 0 || header.indefinite || !header.shortest)
            return malformed();
        close();
        return {};
    }

    void close() {
        const auto start = open_.back().start;
        open_.pop_back();
        note(start);
    }

    /// An element has ended here: in a set, it may not stand before the one before it.
    void note(std::size_t start) {
        if (open_.empty() || open_.back().identifier != set) return;
        const auto whole = bytes_.subspan(start, reader_.position() - start);
        if (is_before(whole, open_.back().previous)) encoding_.is_der = false;
        open_.back().previous = whole;
    }

    [[nodiscard]] Unexpected malformed() const {
        if (is_cut_) return fail("cms.limit", {{"limit", std::to_string(limits_.size)}});
        return fail("cms.format");
    }

    ByteView bytes_;
    bool is_cut_;
    Limits limits_;
    ByteReader reader_;
    std::vector<Open> open_;
    Encoding encoding_{0, true, true};
};

struct Part {
    Bytes bytes;
    bool is_changed;
    std::size_t size;  ///< of what was read
};

/// The next element of definite form. Its nesting was limited by examine().
Part definite_part(ByteView bytes);

/// The elements up to `length`, or to the end of contents.
Part definite_content(ByteView bytes, const Header& header, bool join) {
    Part part{{}, header.indefinite || join, 0};
    const auto length = header.indefinite ? bytes.size() : static_cast<std::size_t>(header.length);
    while (part.size < length) {
        const auto rest = bytes.subspan(part.size);
        if (header.indefinite && rest.size() >= 2 && rest[0] == 0 && rest[1] == 0) {
            part.size += 2;
            break;
        }
        const auto inner = definite_part(rest);
        if (inner.size == 0) break;
        part.size += inner.size;
        part.is_changed = part.is_changed || inner.is_changed;
        const auto piece = join ? Reader(inner.bytes).next() : std::nullopt;
        append(part.bytes, piece ? piece->content : ByteView(inner.bytes));
    }
    return part;
}

Part definite_part(ByteView bytes) {
    ByteReader reader(bytes);
    const auto header = read_header(reader);
    if (!header) return {{}, false, 0};
    const auto start = reader.position();
    if (!is_constructed(header->identifier)) {
        const auto size = start + static_cast<std::size_t>(header->length);
        if (size > bytes.size()) return {{}, false, 0};
        return {Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)), false, size};
    }
    const bool join = is_string(header->identifier);
    auto content = definite_content(bytes.subspan(start), *header, join);
    const auto size = start + content.size;
    if (!content.is_changed)
        return {Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)), false, size};
    return {element(join ? without_form(header->identifier) : header->identifier, content.bytes), true, size};
}

}  // namespace

Result<Encoding> examine(ByteView bytes, const Limits& limits) {
    return Walk(bytes, limits).run();
}

Bytes definite(ByteView bytes) {
    return definite_part(bytes).bytes;
}

std::optional<Element> Reader::next() noexcept {
    ByteReader reader(bytes_);
    const auto header = read_header(reader);
    if (!header || header->indefinite) return std::nullopt;
    const auto content = reader.take(header->length);
    if (!content) return std::nullopt;
    const Element found{header->identifier, *content, bytes_.first(reader.position())};
    bytes_ = bytes_.subspan(reader.position());
    return found;
}

std::optional<Element> Reader::next(std::uint8_t identifier) noexcept {
    if (peek() != identifier) return std::nullopt;
    return next();
}

std::optional<std::uint8_t> Reader::peek() const noexcept {
    return ByteReader(bytes_).peek();
}

std::string dotted(ByteView content) {
    ByteReader reader(content);
    std::string text;
    while (!reader.at_end()) {
        std::uint64_t arc = 0;
        for (bool first = true, more = true; more; first = false) {
            const auto byte = reader.byte();
            if (!byte || (first && *byte == 0x80) || arc >> 56 != 0) return {};
            arc = arc << 7 | (*byte & 0x7Fu);
            more = (*byte & 0x80) != 0;
        }
        if (text.empty()) {
            const auto root = std::min<std::uint64_t>(arc / 40, 2);
            text = std::to_string(root);
            arc -= root * 40;
        }
        text += '.' + std::to_string(arc);
    }
    return text;
}

Bytes element(std::uint8_t identifier, ByteView content) {
    Bytes bytes{identifier};
    if (content.size() < 0x80) {
        bytes.push_back(static_cast<std::uint8_t>(content.size()));
    } else {
        std::size_t count = 1;
        while (count < sizeof(std::size_t) && content.size() >> (8 * count) != 0) ++count;
        bytes.push_back(static_cast<std::uint8_t>(0x80 | count));
        append_big_endian(bytes, content.size(), count);
    }
    append(bytes, content);
    return bytes;
}

Bytes sorted(ByteView elements) {
    std::vector<ByteView> wholes;
    Reader reader(elements);
    while (const auto next = reader.next()) wholes.push_back(next->whole);
    std::stable_sort(wholes.begin(), wholes.end(), is_before);
    Bytes result;
    for (const auto whole : wholes) append(result, whole);
    return result;
}

}  // namespace sjcode::crypto::der
