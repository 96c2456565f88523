#include "sjcode/qr.h"

#include "bindings.h"
#include "buffers.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

#include <limits>

namespace sjcode::python {
namespace {

py::tuple corners(const ReadSymbol& symbol) {
    py::tuple result(symbol.corners.size());
    for (std::size_t i = 0; i < symbol.corners.size(); ++i)
        result[i] = py::make_tuple(symbol.corners[i][0], symbol.corners[i][1]);
    return result;
}

bool dark(const QrSymbol& symbol, int row, int column) {
    if (row < 0 || column < 0 || row >= symbol.size || column >= symbol.size)
        throw py::index_error("the symbol has no such module");
    return symbol.dark(row, column);
}

/// Grey pixels, a byte each, of an image that somebody else's memory holds.
py::tuple read_pixels(const py::object& pixels, int width, int height, std::optional<int> stride) {
    const Buffer buffer(pixels);
    const int step = stride.value_or(width);
    if (width <= 0 || height <= 0 || step < width)
        throw py::value_error("width, height and stride do not fit together");
    const auto needed =
        static_cast<std::uint64_t>(step) * static_cast<std::uint64_t>(height - 1) + static_cast<std::uint64_t>(width);
    if (buffer.bytes().size() < needed) throw py::value_error("there are fewer pixels than width × height");
    const GreyImageView view{buffer.bytes().data(), width, height, step};
    return to_tuple(unwrap(without_gil([&] { return read_qr(view); })));
}

}  // namespace

void bind_qr(py::module_& module) {
    ValueClass<QrSymbol>(module, "QrSymbol", "A symbol as modules, without its quiet zone.")
        .field("version", &QrSymbol::version)
        .field("level", &QrSymbol::level)
        .field("size", &QrSymbol::size)
        .field("modules", [](const QrSymbol& symbol) { return to_python(symbol.modules); })
        .def("dark", &dark, py::arg("row"), py::arg("column"), "Whether a module is dark.");
    ValueClass<ReadSymbol>(module, "ReadSymbol", "A symbol found in an image.")
        .field("content", [](const ReadSymbol& symbol) { return to_python(symbol.bytes); })
        .field("corners", &corners);
    module.def(
        "draw_qr",
        [](const std::string& prefix, const std::string& digits, QrLevel level, int version_limit) {
            return unwrap(without_gil([&] { return draw_qr(prefix, digits, level, version_limit); }));
        },
        py::arg("prefix"), py::arg("digits"), py::arg("level") = QrLevel::M, py::kw_only(),
        py::arg("version_limit") = 40, "Draws a symbol in the smallest version that holds it.");
    module.def("read_qr", &read_pixels, py::arg("pixels"), py::kw_only(), py::arg("width"), py::arg("height"),
               py::arg("stride") = py::none(), "All QR symbols in a grey image.");
}

}  // namespace sjcode::python
