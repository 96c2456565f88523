#include "bindings.h"
#include "convert.h"

#include <pybind11/stl.h>

namespace sjcode::python {

void bind_messages(py::module_& module) {
    module.def(
        "sentence",
        [](const std::string& code, const Parameters& parameters, const std::string& in) {
            return sentence(code, parameters, language(in));
        },
        py::arg("code"), py::arg("parameters") = Parameters(), py::arg("language") = "en",
        "The sentence of a code, its gaps filled.");
    module.def("has_sentence", &has_sentence, py::arg("code"), "Whether both languages have a sentence for the code.");
    module.def(
        "error_sentence",
        [](std::string code, Parameters parameters, std::string file, std::optional<std::uint64_t> offset,
           std::optional<std::uint32_t> object, const std::string& in) {
            return sentence(Error{std::move(code), std::move(parameters), std::move(file), offset, object},
                            language(in));
        },
        py::arg("code"), py::arg("parameters"), py::arg("file"), py::arg("offset"), py::arg("object_number"),
        py::arg("language"), "The sentence of an error, with where it happened.");
}

}  // namespace sjcode::python
