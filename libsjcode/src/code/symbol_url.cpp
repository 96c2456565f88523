#include "sjcode/symbol_url.h"

#include "base/try.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr std::string_view scheme = "https://";
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

bool is_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool take_off(std::string_view& text, std::string_view prefix) noexcept {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Nothing of a URL's further parts may follow: each would be a way to say something that nobody signed.
Result<void> check_tail(std::string_view tail) {
    // One pass: find_first_of() would search the set for each of several hundred characters.
    if (std::any_of(tail.begin(), tail.end(), [](char c) { return c == '?' || c == '#' || c == '%'; }))
        return fail("url.form");
    if (tail.find('/') != std::string_view::npos) return fail("url.path");
    return {};
}

}  // namespace

bool is_valid_host(std::string_view host) noexcept {
    if (host.size() > longest_host) return false;
    std::string_view rest = host;
    for (;;) {
        const auto dot = rest.find('.');
        const auto label = rest.substr(0, dot);
        if (!is_label(label)) return false;
        // An address is no name: it cannot be official for anybody.
        if (dot == std::string_view::npos) return !std::all_of(label.begin(), label.end(), is_digit);
        rest.remove_prefix(dot + 1);
    }
}

Result<SymbolUrl> SymbolUrl::parse(std::string_view text) {
    if (!take_off(text, scheme)) return fail("url.scheme");
    const auto slash = text.find('/');
    const auto host = text.substr(0, slash);
    if (!is_valid_host(host)) return fail("url.host");
    if (slash == std::string_view::npos) return fail("url.path");
    auto tail = text.substr(slash);
    const bool is_report = take_off(tail, "/r/");
    const bool is_entry = !is_report && take_off(tail, "/e/");
    if (!is_report && !is_entry && !take_off(tail, "/n/")) return fail("url.path");
    // The fragment keeps an entry from servers, so it must be there.
    if (is_entry && !take_off(tail, "#")) return fail("url.form");
    SJCODE_CHECK(check_tail(tail));
    if (!is_report && !is_entry) {
        SJCODE_TRY(auto code, CodeNumber::from_characters(tail));
        return SymbolUrl{std::string(host), Number{std::move(code)}};
    }
    SJCODE_TRY(auto bytes, decode_digits(tail));
    if (is_report) return SymbolUrl{std::string(host), Report{std::move(bytes)}};
    return SymbolUrl{std::string(host), Entry{std::move(bytes)}};
}

std::string report_url_prefix(std::string_view host) {
    return std::string(scheme).append(host).append("/r/");
}

std::string entry_url_prefix(std::string_view host) {
    return std::string(scheme).append(host).append("/e/#");
}

std::string number_url(std::string_view host, const CodeNumber& code) {
    return std::string(scheme).append(host).append("/n/").append(code.characters());
}

}  // namespace sjcode
