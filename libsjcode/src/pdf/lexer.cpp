#include "pdf/lexer.h"

#include "base/hex.h"
#include "base/try.h"
#include "pdf/characters.h"

namespace sjcode::pdf {

Unexpected damaged(std::string_view what, std::uint64_t offset) {
    return Unexpected(Error{"pdf.damaged", {{"what", std::string(what)}}, {}, offset, {}});
}

Unexpected limit_reached(std::string_view which) {
    return Unexpected(Error{"pdf.limit", {{"limit", std::string(which)}}, {}, {}, {}});
}

void Lexer::skip_space() noexcept {
    while (const auto c = peek()) {
        if (is_white(*c)) {
            ++position_;
        } else if (*c == '%') {
            while (const auto d = peek()) {
                if (*d == '\r' || *d == '\n') break;
                ++position_;
            }
        } else {
            return;
        }
    }
}

bool Lexer::keyword(std::string_view word) noexcept {
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto c = peek(i);
        if (!c || *c != static_cast<std::uint8_t>(word[i])) return false;
    }
    const auto after = peek(word.size());
    if (after && is_regular(*after)) return false;
    position_ += word.size();
    return true;
}

std::optional<std::uint64_t> Lexer::unsigned_integer(std::uint64_t limit) noexcept {
    std::uint64_t value = 0;
    std::uint64_t count = 0;
    while (const auto c = peek(count)) {
        if (!is_digit(*c)) break;
        if (++count > 19) return std::nullopt;
        value = value * 10 + (*c - '0');
    }
    if (count == 0 || value > limit) return std::nullopt;
    if (const auto after = peek(count); after && is_regular(*after)) return std::nullopt;
    position_ += count;
    return value;
}

std::string_view Lexer::word() noexcept {
    const auto begin = position_;
    while (const auto c = peek()) {
        if (!is_regular(*c)) break;
        ++position_;
    }
    return as_text(bytes_.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(position_ - begin)));
}

Result<Object> Lexer::object(bool references) {
    tokens_ = 0;
    return object_at(0, references);
}

Result<Object> Lexer::object_at(std::uint32_t depth, bool references) {
    skip_space();
    if (depth > limits_->depth) return limit_reached("depth");
    if (++tokens_ > limits_->tokens) return limit_reached("tokens");
    const auto c = peek();
    if (!c) return damaged("object expected", position_);
    switch (*c) {
        case '/': {
            SJCODE_TRY(auto value, name());
            return Object(Name{std::move(value)});
        }
        case '(':
            return literal_string();
        case '[':
            return array(depth, references);
        case '<':
            if (peek(1) == std::uint8_t{'<'}) return dictionary(depth, references);
            return hexadecimal_string();
        default:
            break;
    }
    if (is_digit(*c) || *c == '+' || *c == '-' || *c == '.') return number_or_reference(references);
    if (keyword("true")) return Object(true);
    if (keyword("false")) return Object(false);
    if (keyword("null")) return Object();
    return damaged("object expected", position_);
}

Result<Object> Lexer::number_or_reference(bool references) {
    const auto begin = position_;
    const auto token = word();
    bool digits = false;
    bool point = false;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const char c = token[i];
        if (is_digit(static_cast<std::uint8_t>(c))) {
            digits = true;
        } else if (c == '.' && !point) {
            point = true;
        } else if (!((c == '+' || c == '-') && i == 0)) {
            return damaged("number expected", begin);
        }
    }
    if (!digits || token.size() > 64) return damaged("number expected", begin);
    if (references && is_digit(static_cast<std::uint8_t>(token.front())) && !point) {
        // Two integers and R make a reference; anything else leaves the first integer alone.
        const auto after = position_;
        skip_space();
        if (const auto generation = unsigned_integer(65'535)) {
            skip_space();
            if (keyword("R")) {
                const auto number = Number{std::string(token)}.integer();
                if (!number || *number < 0 || *number > limits_->object_number)
                    return damaged("object number out of range", begin);
                return Object(Reference{static_cast<std::uint32_t>(*number), static_cast<std::uint32_t>(*generation)});
            }
        }
        position_ = after;
    }
    return Object(Number{std::string(token)});
}

Result<std::string> Lexer::name() {
    const auto begin = position_;
    ++position_;
    std::string value;
    while (const auto c = peek()) {
        if (!is_regular(*c)) break;
        ++position_;
        if (*c != '#') {
            value.push_back(static_cast<char>(*c));
            continue;
        }
        const int high = hex_digit(static_cast<char>(peek().value_or(0)));
        const int low = hex_digit(static_cast<char>(peek(1).value_or(0)));
        if (high < 0 || low < 0) return damaged("name with a wrong # escape", begin);
        value.push_back(static_cast<char>(high << 4 | low));
        position_ += 2;
    }
    return value;
}

Result<Object> Lexer::literal_string() {
    const auto begin = position_;
    ++position_;
    std::string value;
    int open = 1;
    while (const auto c = peek()) {
        ++position_;
        if (*c == '(') {
            ++open;
        } else if (*c == ')') {
            if (--open == 0) return Object(String{std::move(value)});
        } else if (*c == '\r') {
            // An end of line inside a string is one line feed, however it is written.
            if (peek() == std::uint8_t{'\n'}) ++position_;
            value.push_back('\n');
            continue;
        } else if (*c == '\\') {
            const auto escaped = peek();
            if (!escaped) break;
            ++position_;
            switch (*escaped) {
                case 'n':
                    value.push_back('\n');
                    break;
                case 'r':
                    value.push_back('\r');
                    break;
                case 't':
                    value.push_back('\t');
                    break;
                case 'b':
                    value.push_back('\b');
                    break;
                case 'f':
                    value.push_back('\f');
                    break;
                case '\n':
                    break;
                case '\r':
                    if (peek() == std::uint8_t{'\n'}) ++position_;
                    break;
                default:
                    if (*escaped >= '0' && *escaped <= '7') {
                        unsigned code = *escaped - unsigned{'0'};
                        for (int i = 0; i < 2; ++i) {
                            const auto digit = peek();
                            if (!digit || *digit < '0' || *digit > '7') break;
                            code = code * 8 + (*digit - unsigned{'0'});
                            ++position_;
                        }
                        value.push_back(static_cast<char>(code & 0xFF));
                    } else {
                        value.push_back(static_cast<char>(*escaped));
                    }
            }
            continue;
        }
        value.push_back(static_cast<char>(*c));
    }
    return damaged("string without an end", begin);
}

Result<Object> Lexer::hexadecimal_string() {
    const auto begin = position_;
    ++position_;
    std::string value;
    int high = -1;
    while (const auto c = peek()) {
        ++position_;
        if (*c == '>') {
            if (high >= 0) value.push_back(static_cast<char>(high << 4));
            return Object(String{std::move(value)});
        }
        if (is_white(*c)) continue;
        const int digit = hex_digit(static_cast<char>(*c));
        if (digit < 0) return damaged("hexadecimal string with another character", begin);
        if (high < 0) {
            high = digit;
        } else {
            value.push_back(static_cast<char>(high << 4 | digit));
            high = -1;
        }
    }
    return damaged("hexadecimal string without an end", begin);
}

Result<Object> Lexer::array(std::uint32_t depth, bool references) {
    const auto begin = position_;
    ++position_;
    Array elements;
    for (;;) {
        skip_space();
        const auto c = peek();
        if (!c) return damaged("array without an end", begin);
        if (*c == ']') {
            ++position_;
            return Object(std::move(elements));
        }
        SJCODE_TRY(auto element, object_at(depth + 1, references));
        elements.push_back(std::move(element));
    }
}

Result<Object> Lexer::dictionary(std::uint32_t depth, bool references) {
    const auto begin = position_;
    position_ += 2;
    Dictionary entries;
    for (;;) {
        skip_space();
        const auto c = peek();
        if (!c) return damaged("dictionary without an end", begin);
        if (*c == '>') {
            if (peek(1) != std::uint8_t{'>'}) return damaged("dictionary without an end", begin);
            position_ += 2;
            return Object(std::move(entries));
        }
        if (*c != '/') return damaged("dictionary key expected", position_);
        SJCODE_TRY(auto key, name());
        SJCODE_TRY(auto value, object_at(depth + 1, references));
        entries.append(std::move(key), std::move(value));
    }
}

}  // namespace sjcode::pdf
