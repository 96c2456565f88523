#include "bindings.h"
#include "buffers.h"
#include "enums.h"

namespace sjcode::python {

void bind_digest(py::module_& module) {
    module.def(
        "digest",
        [](DigestAlgorithm algorithm, const py::object& data) {
            const Buffer buffer(data);
            return to_python(without_gil([&] { return digest(algorithm, buffer.bytes()); }));
        },
        py::arg("algorithm"), py::arg("data"), "SHA-256 or SM3 of the bytes.");
}

}  // namespace sjcode::python
