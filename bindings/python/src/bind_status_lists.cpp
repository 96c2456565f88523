// Status lists at hand while verifying.
#include "sjcode/status_lists.h"

#include "bindings.h"
#include "buffers.h"
#include "guarded.h"

#include <pybind11/stl.h>

namespace sjcode::python {

void bind_status_lists(py::module_& module) {
    using Lists = Guarded<StatusLists>;
    py::class_<HeldStatusList>(module, "HeldStatusList", py::is_final(), "What the list of one institution says.")
        .def_property_readonly("list", [](const HeldStatusList& held) { return held.list; })
        .def_property_readonly("details", [](const HeldStatusList& held) { return held.details; })
        .def_property_readonly("details_fault", [](const HeldStatusList& held) { return held.details_fault; });
    py::class_<Lists>(module, "StatusLists", py::is_final(), "The newest status list of each institution.")
        .def(py::init([] { return std::make_unique<Lists>(StatusLists()); }))
        .def(
            "add",
            [](Lists& lists, const py::object& list, const py::object& details, const TrustRecords& trust) {
                const auto file = document(list, Use::during_call);
                std::optional<InputFile> beside;
                if (!details.is_none()) beside = document(details, Use::during_call);
                return unwrap(lists.with([&](StatusLists& all) {
                    return all.add(file.bytes(), beside ? std::optional(beside->bytes()) : std::nullopt, trust);
                }));
            },
            py::arg("list"), py::arg("details") = py::none(), py::kw_only(), py::arg("trust"),
            "Takes a list in, under the keys that the trust records name. Returns the licence number.")
        .def(
            "find",
            [](const Lists& lists, const std::string& licence) -> py::object {
                const auto held = lists.with([&](const StatusLists& all) { return all.find(licence); });
                return held ? py::cast(*held) : py::object(py::none());
            },
            py::arg("licence"), "The list of an institution.")
        .def(
            "refusal",
            [](const Lists& lists, const std::string& licence) {
                return lists.with([&](const StatusLists& all) { return all.refusal(licence); });
            },
            py::arg("licence"), "Why a list for this institution was not taken in.")
        .def("__len__",
             [](const Lists& lists) { return lists.with([](const StatusLists& all) { return all.size(); }); });
}

}  // namespace sjcode::python
