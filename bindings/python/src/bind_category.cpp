#include "sjcode/category.h"

#include "bindings.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {

void bind_category(py::module_& module) {
    ValueClass<Category>(module, "Category", "An appraisal category (执业类别): class and item.")
        .def_static(
            "parse", [](const std::string& text) { return unwrap(Category::parse(text)); }, py::arg("text"),
            "From \"FY0202\".")
        .def_static(
            "from_number", [](std::uint64_t number) { return unwrap(Category::from_number(number)); },
            py::arg("number"), "From class × 1,000,000 + item.")
        .def("__str__", &Category::code)
        .field("code", &Category::code)
        .property("category_class", &Category::category_class)
        .property("class_name", [](const Category& category) { return std::string(category.class_name()); })
        .property("item", &Category::item)
        .property("number", &Category::number)
        .property("name", &Category::name)
        .property("name_verified", &Category::name_verified)
        .property("sensitive", &Category::sensitive);
    module.def(
        "category_table_version", [] { return std::string(category_table_version()); },
        "Version of the table of categories.");
}

}  // namespace sjcode::python
