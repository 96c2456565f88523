#include "pdf/object.h"

#include "pdf/characters.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>

namespace sjcode::pdf {
namespace {

constexpr char upper_digits[] = "0123456789ABCDEF";

void serialise_name(std::string_view name, std::string& out) {
    out += '/';
    for (const char c : name) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte < '!' || byte > '~' || c == '#' || is_delimiter(byte)) {
            out += '#';
            out += upper_digits[byte >> 4];
            out += upper_digits[byte & 15];
        } else {
            out += c;
        }
    }
}

/// True where two tokens side by side would run into one.
bool needs_space(const std::string& out, const Object& next) {
    // An empty name ends with its slash, which would swallow the next token.
    if (out.empty() || (!is_regular(static_cast<std::uint8_t>(out.back())) && out.back() != '/')) return false;
    return next.as<Null>() || next.as<bool>() || next.as<Number>() || next.as<Reference>();
}

}  // namespace

std::optional<std::int64_t> Number::integer() const noexcept {
    if (token.find('.') != std::string::npos) return std::nullopt;
    errno = 0;
    char* end = nullptr;
    const auto value = std::strtoll(token.c_str(), &end, 10);
    if (errno != 0 || end == token.c_str() || *end != '\0') return std::nullopt;
    return value;
}

double Number::real() const noexcept {
    // Not strtod, which reads a comma for a point where the program's locale says so.
    std::string_view digits = token;
    if (digits.starts_with('+')) digits.remove_prefix(1);
    double value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
    return value;
}

const Object* Dictionary::find(std::string_view key) const noexcept {
    for (const auto& [name, value] : entries_)
        if (name == key) return value.is_null() ? nullptr : &value;
    return nullptr;
}

bool Dictionary::has_duplicates() const {
    std::vector<std::string_view> keys;
    keys.reserve(entries_.size());
    for (const auto& entry : entries_) keys.push_back(entry.first);
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

void Dictionary::append(std::string key, Object value) {
    entries_.emplace_back(std::move(key), std::move(value));
}

void Dictionary::set(std::string key, Object value) {
    for (auto& entry : entries_)
        if (entry.first == key) {
            entry.second = std::move(value);
            return;
        }
    append(std::move(key), std::move(value));
}

bool operator==(const Dictionary& a, const Dictionary& b) {
    return a.entries_ == b.entries_;
}

void serialise(const Object& object, std::string& out) {
    if (needs_space(out, object)) out += ' ';
    if (object.as<Null>()) {
        out += "null";
    } else if (const auto* boolean = object.as<bool>()) {
        out += *boolean ? "true" : "false";
    } else if (const auto* number = object.as<Number>()) {
        out += number->token;
    } else if (const auto* string = object.as<String>()) {
        out += '<';
        auto at = out.size();
        out.resize(at + 2 * string->value.size());
        for (const char c : string->value) {
            const auto byte = static_cast<std::uint8_t>(c);
            out[at++] = upper_digits[byte >> 4];
            out[at++] = upper_digits[byte & 15];
        }
        out += '>';
    } else if (const auto* name = object.as<Name>()) {
        serialise_name(name->value, out);
    } else if (const auto* array = object.as<Array>()) {
        out += '[';
        for (const auto& element : *array) serialise(element, out);
        out += ']';
    } else if (const auto* dictionary = object.as<Dictionary>()) {
        out += "<<";
        for (const auto& [key, value] : dictionary->entries()) {
            serialise_name(key, out);
            serialise(value, out);
        }
        out += ">>";
    } else if (const auto* reference = object.as<Reference>()) {
        out += std::to_string(reference->number) + ' ' + std::to_string(reference->generation) + " R";
    }
}

}  // namespace sjcode::pdf
