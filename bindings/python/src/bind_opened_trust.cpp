// Folder, bundle and status lists, opened together.
#include "sjcode/opened_trust.h"

#include "bindings.h"
#include "buffers.h"
#include "guarded.h"
#include "trust_inputs.h"

#include <pybind11/stl.h>

#include <utility>
#include <vector>

namespace sjcode::python {
namespace {

using StatusDocuments = std::pair<py::object, py::object>;  // a list, its details or None

/// As what it is: Python sees the class that was opened.
py::object to_python(TrustRecords& trust) {
    if (auto* lists = dynamic_cast<TrustLists*>(&trust)) return py::cast(std::move(*lists));
    return py::cast(std::move(dynamic_cast<CertificateFolder&>(trust)));
}

py::tuple open_all(const py::object& folder, const py::object& bundle, const py::object& root,
                   const std::vector<StatusDocuments>& status_lists) {
    TrustSources sources;
    if (!folder.is_none()) sources.folder = path_of(folder);
    // The lists stay in the bundle's memory.
    if (!bundle.is_none()) sources.bundle = document(bundle, Use::beyond_call);
    sources.root = optional_fingerprint(root);
    for (const auto& [list, details] : status_lists) {
        StatusFile file{document(list, Use::during_call)};
        if (!details.is_none()) file.details = document(details, Use::during_call);
        sources.status_lists.push_back(std::move(file));
    }
    auto opened = unwrap(without_gil([&] { return open_trust(sources); }));
    return py::make_tuple(to_python(*opened.trust), std::make_unique<Guarded<StatusLists>>(std::move(opened.statuses)),
                          to_tuple(opened.refused, [](const Error& error) { return exception_of(error); }));
}

}  // namespace

void bind_opened_trust(py::module_& module) {
    module.def("open_trust", &open_all, py::arg("folder"), py::arg("bundle"), py::arg("root"), py::arg("status_lists"),
               "Trust records, status lists, and what was left out.");
}

}  // namespace sjcode::python
