#include "verify/remaining_code.h"

#include "pdf/lexer.h"
#include "sjcode/report_code.h"

#include <algorithm>

namespace sjcode {
namespace {

constexpr std::size_t most_places = 256;
constexpr std::size_t most_codes = 16;
constexpr std::uint64_t record_limit = 1 << 20;  // docs/code-format.md, section 3

/// The data of the last record stream before `end`, as the seal revision writes it; empty where there is none.
Bytes record_before(ByteView pdf, std::size_t end, const pdf::Limits& limits) {
    static constexpr std::string_view head = "/Type/SJRecord/Length ";
    const auto at = as_text(pdf.first(end)).rfind(head);
    if (at == std::string_view::npos) return {};
    pdf::Lexer lexer(pdf, at + head.size(), limits);
    const auto length = lexer.unsigned_integer(record_limit);
    static constexpr std::string_view begin = ">>\nstream\n";
    const auto rest = pdf.subspan(static_cast<std::size_t>(lexer.position()));
    if (!length || !as_text(rest).starts_with(begin) || rest.size() - begin.size() < *length) return {};
    const auto data = rest.subspan(begin.size(), static_cast<std::size_t>(*length));
    return {data.begin(), data.end()};
}

}  // namespace

std::vector<CarriedCode> find_remaining_codes(ByteView pdf) {
    static constexpr std::string_view name = "/SJCode";
    const pdf::Limits limits;
    const auto text = as_text(pdf);
    std::vector<CarriedCode> codes;
    std::size_t places = 0;
    for (auto at = text.find(name);
         at != std::string_view::npos && codes.size() < most_codes && ++places <= most_places;
         at = text.find(name, at + name.size())) {
        pdf::Lexer lexer(pdf, at + name.size(), limits);
        lexer.skip_space();
        const auto first = lexer.peek();
        if (first != '<' && first != '(') continue;
        const auto value = lexer.object(false);
        const auto* string = value ? value->as<pdf::String>() : nullptr;
        if (string == nullptr || !RawReportCode::decode(as_bytes(string->value))) continue;
        const auto code = as_bytes(string->value);
        const bool known = std::any_of(codes.begin(), codes.end(), [&](const CarriedCode& other) {
            return std::equal(other.code.begin(), other.code.end(), code.begin(), code.end());
        });
        if (!known) codes.push_back({0, Bytes(code.begin(), code.end()), record_before(pdf, at, limits)});
    }
    return codes;
}

}  // namespace sjcode
