#include "crypto/pkcs11_uri.h"

#include "base/try.h"
#include "sjcode/hardware_key.h"

#include <array>
#include <optional>
#include <set>

namespace sjcode {
namespace {

constexpr std::string_view scheme = "pkcs11:";
constexpr std::size_t longest_uri = 4'096;
/// What selects a token and an object in it. The engine looks at no others.
constexpr std::array<std::string_view, 6> selecting = {"token", "manufacturer", "serial", "model", "object", "id"};

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool stands_for_itself(char c) noexcept {
    const bool is_letter_or_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    // pk11-res-avail and unreserved of RFC 7512; "/?|" in the query only, where they do no harm.
    return is_letter_or_digit || std::string_view("-._~:[]@!$'()*+,=&/?|").find(c) != std::string_view::npos;
}

/// Nothing where the value is not well-formed or has a zero byte, which would end it early in C.
std::optional<std::string> decode(std::string_view value) {
    std::string text;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '%') {
            if (!stands_for_itself(value[i])) return std::nullopt;
            text += value[i];
            continue;
        }
        if (value.size() - i < 3) return std::nullopt;
        const int high = hex_digit(value[i + 1]);
        const int low = hex_digit(value[i + 2]);
        if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
        text += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return text;
}

Unexpected wrong(std::string_view part) {
    // A text that is no URI at all may be anything: no more of it than helps to find the place.
    return fail("pkcs11.uri", {{"part", std::string(part.substr(0, 40))}});
}

class Parser {
public:
    Result<crypto::Pkcs11Uri> parse(std::string_view uri) {
        if (!is_hardware_key_uri(uri) || uri.size() > longest_uri) return wrong(uri.substr(0, uri.find_first_of(";?")));
        uri.remove_prefix(scheme.size());
        // Looked for before anything else, so that no message repeats a PIN.
        if (uri.find("pin-value") != std::string_view::npos) return fail("pkcs11.pin-in-uri");
        const auto question = uri.find('?');
        SJCODE_CHECK(each(uri.substr(0, question), ';', &Parser::path_attribute));
        if (question != std::string_view::npos)
            SJCODE_CHECK(each(uri.substr(question + 1), '&', &Parser::query_attribute));
        if (!seen_.contains("object") && !seen_.contains("id")) return fail("pkcs11.key-not-named");
        return std::move(result_);
    }

private:
    using Attribute = Result<void> (Parser::*)(std::string_view name, std::string_view value);

    Result<void> each(std::string_view text, char separator, Attribute attribute) {
        while (!text.empty()) {
            const auto end = text.find(separator);
            const auto part = text.substr(0, end);
            const auto equals = part.find('=');
            if (equals == std::string_view::npos || equals + 1 == part.size()) return wrong(part);
            if (!seen_.emplace(part.substr(0, equals)).second) return wrong(part);
            SJCODE_CHECK((this->*attribute)(part.substr(0, equals), part.substr(equals + 1)));
            if (end == std::string_view::npos) break;
            text.remove_prefix(end + 1);
            if (text.empty()) return wrong(std::string_view(&separator, 1));
        }
        return {};
    }

    Result<void> path_attribute(std::string_view name, std::string_view value) {
        if (!decode(value) || value.find_first_of("/?|") != std::string_view::npos) return wrong(name);
        if (name == "type") return value == "private" ? Result<void>() : Result<void>(wrong("type"));
        for (const auto known : selecting) {
            if (name != known) continue;
            result_.key += result_.key.empty() ? std::string(scheme) : std::string(";");
            result_.key += std::string(name) + '=' + std::string(value);
            return {};
        }
        return wrong(name);
    }

    Result<void> query_attribute(std::string_view name, std::string_view value) {
        auto path = decode(value);
        if (name != "module-path" || !path) return wrong(name);
        result_.module_path = *std::move(path);
        return {};
    }

    crypto::Pkcs11Uri result_;
    std::set<std::string, std::less<>> seen_;
};

}  // namespace

bool is_hardware_key_uri(std::string_view name) noexcept {
    return name.starts_with(scheme);
}

namespace crypto {

Result<Pkcs11Uri> parse_pkcs11_uri(std::string_view uri) {
    return Parser().parse(uri);
}

}  // namespace crypto
}  // namespace sjcode
