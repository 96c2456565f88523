// Trust lists: opened under a root key, and looked up.
#include "sjcode/trust_list.h"
#include "sjcode/trust_list_parts.h"

#include "bindings.h"
#include "buffers.h"
#include "times.h"
#include "trust_enums.h"
#include "trust_inputs.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

void bind_info(py::module_& module) {
    ValueClass<TrustListInfo>(module, "TrustListInfo", "What a list says of itself as a whole.")
        .def(py::init([](std::string id, std::string publisher, std::vector<std::string> regions, std::uint64_t number,
                         const py::object& issued, const py::object& next_update) {
                 return TrustListInfo{std::move(id),
                                      std::move(publisher),
                                      std::move(regions),
                                      number,
                                      optional_time(issued).value_or(0),
                                      optional_time(next_update).value_or(0)};
             }),
             py::kw_only(), py::arg("id"), py::arg("publisher"), py::arg("regions") = py::tuple(),
             py::arg("number") = 0, py::arg("issued") = py::none(), py::arg("next_update") = py::none())
        .field("id", &TrustListInfo::id)
        .field("publisher", &TrustListInfo::publisher)
        .field("regions", [](const TrustListInfo& info) { return to_tuple(info.regions); })
        .field("number", &TrustListInfo::number)
        .field("issued", [](const TrustListInfo& info) { return datetime_of(info.issued); })
        .field("next_update", [](const TrustListInfo& info) { return datetime_of(info.next_update); });
    ValueClass<TrustList::Unverified>(module, "UnverifiedTrustList", "What a file says of itself, nothing verified.")
        .field("info", &TrustList::Unverified::info)
        .field("root", &TrustList::Unverified::root);
    ValueClass<TrustListContent>(module, "TrustListContent", "Everything that a list states.")
        .def(py::init([](TrustListInfo info, std::vector<AuthorityRecord> authorities,
                         std::vector<InstitutionRecord> institutions, std::vector<AppraiserRecord> appraisers) {
                 return TrustListContent{std::move(info), std::move(authorities), std::move(institutions),
                                         std::move(appraisers)};
             }),
             py::kw_only(), py::arg("info"), py::arg("authorities") = py::tuple(),
             py::arg("institutions") = py::tuple(), py::arg("appraisers") = py::tuple())
        .field("info", &TrustListContent::info)
        .field(
            "authorities", [](const TrustListContent& content) { return to_tuple(content.authorities); }, Shown::no)
        .field(
            "institutions", [](const TrustListContent& content) { return to_tuple(content.institutions); }, Shown::no)
        .field(
            "appraisers", [](const TrustListContent& content) { return to_tuple(content.appraisers); }, Shown::no);
}

void bind_parts(py::module_& module) {
    py::class_<TrustListBlock>(module, "TrustListBlock", py::is_final(), "A block of a list, and its digest.")
        .def_property_readonly("digest", [](const TrustListBlock& block) { return to_python(block.digest); })
        .def_property_readonly("content", [](const TrustListBlock& block) { return to_python(block.bytes); })
        .def("__repr__", [](const TrustListBlock& block) {
            return "<TrustListBlock of " + std::to_string(block.bytes.size()) + " bytes>";
        });
}

void bind_list(py::module_& module) {
    py::class_<TrustList>(module, "TrustList", py::is_final(), py::buffer_protocol(),
                          "A trust list whose head is signed by a root key that the caller trusts.")
        .def_static(
            "open",
            [](const py::object& file, const py::object& root) {
                const auto pinned = fingerprint_from(root);
                auto input = document(file, Use::beyond_call);
                return unwrap(without_gil([&] { return TrustList::open(std::move(input), pinned); }));
            },
            py::arg("file"), py::kw_only(), py::arg("root"), "Opens a list under the fingerprint of its root key.")
        .def_static(
            "unverified",
            [](const py::object& file) {
                const auto input = document(file, Use::during_call);
                return unwrap(without_gil([&] { return TrustList::unverified(input.bytes()); }));
            },
            py::arg("file"), "Reads the head and verifies nothing.")
        // As the file has them, for memoryview() and wherever a document is taken.
        .def_buffer([](TrustList& list) { return read_only_buffer(list.bytes()); })
        .def_property_readonly("info", [](const TrustList& list) { return list.info(); })
        .def_property_readonly("root", [](const TrustList& list) { return list.root(); })
        .def_property_readonly("head_digest", [](const TrustList& list) { return to_python(list.head_digest()); })
        .def_property_readonly("root_changes",
                               [](const TrustList& list) {
                                   return to_tuple(list.root_changes(),
                                                   [](const Bytes& change) { return to_python(change); });
                               })
        .def_property_readonly("authority_count", &TrustList::authority_count)
        .def_property_readonly("institution_count", &TrustList::institution_count)
        .def_property_readonly("appraiser_count", &TrustList::appraiser_count)
        .def(
            "authority",
            [](const TrustList& list, const std::string& id) {
                return unwrap(without_gil([&] { return list.authority(id); }));
            },
            py::arg("id"), "By identifier.")
        .def(
            "institution",
            [](const TrustList& list, const std::string& licence) {
                return unwrap(without_gil([&] { return list.institution(licence); }));
            },
            py::arg("licence"), "By licence number.")
        .def(
            "appraiser",
            [](const TrustList& list, const std::string& licence) {
                return unwrap(without_gil([&] { return list.appraiser(licence); }));
            },
            py::arg("licence"), "By licence number.")
        .def(
            "is_official_host",
            [](const TrustList& list, const std::string& host) {
                return unwrap(without_gil([&] { return list.is_official_host(host); }));
            },
            py::arg("host"), "Whether any issuer of the list has, or had, this official host.")
        .def(
            "read_all", [](const TrustList& list) { return unwrap(without_gil([&] { return list.read_all(); })); },
            "Reads everything.")
        .def(
            "verify_all", [](const TrustList& list) { unwrap(without_gil([&] { return list.verify_all(); })); },
            "That every block is what was signed, and in order.")
        .def_property_readonly("head", [](const TrustList& list) { return to_python(parts_of(list).head); })
        .def_property_readonly("blocks",
                               [](const py::object& self) {
                                   // Blocks borrow from the list.
                                   return to_tuple(parts_of(self.cast<const TrustList&>()).blocks,
                                                   [&](const TrustListBlock& block) {
                                                       auto made = py::cast(block);
                                                       py::detail::keep_alive_impl(made, self);
                                                       return made;
                                                   });
                               })
        .def("to_bytes", [](const TrustList& list) { return to_python(list.bytes()); })
        .def("__repr__", [](const TrustList& list) {
            return "<TrustList " + list.info().id + " number " + std::to_string(list.info().number) + ">";
        });
}

}  // namespace

void bind_trust_list(py::module_& module) {
    bind_info(module);
    bind_parts(module);
    bind_list(module);
    module.attr("TRUST_LIST_MEDIA_TYPE") = std::string(trust_list_media_type);
    module.def(
        "fingerprint", [](const PublicKey& key) { return to_python(fingerprint(key)); }, py::arg("key"),
        "SHA-256 over the DER SubjectPublicKeyInfo.");
    module.def(
        "trust_file_kind",
        [](const py::object& file) {
            const auto input = document(file, Use::during_call);
            return without_gil([&] { return trust_file_kind(input.bytes()); });
        },
        py::arg("file"), "What a file is by its first bytes.");
}

}  // namespace sjcode::python
