// The folder in which a verifier keeps the trust lists that it accepted.
#include "sjcode/trust_store.h"

#include "bindings.h"
#include "guarded.h"
#include "times.h"
#include "trust_inputs.h"
#include "values.h"

#include <pybind11/stl.h>

#include <memory>

namespace sjcode::python {
namespace {

using Store = Guarded<TrustStore>;

TrustImportOptions import_options(const py::object& root, bool accept_first_root) {
    return {.root = optional_fingerprint(root), .accept_first_root = accept_first_root};
}

std::unique_ptr<Store> held(Result<TrustStore> store) {
    return std::make_unique<Store>(unwrap(std::move(store)));
}

std::vector<TrustList> lists_of(const Store& store) {
    return unwrap(store.with([](const TrustStore& one) { return one.lists(); }));
}

void bind_reports(py::module_& module) {
    ValueClass<TrustPin>(module, "TrustPin", "What a store holds to of one list.")
        .field("list_id", &TrustPin::list_id)
        .field("root", [](const TrustPin& pin) { return to_python(pin.root); })
        .field("regions", [](const TrustPin& pin) { return to_tuple(pin.regions); })
        .field("number", &TrustPin::number)
        .field("head", [](const TrustPin& pin) { return to_python(pin.head); })
        .field("issued", [](const TrustPin& pin) { return datetime_of(pin.issued); })
        .field("file", &TrustPin::file);
    ValueClass<TrustImport>(module, "TrustImport", "What an import takes in.")
        .field("info", &TrustImport::info)
        .field("root", [](const TrustImport& import) { return to_python(import.root); })
        .field("first", &TrustImport::first)
        .field("unchanged", &TrustImport::unchanged)
        .field("root_changed", &TrustImport::root_changed)
        .field("previous", &TrustImport::previous);
    py::class_<TrustStore::Candidate>(module, "TrustCandidate", py::is_final(), "A list that would be accepted.")
        .def_property_readonly("list", [](const TrustStore::Candidate& candidate) { return candidate.list; })
        .def_property_readonly("report", [](const TrustStore::Candidate& candidate) { return candidate.report; });
}

}  // namespace

void bind_trust_store(py::module_& module) {
    bind_reports(module);
    py::class_<Store>(module, "TrustStore", py::is_final(), "The folder of the lists that were accepted.")
        .def_static(
            "is_store",
            [](const py::object& folder) {
                const auto name = path_of(folder);
                return without_gil([&] { return TrustStore::is_store(name); });
            },
            py::arg("folder"), "Whether the folder is a store.")
        .def_static(
            "open",
            [](const py::object& folder) {
                const auto name = path_of(folder);
                return held(without_gil([&] { return TrustStore::open(name); }));
            },
            py::arg("folder"), "Opens a store.")
        .def_static(
            "open_or_create",
            [](const py::object& folder) {
                const auto name = path_of(folder);
                return held(without_gil([&] { return TrustStore::open_or_create(name); }));
            },
            py::arg("folder"), "Opens a store, or begins one: its folder is made by the first import.")
        .def_static(
            "empty", [] { return held(TrustStore::empty()); }, "One that holds nothing and is kept nowhere.")
        .def_property_readonly(
            "pins",
            [](const Store& store) { return to_tuple(store.with([](const TrustStore& one) { return one.pins(); })); })
        .def(
            "lists", [](const Store& store) { return to_tuple(lists_of(store)); },
            "All lists held, opened under their pins.")
        .def(
            "records", [](const Store& store) { return TrustLists::of(lists_of(store)); },
            "All lists held, as trust records.")
        .def(
            "examine",
            [](const Store& store, const py::object& file, const py::object& root, bool accept_first_root) {
                const auto how = import_options(root, accept_first_root);
                const auto input = document(file, Use::beyond_call);
                return unwrap(store.with([&](const TrustStore& one) { return one.examine(input, how); }));
            },
            py::arg("file"), py::kw_only(), py::arg("root") = py::none(), py::arg("accept_first_root") = false,
            "What would be accepted, changing nothing.")
        .def(
            "import_list",
            [](Store& store, const py::object& file, const py::object& root, bool accept_first_root) {
                const auto how = import_options(root, accept_first_root);
                const auto input = document(file, Use::during_call);
                return unwrap(store.with([&](TrustStore& one) { return one.import(input, how); }));
            },
            py::arg("file"), py::kw_only(), py::arg("root") = py::none(), py::arg("accept_first_root") = false,
            "Takes in a list or a delta. What is refused changes nothing.");
}

}  // namespace sjcode::python
