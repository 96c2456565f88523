// Functions of the caller that the library calls: clocks, sources of randomness, signers, timestamp authorities. Each
// takes the GIL; what it raises reaches the caller as it is (see raise_pending).
#pragma once

#include "convert.h"

#include "sjcode/environment.h"
#include "sjcode/key.h"
#include "sjcode/timestamp.h"

#include <memory>

namespace sjcode::python {

/// A Python object that may be let go of on any thread.
std::shared_ptr<const py::object> share(py::object object);

/// Calls it with these bytes; what it returns must be bytes-like.
Result<Bytes> call_with_bytes(const py::object& function, ByteView bytes);

/// `() -> float` as time.time; None: the system's clock.
Clock clock(const py::object& function);

/// `(int) -> bytes` as os.urandom; None: the system's.
RandomSource random_source(const py::object& function);

/// `(bytes) -> bytes`: the request in, the answer's body out.
std::unique_ptr<TimestampClient> timestamp_client(const py::object& function);

}  // namespace sjcode::python
