// Times that may be left out.
#pragma once

#include "convert.h"

#include <optional>

namespace sjcode::python {

inline py::object datetime_of(const std::optional<UnixTime>& time) {
    return time ? datetime_of(*time) : py::object(py::none());
}

inline std::optional<UnixTime> optional_time(const py::handle& datetime) {
    if (datetime.is_none()) return std::nullopt;
    return unix_time(datetime);
}

}  // namespace sjcode::python
