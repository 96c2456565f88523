// Objects of the library that change: Python's threads take them in turn.
#pragma once

#include "convert.h"

#include <mutex>
#include <utility>

namespace sjcode::python {

/// Every access waits for its turn without the GIL. A signer or a source of randomness of the caller's may use the
/// object that called it, so the lock is one that its own thread passes.
template <class T>
class Guarded {
public:
    explicit Guarded(T value) : value_(std::move(value)) {}

    /// What `work` makes of the object; it must touch nothing of Python.
    template <class F>
    auto with(F&& work) const {
        return without_gil([&] {
            const std::lock_guard lock(mutex_);
            return work(value_);
        });
    }
    template <class F>
    auto with(F&& work) {
        return without_gil([&] {
            const std::lock_guard lock(mutex_);
            return work(value_);
        });
    }

private:
    mutable std::recursive_mutex mutex_;
    T value_;
};

}  // namespace sjcode::python
