#include "sjcode/trust.h"

#include "bindings.h"
#include "times.h"
#include "trust_inputs.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

void bind_known_issuer(py::module_& module) {
    ValueClass<SigningKey>(module, "SigningKey", "A key that may sign codes of an issuer, with its time.")
        .field("key", &SigningKey::key)
        .field("period", &SigningKey::period)
        .field("invalid_since", [](const SigningKey& key) { return datetime_of(key.invalid_since); })
        .field("signer", &SigningKey::signer)
        .field("certificate", &SigningKey::certificate);
    ValueClass<KnownIssuer>(module, "KnownIssuer", "What trust records say of one issuer.")
        .field("record", &KnownIssuer::record)
        .field("keys", [](const KnownIssuer& issuer) { return to_tuple(issuer.keys); })
        .field("hosts", [](const KnownIssuer& issuer) { return to_tuple(issuer.hosts); })
        .field("list", &KnownIssuer::list)
        .field("lists_appraisers", &KnownIssuer::lists_appraisers);
}

/// What every kind of trust records has.
void bind_records(py::module_& module) {
    py::class_<TrustRecords>(module, "TrustRecords", "What the verifier believes of issuers.")
        .def(
            "issuer",
            [](const TrustRecords& trust, const std::string& licence) -> py::object {
                const auto found = unwrap(without_gil([&] { return trust.issuer(licence); }));
                return found ? py::cast(*found) : py::object(py::none());
            },
            py::arg("licence"), "What is known of an institution, by licence number.")
        .def(
            "appraiser",
            [](const TrustRecords& trust, const std::string& licence) {
                return unwrap(without_gil([&] { return trust.appraiser(licence); }));
            },
            py::arg("licence"), "What is known of an appraiser, by licence number.")
        .def(
            "is_official_host",
            [](const TrustRecords& trust, const std::string& host) {
                return without_gil([&] { return trust.is_official_host(host); });
            },
            py::arg("host"), "Whether a host is official for any issuer.")
        .def_property_readonly("timestamp_anchors",
                               [](const TrustRecords& trust) {
                                   return to_tuple(trust.timestamp_anchors(),
                                                   [](const Bytes& der) { return to_python(der); });
                               })
        .def_property_readonly("countersign_anchors", [](const TrustRecords& trust) {
            return to_tuple(trust.countersign_anchors(), [](const Bytes& der) { return to_python(der); });
        });
}

void bind_certificate_folder(py::module_& module) {
    py::class_<CertificateFolder, TrustRecords>(module, "CertificateFolder", py::is_final(),
                                                "A folder of institution certificates.")
        .def_static(
            "open",
            [](const py::object& path) {
                const auto name = path_of(path);
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

void bind_lists(py::module_& module) {
    py::class_<TrustLists, TrustRecords>(module, "TrustLists", py::is_final(), "Trust lists as trust records.")
        .def(py::init([](std::vector<TrustList> lists) { return TrustLists::of(std::move(lists)); }), py::arg("lists"))
        .def_property_readonly("lists", [](const TrustLists& trust) { return to_tuple(trust.lists()); })
        .def("__len__", [](const TrustLists& trust) { return trust.lists().size(); })
        .def("__repr__", [](const TrustLists& trust) {
            return "<TrustLists of " + std::to_string(trust.lists().size()) + " lists>";
        });
}

}  // namespace

void bind_trust(py::module_& module) {
    bind_known_issuer(module);
    bind_records(module);
    bind_certificate_folder(module);
    bind_lists(module);
}

}  // namespace sjcode::python
