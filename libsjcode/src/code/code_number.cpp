#include "sjcode/code_number.h"

#include "base/try.h"
#include "base/unicode.h"

#include <algorithm>

namespace sjcode {
namespace {

/// Without I, L, O and U: what looks like a digit, and what may spell a word.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t length = 20;
constexpr std::size_t random_characters = 18;
constexpr std::size_t group = 4;
constexpr unsigned bits_per_character = 5;
constexpr char scheme = 'J';
constexpr std::size_t encoded_size = 12;

bool is_separator(char32_t c) noexcept {
    return c == U' ' || c == U'\u3000' || c == U'-' || c == U'\u2010' || c == U'\u2011' || c == U'\uFF0D';
}

/// What a person meant by a character; anything that means nothing stays and is refused later.
char32_t as_meant(char32_t c) noexcept {
    if (c >= U'\uFF01' && c <= U'\uFF5E') c -= 0xFEE0;  // full-width forms of ASCII
    if (c >= U'a' && c <= U'z') c -= U'a' - U'A';
    if (c == U'I' || c == U'L') return U'1';
    if (c == U'O') return U'0';
    return c;
}

Unexpected wrong_character(std::size_t index) {
    return fail("number.character", {{"position", std::to_string(index + 1)}});
}

/// Appends the check character; nothing where it would be one that a number never has.
bool complete(std::string& characters) {
    const auto check = mod_37_36_check_character(characters);
    if (!check || alphabet.find(*check) == std::string_view::npos) return false;
    characters.push_back(*check);
    return true;
}

}  // namespace

Result<CodeNumber> CodeNumber::from_characters(std::string_view characters) {
    for (std::size_t i = 0; i < characters.size(); ++i)
        if (alphabet.find(characters[i]) == std::string_view::npos) return wrong_character(i);
    if (characters.size() != length) return fail("number.length", {{"length", std::to_string(characters.size())}});
    if (characters.front() != scheme) return fail("number.scheme");
    if (!verify_mod_37_36(characters)) return fail("number.check-character");
    return CodeNumber(std::string(characters));
}

Result<CodeNumber> CodeNumber::parse(std::string_view text) {
    const auto typed = unicode::decode(text);
    if (!typed) return wrong_character(0);
    std::string characters;
    for (const auto c : *typed) {
        if (is_separator(c)) continue;
        const auto meant = as_meant(c);
        if (meant > 0x7F) return wrong_character(characters.size());
        characters.push_back(static_cast<char>(meant));
    }
    return from_characters(characters);
}

Result<CodeNumber> CodeNumber::from_bytes(ByteView bytes) {
    if (bytes.size() != encoded_size || (bytes.front() & 0x80) != 0) return fail("number.encoding");
    std::string characters;
    // 95 bits from the second bit on, five at a time.
    unsigned held = 0;
    unsigned held_bits = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        held = held << 8 | bytes[i];
        held_bits += i == 0 ? 7 : 8;
        while (held_bits >= bits_per_character) {
            held_bits -= bits_per_character;
            characters.push_back(alphabet[held >> held_bits]);
            held &= (1U << held_bits) - 1;
        }
    }
    if (characters.front() != scheme) return fail("number.scheme");
    if (!complete(characters)) return fail("number.check-character");
    return CodeNumber(std::move(characters));
}

Result<CodeNumber> CodeNumber::generate(const RandomSource& random) {
    // One in nine is drawn again; a source that never gives a usable one is broken, and must not hang us.
    constexpr int most_draws = 100;
    for (int draw = 0; draw < most_draws; ++draw) {
        std::array<std::uint8_t, encoded_size> bytes{};
        SJCODE_CHECK(random(bytes));
        // The 12 bytes of the encoding at random, but for the top bit and the scheme character: 90 random bits.
        constexpr auto scheme_value = static_cast<std::uint8_t>(alphabet.find(scheme));
        bytes[0] = static_cast<std::uint8_t>(scheme_value << 2 | (bytes[0] & 0x03U));
        if (auto number = from_bytes(bytes)) return *std::move(number);
    }
    return fail("crypto.random");
}

std::string CodeNumber::grouped() const {
    std::string text;
    for (std::size_t i = 0; i < characters_.size(); i += group) {
        if (i > 0) text.push_back('-');
        text += characters_.substr(i, group);
    }
    return text;
}

std::array<std::uint8_t, 12> CodeNumber::to_bytes() const {
    std::array<std::uint8_t, encoded_size> bytes{};
    // The opposite of from_bytes: one zero bit, then five bits a character.
    unsigned held = 0;
    unsigned held_bits = 1;
    auto* at = bytes.begin();
    for (std::size_t i = 0; i <= random_characters; ++i) {
        held = held << bits_per_character | static_cast<unsigned>(alphabet.find(characters_[i]));
        held_bits += bits_per_character;
        if (held_bits < 8) continue;
        held_bits -= 8;
        *at++ = static_cast<std::uint8_t>(held >> held_bits);
        held &= (1U << held_bits) - 1;
    }
    return bytes;
}

}  // namespace sjcode
