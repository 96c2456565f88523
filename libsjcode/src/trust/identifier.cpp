#include "sjcode/identifier.h"

#include "base/try.h"
#include "base/unicode.h"
#include "sjcode/code_number.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace sjcode {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

void warn(std::vector<Error>& warnings, std::string code, Parameters parameters = {}) {
    warnings.push_back(Error{std::move(code), std::move(parameters), {}, {}, {}});
}

/// Position from 1 of the first character that is not in the alphabet, counted in characters; 0 where there is none.
std::size_t first_outside(std::string_view text, std::string_view alphabet) {
    const auto at = text.find_first_not_of(alphabet);
    return at == std::string_view::npos ? 0 : at + 1;
}

std::size_t length(std::string_view text) {
    const auto points = unicode::decode(text);
    return points ? points->size() : text.size();
}

void warn_of_region(std::vector<Error>& warnings, std::string_view code) {
    if (!region_name(code)) warn(warnings, "identifier.region", {{"code", std::string(code)}});
}

// --- GB 32100

/// Without I O S V Z, which look like 1 0 5 U 2.
constexpr std::string_view uscc_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<unsigned, 17> uscc_weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

char uscc_check_character(std::string_view text) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < uscc_weights.size(); ++i)
        sum += static_cast<unsigned>(uscc_alphabet.find(text[i])) * uscc_weights[i];
    return uscc_alphabet[(31 - sum % 31) % 31];
}

/// 登记管理部门, and the 机构类别 that it has: GB 32100 tables 1 and 2 with their amendments.
struct Department {
    char department;
    std::string_view kinds;
};
constexpr std::array<Department, 12> departments{{{'1', "1239"},
                                                  {'2', "19"},
                                                  {'3', "123459"},  // 司法行政; 34 is 司法鉴定机构
                                                  {'4', "19"},
                                                  {'5', "1239"},
                                                  {'6', "129"},
                                                  {'7', "129"},
                                                  {'8', "19"},
                                                  {'9', "123"},
                                                  {'A', "19"},
                                                  {'N', "1239"},
                                                  {'Y', "1"}}};

bool is_known_department(std::string_view pair) {
    return std::any_of(departments.begin(), departments.end(), [&](const Department& known) {
        return known.department == pair[0] && known.kinds.find(pair[1]) != std::string_view::npos;
    });
}

/// GB 11714: eight characters with weights, the ninth a check character, X for ten.
bool organisation_fits(std::string_view nine) {
    static constexpr std::array<unsigned, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const char c = nine[i];
        sum += static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'A' + 10) * weights[i];
    }
    const unsigned check = (11 - sum % 11) % 11;
    return nine[8] == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

// --- licence numbers

Result<CheckedIdentifier> check_licence(std::string_view text, std::initializer_list<std::size_t> sizes) {
    CheckedIdentifier checked{unicode::typed_code(text)};
    if (checked.text.empty()) return fail("identifier.empty");
    const bool known =
        all_digits(checked.text) && std::find(sizes.begin(), sizes.end(), checked.text.size()) != sizes.end();
    if (!known) {
        warn(checked.warnings, "identifier.licence-number", {{"text", checked.text}});
        return checked;
    }
    warn_of_region(checked.warnings, std::string_view(checked.text).substr(0, 2));
    return checked;
}

}  // namespace

Result<CheckedIdentifier> check_uscc(std::string_view text) {
    CheckedIdentifier checked{unicode::typed_code(text)};
    const std::string_view code = checked.text;
    if (length(code) != 18) return fail("identifier.uscc-length", {{"length", std::to_string(length(code))}});
    if (const auto position = first_outside(code, uscc_alphabet))
        return fail("identifier.uscc-character", {{"position", std::to_string(position)}});
    if (uscc_check_character(code) != code[17]) return fail("identifier.uscc-check");
    if (!is_known_department(code.substr(0, 2)))
        warn(checked.warnings, "identifier.uscc-department", {{"code", checked.text.substr(0, 2)}});
    // 100000 stands for the country itself.
    if (code.substr(2, 6) != "100000") warn_of_region(checked.warnings, code.substr(2, 6));
    if (!organisation_fits(code.substr(8, 9))) warn(checked.warnings, "identifier.organisation");
    return checked;
}

Result<LicenceIdentifier> LicenceIdentifier::parse(std::string_view text) {
    constexpr std::string_view root = "1.2.156.3005.2.";
    const auto whole = unicode::typed_code(text);
    if (!whole.starts_with(root)) return fail("identifier.licence-root");
    std::vector<std::string> parts(1);
    for (const char c : std::string_view(whole).substr(root.size())) {
        if (c == '.')
            parts.emplace_back();
        else
            parts.back() += c;
    }
    const bool complete = parts.size() == 5 && parts[4].size() == 1 &&
                          std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.empty(); });
    if (!complete) return fail("identifier.licence-parts");
    const auto checked = verify_mod_37_36(parts[0] + parts[1] + parts[2] + parts[3] + parts[4]);
    if (!checked)
        return fail(checked.error().code == "mod37-36.check-character" ? "identifier.licence-check"
                                                                       : "identifier.licence-character");
    LicenceIdentifier identifier{parts[0], parts[1], parts[2], parts[3], parts[4][0]};
    const std::string_view type = identifier.type;
    const bool usual_type = type.size() == 21 && check_uscc(type.substr(0, 18)) && all_digits(type.substr(18));
    if (!usual_type) warn(identifier.warnings, "identifier.licence-type", {{"text", identifier.type}});
    if (!check_uscc(identifier.issuer))
        warn(identifier.warnings, "identifier.licence-issuer", {{"text", identifier.issuer}});
    if (identifier.version.size() != 3 || !all_digits(identifier.version))
        warn(identifier.warnings, "identifier.licence-version", {{"text", identifier.version}});
    return identifier;
}

Result<CheckedIdentifier> check_institution_licence(std::string_view text) {
    return check_licence(text, {7, 9});
}
Result<CheckedIdentifier> check_appraiser_licence(std::string_view text) {
    return check_licence(text, {12});
}

}  // namespace sjcode
