#include "sjcode/code_number.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "values.h"

namespace sjcode::python {

void bind_code_number(py::module_& module) {
    ValueClass<CodeNumber>(module, "CodeNumber", "The code number of a report: 20 characters that check themselves.")
        .def_static(
            "parse", [](const std::string& text) { return unwrap(CodeNumber::parse(text)); }, py::arg("text"),
            "As a person types it.")
        .def_static(
            "from_characters", [](const std::string& text) { return unwrap(CodeNumber::from_characters(text)); },
            py::arg("characters"), "The 20 characters themselves.")
        .def_static(
            "from_bytes", [](const py::object& data) { return unwrap(CodeNumber::from_bytes(Buffer(data).bytes())); },
            py::arg("data"), "From the 12 bytes of the CBOR form.")
        .def_static(
            "generate", [](const py::object& random) { return unwrap(CodeNumber::generate(random_source(random))); },
            py::kw_only(), py::arg("random") = py::none(), "A fresh one.")
        .def("__str__", &CodeNumber::grouped)
        .def("__bytes__", [](const CodeNumber& number) { return to_python(ByteView(number.to_bytes())); })
        .def("to_bytes", [](const CodeNumber& number) { return to_python(ByteView(number.to_bytes())); })
        .property("grouped", &CodeNumber::grouped)
        .field("characters", [](const CodeNumber& number) { return number.characters(); });
    module.def(
        "mod_37_36_check_character",
        [](const std::string& text) { return std::string(1, unwrap(mod_37_36_check_character(text))); },
        py::arg("characters"), "The check character of ISO/IEC 7064 MOD 37,36.");
    module.def(
        "verify_mod_37_36", [](const std::string& text) { unwrap(verify_mod_37_36(text)); }, py::arg("characters"),
        "That the last character is the check character of those before it.");
}

}  // namespace sjcode::python
