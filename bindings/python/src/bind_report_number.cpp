#include "sjcode/report_number.h"

#include "bindings.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {

void bind_report_number(py::module_& module) {
    using Parts = ReportNumber::Parts;
    ValueClass<Parts>(module, "ReportNumberParts", "PREFIX〔year〕middle第serial号, taken apart.")
        .field("prefix", &Parts::prefix)
        .field("year", &Parts::year)
        .field("middle", &Parts::middle)
        .field("serial", &Parts::serial);
    ValueClass<ReportNumber>(module, "ReportNumber", "A report number (文号) in canonical form.")
        .def_static(
            "parse", [](const std::string& text) { return unwrap(ReportNumber::parse(text)); }, py::arg("text"),
            "Reads any pair of brackets around the year.")
        .def("__str__", [](const ReportNumber& number) { return number.canonical(); })
        .field("canonical", [](const ReportNumber& number) { return number.canonical(); })
        .property("parts", [](const ReportNumber& number) { return number.parts(); });
}

}  // namespace sjcode::python
