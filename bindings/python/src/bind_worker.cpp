#include "sjcode/worker.h"

#include "bindings.h"
#include "buffers.h"
#include "enums.h"
#include "seconds.h"
#include "values.h"

#include <pybind11/stl.h>

#include <filesystem>
#include <mutex>

namespace sjcode::python {
namespace {

/// A session serves one thread at a time; Python's threads wait for their turn, without the GIL.
class LockedSession {
public:
    explicit LockedSession(WorkerSession session) : session_(std::move(session)) {}

    template <class F>
    auto call(F work) {
        return unwrap(without_gil([&] {
            const std::lock_guard lock(mutex_);
            return work(session_);
        }));
    }

private:
    std::mutex mutex_;
    WorkerSession session_;
};

WorkerOptions options(const py::object& program, std::uint64_t memory_limit, double time_limit) {
    const auto path = program.is_none() ? python_function("_programs", "worker_program")()
                                        : py::module_::import("os").attr("fsdecode")(program);
    return {.program = path.cast<std::string>(), .memory_limit = memory_limit, .time_limit = milliseconds(time_limit)};
}

py::tuple symbols(const std::vector<ReadSymbol>& found) {
    return to_tuple(found);
}

void bind_session(py::module_& module) {
    py::class_<LockedSession>(module, "WorkerSession", py::is_final(), "One worker process over one document.")
        .def(
            "text_extractor",
            [](LockedSession& session) { return session.call([](WorkerSession& s) { return s.text_extractor(); }); },
            "What extracts page text.")
        .def(
            "page_count",
            [](LockedSession& session) { return session.call([](WorkerSession& s) { return s.page_count(); }); },
            "Page count.")
        .def(
            "page_texts",
            [](LockedSession& session, const std::optional<std::vector<std::uint32_t>>& pages,
               Annotations annotations) {
                return to_tuple(session.call([&](WorkerSession& s) -> Result<std::vector<std::string>> {
                    if (pages) return s.page_texts(*pages, annotations);
                    const auto count = s.page_count();
                    if (!count) return Unexpected(count.error());
                    std::vector<std::uint32_t> all(*count);
                    for (std::uint32_t i = 0; i < *count; ++i) all[i] = i + 1;
                    return s.page_texts(all, annotations);
                }));
            },
            py::arg("pages") = py::none(), py::kw_only(), py::arg("annotations") = Annotations::keep,
            "The text of each page (of all, without any named), from 1.")
        .def(
            "page_png",
            [](LockedSession& session, std::uint32_t page, double dpi) {
                return to_python(session.call([&](WorkerSession& s) { return s.page_png(page, dpi); }));
            },
            py::arg("page"), py::kw_only(), py::arg("dpi") = 150.0, "A page as seen, as an RGB PNG.")
        .def(
            "page_symbols",
            [](LockedSession& session, std::uint32_t page) {
                return symbols(session.call([&](WorkerSession& s) { return s.page_symbols(page); }));
            },
            py::arg("page"), "All QR symbols of a page.")
        .def(
            "image_symbols",
            [](LockedSession& session) {
                return to_tuple(session.call([](WorkerSession& s) { return s.image_symbols(); }), symbols);
            },
            "The symbols of each page of a photograph or scan.")
        .def(
            "normalise",
            [](LockedSession& session) {
                return to_python(session.call([](WorkerSession& s) { return s.normalise(); }));
            },
            "The document written anew: one revision, no repair needed.");
}

}  // namespace

void bind_worker(py::module_& module) {
    bind_session(module);
    py::class_<Worker>(module, "Worker", py::is_final(), "Starts worker processes, for hostile input.")
        .def(py::init([](const py::object& program, std::uint64_t memory_limit, double time_limit) {
                 return Worker(options(program, memory_limit, time_limit));
             }),
             py::arg("program") = py::none(), py::kw_only(), py::arg("memory_limit") = WorkerOptions().memory_limit,
             py::arg("time_limit") = 20.0)
        .def_property_readonly("program", [](const Worker& worker) { return worker.options().program; })
        .def_property_readonly("memory_limit", [](const Worker& worker) { return worker.options().memory_limit; })
        .def_property_readonly(
            "time_limit",
            [](const Worker& worker) { return std::chrono::duration<double>(worker.options().time_limit).count(); })
        .def(
            "open",
            [](const Worker& worker, const py::object& input) {
                return std::make_unique<LockedSession>(worker.open(document(input, Use::beyond_call)));
            },
            py::arg("document"), "A session over one document.")
        .def("__repr__", [](const Worker& worker) {
            return "Worker(" + py::repr(py::str(worker.options().program)).cast<std::string>() + ")";
        });
}

}  // namespace sjcode::python
