#include "sjcode/key.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

/// Signs with the GIL released; a callback takes it again.
py::bytes sign(const Signer& signer, const py::object& message) {
    const Buffer buffer(message);
    return to_python(unwrap(without_gil([&] { return signer.sign(buffer.bytes()); })));
}

void bind_public_key(py::module_& module) {
    ValueClass<PublicKey>(module, "PublicKey", "A public key of one of the algorithms.")
        .def_static(
            "from_der", [](const py::object& der) { return unwrap(PublicKey::from_der(Buffer(der).bytes())); },
            py::arg("subject_public_key_info"), "From a DER SubjectPublicKeyInfo.")
        .def("to_der", [](const PublicKey& key) { return to_python(key.to_der()); })
        .def(
            "verify",
            [](const PublicKey& key, const py::object& message, const py::object& signature) {
                const Buffer signed_bytes(message);
                const Buffer value(signature);
                return without_gil([&] { return key.verify(signed_bytes.bytes(), value.bytes()); });
            },
            py::arg("message"), py::arg("signature"), "Whether the signature (64 bytes) is this key's.")
        .field("algorithm", &PublicKey::algorithm)
        .field("der", [](const PublicKey& key) { return to_python(key.to_der()); });
}

void bind_private_key(py::module_& module) {
    py::class_<PrivateKey, Signer>(module, "PrivateKey", py::is_final(),
                                   "A private key in memory, for tests and small institutions.")
        .def_static(
            "from_pem",
            [](const py::object& pem, const std::optional<std::string>& passphrase) {
                const auto text = text_of(pem);
                return unwrap(without_gil([&] { return PrivateKey::from_pem(text, view_of(passphrase)); }));
            },
            py::arg("pem"), py::arg("passphrase") = py::none(), "From PEM: PKCS#8 or SEC1.")
        .def_static(
            "from_pkcs12",
            [](const py::object& data, const std::string& passphrase) {
                const Buffer buffer(data);
                return unwrap(without_gil([&] { return PrivateKey::from_pkcs12(buffer.bytes(), passphrase); }));
            },
            py::arg("data"), py::arg("passphrase"), "From PKCS#12.")
        .def_static(
            "generate",
            [](Algorithm algorithm) { return unwrap(without_gil([&] { return PrivateKey::generate(algorithm); })); },
            py::arg("algorithm"), "A new key.")
        .def(
            "to_pem_secret",
            [](const PrivateKey& key, const std::optional<std::string>& passphrase) {
                return unwrap(without_gil([&] { return key.to_pem_secret(view_of(passphrase)); }));
            },
            py::arg("passphrase") = py::none(), "The key itself as PKCS#8 PEM.")
        .def("__reduce__", [](const PrivateKey&) -> py::object {
            throw py::type_error("a private key is not pickled: see to_pem_secret()");
        });
}

}  // namespace

void bind_key(py::module_& module) {
    bind_public_key(module);
    py::class_<Signer>(module, "Signer", "Whoever can sign: a key in memory, or the caller's HSM or USB key.")
        .def_property_readonly("algorithm", &Signer::algorithm)
        .def_property_readonly("public_key", &Signer::public_key)
        .def("sign", &sign, py::arg("message"), "Signs the message, not its digest: 64 bytes.")
        .def("__repr__", [](const py::object& self) {
            return "<" + py::type::handle_of(self).attr("__name__").cast<std::string>() + " " +
                   py::str(self.attr("algorithm").attr("value")).cast<std::string>() + ">";
        });
    bind_private_key(module);
    py::class_<CallbackSigner, Signer>(module, "CallbackSigner", py::is_final(),
                                       "A callable that signs: the caller's HSM, USB key or service.")
        .def(py::init([](const PublicKey& key, const py::function& callback) {
                 return CallbackSigner(key, [function = share(callback)](ByteView message) {
                     return call_with_bytes(*function, message);
                 });
             }),
             py::arg("public_key"), py::arg("callback"));
}

}  // namespace sjcode::python
