// The details beside a status list: when, why, and what came after.
#include "sjcode/status_details.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "times.h"
#include "trust_enums.h"
#include "values.h"

#include <pybind11/stl.h>

#include <algorithm>

namespace sjcode::python {
namespace {

// Python's datetime knows no later one.
constexpr UnixTime end_of_9999 = 253'402'300'799;

std::optional<PriorReport> successor_from(const py::object& successor) {
    if (successor.is_none()) return std::nullopt;
    if (py::isinstance<CodeNumber>(successor)) return PriorReport(successor.cast<CodeNumber>());
    if (py::isinstance<py::str>(successor)) return PriorReport(successor.cast<std::string>());
    throw py::type_error("successor: a CodeNumber or the text of a report number is wanted");
}

py::tuple history_of(const VerifiedStatusDetails& details, std::uint64_t index, const CodeNumber& code) {
    const auto history = unwrap(without_gil([&] { return details.history(index, code); }));
    const bool told = std::all_of(history.begin(), history.end(),
                                  [](const StatusChange& change) { return change.time <= end_of_9999; });
    if (!told) raise(Error{"status-details.structure"});
    return to_tuple(history);
}

void bind_values(py::module_& module) {
    ValueClass<StatusChange>(module, "StatusChange", "One change of a code's status.")
        .def(py::init([](const py::object& time, CodeStatus status, std::string reason, const py::object& successor) {
                 return StatusChange{unix_time(time), status, std::move(reason), successor_from(successor)};
             }),
             py::kw_only(), py::arg("time"), py::arg("status"), py::arg("reason") = "",
             py::arg("successor") = py::none())
        .field("time", [](const StatusChange& change) { return datetime_of(change.time); })
        .field("status", &StatusChange::status)
        .field("reason", &StatusChange::reason, Shown::no)
        .field("successor", &StatusChange::successor);
    ValueClass<StatusDetailsEntry>(module, "StatusDetailsEntry", "What to write about one code.")
        .def(py::init([](std::uint64_t index, const CodeNumber& code, std::vector<StatusChange> history) {
                 return StatusDetailsEntry{index, code, std::move(history)};
             }),
             py::kw_only(), py::arg("index"), py::arg("code"), py::arg("history"))
        .field("index", &StatusDetailsEntry::index)
        .field("code", &StatusDetailsEntry::code)
        .field("history", [](const StatusDetailsEntry& entry) { return to_tuple(entry.history); });
    module.def(
        "status_at",
        [](const std::vector<StatusChange>& history, const py::object& time) {
            return status_at(history, unix_time(time));
        },
        py::arg("history"), py::arg("time"), "The status at an instant, by a history in ascending order of time.");
}

}  // namespace

void bind_status_details(py::module_& module) {
    bind_values(module);
    py::class_<RawStatusDetails>(module, "RawStatusDetails", py::is_final(),
                                 "A details file taken apart, nothing verified.")
        .def_static(
            "decode",
            [](const py::object& details) {
                const auto input = document(details, Use::during_call);
                return unwrap(without_gil(
                    [&] { return RawStatusDetails::decode(Bytes(input.bytes().begin(), input.bytes().end())); }));
            },
            py::arg("details"), "Takes a details file apart.")
        .def_property_readonly("algorithm", &RawStatusDetails::algorithm)
        .def_property_readonly("unverified_subject",
                               [](const RawStatusDetails& raw) { return raw.unverified_subject(); })
        .def_property_readonly("unverified_issued",
                               [](const RawStatusDetails& raw) {
                                   const auto issued = raw.unverified_issued();
                                   return issued > end_of_9999 ? py::object(py::none()) : datetime_of(issued);
                               })
        .def("__len__", &RawStatusDetails::size);
    py::class_<VerifiedStatusDetails>(module, "VerifiedStatusDetails", py::is_final(),
                                      "A details file that belongs to a verified list.")
        .def_static(
            "verify",
            [](const RawStatusDetails& raw, const VerifiedStatusList& list) {
                return unwrap(without_gil([&] { return VerifiedStatusDetails::verify(raw, list); }));
            },
            py::arg("raw"), py::arg("list"), "That the file belongs to a list.")
        .def("history", &history_of, py::arg("index"), py::arg("code"), "The history of a code.")
        .def("__len__", &VerifiedStatusDetails::size);
    module.def(
        "sign_status_details",
        [](const StatusListClaims& list, std::vector<StatusDetailsEntry> entries, const Signer& signer,
           const py::object& random) {
            const auto source = random_source(random);
            return to_python(
                unwrap(without_gil([&] { return sign_status_details(list, std::move(entries), signer, source); })));
        },
        py::arg("list"), py::arg("entries"), py::arg("signer"), py::kw_only(), py::arg("random") = py::none(),
        "Makes and signs the details file of a list.");
}

}  // namespace sjcode::python
