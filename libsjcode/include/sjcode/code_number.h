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
    /// As a person types it: lower case, full-width forms, spaces and hyphens are accepted, I and L are read as 1,
    /// O as 0. Errors: "number.length", "number.character" ({position} from 1), "number.scheme",
    /// "number.check-character".
    static Result<CodeNumber> parse(std::string_view text);
    /// From the 12 bytes of the CBOR form (95 bits, big-endian). Error: "number.encoding".
    static Result<CodeNumber> from_bytes(ByteView bytes);
    /// A fresh one: 90 random bits.
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
/// of GB/T 36904. Error: "number.character".
Result<char> mod_37_36_check_character(std::string_view characters);

}  // namespace sjcode
