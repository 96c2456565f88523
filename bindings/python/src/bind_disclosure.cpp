#include "bindings.h"
#include "buffers.h"
#include "enums.h"
#include "values.h"

namespace sjcode::python {

void bind_disclosure(py::module_& module) {
    ValueClass<Disclosure>(module, "Disclosure", "One entry of a record with its proof.")
        .def_static(
            "make",
            [](const Record& record, const std::string& issuer, const CodeNumber& code, std::uint32_t index) {
                if (index >= record.entries()) throw py::index_error("a record has no such entry");
                return Disclosure::make(record, issuer, code, index);
            },
            py::arg("record"), py::arg("issuer"), py::arg("code"), py::arg("index"),
            "Entry `index` of the record of a report.")
        .def_static(
            "decode", [](const py::object& encoded) { return unwrap(Disclosure::decode(Buffer(encoded).bytes())); },
            py::arg("encoded"), "By itself a disclosure proves nothing.")
        .def("encode", [](const Disclosure& disclosure) { return to_python(disclosure.encode()); })
        .def(
            "verify",
            [](const Disclosure& disclosure, const VerifiedReportCode& code) { unwrap(disclosure.verify(code)); },
            py::arg("code"), "That the entry belongs to the report with this code.")
        .field("issuer", [](const Disclosure& disclosure) { return disclosure.issuer(); })
        .field("code", [](const Disclosure& disclosure) { return disclosure.code(); })
        .field("index", &Disclosure::index)
        .field("key", &Disclosure::key)
        .field("entry_name", &Disclosure::entry_name)
        .field("value_text", &Disclosure::value_text, Shown::no)
        .field(
            "encoded", [](const Disclosure& disclosure) { return to_python(disclosure.encode()); }, Shown::no)
        .property("entry", [](const Disclosure& disclosure) { return to_python(disclosure.entry()); });
}

}  // namespace sjcode::python
