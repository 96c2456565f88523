// The code number (赋码编号) of a report: docs/code-format.md, section 2.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/environment.h"
#include "sjcode/result.h"

#include <array>
#include <string>
#include <string_view>

namespace sjcode {

/// 20 characters, random, self-checking: `J`, 18 random characters, one check character
/// (ISO/IEC 7064 MOD 37,36 = GB/T 17710). Holding one means that its form is right; it says nothing of whether
/// such a report exists.
class CodeNumber {
public:
    /// As a person types it: lower case, full-width forms, spaces and hyphens (U+2010, U+2011 too) are accepted, I and
    /// L are read as 1, O as 0. Errors, in this order: "number.character" ({position} from 1, separators not counted),
    /// "number.length", "number.scheme", "number.check-character".
    static Result<CodeNumber> parse(std::string_view text);
    /// The 20 characters themselves, with no forgiving reading: as in a URL. Errors as parse().
    static Result<CodeNumber> from_characters(std::string_view characters);
    /// From the 12 bytes of the CBOR form (95 bits, big-endian). Errors: "number.encoding" (another length, or the top
    /// bit set), "number.scheme", "number.check-character" (the check character would be I, L, O or U).
    static Result<CodeNumber> from_bytes(ByteView bytes);
    /// A fresh one: 90 random bits. Errors: those of the source; "crypto.random" where it gives nothing usable.
    static Result<CodeNumber> generate(const RandomSource& random);

    /// The 20 characters without hyphens.
    [[nodiscard]] const std::string& characters() const noexcept { return characters_; }
    /// `XXXX-XXXX-XXXX-XXXX-XXXX`.
    [[nodiscard]] std::string grouped() const;
    [[nodiscard]] std::array<std::uint8_t, 12> to_bytes() const;

    friend bool operator==(const CodeNumber&, const CodeNumber&) = default;

private:
    explicit CodeNumber(std::string characters) : characters_(std::move(characters)) {}
    std::string characters_;
};

/// The check character of ISO/IEC 7064 MOD 37,36 over characters 0-9 and A-Z, as for the electronic-licence identifier
/// of GB/T 36904. Error: "mod37-36.character" ({position} from 1).
Result<char> mod_37_36_check_character(std::string_view characters);

/// That the last of these characters is the check character of those before it.
/// Errors: "mod37-36.length" (fewer than two), "mod37-36.character", "mod37-36.check-character".
Result<void> verify_mod_37_36(std::string_view characters);

}  // namespace sjcode
