// Identifiers that people type and lists carry: what can be checked by themselves, and what only looks unusual. An
// identifier that passes has the right form; whether such a body or licence exists, only a register knows.
#pragma once

#include "sjcode/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// An identifier in its one form, and what is unusual about it. Warnings are codes with sentences: unknown structures
/// occur, and old codes stay in old documents.
struct CheckedIdentifier {
    std::string text;               ///< half-width, upper case, without spaces
    std::vector<Error> warnings{};  ///< empty where nothing is unusual
};

/// 统一社会信用代码 (GB 32100-2015): 18 characters, the last a check character modulo 31.
/// Errors: "identifier.uscc-length" ({length}), "identifier.uscc-character" ({position} from 1),
/// "identifier.uscc-check". Warnings: "identifier.uscc-department" ({code}: first two characters that the standard does
/// not list), "identifier.region" ({code}), "identifier.organisation" (the organisation code within, GB 11714, has a
/// check character of its own, which does not fit).
Result<CheckedIdentifier> check_uscc(std::string_view text);

/// 电子证照标识 (GB/T 36904-2018), taken apart: 1.2.156.3005.2.TYPE.ISSUER.SERIAL.VERSION.CHECK.
struct LicenceIdentifier {
    std::string type;     ///< 证照类型代码: 18 characters of the ministry's USCC, 3 digits
    std::string issuer;   ///< 颁发机构代码: a USCC; some have a region code
    std::string serial;   ///< 流水号
    std::string version;  ///< 版本号: three digits
    char check = '0';
    std::vector<Error> warnings{};

    /// Errors: "identifier.licence-root", "identifier.licence-parts", "identifier.licence-character",
    /// "identifier.licence-check" (ISO/IEC 7064 MOD 37,36 over the four parts). Warnings: "identifier.licence-type",
    /// "identifier.licence-issuer", "identifier.licence-version".
    static Result<LicenceIdentifier> parse(std::string_view text);
};

/// 司法鉴定许可证号 of an institution: 7 digits (before 2010) or 9. Error: "identifier.empty". Anything else than the
/// known forms is a warning only: "identifier.licence-number" ({text}), "identifier.region" ({code}).
Result<CheckedIdentifier> check_institution_licence(std::string_view text);
/// 司法鉴定人执业证号: 12 digits, the institution's 9 first. Errors and warnings as above.
Result<CheckedIdentifier> check_appraiser_licence(std::string_view text);

/// The name of a province (2 digits), prefecture (4), or county (6; then the prefecture's) by GB/T 2260; those that
/// were dissolved too. Nothing for an unknown code.
std::optional<std::string> region_name(std::string_view code);
/// Version of the embedded table.
std::string_view region_table_version();

/// Whether a text holds a resident identity number (GB 11643: 18 characters with a right check character and a possible
/// date of birth, or 15 digits of the old form): to refuse it, never to keep it. Full-width digits count, and spaces or
/// hyphens within.
bool contains_resident_id(std::string_view text);

}  // namespace sjcode
