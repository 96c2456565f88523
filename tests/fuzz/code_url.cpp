// Symbol URLs and digits: each has one form, so what is accepted is written again as the same text.
#include "check.h"
#include "sjcode/symbol_url.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = as_text({data, size});
    if (const auto bytes = decode_digits(text)) check(encode_digits(*bytes) == text);
    check(decode_digits(encode_digits({data, size})).has_value() == (size > 0));
    const auto url = SymbolUrl::parse(text);
    if (!url) return 0;
    check(is_valid_host(url->host));
    std::string again;
    if (const auto* report = std::get_if<SymbolUrl::Report>(&url->content))
        again = report_url_prefix(url->host) + encode_digits(report->code);
    else if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url->content))
        again = entry_url_prefix(url->host) + encode_digits(entry->disclosure);
    else
        again = number_url(url->host, std::get<SymbolUrl::Number>(url->content).code);
    check(again == text);
    return 0;
}
