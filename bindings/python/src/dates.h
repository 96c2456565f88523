// Calendar days: datetime.date in Python.
#pragma once

#include "convert.h"

#include "sjcode/facts.h"

namespace sjcode::python {

inline py::object date_of(const Date& date) {
    return py::module_::import("datetime").attr("date")(date.year, date.month, date.day);
}

/// From a datetime.date; a datetime is refused, since the day then depends on a time zone.
inline Date date_from(const py::handle& date) {
    const auto datetime = py::module_::import("datetime");
    if (!py::type::handle_of(date).is(datetime.attr("date"))) throw py::type_error("a datetime.date is wanted");
    return {date.attr("year").cast<int>(), date.attr("month").cast<int>(), date.attr("day").cast<int>()};
}

}  // namespace sjcode::python
