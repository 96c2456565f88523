#include "sjcode/facts.h"

#include "bindings.h"
#include "buffers.h"
#include "dates.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

using Pages = std::vector<std::string>;

py::object case_code(const Facts& facts) {
    return facts.case_code ? py::object(to_python(*facts.case_code)) : py::object(py::none());
}

void bind_facts_class(py::module_& module) {
    ValueClass<Facts>(module, "Facts", "The facts of a report, as the clerk confirms them.")
        .def_static(
            "from_json", [](const py::object& json) { return unwrap(Facts::from_json(text_of(json))); },
            py::arg("json"), "Strict: nothing is guessed, dropped or trimmed.")
        .def_static(
            "from_dict",
            [](const py::dict& facts) {
                const auto json = py::module_::import("json").attr("dumps")(facts, py::arg("ensure_ascii") = false);
                return unwrap(Facts::from_json(json.cast<std::string>()));
            },
            py::arg("facts"), "As from_json, of the object that the JSON stands for.")
        .def("to_json", &Facts::to_json, "As FACTS.json.")
        .field("licence", &Facts::licence)
        .field("institution", &Facts::institution)
        .field("short_name", &Facts::short_name, Shown::no)
        .field("number", &Facts::number)
        .field(
            "categories", [](const Facts& facts) { return to_tuple(facts.categories); }, Shown::no)
        .field(
            "appraisers", [](const Facts& facts) { return to_tuple(facts.appraisers); }, Shown::no)
        .field("matter", &Facts::matter, Shown::no)
        .field("commissioner", &Facts::commissioner, Shown::no)
        .field(
            "accepted", [](const Facts& facts) { return date_of(facts.accepted); }, Shown::no)
        .field("opinion", &Facts::opinion, Shown::no)
        .field("kind", &Facts::kind)
        .field("prior", &Facts::prior)
        .field("case_code", &case_code, Shown::no)
        .field("copies", &Facts::copies, Shown::no)
        .field("use", &Facts::use, Shown::no)
        .field("status", &Facts::status)
        .property("warnings", [](const Facts& facts) { return to_tuple(facts.warnings(), exception_of); });
}

}  // namespace

void bind_facts(py::module_& module) {
    bind_facts_class(module);
    ValueClass<FactMismatch>(module, "FactMismatch", "A fact that the report's text does not bear out.")
        .field("field", &FactMismatch::field)
        .field("expected", &FactMismatch::expected, Shown::no)
        .field("found", &FactMismatch::found, Shown::no);
    ValueClass<FactsProposal>(module, "FactsProposal", "Facts proposed from a report's text.")
        .field("json", &FactsProposal::json, Shown::no)
        .field("missing", [](const FactsProposal& proposal) { return to_tuple(proposal.missing); });
    module.def(
        "has_report_text", [](const Pages& pages) { return has_report_text(pages); }, py::arg("pages"),
        "Whether the pages carry text to compare facts with.");
    module.def(
        "check_facts",
        [](const Facts& facts, const Pages& pages) {
            return to_tuple(without_gil([&] { return check_facts(facts, pages); }));
        },
        py::arg("facts"), py::arg("pages"), "Looks for the facts in the text of the report.");
    module.def(
        "propose_facts", [](const Pages& pages) { return without_gil([&] { return propose_facts(pages); }); },
        py::arg("pages"), "Proposes facts from a report's text, for the clerk to check and complete.");
}

}  // namespace sjcode::python
