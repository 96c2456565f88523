// PDF objects as values (ISO 32000-2, 7.3).
#pragma once

#include "sjcode/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sjcode::pdf {

struct Reference {
    std::uint32_t number = 0;
    std::uint32_t generation = 0;
    friend auto operator<=>(const Reference&, const Reference&) = default;
};

/// A number keeps its token, so that writing it back never changes its value or its form.
struct Number {
    std::string token;
    /// The value, where it is an integer that fits.
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;
    [[nodiscard]] double real() const noexcept;
    friend bool operator==(const Number&, const Number&) = default;
};

struct Name {
    std::string value;  ///< decoded, without the slash
    friend bool operator==(const Name&, const Name&) = default;
};

struct String {
    std::string value;  ///< decoded bytes
    friend bool operator==(const String&, const String&) = default;
};

struct Null {
    friend bool operator==(const Null&, const Null&) = default;
};

class Object;
using Array = std::vector<Object>;

/// Keys in the order of the file. A duplicate key is kept and reported: readers disagree on which one counts.
class Dictionary {
public:
    using Entry = std::pair<std::string, Object>;

    /// The first value for the key, or null pointer. A value of null counts as absent (7.3.7).
    [[nodiscard]] const Object* find(std::string_view key) const noexcept;
    [[nodiscard]] bool contains(std::string_view key) const noexcept { return find(key) != nullptr; }
    [[nodiscard]] bool has_duplicates() const;
    void append(std::string key, Object value);
    /// Replaces the value where the key stands, else appends.
    void set(std::string key, Object value);
    [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
    friend bool operator==(const Dictionary& a, const Dictionary& b);

private:
    std::vector<Entry> entries_;
};

class Object {
public:
    using Value = std::variant<Null, bool, Number, String, Name, Array, Dictionary, Reference>;

    Object() = default;
    template <class T>
    requires std::is_constructible_v<Value, T&&>
    explicit(false) Object(T&& value) : value_(std::forward<T>(value)) {}
    static Object integer(std::int64_t value) { return Object(Number{std::to_string(value)}); }

    template <class T>
    [[nodiscard]] const T* as() const noexcept {
        return std::get_if<T>(&value_);
    }
    [[nodiscard]] bool is_null() const noexcept { return as<Null>() != nullptr; }
    [[nodiscard]] bool is_name(std::string_view name) const noexcept {
        const auto* value = as<Name>();
        return value != nullptr && value->value == name;
    }
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept {
        const auto* number = as<Number>();
        return number == nullptr ? std::nullopt : number->integer();
    }
    [[nodiscard]] const Value& value() const noexcept { return value_; }
    friend bool operator==(const Object&, const Object&) = default;

private:
    Value value_;
};

/// Bytes [begin, end) of the file.
struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    [[nodiscard]] std::uint64_t size() const noexcept { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

/// An object that others refer to.
struct IndirectObject {
    Reference id;
    Object value;
    std::optional<Span> stream{};  ///< the raw bytes between stream and endstream
    Span span{};  ///< from the object number to endobj; the container's where it lies in an object stream
    std::uint32_t container = 0;  ///< number of the object stream that holds it, or 0

    /// The dictionary of a dictionary or stream, else null pointer.
    [[nodiscard]] const Dictionary* dictionary() const noexcept { return value.as<Dictionary>(); }
};

/// Writes an object in the one form that our revisions use: no optional white space, strings as upper-case hexadecimal
/// digits, names with every byte outside "!" to "~" and every delimiter escaped, numbers as their token.
void serialise(const Object& object, std::string& out);

}  // namespace sjcode::pdf
