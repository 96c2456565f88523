// Durations: seconds as float in Python.
#pragma once

#include "convert.h"

#include <chrono>

namespace sjcode::python {

/// From 0 to a year; anything else, NaN too, is a ValueError.
inline std::chrono::milliseconds milliseconds(double seconds) {
    constexpr double year = 31'557'600;
    if (!(seconds >= 0 && seconds <= year)) throw py::value_error("seconds from 0 to a year are wanted");
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

}  // namespace sjcode::python
