#include "code/cbor.h"

#include "base/byte_reader.h"

#include <array>
#include <limits>

namespace sjcode::cbor {
namespace {

struct Head {
    Type type;
    std::uint64_t argument;
    std::size_t size;
};

/// The head of an item of checked bytes.
std::optional<Head> read_head(ByteView bytes) noexcept {
    ByteReader reader(bytes);
    const auto initial = reader.byte();
    if (!initial) return std::nullopt;
    static constexpr std::array types{Type::unsigned_integer,
                                      Type::negative_integer,
                                      Type::byte_string,
                                      Type::text_string,
                                      Type::array,
                                      Type::map,
                                      Type::tag,
                                      Type::null};
    const auto type = types[*initial >> 5];
    const unsigned information = *initial & 31U;
    if (information < 24) return Head{type, information, 1};
    if (information > 27) return std::nullopt;
    const auto argument = reader.big_endian(std::size_t{1} << (information - 24));
    if (!argument) return std::nullopt;
    return Head{type, *argument, reader.position()};
}

}  // namespace

Type Reader::type() const noexcept {
    const auto head = read_head(bytes_.subspan(position_));
    return head ? head->type : Type::none;
}

std::optional<std::uint64_t> Reader::head(Type wanted) noexcept {
    const auto head = read_head(bytes_.subspan(position_));
    if (!head || head->type != wanted) return std::nullopt;
    position_ += head->size;
    return head->argument;
}

std::optional<ByteView> Reader::string(Type wanted) noexcept {
    const auto before = position_;
    const auto size = head(wanted);
    if (!size) return std::nullopt;
    ByteReader reader(bytes_.subspan(position_));
    const auto view = reader.take(*size);
    position_ = view ? position_ + view->size() : before;
    return view;
}

std::optional<std::uint64_t> Reader::unsigned_integer() noexcept {
    return head(Type::unsigned_integer);
}

std::optional<std::int64_t> Reader::integer() noexcept {
    const auto before = position_;
    const bool negative = type() == Type::negative_integer;
    const auto argument = head(negative ? Type::negative_integer : Type::unsigned_integer);
    if (!argument) return std::nullopt;
    if (*argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        position_ = before;
        return std::nullopt;
    }
    const auto magnitude = static_cast<std::int64_t>(*argument);
    return negative ? -1 - magnitude : magnitude;
}

std::optional<ByteView> Reader::byte_string() noexcept {
    return string(Type::byte_string);
}

std::optional<std::string_view> Reader::text_string() noexcept {
    const auto bytes = string(Type::text_string);
    if (!bytes) return std::nullopt;
    return as_text(*bytes);
}

std::optional<std::uint64_t> Reader::array() noexcept {
    return head(Type::array);
}
std::optional<std::uint64_t> Reader::map() noexcept {
    return head(Type::map);
}
std::optional<std::uint64_t> Reader::tag() noexcept {
    return head(Type::tag);
}
bool Reader::null() noexcept {
    return head(Type::null).has_value();
}

ByteView Reader::item() noexcept {
    const auto start = position_;
    // Each head says how many items more are to come before the whole one is read.
    std::uint64_t pending = 1;
    while (pending > 0) {
        const auto head = read_head(bytes_.subspan(position_));
        if (!head) break;
        --pending;
        position_ += head->size;
        switch (head->type) {
            case Type::byte_string:
            case Type::text_string:
                position_ += static_cast<std::size_t>(head->argument);
                break;
            case Type::array:
                pending += head->argument;
                break;
            case Type::map:
                pending += 2 * head->argument;
                break;
            case Type::tag:
                ++pending;
                break;
            default:
                break;
        }
    }
    return bytes_.subspan(start, position_ - start);
}

Reader reader_of(ByteView item) noexcept {
    return Reader(item);
}

void Writer::head(unsigned major, std::uint64_t argument) {
    const auto initial = [&](unsigned information) {
        bytes_.push_back(static_cast<std::uint8_t>(major << 5 | information));
    };
    if (argument < 24) return initial(static_cast<unsigned>(argument));
    unsigned power = 0;
    while (power < 3 && argument >> (8U << power) != 0) ++power;
    initial(24 + power);
    append_big_endian(bytes_, argument, std::size_t{1} << power);
}

Writer& Writer::unsigned_integer(std::uint64_t value) {
    head(0, value);
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    if (value < 0)
        head(1, static_cast<std::uint64_t>(-1 - value));
    else
        head(0, static_cast<std::uint64_t>(value));
    return *this;
}

Writer& Writer::byte_string(ByteView value) {
    head(2, value.size());
    append(bytes_, value);
    return *this;
}

Writer& Writer::text_string(std::string_view value) {
    head(3, value.size());
    append(bytes_, as_bytes(value));
    return *this;
}

Writer& Writer::array(std::uint64_t count) {
    head(4, count);
    return *this;
}

Writer& Writer::map(std::uint64_t pairs) {
    head(5, pairs);
    return *this;
}

Writer& Writer::tag(std::uint64_t number) {
    head(6, number);
    return *this;
}

Writer& Writer::null() {
    bytes_.push_back(0xF6);
    return *this;
}

Writer& Writer::item(ByteView encoded) {
    append(bytes_, encoded);
    return *this;
}

}  // namespace sjcode::cbor
