// One function a concept: each adds its part of the API to the module. bind_<concept>.cpp has it.
#pragma once

#include <pybind11/pybind11.h>

namespace sjcode::python {

void bind_messages(pybind11::module_& module);
void bind_opened_trust(pybind11::module_& module);
void bind_digest(pybind11::module_& module);
void bind_code_number(pybind11::module_& module);
void bind_report_number(pybind11::module_& module);
void bind_category(pybind11::module_& module);
void bind_symbol_url(pybind11::module_& module);
void bind_key(pybind11::module_& module);
void bind_certificate(pybind11::module_& module);
void bind_seal_key(pybind11::module_& module);
void bind_report_code(pybind11::module_& module);
void bind_record(pybind11::module_& module);
void bind_disclosure(pybind11::module_& module);
void bind_facts(pybind11::module_& module);
void bind_qr(pybind11::module_& module);
void bind_worker(pybind11::module_& module);
void bind_issue(pybind11::module_& module);
void bind_trust_record(pybind11::module_& module);
void bind_trust_list(pybind11::module_& module);
void bind_trust(pybind11::module_& module);
void bind_trust_store(pybind11::module_& module);
void bind_trust_register(pybind11::module_& module);
void bind_bundle(pybind11::module_& module);
void bind_status_list(pybind11::module_& module);
void bind_status_details(pybind11::module_& module);
void bind_status_lists(pybind11::module_& module);
void bind_status_journal(pybind11::module_& module);
void bind_verify(pybind11::module_& module);
void bind_audit(pybind11::module_& module);

}  // namespace sjcode::python
