// The status journal: an institution's own record of which index belongs to which code and what became of it.
#include "sjcode/status_journal.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "guarded.h"
#include "times.h"
#include "trust_enums.h"

#include <pybind11/stl.h>

#include <memory>

namespace sjcode::python {
namespace {

using Journal = Guarded<StatusJournal>;

std::unique_ptr<Journal> held(Result<StatusJournal> journal) {
    return std::make_unique<Journal>(unwrap(std::move(journal)));
}

/// Whole seconds of a timedelta, rounded down.
std::int64_t seconds_of(const py::handle& duration) {
    const auto datetime = py::module_::import("datetime");
    if (!py::isinstance(duration, datetime.attr("timedelta"))) throw py::type_error("a timedelta is wanted");
    return py::module_::import("math").attr("floor")(duration.attr("total_seconds")()).cast<std::int64_t>();
}

SignedStatus sign(Journal& journal, const Signer& signer, const py::object& issued, const py::object& valid_for,
                  const py::object& time_to_live, const py::object& random) {
    const auto time = unix_time(issued);
    const auto valid = seconds_of(valid_for);
    const auto refresh = seconds_of(time_to_live);
    if (valid <= 0 || refresh <= 0) throw py::value_error("valid_for and time_to_live: a second or more is wanted");
    const auto source = random_source(random);
    return unwrap(journal.with([&](StatusJournal& one) {
        return one.sign(signer, time, valid, static_cast<std::uint64_t>(refresh), source);
    }));
}

py::tuple entries_of(const Journal& journal) {
    const auto entries = journal.with([](const StatusJournal& one) { return one.entries(); });
    py::list list;
    for (const auto& [index, entry] : entries) list.append(py::cast(entry));
    return py::tuple(list);
}

}  // namespace

void bind_status_journal(py::module_& module) {
    py::class_<SignedStatus>(module, "SignedStatus", py::is_final(), "A list and its details, signed together.")
        .def_property_readonly("list", [](const SignedStatus& made) { return to_python(made.list); })
        .def_property_readonly("details", [](const SignedStatus& made) { return to_python(made.details); });
    py::class_<Journal>(module, "StatusJournal", py::is_final(),
                        "Which index belongs to which code, and what became of it.")
        .def_static(
            "create", [](std::string licence) { return held(StatusJournal::create(std::move(licence))); },
            py::arg("licence"), "A new one.")
        .def_static(
            "from_json",
            [](const py::object& json) {
                const auto text = text_of(json);
                return held(without_gil([&] { return StatusJournal::parse(text); }));
            },
            py::arg("json"), "From the text of to_json().")
        .def(
            "to_json",
            [](const Journal& journal) { return journal.with([](const StatusJournal& one) { return one.to_json(); }); })
        .def_property_readonly(
            "issuer",
            [](const Journal& journal) { return journal.with([](const StatusJournal& one) { return one.issuer(); }); })
        .def_property_readonly(
            "size",
            [](const Journal& journal) { return journal.with([](const StatusJournal& one) { return one.size(); }); })
        .def_property_readonly(
            "last_signed",
            [](const Journal& journal) {
                return datetime_of(journal.with([](const StatusJournal& one) { return one.last_signed(); }));
            })
        .def_property_readonly("entries", &entries_of)
        .def_property_readonly("assigned",
                               [](const Journal& journal) {
                                   return journal.with([](const StatusJournal& one) { return one.assigned(); });
                               })
        .def(
            "index_of",
            [](const Journal& journal, const CodeNumber& code) {
                return journal.with([&](const StatusJournal& one) { return one.index_of(code); });
            },
            py::arg("code"), "The index of a code of which something is known.")
        .def(
            "assign",
            [](Journal& journal, const py::object& random) {
                const auto source = random_source(random);
                return unwrap(journal.with([&](StatusJournal& one) { return one.assign(source); }));
            },
            py::kw_only(), py::arg("random") = py::none(), "A free index, drawn at random, which is not given again.")
        .def(
            "set",
            [](Journal& journal, std::uint64_t index, const CodeNumber& code, const StatusChange& change,
               bool correction) {
                const auto how = correction ? StatusJournal::Correction::yes : StatusJournal::Correction::no;
                unwrap(journal.with([&](StatusJournal& one) { return one.set(index, code, change, how); }));
            },
            py::arg("index"), py::arg("code"), py::arg("change"), py::kw_only(), py::arg("correction") = false,
            "Records a change.")
        .def("sign", &sign, py::arg("signer"), py::kw_only(), py::arg("issued"), py::arg("valid_for"),
             py::arg("time_to_live"), py::arg("random") = py::none(), "Signs list and details of what is recorded.");
}

}  // namespace sjcode::python
