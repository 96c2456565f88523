#include "convert.h"

#include <cstdint>
#include <memory>

namespace sjcode::python {
namespace {

// The first exception of a callback during one call of the library. The thread that calls the library runs its
// callbacks, so each thread has its own; unwrap() empties it before the call returns to Python.
thread_local std::unique_ptr<py::error_already_set> pending;

}  // namespace

void keep_pending(py::error_already_set error) {
    if (!pending) pending = std::make_unique<py::error_already_set>(std::move(error));
}

void raise_pending() {
    if (!pending) return;
    auto error = std::move(*pending);
    pending.reset();
    throw error;  // NOLINT(cert-err60-cpp): pybind11's own
}

py::object python_function(const char* module, const char* name) {
    return py::module_::import((std::string("sjcode.") + module).c_str()).attr(name);
}

py::object exception_of(const Error& error) {
    return python_function("_errors", "error_of")(
        error.code, to_python(error.parameters), error.file,
        error.offset ? py::object(py::int_(*error.offset)) : py::object(py::none()),
        error.object ? py::object(py::int_(*error.object)) : py::object(py::none()));
}

void raise(const Error& error) {
    const auto exception = exception_of(error);
    PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
    throw py::error_already_set();
}

py::bytes to_python(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

py::dict to_python(const Parameters& parameters) {
    py::dict result;
    for (const auto& [name, value] : parameters) result[py::str(name)] = value;
    return result;
}

py::object datetime_of(UnixTime time) {
    const auto datetime = py::module_::import("datetime");
    return datetime.attr("datetime").attr("fromtimestamp")(time, datetime.attr("timezone").attr("utc"));
}

UnixTime unix_time(const py::handle& datetime) {
    if (!py::isinstance(datetime, py::module_::import("datetime").attr("datetime")))
        throw py::type_error("a datetime is wanted");
    if (datetime.attr("utcoffset")().is_none()) throw py::value_error("a datetime with a time zone is wanted");
    return py::module_::import("math").attr("floor")(datetime.attr("timestamp")()).cast<UnixTime>();
}

Language language(const std::string& name) {
    if (name == "zh") return Language::zh;
    if (name == "en") return Language::en;
    throw py::value_error("language: \"zh\" or \"en\" is wanted, not \"" + name + "\"");
}

}  // namespace sjcode::python
