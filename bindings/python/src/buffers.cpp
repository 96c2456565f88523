#include "buffers.h"

#include <algorithm>
#include <string>

namespace sjcode::python {
namespace {

InputFile from_memory(const py::handle& object, std::string name, Use use) {
    // The last copy of an InputFile may go on any thread.
    const std::shared_ptr<const Buffer> buffer(new Buffer(object), [](const Buffer* held) {
        const py::gil_scoped_acquire acquired;
        delete held;
    });
    if (use == Use::beyond_call && !buffer->is_read_only())
        return InputFile::own(Bytes(buffer->bytes().begin(), buffer->bytes().end()), std::move(name));
    return InputFile::borrow(buffer->bytes(), std::move(name), buffer);
}

std::string name_of(const py::handle& file) {
    const py::object name = py::getattr(file, "name", py::none());
    return py::isinstance<py::str>(name) ? name.cast<std::string>() : std::string();
}

/// The descriptor of a file whose content is what the descriptor has, else −1. Only the io module's own classes: that
/// of gzip, for one, has a descriptor too, of the compressed file.
int plain_descriptor(const py::module_& io, const py::handle& file) {
    const auto raw = py::isinstance(file, io.attr("FileIO")) ? py::reinterpret_borrow<py::object>(file)
                                                             : py::object(py::getattr(file, "raw", py::none()));
    if (!py::type::handle_of(raw).is(io.attr("FileIO"))) return -1;
    return file.attr("fileno")().cast<int>();
}

InputFile from_file(const py::handle& wrapped, Use use) {
    const auto io = py::module_::import("io");
    // tempfile's wrapper hands everything on to the file in it.
    const py::object inner = py::getattr(wrapped, "file", py::none());
    const py::object file =
        py::isinstance(inner, io.attr("IOBase")) ? inner : py::reinterpret_borrow<py::object>(wrapped);
    if (py::isinstance(file, io.attr("TextIOBase")))
        throw py::type_error("a file opened in binary mode is wanted: open(path, \"rb\")");
    if (py::type::handle_of(file).is(io.attr("BytesIO")))
        return from_memory(file.attr("getbuffer")(), name_of(file), use);
    if (py::hasattr(file, "flush")) file.attr("flush")();
    const int descriptor = plain_descriptor(io, file);
    if (descriptor >= 0) {
        auto name = name_of(file);
        auto mapped = without_gil([&] { return InputFile::open_descriptor(descriptor, std::move(name)); });
        if (mapped) return *std::move(mapped);
        // A pipe or a device: read like any other stream.
        if (mapped.error().code != "file.not-regular") raise(mapped.error());
    }
    const py::object content = file.attr("read")();
    if (py::isinstance<py::str>(content)) throw py::type_error("a file that gives bytes is wanted, not text");
    return from_memory(content, name_of(file), use);
}

}  // namespace

py::buffer_info read_only_buffer(ByteView bytes) {
    constexpr py::ssize_t item = sizeof(std::uint8_t);
    return {const_cast<std::uint8_t*>(bytes.data()),
            item,
            py::format_descriptor<std::uint8_t>::format(),
            1,
            {static_cast<py::ssize_t>(bytes.size())},
            {item},
            true};
}

Buffer::Buffer(const py::handle& object) {
    if (PyObject_GetBuffer(object.ptr(), &view_, PyBUF_SIMPLE) != 0) throw py::error_already_set();
}

Bytes copied(const py::handle& object) {
    const Buffer buffer(object);
    return {buffer.bytes().begin(), buffer.bytes().end()};
}

std::vector<Bytes> copied_all(const py::iterable& list) {
    if (PyObject_CheckBuffer(list.ptr()) != 0) throw py::type_error("a list of bytes is wanted, not bytes");
    std::vector<Bytes> result;
    for (const auto element : list) result.push_back(copied(element));
    return result;
}

Digest digest_from(const py::handle& object) {
    const Buffer buffer(object);
    Digest result{};
    if (buffer.bytes().size() != result.size()) throw py::value_error("a digest of 32 bytes is wanted");
    std::copy(buffer.bytes().begin(), buffer.bytes().end(), result.begin());
    return result;
}

std::string text_of(const py::handle& text_or_bytes) {
    if (py::isinstance<py::str>(text_or_bytes)) return text_or_bytes.cast<std::string>();
    return std::string(as_text(Buffer(text_or_bytes).bytes()));
}

InputFile document(const py::handle& object, Use use) {
    if (py::isinstance<py::str>(object) || py::hasattr(object, "__fspath__")) {
        const auto path = py::reinterpret_steal<py::object>(PyOS_FSPath(object.ptr()));
        if (!path) throw py::error_already_set();
        PyObject* encoded = nullptr;
        if (PyUnicode_FSConverter(path.ptr(), &encoded) == 0) throw py::error_already_set();
        auto bytes = py::reinterpret_steal<py::bytes>(encoded);
        return unwrap(without_gil([name = std::string(bytes)] { return InputFile::open(name); }));
    }
    if (PyObject_CheckBuffer(object.ptr()) != 0) return from_memory(object, {}, use);
    if (py::hasattr(object, "read")) return from_file(object, use);
    throw py::type_error("a path, bytes or a binary file is wanted, not " +
                         py::type::handle_of(object).attr("__name__").cast<std::string>());
}

}  // namespace sjcode::python
