// Between the library and Python: results become values or exceptions, bytes and times their Python kinds.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/messages.h"
#include "sjcode/result.h"

#include <pybind11/pybind11.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace sjcode::python {

namespace py = pybind11;

/// Raises what a caller's own function raised while the library called it, if it did: the library saw an error in its
/// place, or nothing. To be called with the GIL, after each call that may have run one.
void raise_pending();
/// Keeps the exception for raise_pending(), on this thread.
void keep_pending(py::error_already_set error);

/// Raises the exception for an error: the class by its code (sjcode/_errors.py).
[[noreturn]] void raise(const Error& error);
/// The exception itself, not raised.
py::object exception_of(const Error& error);

/// The value, or the exception.
template <class T>
T unwrap(Result<T> result) {
    raise_pending();
    if (!result) raise(result.error());
    if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Runs it without the GIL. It must touch nothing of Python; callbacks take the GIL themselves.
template <class F>
auto without_gil(F&& work) {
    const py::gil_scoped_release released;
    return std::forward<F>(work)();
}

py::bytes to_python(ByteView bytes);
inline py::bytes to_python(const Bytes& bytes) {
    return to_python(ByteView(bytes));
}
inline py::bytes to_python(const Digest& digest) {
    return to_python(ByteView(digest));
}
py::dict to_python(const Parameters& parameters);

/// A tuple of what `convert` makes of each element: sequences of a frozen value are tuples.
template <class List, class Convert>
py::tuple to_tuple(const List& list, Convert convert) {
    py::tuple result(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) result[i] = convert(list[i]);
    return result;
}
template <class List>
py::tuple to_tuple(const List& list) {
    return to_tuple(list, [](const auto& element) { return py::cast(element); });
}

/// An aware datetime in UTC.
py::object datetime_of(UnixTime time);
/// From an aware datetime; a naive one is a ValueError, since nobody could say which instant it means.
UnixTime unix_time(const py::handle& datetime);

/// "zh" or "en"; anything else is a ValueError.
Language language(const std::string& name);

/// Calls a function of the package's Python side, e.g. python_function("_programs", "worker_program").
py::object python_function(const char* module, const char* name);

}  // namespace sjcode::python
