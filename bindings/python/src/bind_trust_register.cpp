// The regulator's side: the register, and what is signed from it.
#include "sjcode/trust_register.h"
#include "sjcode/trust_table.h"

#include "bindings.h"
#include "buffers.h"
#include "guarded.h"
#include "times.h"
#include "trust_enums.h"
#include "trust_inputs.h"
#include "values.h"

#include <pybind11/stl.h>

#include <memory>

namespace sjcode::python {
namespace {

using Register = Guarded<TrustRegister>;

std::unique_ptr<Register> register_of(TrustListContent content, std::vector<Bytes> root_changes) {
    return std::make_unique<Register>(TrustRegister{std::move(content), std::move(root_changes)});
}

void add(Register& held, const py::object& record) {
    const auto take = [&](const auto& one) {
        unwrap(held.with([&](TrustRegister& content) { return content.add(one); }));
    };
    if (py::isinstance<InstitutionRecord>(record)) return take(record.cast<const InstitutionRecord&>());
    if (py::isinstance<AppraiserRecord>(record)) return take(record.cast<const AppraiserRecord&>());
    if (py::isinstance<AuthorityRecord>(record)) return take(record.cast<const AuthorityRecord&>());
    throw py::type_error("an AuthorityRecord, InstitutionRecord or AppraiserRecord is wanted");
}

TrustTableImport import_into(Register& held, const py::object& table, TrustTableKind kind) {
    const auto input = document(table, Use::during_call);
    const auto parsed = unwrap(without_gil([&] { return CsvTable::parse(input.bytes()); }));
    return unwrap(held.with([&](TrustRegister& content) { return import_table(parsed, kind, content); }));
}

void bind_differences(py::module_& module) {
    ValueClass<TrustDifference>(module, "TrustDifference", "One record that differs between two lists.")
        .field("kind", &TrustDifference::kind)
        .field("id", &TrustDifference::id)
        .field("name", &TrustDifference::name, Shown::no)
        .field("change", &TrustDifference::change)
        .field("history_lost", &TrustDifference::history_lost);
    module.def(
        "differences",
        [](const TrustListContent& older, const TrustListContent& newer) {
            return to_tuple(without_gil([&] { return differences(older, newer); }));
        },
        py::arg("older"), py::arg("newer"), "What differs between two versions of a list.");
}

void bind_tables(py::module_& module) {
    ValueClass<TableFinding>(module, "TableFinding", "Something about one row of a table.")
        .field("line", &TableFinding::line)
        .field("column", &TableFinding::column)
        .field("code", [](const TableFinding& finding) { return finding.error.code; })
        .field(
            "parameters", [](const TableFinding& finding) { return to_python(finding.error.parameters); }, Shown::no)
        .def(
            "sentence",
            [](const TableFinding& finding, const std::string& in) {
                return sentence(finding.error.code, finding.error.parameters, language(in));
            },
            py::arg("language") = "en", "The finding in words.");
    ValueClass<TrustTableImport>(module, "TrustTableImport", "What came of a table.")
        .field("rows", &TrustTableImport::rows)
        .field("faults", [](const TrustTableImport& import) { return to_tuple(import.faults); })
        .field("fault_count", &TrustTableImport::fault_count)
        .field("warnings", [](const TrustTableImport& import) { return to_tuple(import.warnings); })
        .field("warning_count", &TrustTableImport::warning_count)
        .field("ignored", [](const TrustTableImport& import) { return to_tuple(import.ignored); })
        .field("changes", [](const TrustTableImport& import) { return to_tuple(import.changes); });
}

void bind_register(py::module_& module) {
    py::class_<Register>(module, "TrustRegister", py::is_final(), "What a regulator signs trust lists from.")
        .def(py::init([](TrustListContent content, const py::iterable& root_changes) {
                 return register_of(std::move(content), copied_all(root_changes));
             }),
             py::arg("content"), py::arg("root_changes") = py::tuple())
        .def_static(
            "from_json",
            [](const py::object& json) {
                const auto text = text_of(json);
                return std::make_unique<Register>(unwrap(without_gil([&] { return TrustRegister::parse(text); })));
            },
            py::arg("json"), "From JSON (docs/trust-register.schema.json).")
        .def_static(
            "from_list",
            [](const TrustList& list) {
                return register_of(unwrap(without_gil([&] { return list.read_all(); })), list.root_changes());
            },
            py::arg("list"), "With everything that a list states.")
        .def("to_json",
             [](const Register& held) { return held.with([](const TrustRegister& one) { return one.to_json(); }); })
        .def_property_readonly(
            "content",
            [](const Register& held) { return held.with([](const TrustRegister& one) { return one.content; }); })
        .def_property_readonly("root_changes",
                               [](const Register& held) {
                                   return to_tuple(held.with([](const TrustRegister& one) { return one.root_changes; }),
                                                   [](const Bytes& change) { return to_python(change); });
                               })
        .def("add", &add, py::arg("record"), "Takes a record in.")
        .def(
            "add_event",
            [](Register& held, const std::string& licence, const StatusEvent& event) {
                unwrap(held.with([&](TrustRegister& one) { return one.add_event(licence, event); }));
            },
            py::arg("licence"), py::arg("event"), "Adds an event to the institution or appraiser.")
        .def(
            "end_key",
            [](Register& held, const std::string& id, const py::object& key, const py::object& when, bool compromised) {
                const auto wanted = fingerprint_from(key);
                const auto time = unix_time(when);
                unwrap(held.with([&](TrustRegister& one) { return one.end_key(id, wanted, time, compromised); }));
            },
            py::arg("id"), py::arg("key_fingerprint"), py::arg("when"), py::kw_only(), py::arg("compromised") = false,
            "Ends a key of an institution or authority.")
        .def(
            "add_root_change",
            [](Register& held, const py::object& change) {
                auto bytes = copied(change);
                held.with([&](TrustRegister& one) { one.root_changes.push_back(std::move(bytes)); });
            },
            py::arg("change"), "For the lists from now on: see sign_root_change().")
        .def("import_table", &import_into, py::arg("table"), py::arg("kind"),
             "Takes in every row of a table, or, where a row has a fault, none.")
        .def(
            "sign",
            [](Register& held, const Signer& root, const py::object& issued, const py::object& next_update) {
                const auto from = unix_time(issued);
                const auto due = unix_time(next_update);
                return to_python(unwrap(held.with([&](TrustRegister& one) { return one.sign(root, from, due); })));
            },
            py::arg("root"), py::kw_only(), py::arg("issued"), py::arg("next_update"),
            "Signs the next list; the register then has its number.")
        .def("__repr__", [](const Register& held) {
            const auto info = held.with([](const TrustRegister& one) { return one.content.info; });
            return "<TrustRegister " + info.id + " number " + std::to_string(info.number) + ">";
        });
}

void bind_signing(py::module_& module) {
    module.def(
        "check_trust_list",
        [](const TrustListContent& content) { unwrap(without_gil([&] { return check(content); })); },
        py::arg("content"), "That every record says what it must.");
    module.def(
        "sign_trust_list",
        [](const TrustListContent& content, const Signer& root, const py::iterable& root_changes) {
            const auto changes = copied_all(root_changes);
            return to_python(unwrap(without_gil([&] { return sign_trust_list(content, root, changes); })));
        },
        py::arg("content"), py::arg("root"), py::arg("root_changes") = py::tuple(), "Makes and signs a trust list.");
    module.def(
        "sign_root_change",
        [](const std::string& list_id, const PublicKey& next, const py::object& when, const Signer& current) {
            const auto time = unix_time(when);
            return to_python(unwrap(without_gil([&] { return sign_root_change(list_id, next, time, current); })));
        },
        py::arg("list_id"), py::arg("next"), py::arg("when"), py::arg("current"),
        "A statement that the root key of a list is replaced by another.");
    module.def(
        "make_trust_delta",
        [](const TrustList& older, const TrustList& newer) {
            return to_python(unwrap(without_gil([&] { return make_trust_delta(older, newer); })));
        },
        py::arg("older"), py::arg("newer"), "What turns one list into another.");
    module.def(
        "apply_trust_delta",
        [](const TrustList& older, const py::object& delta, std::uint64_t limit) {
            const auto input = document(delta, Use::during_call);
            return to_python(unwrap(without_gil([&] { return apply_trust_delta(older, input.bytes(), limit); })));
        },
        py::arg("older"), py::arg("delta"), py::kw_only(), py::arg("limit") = std::uint64_t{1} << 30,
        "The file that a delta leads to.");
    module.def(
        "trust_delta_base",
        [](const py::object& delta) {
            const auto input = document(delta, Use::during_call);
            return unwrap(without_gil([&] { return trust_delta_base(input.bytes()); }));
        },
        py::arg("delta"), "The identifier of the list that a delta is for.");
}

}  // namespace

void bind_trust_register(py::module_& module) {
    bind_differences(module);
    bind_tables(module);
    bind_register(module);
    bind_signing(module);
}

}  // namespace sjcode::python
