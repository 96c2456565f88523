// What the functions about trust take: folders, fingerprints of root keys.
#pragma once

#include "buffers.h"

#include <optional>
#include <string>

namespace sjcode::python {

/// A path (str, os.PathLike) as the system has it.
std::string path_of(const py::object& path);

/// A fingerprint: 32 bytes, or 64 hexadecimal digits with colons and spaces passed over, as it is published. Anything
/// else is a ValueError.
Digest fingerprint_from(const py::handle& bytes_or_text);
/// Nothing for None.
std::optional<Digest> optional_fingerprint(const py::handle& bytes_or_text);

}  // namespace sjcode::python
