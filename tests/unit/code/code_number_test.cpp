#include "fixtures.h"

#include <algorithm>
#include <set>

using namespace sjcode;

TEST_CASE("MOD 37,36 gives the check characters of published identifiers") {
    // GB/T 36904 identifiers: type, issuer, serial and version joined, then the check character.
    for (const std::string identifier : {
             "11100000000013338W01111430000006122244L20230000403001U",
             "11100000MB032716990223401000000000160019",
             "11100000000013338W00911330105002500287C20250522010020",
         }) {
        INFO(identifier);
        CHECK(verify_mod_37_36(identifier));
        CHECK(mod_37_36_check_character(identifier.substr(0, identifier.size() - 1)).value() == identifier.back());
    }
    // A sample from public documentation whose check character M should be D.
    const std::string wrong = "11100000000013661B006113700000045046442209FA4E88F9E4C878F3E9BED2CE7EA49001M";
    CHECK(verify_mod_37_36(wrong).error().code == "mod37-36.check-character");
    CHECK(mod_37_36_check_character(wrong.substr(0, wrong.size() - 1)).value() == 'D');
    CHECK(verify_mod_37_36("").error().code == "mod37-36.length");
    CHECK(error_code(mod_37_36_check_character("12a")) == "mod37-36.character");
}

TEST_CASE("every single wrong character of a code number is found") {
    const std::string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const auto number = some_number().characters();
    for (std::size_t position = 0; position < number.size(); ++position)
        for (const char c : alphabet) {
            if (c == number[position]) continue;
            auto wrong = number;
            wrong[position] = c;
            CHECK_FALSE(CodeNumber::parse(wrong).has_value());
        }
}

TEST_CASE("generated numbers are different, well formed, and come back from every form") {
    std::set<std::string> seen;
    const auto random = counting_random();
    for (int i = 0; i < 2'000; ++i) {
        const auto number = CodeNumber::generate(random).value();
        CHECK(seen.insert(number.characters()).second);
        CHECK(number.characters().size() == 20);
        CHECK(number.characters().front() == 'J');
        CHECK(number.characters().find_first_of("ILOU") == std::string::npos);
        CHECK(CodeNumber::parse(number.grouped()).value() == number);
        CHECK(CodeNumber::from_bytes(number.to_bytes()).value() == number);
    }
    // Each of the 18 places takes all 32 characters: no bit of the 90 is fixed.
    for (std::size_t place = 1; place <= 18; ++place) {
        std::set<char> characters;
        for (const auto& number : seen) characters.insert(number[place]);
        CHECK(characters.size() == 32);
    }
}

TEST_CASE("a random source that fails or is stuck gives an error, not an endless loop") {
    CHECK(error_code(CodeNumber::generate([](auto) -> Result<void> { return fail("crypto.random"); })) ==
          "crypto.random");
    // Bytes whose check character would be I, L, O or U, again and again
    int calls = 0;
    const auto stuck = [&](std::span<std::uint8_t> bytes) -> Result<void> {
        ++calls;
        std::fill(bytes.begin(), bytes.end(), std::uint8_t{0});
        for (std::uint8_t last = 0;; ++last) {
            bytes.back() = last;
            std::array<std::uint8_t, 12> with_scheme{};
            std::copy(bytes.begin(), bytes.end(), with_scheme.begin());
            with_scheme[0] = 18U << 2;
            if (!CodeNumber::from_bytes(with_scheme)) return {};
        }
    };
    CHECK(error_code(CodeNumber::generate(stuck)) == "crypto.random");
    CHECK(calls > 1);
}

TEST_CASE("a typed number is read as a person means it") {
    const auto number = some_number();
    CHECK(number.grouped().size() == 24);
    auto lower = number.grouped();
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    CHECK(CodeNumber::parse(lower).value() == number);
    CHECK(CodeNumber::parse("  " + number.grouped() + "　").value() == number);
    CHECK(error_code(CodeNumber::from_characters(lower)) == "number.character");
    CHECK(error_code(CodeNumber::from_characters(number.grouped())) == "number.character");

    auto with_u = number.characters();
    with_u[6] = 'U';
    const auto error = CodeNumber::parse("J" + std::string("-") + with_u.substr(1));
    CHECK(error_code(error) == "number.character");
    CHECK(error.error().parameters.at("position") == "7");
    CHECK(error_code(CodeNumber::parse("\xFF\xFF")) == "number.character");
    CHECK(error_code(CodeNumber::parse("")) == "number.length");
    CHECK(CodeNumber::parse("J12").error().parameters.at("length") == "3");
}
