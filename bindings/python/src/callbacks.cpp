#include "callbacks.h"

#include "buffers.h"

#include <algorithm>

namespace sjcode::python {
namespace {

/// Stands in for an exception of the caller's until raise_pending() raises that.
Unexpected stand_in(py::error_already_set error) {
    keep_pending(std::move(error));
    return fail("callback.failed");
}

class PythonTimestampClient final : public TimestampClient {
public:
    explicit PythonTimestampClient(py::object function) : function_(share(std::move(function))) {}
    Result<Bytes> request(ByteView timestamp_request) const override {
        return call_with_bytes(*function_, timestamp_request);
    }

private:
    std::shared_ptr<const py::object> function_;
};

}  // namespace

std::shared_ptr<const py::object> share(py::object object) {
    return {new py::object(std::move(object)), [](const py::object* held) {
                const py::gil_scoped_acquire acquired;
                delete held;
            }};
}

Result<Bytes> call_with_bytes(const py::object& function, ByteView bytes) {
    const py::gil_scoped_acquire acquired;
    try {
        const py::object answer = function(to_python(bytes));
        const Buffer buffer(answer);
        return Bytes(buffer.bytes().begin(), buffer.bytes().end());
    } catch (py::error_already_set& error) {
        return stand_in(std::move(error));
    }
}

Clock clock(const py::object& function) {
    if (function.is_none()) return system_clock();
    return [function = share(function)]() -> UnixTime {
        const py::gil_scoped_acquire acquired;
        try {
            return py::module_::import("math").attr("floor")((*function)()).cast<UnixTime>();
        } catch (py::error_already_set& error) {
            keep_pending(std::move(error));
        } catch (const py::cast_error&) {
            PyErr_SetString(PyExc_OverflowError, "the clock's time is out of range");
            keep_pending(py::error_already_set());
        }
        return 0;
    };
}

RandomSource random_source(const py::object& function) {
    if (function.is_none()) return system_random();
    return [function = share(function)](std::span<std::uint8_t> wanted) -> Result<void> {
        const py::gil_scoped_acquire acquired;
        try {
            const py::object answer = (*function)(wanted.size());
            const Buffer buffer(answer);
            if (buffer.bytes().size() != wanted.size()) {
                PyErr_SetString(PyExc_ValueError, "random: as many bytes as asked for are wanted");
                throw py::error_already_set();
            }
            std::copy(buffer.bytes().begin(), buffer.bytes().end(), wanted.begin());
            return {};
        } catch (py::error_already_set& error) {
            return stand_in(std::move(error));
        }
    };
}

std::unique_ptr<TimestampClient> timestamp_client(const py::object& function) {
    if (function.is_none()) return nullptr;
    return std::make_unique<PythonTimestampClient>(function);
}

}  // namespace sjcode::python
