// The status list: what became of codes after they were issued, as one signed file.
#include "sjcode/status_list.h"

#include "bindings.h"
#include "buffers.h"
#include "times.h"
#include "trust_enums.h"
#include "values.h"

#include <pybind11/stl.h>

#include <map>

namespace sjcode::python {
namespace {

StatusArray array_of(unsigned bits, std::uint64_t size, const std::map<std::uint64_t, std::uint8_t>& values) {
    auto array = unwrap(StatusArray::create(bits, size));
    for (const auto& [index, value] : values) {
        if (index >= array.size()) throw py::index_error("index " + std::to_string(index) + " is not in the array");
        if (!array.set(index, value))
            throw py::value_error("value " + std::to_string(value) + " does not fit into " + std::to_string(bits) +
                                  " bits");
    }
    return array;
}

/// The indices with another value than 0, and their values.
std::vector<std::pair<std::uint64_t, std::uint8_t>> nonzero(const StatusArray& array) {
    std::vector<std::pair<std::uint64_t, std::uint8_t>> found;
    const auto bytes = array.bytes();
    const std::uint64_t in_a_byte = 8 / array.bits();
    for (std::uint64_t at = 0; at < bytes.size(); ++at) {
        if (bytes[at] == 0) continue;
        for (std::uint64_t index = at * in_a_byte; index < (at + 1) * in_a_byte; ++index)
            if (const auto value = array.get(index).value_or(0); value != 0) found.emplace_back(index, value);
    }
    return found;
}

void bind_array(py::module_& module) {
    ValueClass<StatusArray>(module, "StatusArray", "Values of a few bits, one an index.")
        .def(py::init(&array_of), py::arg("bits"), py::arg("size"),
             py::arg("values") = std::map<std::uint64_t, std::uint8_t>())
        .def_static(
            "decompress",
            [](unsigned bits, const py::object& zlib) {
                const Buffer buffer(zlib);
                return unwrap(without_gil([&] { return StatusArray::decompress(bits, buffer.bytes()); }));
            },
            py::arg("bits"), py::arg("zlib"), "From the ZLIB data of a token.")
        .def(
            "compress",
            [](const StatusArray& array) { return to_python(unwrap(without_gil([&] { return array.compress(); }))); },
            "ZLIB data at the highest level.")
        .def(
            "get", [](const StatusArray& array, std::uint64_t index) { return array.get(index); }, py::arg("index"),
            "None where the index is not in the array.")
        .def(
            "nonzero", [](const StatusArray& array) { return to_tuple(without_gil([&] { return nonzero(array); })); },
            "Each index with another value than 0, and its value.")
        .def("__len__", &StatusArray::size)
        .field("bits", &StatusArray::bits)
        .field("content", [](const StatusArray& array) { return to_python(array.bytes()); });
}

void bind_claims(py::module_& module) {
    ValueClass<StatusListClaims>(module, "StatusListClaims", "What a status list says besides the values.")
        .def(py::init([](std::string subject, const py::object& issued, const py::object& expires,
                         std::optional<std::uint64_t> time_to_live) {
                 return StatusListClaims{std::move(subject), unix_time(issued), optional_time(expires), time_to_live};
             }),
             py::kw_only(), py::arg("subject"), py::arg("issued"), py::arg("expires") = py::none(),
             py::arg("time_to_live") = py::none())
        .field("subject", &StatusListClaims::subject)
        .field("issued", [](const StatusListClaims& claims) { return datetime_of(claims.issued); })
        .field("expires", [](const StatusListClaims& claims) { return datetime_of(claims.expires); })
        .field("time_to_live", &StatusListClaims::time_to_live);
}

void bind_raw_and_verified(py::module_& module) {
    py::class_<RawStatusList>(module, "RawStatusList", py::is_final(), "A status list taken apart, nothing verified.")
        .def_static(
            "decode",
            [](const py::object& list) {
                const auto input = document(list, Use::during_call);
                return unwrap(without_gil([&] { return RawStatusList::decode(input.bytes()); }));
            },
            py::arg("list"), "Takes a token apart.")
        .def_property_readonly("algorithm", &RawStatusList::algorithm)
        .def_property_readonly("unverified_claims", [](const RawStatusList& raw) { return raw.unverified_claims(); })
        .def_property_readonly("unverified_statuses",
                               [](const RawStatusList& raw) { return raw.unverified_statuses(); });
    py::class_<VerifiedStatusList>(module, "VerifiedStatusList", py::is_final(),
                                   "A status list that a key of the caller's signed.")
        .def_static(
            "verify",
            [](const RawStatusList& raw, const std::string& subject, const std::vector<PublicKey>& keys) {
                return unwrap(without_gil([&] { return VerifiedStatusList::verify(raw, subject, keys); }));
            },
            py::arg("raw"), py::arg("subject"), py::arg("keys"), "Under the keys that may sign for the subject.")
        .def_property_readonly("claims", [](const VerifiedStatusList& list) { return list.claims(); })
        .def_property_readonly("statuses", [](const VerifiedStatusList& list) { return list.statuses(); })
        .def_property_readonly("signer", [](const VerifiedStatusList& list) { return list.signer(); })
        .def(
            "value", [](const VerifiedStatusList& list, std::uint64_t index) { return list.value(index); },
            py::arg("index"), "The value at a code's index. None where the list does not reach there.")
        .def(
            "age", [](const VerifiedStatusList& list, const py::object& now) { return list.age(unix_time(now)); },
            py::arg("now"), "How old the list is at a time.");
    module.def(
        "may_replace",
        [](const VerifiedStatusList& held, const VerifiedStatusList& offered) {
            unwrap(without_gil([&] { return may_replace(held, offered); }));
        },
        py::arg("held"), py::arg("offered"), "That a list may take the place of the one held.");
}

}  // namespace

void bind_status_list(py::module_& module) {
    bind_array(module);
    bind_claims(module);
    bind_raw_and_verified(module);
    module.def(
        "status_list_subject", [](const std::string& licence) { return status_list_subject(licence); },
        py::arg("licence"), "The subject of the status list of an institution.");
    module.def(
        "licence_of_subject", [](const std::string& subject) { return licence_of_subject(subject); },
        py::arg("subject"), "The licence number in such a subject.");
    module.def(
        "code_status_of", [](std::uint8_t value) { return code_status_of(value); }, py::arg("value"),
        "The status that a value in a list stands for.");
    module.def(
        "sign_status_list",
        [](const StatusListClaims& claims, const StatusArray& statuses, const Signer& signer) {
            return to_python(unwrap(without_gil([&] { return sign_status_list(claims, statuses, signer); })));
        },
        py::arg("claims"), py::arg("statuses"), py::arg("signer"), "Makes and signs a token.");
}

}  // namespace sjcode::python
