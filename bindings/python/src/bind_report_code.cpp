#include "sjcode/report_code.h"

#include "bindings.h"
#include "buffers.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

#include <algorithm>

namespace sjcode::python {
namespace {

std::optional<PriorReport> prior_from(const py::object& prior) {
    if (prior.is_none()) return std::nullopt;
    if (py::isinstance<CodeNumber>(prior)) return PriorReport(prior.cast<CodeNumber>());
    if (py::isinstance<py::str>(prior)) return PriorReport(prior.cast<std::string>());
    throw py::type_error("prior: a CodeNumber or the text of a report number is wanted");
}

/// None beyond the years that Python's datetime knows: a code may claim any time.
py::object issued_at(const Claims& claims) {
    constexpr UnixTime end_of_9999 = 253'402'300'799;
    return claims.issued > end_of_9999 ? py::object(py::none()) : datetime_of(claims.issued);
}

void bind_claims(py::module_& module) {
    ValueClass<ShortReportNumber>(module, "ShortReportNumber", "Claim 4 in its array form.")
        .def(py::init([](std::uint32_t year, std::string middle, std::uint64_t serial) {
                 return ShortReportNumber{year, std::move(middle), serial};
             }),
             py::kw_only(), py::arg("year"), py::arg("middle"), py::arg("serial"))
        .field("year", &ShortReportNumber::year)
        .field("middle", &ShortReportNumber::middle)
        .field("serial", &ShortReportNumber::serial);
    ValueClass<Claims>(module, "Claims", "What a report code says: a plain value, signed by nobody.")
        .def(py::init([](std::string issuer, UnixTime issued, CodeNumber code,
                         std::variant<ShortReportNumber, std::string> number, const py::object& record,
                         std::uint32_t entries, std::uint32_t pages, std::uint32_t category, std::uint64_t status,
                         ReportKind kind, const py::object& prior) {
                 return Claims{.issuer = std::move(issuer),
                               .issued = issued,
                               .code = std::move(code),
                               .number = std::move(number),
                               .record = digest_from(record),
                               .entries = entries,
                               .pages = pages,
                               .category = category,
                               .status = status,
                               .kind = kind,
                               .prior = prior_from(prior)};
             }),
             py::kw_only(), py::arg("issuer"), py::arg("issued"), py::arg("code"), py::arg("number"), py::arg("record"),
             py::arg("entries"), py::arg("pages"), py::arg("category") = 0, py::arg("status") = 0,
             py::arg("kind") = ReportKind::report, py::arg("prior") = py::none())
        .def(
            "report_number",
            [](const Claims& claims, const std::string& short_name) { return claims.report_number(short_name); },
            py::arg("short_name"), "The report number in canonical form.")
        .field("issuer", &Claims::issuer)
        .field("issued", &Claims::issued)
        .field("code", &Claims::code)
        .field("number", &Claims::number)
        .field("record", [](const Claims& claims) { return to_python(claims.record); })
        .field("entries", &Claims::entries)
        .field("pages", &Claims::pages)
        .field("category", &Claims::category)
        .field("status", &Claims::status)
        .field("kind", &Claims::kind)
        .field("prior", &Claims::prior)
        .property("issued_at", &issued_at);
}

}  // namespace

void bind_report_code(py::module_& module) {
    bind_claims(module);
    ValueClass<RawReportCode>(module, "RawReportCode", "A report code taken apart, nothing verified.")
        .def_static(
            "decode",
            [](const py::object& code) {
                const Buffer buffer(code);
                return unwrap(without_gil([&] { return RawReportCode::decode(buffer.bytes()); }));
            },
            py::arg("cose_sign1"), "Takes a COSE_Sign1 apart.")
        .field("algorithm", &RawReportCode::algorithm)
        .field("unverified_claims", [](const RawReportCode& code) { return code.unverified_claims(); })
        .field("encoded", [](const RawReportCode& code) { return to_python(code.encoded()); });
    ValueClass<VerifiedReportCode>(module, "VerifiedReportCode", "A report code whose signature verifies under a key.")
        .def_static(
            "verify",
            [](const RawReportCode& raw, const PublicKey& key) {
                return unwrap(without_gil([&] { return VerifiedReportCode::verify(raw, key); }));
            },
            py::arg("raw"), py::arg("key"), "Says that the key's holder signed these claims, and no more.")
        .field("algorithm", &VerifiedReportCode::algorithm)
        .field("claims", [](const VerifiedReportCode& code) { return code.claims(); })
        .field("encoded", [](const VerifiedReportCode& code) { return to_python(code.encoded()); });
    module.def(
        "sign_report_code",
        [](const Claims& claims, const Signer& signer) {
            return to_python(unwrap(without_gil([&] { return sign_report_code(claims, signer); })));
        },
        py::arg("claims"), py::arg("signer"), "Signs claims: COSE_Sign1.");
}

}  // namespace sjcode::python
