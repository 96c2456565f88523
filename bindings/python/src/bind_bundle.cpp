// Bundles: trust lists, status lists and whatever else a closed network needs, in one file.
#include "sjcode/bundle.h"

#include "bindings.h"
#include "buffers.h"

#include <pybind11/stl.h>

#include <memory>

namespace sjcode::python {
namespace {

/// A part with what its bytes stand in.
struct HeldPart {
    std::string type;
    InputFile content;
};

py::tuple open_parts(const py::object& file) {
    const auto input = std::make_shared<const InputFile>(document(file, Use::beyond_call));
    const auto parts = unwrap(without_gil([&] { return open_bundle(input->bytes()); }));
    return to_tuple(parts, [&](const BundlePart& part) {
        return py::cast(HeldPart{part.type, InputFile::borrow(part.content, input->name(), input)});
    });
}

py::bytes make_of_parts(const std::vector<HeldPart>& held) {
    std::vector<BundlePart> parts;
    for (const auto& part : held) parts.push_back({part.type, part.content.bytes()});
    return to_python(unwrap(without_gil([&] { return make_bundle(parts); })));
}

}  // namespace

void bind_bundle(py::module_& module) {
    module.attr("BUNDLE_MEDIA_TYPE") = std::string(bundle_media_type);
    module.attr("STATUS_LIST_MEDIA_TYPE") = std::string(status_list_media_type);
    module.attr("STATUS_DETAILS_MEDIA_TYPE") = std::string(status_details_media_type);
    py::class_<HeldPart>(module, "BundlePart", py::is_final(), py::buffer_protocol(), "One part of a bundle.")
        .def(py::init([](std::string type, const py::object& content) {
                 return HeldPart{std::move(type), document(content, Use::beyond_call)};
             }),
             py::arg("type"), py::arg("content"))
        .def_buffer([](HeldPart& part) { return read_only_buffer(part.content.bytes()); })
        .def_property_readonly("type", [](const HeldPart& part) { return part.type; })
        .def_property_readonly("content", [](const HeldPart& part) { return to_python(part.content.bytes()); })
        .def("__len__", [](const HeldPart& part) { return part.content.bytes().size(); })
        .def("__repr__", [](const HeldPart& part) {
            return "<BundlePart " + part.type + " of " + std::to_string(part.content.bytes().size()) + " bytes>";
        });
    module.def("open_bundle", &open_parts, py::arg("file"),
               "The parts, in their order; what is in them is not looked at.");
    module.def("make_bundle", &make_of_parts, py::arg("parts"), "Writes the parts one after the other.");
}

}  // namespace sjcode::python
