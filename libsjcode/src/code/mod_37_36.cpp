// ISO/IEC 7064 MOD 37,36, a hybrid system (GB/T 17710): the check of GB/T 36904's identifiers and of code numbers.
#include "base/try.h"
#include "sjcode/code_number.h"

namespace sjcode {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr unsigned modulus = 36;

}  // namespace

Result<char> mod_37_36_check_character(std::string_view characters) {
    unsigned product = modulus;
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const auto value = alphabet.find(characters[i]);
        if (value == std::string_view::npos) return fail("mod37-36.character", {{"position", std::to_string(i + 1)}});
        unsigned sum = (product + static_cast<unsigned>(value)) % modulus;
        if (sum == 0) sum = modulus;
        product = sum * 2 % (modulus + 1);
    }
    return alphabet[(modulus + 1 - product) % modulus];
}

Result<void> verify_mod_37_36(std::string_view characters) {
    if (characters.size() < 2) return fail("mod37-36.length");
    const auto last = characters.size() - 1;
    SJCODE_TRY(const auto expected, mod_37_36_check_character(characters.substr(0, last)));
    if (characters.back() == expected) return {};
    if (alphabet.find(characters.back()) == std::string_view::npos)
        return fail("mod37-36.character", {{"position", std::to_string(last + 1)}});
    return fail("mod37-36.check-character");
}

}  // namespace sjcode
