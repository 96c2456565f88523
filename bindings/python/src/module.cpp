// sjcode._core: the C++ library as Python sees it. sjcode/_core.pyi describes it; sjcode/__init__.py re-exports it.
#include "bindings.h"

// In the order in which the classes need one another.
PYBIND11_MODULE(_core, module) {
    using namespace sjcode::python;
    module.doc() = "The C++ library. Use the names of the package sjcode.";
    module.attr("version") = SJCODE_VERSION;
    module.attr("installed_programs") = SJCODE_INSTALLED_PROGRAMS;
    bind_messages(module);
    bind_digest(module);
    bind_code_number(module);
    bind_report_number(module);
    bind_category(module);
    bind_symbol_url(module);
    bind_key(module);
    bind_certificate(module);
    bind_seal_key(module);
    bind_report_code(module);
    bind_record(module);
    bind_disclosure(module);
    bind_facts(module);
    bind_qr(module);
    bind_worker(module);
    bind_issue(module);
    bind_trust_record(module);
    bind_trust_list(module);
    bind_trust(module);
    bind_trust_store(module);
    bind_trust_register(module);
    bind_bundle(module);
    bind_status_list(module);
    bind_status_details(module);
    bind_status_lists(module);
    bind_opened_trust(module);
    bind_status_journal(module);
    bind_verify(module);
    bind_audit(module);
}
