#include "values.h"

namespace sjcode::python {
namespace {

constexpr std::size_t longest_shown = 80;

std::string shown_value(const py::handle& value) {
    auto text = py::repr(value).cast<std::string>();
    if (!py::isinstance<py::bytes>(value) || text.size() <= longest_shown) return text;
    return "<" + std::to_string(py::len(value)) + " bytes>";
}

std::string representation(const py::handle& self, const py::tuple& shown) {
    auto text = py::type::handle_of(self).attr("__name__").cast<std::string>() + "(";
    const char* separator = "";
    for (const auto name : shown) {
        text += separator + name.cast<std::string>() + "=" + shown_value(self.attr(py::str(name)));
        separator = ", ";
    }
    return text + ")";
}

bool equal(const py::handle& self, const py::handle& other, const py::tuple& fields) {
    for (const auto name : fields)
        if (!self.attr(py::str(name)).equal(other.attr(py::str(name)))) return false;
    return true;
}

py::object hashable(const py::object& value) {
    if (!py::hasattr(value, "items")) return value;
    return py::reinterpret_steal<py::object>(PyFrozenSet_New(py::object(value.attr("items")()).ptr()));
}

}  // namespace

void finish_value_class(py::object type, const py::tuple& fields, const py::tuple& shown) {
    const auto method = [&](const char* name, auto&& function) {
        type.attr(name) = py::cpp_function(function, py::name(name), py::is_method(type));
    };
    type.attr("__match_args__") = fields;
    method("__repr__", [shown](const py::object& self) { return representation(self, shown); });
    method("__eq__", [fields, type = py::handle(type)](const py::object& self, const py::object& other) -> py::object {
        if (!py::type::handle_of(other).is(type)) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        return py::bool_(equal(self, other, fields));
    });
    method("__hash__", [fields](const py::object& self) {
        py::list parts;
        for (const auto name : fields) parts.append(hashable(self.attr(py::str(name))));
        return py::hash(py::tuple(parts));
    });
}

}  // namespace sjcode::python
