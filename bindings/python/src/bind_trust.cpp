#include "sjcode/trust.h"

#include "bindings.h"
#include "convert.h"

#include <pybind11/stl.h>

namespace sjcode::python {

void bind_trust(py::module_& module) {
    py::class_<TrustRecords>(module, "TrustRecords", "What the verifier believes of issuers.")
        .def(
            "is_official_host",
            [](const TrustRecords& trust, const std::string& host) { return trust.is_official_host(host); },
            py::arg("host"), "Whether a host is official for any issuer.");
    py::class_<CertificateFolder, TrustRecords>(module, "CertificateFolder", py::is_final(),
                                                "A folder of institution certificates.")
        .def_static(
            "open",
            [](const py::object& path) {
                const auto name = std::string(py::bytes(py::module_::import("os").attr("fsencode")(path)));
                return unwrap(without_gil([&] { return CertificateFolder::open(name); }));
            },
            py::arg("path"), "All certificates of every file. Nothing broken is passed over in silence.")
        .def_static(
            "of", [](std::vector<Certificate> certificates) { return CertificateFolder::of(std::move(certificates)); },
            py::arg("certificates"), "From certificates at hand.")
        .def(
            "certificates",
            [](const CertificateFolder& folder, const std::string& issuer) {
                return to_tuple(folder.certificates(issuer));
            },
            py::arg("issuer"), "The certificates of an issuer (licence number).")
        .def("__len__", &CertificateFolder::size)
        .def("__repr__", [](const CertificateFolder& folder) {
            return "<CertificateFolder of " + std::to_string(folder.size()) + " certificates>";
        });
}

}  // namespace sjcode::python
