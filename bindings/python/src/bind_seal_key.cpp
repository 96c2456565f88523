#include "sjcode/seal_key.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "enums.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

SealMethod method_of(std::optional<SealAlgorithm> algorithm, std::optional<SealDigest> digest) {
    return {.algorithm = algorithm, .digest = digest};
}

void bind_seal_key_class(py::module_& module) {
    py::class_<SealKey, SealSigner>(module, "SealKey", py::is_final(),
                                    "A seal's key in memory, for tests and small institutions.")
        .def_static(
            "from_pem",
            [](const py::object& pem, const py::iterable& certificates, const std::optional<std::string>& passphrase,
               std::optional<SealAlgorithm> algorithm, std::optional<SealDigest> digest) {
                const auto text = text_of(pem);
                auto chain = copied_all(certificates);
                return unwrap(without_gil([&] {
                    return SealKey::from_pem(text, std::move(chain), view_of(passphrase), method_of(algorithm, digest));
                }));
            },
            py::arg("pem"), py::arg("certificates"), py::arg("passphrase") = py::none(), py::kw_only(),
            py::arg("algorithm") = py::none(), py::arg("digest") = py::none(),
            "From a PEM key and its certificates as DER, see read_certificates().")
        .def_static(
            "from_pkcs12",
            [](const py::object& data, const std::string& passphrase, std::optional<SealAlgorithm> algorithm,
               std::optional<SealDigest> digest) {
                const Buffer buffer(data);
                return unwrap(without_gil(
                    [&] { return SealKey::from_pkcs12(buffer.bytes(), passphrase, method_of(algorithm, digest)); }));
            },
            py::arg("data"), py::arg("passphrase"), py::kw_only(), py::arg("algorithm") = py::none(),
            py::arg("digest") = py::none(), "From PKCS#12, which holds the certificates too.");
}

void bind_callback_seal(py::module_& module) {
    py::class_<CallbackSeal, SealSigner>(module, "CallbackSeal", py::is_final(),
                                         "A callable that seals: the caller's HSM, USB key or service.")
        .def(py::init([](const py::iterable& certificates, const py::function& callback,
                         std::optional<SealAlgorithm> algorithm, std::optional<SealDigest> digest) {
                 return unwrap(CallbackSeal::create(
                     copied_all(certificates),
                     [function = share(callback)](ByteView attributes) {
                         return call_with_bytes(*function, attributes);
                     },
                     method_of(algorithm, digest)));
             }),
             py::arg("certificates"), py::arg("callback"), py::kw_only(), py::arg("algorithm") = py::none(),
             py::arg("digest") = py::none());
}

}  // namespace

void bind_seal_key(py::module_& module) {
    py::class_<SealSigner>(module, "SealSigner", "Whoever can seal a PDF.")
        .def_property_readonly("algorithm", &SealSigner::algorithm)
        .def_property_readonly("digest", &SealSigner::digest)
        .def_property_readonly("certificates",
                               [](const SealSigner& seal) {
                                   return to_tuple(seal.certificates(),
                                                   [](const Bytes& der) { return to_python(der); });
                               })
        .def(
            "sign",
            [](const SealSigner& seal, const py::object& attributes) {
                const Buffer buffer(attributes);
                return to_python(unwrap(without_gil([&] { return seal.sign(buffer.bytes()); })));
            },
            py::arg("signed_attributes"), "The signature value as CMS carries it.")
        .def("__repr__", [](const py::object& self) {
            return "<" + py::type::handle_of(self).attr("__name__").cast<std::string>() + " " +
                   py::str(self.attr("algorithm").attr("value")).cast<std::string>() + ">";
        });
    bind_seal_key_class(module);
    bind_callback_seal(module);
    module.def(
        "read_certificates",
        [](const py::object& data) {
            const auto text = text_of(data);
            return to_tuple(unwrap(read_certificates(as_bytes(text))), [](const Bytes& der) { return to_python(der); });
        },
        py::arg("pem_or_der"), "The certificates of a PEM text, in its order, or the one of a DER file, each as DER.");
    module.def(
        "seal_with_code_key",
        [](const Signer& signer, const Certificate& certificate, const py::iterable& chain) {
            return unwrap(seal_with_code_key(signer, certificate, copied_all(chain)));
        },
        py::arg("signer"), py::arg("certificate"), py::arg("chain") = py::tuple(), py::keep_alive<0, 1>(),
        "Seals with the key that signs the codes.");
}

}  // namespace sjcode::python
