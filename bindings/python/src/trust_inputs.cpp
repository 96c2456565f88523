#include "trust_inputs.h"

namespace sjcode::python {

std::string path_of(const py::object& path) {
    return std::string(py::bytes(py::module_::import("os").attr("fsencode")(path)));
}

Digest fingerprint_from(const py::handle& bytes_or_text) {
    if (!py::isinstance<py::str>(bytes_or_text)) return digest_from(bytes_or_text);
    const auto digits = py::str(bytes_or_text).attr("replace")(":", "");
    // Spaces are passed over by fromhex itself.
    return digest_from(py::module_::import("builtins").attr("bytes").attr("fromhex")(digits));
}

std::optional<Digest> optional_fingerprint(const py::handle& bytes_or_text) {
    if (bytes_or_text.is_none()) return std::nullopt;
    return fingerprint_from(bytes_or_text);
}

}  // namespace sjcode::python
