// What a symbol says: URLs that carry a code as decimal digits. docs/code-format.md, section 7.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/code_number.h"
#include "sjcode/result.h"

#include <string>
#include <string_view>
#include <variant>

namespace sjcode {

/// Each 7 bytes, big-endian, as 17 decimal digits; a tail of 1–6 bytes as 3, 5, 8, 10, 13, 15.
std::string encode_digits(ByteView bytes);
/// Errors: "digits.character", "digits.length", "digits.range", "digits.empty".
Result<Bytes> decode_digits(std::string_view digits);

/// A symbol's URL taken apart. `host` is as written; whether it is official, the trust records say.
struct SymbolUrl {
    struct Report {
        Bytes code;  ///< COSE_Sign1
    };
    struct Entry {
        Bytes disclosure;  ///< deterministic CBOR, see Disclosure
    };
    struct Number {
        CodeNumber code;
    };
    std::string host;
    std::variant<Report, Entry, Number> content;

    /// Errors: "url.scheme", "url.host", "url.path" (an unknown path: a newer format, or none of ours), "url.form",
    /// "digits.*", "number.*".
    static Result<SymbolUrl> parse(std::string_view text);
};

/// `https://HOST/r/`, `https://HOST/e/#` and `https://HOST/n/`: what stands before the digits or the number.
std::string report_url_prefix(std::string_view host);
std::string entry_url_prefix(std::string_view host);
std::string number_url(std::string_view host, const CodeNumber& code);

/// A host as the format wants it: lower case, A-labels, no port, no trailing dot, at most 253 characters.
bool is_valid_host(std::string_view host) noexcept;

}  // namespace sjcode
