#include "diagnostic.h"

#include <stdexcept>

using namespace sjcode;
using cbor::Type;

namespace {

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') result.push_back('\\');
        result.push_back(c);
    }
    return result + '"';
}

/// −1 − argument, which may be below the range of std::int64_t.
std::string negative(cbor::Reader& reader) {
    if (const auto value = reader.integer()) return std::to_string(*value);
    throw std::invalid_argument("an integer that this notation of ours does not write");
}

void copy(cbor::Reader& from, cbor::Writer& to) {
    switch (from.type()) {
        case Type::unsigned_integer:
            to.unsigned_integer(from.unsigned_integer().value());
            return;
        case Type::negative_integer:
            to.integer(from.integer().value());
            return;
        case Type::byte_string:
            to.byte_string(from.byte_string().value());
            return;
        case Type::text_string:
            to.text_string(from.text_string().value());
            return;
        case Type::array: {
            const auto count = from.array().value();
            to.array(count);
            for (std::uint64_t i = 0; i < count; ++i) copy(from, to);
            return;
        }
        case Type::map: {
            const auto pairs = from.map().value();
            to.map(pairs);
            for (std::uint64_t i = 0; i < 2 * pairs; ++i) copy(from, to);
            return;
        }
        case Type::tag:
            to.tag(from.tag().value());
            return copy(from, to);
        case Type::null:
            if (!from.null()) throw std::logic_error("null was announced");
            to.null();
            return;
        case Type::none:
            throw std::logic_error("the item ends early");
    }
}

}  // namespace

std::string diagnostic(cbor::Reader& reader) {
    switch (reader.type()) {
        case Type::unsigned_integer:
            return std::to_string(reader.unsigned_integer().value());
        case Type::negative_integer:
            return negative(reader);
        case Type::byte_string:
            return "h'" + to_hex(reader.byte_string().value()) + "'";
        case Type::text_string:
            return quoted(reader.text_string().value());
        case Type::array: {
            std::string text;
            for (auto count = reader.array().value(); count > 0; --count)
                text += (text.empty() ? "" : ", ") + diagnostic(reader);
            return "[" + text + "]";
        }
        case Type::map: {
            std::string text;
            for (auto pairs = reader.map().value(); pairs > 0; --pairs) {
                text += (text.empty() ? "" : ", ") + diagnostic(reader) + ": ";
                text += diagnostic(reader);
            }
            return "{" + text + "}";
        }
        case Type::tag: {
            const auto number = std::to_string(reader.tag().value());
            return number + "(" + diagnostic(reader) + ")";
        }
        case Type::null:
            return reader.null() ? "null" : "";
        case Type::none:
            break;
    }
    throw std::logic_error("the item ends early");
}

Bytes reencoded(cbor::Reader reader) {
    cbor::Writer writer;
    copy(reader, writer);
    return writer.take();
}
