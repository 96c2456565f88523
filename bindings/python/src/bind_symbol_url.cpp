#include "sjcode/symbol_url.h"

#include "bindings.h"
#include "buffers.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

/// The bytes of a report code or an entry; None where the URL carries a number.
py::object payload(const SymbolUrl& url) {
    if (const auto* report = std::get_if<SymbolUrl::Report>(&url.content)) return to_python(report->code);
    if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url.content)) return to_python(entry->disclosure);
    return py::none();
}

const char* form(const SymbolUrl& url) {
    constexpr const char* names[] = {"report", "entry", "number"};
    return names[url.content.index()];
}

std::optional<CodeNumber> number(const SymbolUrl& url) {
    if (const auto* content = std::get_if<SymbolUrl::Number>(&url.content)) return content->code;
    return std::nullopt;
}

}  // namespace

void bind_symbol_url(py::module_& module) {
    ValueClass<SymbolUrl>(module, "SymbolUrl", "A symbol's URL taken apart.")
        .def_static(
            "parse", [](const std::string& text) { return unwrap(SymbolUrl::parse(text)); }, py::arg("text"),
            "Whether the host is official, the trust records say.")
        .field("form", &form)
        .field("host", &SymbolUrl::host)
        .field("payload", &payload)
        .field("number", &number);
    module.def(
        "encode_digits", [](const py::object& data) { return encode_digits(Buffer(data).bytes()); }, py::arg("data"),
        "Bytes as decimal digits.");
    module.def(
        "decode_digits", [](const std::string& digits) { return to_python(unwrap(decode_digits(digits))); },
        py::arg("digits"), "Decimal digits as bytes.");
    module.def(
        "report_url_prefix", [](const std::string& host) { return report_url_prefix(host); }, py::arg("host"),
        "What stands before a report code's digits.");
    module.def(
        "entry_url_prefix", [](const std::string& host) { return entry_url_prefix(host); }, py::arg("host"),
        "What stands before an entry's digits.");
    module.def(
        "number_url", [](const std::string& host, const CodeNumber& number) { return number_url(host, number); },
        py::arg("host"), py::arg("number"), "The URL that carries a number alone.");
    module.def(
        "is_valid_host", [](const std::string& host) { return is_valid_host(host); }, py::arg("host"),
        "Whether the host is as the format wants it.");
}

}  // namespace sjcode::python
