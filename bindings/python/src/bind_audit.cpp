#include "sjcode/audit.h"

#include "bindings.h"
#include "buffers.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

py::object timestamp_of(const AuditSignature& signature) {
    return signature.timestamp ? datetime_of(*signature.timestamp) : py::object(py::none());
}

void bind_growth(py::module_& module) {
    ValueClass<AuditRevision>(module, "AuditRevision", "One step of the file's growth.")
        .field("number", &AuditRevision::number)
        .field("begin", &AuditRevision::begin)
        .field("end", &AuditRevision::end)
        .field("added", [](const AuditRevision& revision) { return to_tuple(revision.added); })
        .field("replaced", [](const AuditRevision& revision) { return to_tuple(revision.replaced); })
        .field("freed", [](const AuditRevision& revision) { return to_tuple(revision.freed); })
        .field("signatures", [](const AuditRevision& revision) { return to_tuple(revision.signatures); });
    ValueClass<AuditSignature>(module, "AuditSignature", "A signature as the file has it.")
        .field("field", &AuditSignature::field)
        .field("kind", &AuditSignature::kind)
        .field("object_number", &AuditSignature::object)
        .field("format", &AuditSignature::format)
        .field("claimed_name", &AuditSignature::claimed_name)
        .field("claimed_time", &AuditSignature::claimed_time)
        .field("signer", &AuditSignature::signer)
        .field("issuer", &AuditSignature::issuer)
        .field("timestamp", &timestamp_of)
        .field("level", &AuditSignature::level)
        .field("revision", &AuditSignature::revision)
        .field("valid", &AuditSignature::valid)
        .field("covers_file", &AuditSignature::covers_file)
        .field("removed", &AuditSignature::removed);
}

}  // namespace

void bind_audit(py::module_& module) {
    bind_growth(module);
    ValueClass<AuditReport>(module, "AuditReport", "What the signatures of a PDF cover, and what was changed after.")
        .field("outcome", &AuditReport::outcome)
        .field("checks", [](const AuditReport& report) { return to_tuple(report.checks); })
        .field("revisions", [](const AuditReport& report) { return to_tuple(report.revisions); })
        .field("signatures", [](const AuditReport& report) { return to_tuple(report.signatures); })
        .def(
            "to_json",
            [](const AuditReport& report, const std::string& in, const std::string& input_name) {
                return report.to_json(language(in), input_name);
            },
            py::arg("language") = "en", py::kw_only(), py::arg("input_name") = "", "As one line of JSON.")
        .def(
            "to_text", [](const AuditReport& report, const std::string& in) { return report.to_text(language(in)); },
            py::arg("language") = "en", "For a person.");
    module.def(
        "audit",
        [](const py::object& input, std::uint32_t revisions) {
            const auto file = document(input, Use::during_call);
            return without_gil([&] { return audit(file, {.revisions = revisions}); });
        },
        py::arg("pdf"), py::kw_only(), py::arg("revisions") = AuditOptions().revisions, "Audits a signed PDF.");
    module.def(
        "original_part",
        [](const py::object& input) {
            const auto file = document(input, Use::during_call);
            return to_python(unwrap(without_gil([&] { return original_part(file); })));
        },
        py::arg("pdf"), "The bytes that a report of ours had before it was stamped and sealed.");
}

}  // namespace sjcode::python
