#include "sjcode/certificate.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

Certificate self_signed(const PrivateKey& key, const InstitutionIdentity& identity, const py::object& not_before,
                        const py::object& not_after, const py::object& random) {
    const auto begin = unix_time(not_before);
    const auto end = unix_time(not_after);
    const auto source = random_source(random);
    return unwrap(without_gil([&] { return Certificate::self_signed(key, identity, begin, end, source); }));
}

}  // namespace

void bind_certificate(py::module_& module) {
    ValueClass<InstitutionIdentity>(module, "InstitutionIdentity", "Who an institution is, as its certificate says.")
        .def(
            py::init([](std::string licence, std::string name, std::string short_name, std::vector<std::string> hosts) {
                return InstitutionIdentity{std::move(licence), std::move(name), std::move(short_name),
                                           std::move(hosts)};
            }),
            py::kw_only(), py::arg("licence"), py::arg("name"), py::arg("short_name"), py::arg("hosts"))
        .field("licence", &InstitutionIdentity::licence)
        .field("name", &InstitutionIdentity::name)
        .field("short_name", &InstitutionIdentity::short_name)
        .field("hosts", [](const InstitutionIdentity& identity) { return to_tuple(identity.hosts); });
    ValueClass<Certificate>(module, "Certificate", "A certificate (X.509).")
        .def_static(
            "parse",
            [](const py::object& data) {
                const auto text = text_of(data);
                return unwrap(Certificate::parse(as_bytes(text)));
            },
            py::arg("pem_or_der"), "The first certificate in a PEM text, or DER. Checks no signature and no date.")
        .def_static(
            "from_pkcs12",
            [](const py::object& data, const std::string& passphrase) {
                const Buffer buffer(data);
                return unwrap(without_gil([&] { return Certificate::from_pkcs12(buffer.bytes(), passphrase); }));
            },
            py::arg("data"), py::arg("passphrase"), "The certificate in a PKCS#12 file.")
        .def_static("self_signed", &self_signed, py::arg("key"), py::arg("identity"), py::kw_only(),
                    py::arg("not_before"), py::arg("not_after"), py::arg("random") = py::none(),
                    "A new self-signed certificate over the key.")
        .def("to_pem", &Certificate::to_pem)
        .field("identity", [](const Certificate& certificate) { return certificate.identity(); })
        .field("not_before", [](const Certificate& certificate) { return datetime_of(certificate.not_before()); })
        .field("not_after", [](const Certificate& certificate) { return datetime_of(certificate.not_after()); })
        .field("fingerprint", [](const Certificate& certificate) { return to_python(certificate.fingerprint()); })
        .property("public_key", [](const Certificate& certificate) { return certificate.public_key(); })
        .property("der", [](const Certificate& certificate) { return to_python(certificate.der()); });
}

}  // namespace sjcode::python
