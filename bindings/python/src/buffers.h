// What Python hands over as bytes or as a document, without a copy.
#pragma once

#include "convert.h"

#include "sjcode/file.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::python {

/// Somebody else's memory, held for as long as this lives: its owner can neither free nor resize it. `str` is no bytes
/// (TypeError), and memory that is not in one piece is refused (BufferError). Made and destroyed with the GIL.
class Buffer {
public:
    explicit Buffer(const py::handle& object);
    ~Buffer() { PyBuffer_Release(&view_); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    [[nodiscard]] ByteView bytes() const noexcept {
        return {static_cast<const std::uint8_t*>(view_.buf), static_cast<std::size_t>(view_.len)};
    }
    [[nodiscard]] bool is_read_only() const noexcept { return view_.readonly != 0; }

private:
    Py_buffer view_{};
};

/// An owned copy of bytes-like memory.
Bytes copied(const py::handle& object);
/// The same of each element of an iterable; a bytes object is none, though it can be iterated over.
std::vector<Bytes> copied_all(const py::iterable& list);
/// 32 bytes; any other length is a ValueError.
Digest digest_from(const py::handle& object);
/// PEM is text, and often comes as the bytes of a file: either is taken.
std::string text_of(const py::handle& text_or_bytes);
inline std::optional<std::string_view> view_of(const std::optional<std::string>& text) noexcept {
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

/// The library's memory, for Python's buffer protocol: read only, as long as its owner lives.
py::buffer_info read_only_buffer(ByteView bytes);

/// How long the caller's memory is looked at.
enum class Use {
    during_call,  ///< until the call returns
    beyond_call,  ///< the result keeps it: memory that its owner could still write to is copied first
};

/// A document: a path (str, os.PathLike) or a binary file on disk is mapped, bytes-like memory and io.BytesIO are
/// borrowed. Any other file object is read to its end. The result holds what it needs; it may be destroyed without the
/// GIL.
InputFile document(const py::handle& object, Use use);

}  // namespace sjcode::python
