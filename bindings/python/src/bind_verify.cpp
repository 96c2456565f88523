#include "sjcode/verify.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "enums.h"
#include "guarded.h"
#include "seconds.h"
#include "times.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

/// A Verifier with all that it refers to.
class HeldVerifier {
public:
    HeldVerifier(py::object trust, py::object worker, const py::object& time, const Guarded<StatusLists>* statuses)
        : trust_(std::move(trust)),
          statuses_(copy_of(statuses)),
          worker_(worker.is_none() ? py::module_::import("sjcode._core").attr("Worker")() : std::move(worker)),
          verifier_(trust_.cast<const TrustRecords&>(), worker_.cast<const Worker&>(), clock(time)) {}

    [[nodiscard]] Verdict verify(const py::object& input, const py::object& record, bool render, double page_scan_time,
                                 const py::object& as_of) const {
        const auto file = document(input, Use::during_call);
        const auto wanted = options(record, render, page_scan_time, as_of);
        auto verdict = without_gil([&] { return verifier_.verify(file, wanted); });
        raise_pending();
        return verdict;
    }
    [[nodiscard]] Verdict verify_text(const std::string& text, const py::object& record,
                                      const py::object& as_of) const {
        const auto wanted = options(record, false, 0, as_of);
        auto verdict = without_gil([&] { return verifier_.verify_text(text, wanted); });
        raise_pending();
        return verdict;
    }

private:
    /// A list that is taken in later does not reach a verification that runs on another thread.
    static std::optional<StatusLists> copy_of(const Guarded<StatusLists>* statuses) {
        if (statuses == nullptr) return std::nullopt;
        return statuses->with([](const StatusLists& all) { return all; });
    }

    [[nodiscard]] VerifyOptions options(const py::object& record, bool render, double page_scan_time,
                                        const py::object& as_of) const {
        VerifyOptions result;
        result.statuses = statuses_ ? &*statuses_ : nullptr;
        result.as_of = optional_time(as_of);
        if (!record.is_none()) result.record = copied(record);
        result.render = render;
        result.page_scan_time = milliseconds(page_scan_time);
        return result;
    }

    py::object trust_;
    std::optional<StatusLists> statuses_;
    py::object worker_;
    Verifier verifier_;
};

void bind_verdict(py::module_& module) {
    ValueClass<Check>(module, "Check", "One check: what was looked at, what came out, and why.")
        .field("check", &Check::check)
        .field("result", &Check::result)
        .field("code", &Check::code)
        .field("parameters", [](const Check& check) { return to_python(check.parameters); })
        .field("mandatory", &Check::mandatory)
        .def(
            "sentence",
            [](const Check& check, const std::string& in) {
                return sentence(check.code, check.parameters, language(in));
            },
            py::arg("language") = "en", "The finding in words.");
    ValueClass<Fact>(module, "Fact", "A fact that the code or its record states.")
        .field("name", &Fact::name)
        .field("value", &Fact::value, Shown::no)
        .field("is_signed", &Fact::is_signed);
    ValueClass<Verdict>(module, "Verdict", "The answer of a verification.")
        .field("outcome", &Verdict::outcome)
        .field("checks", [](const Verdict& verdict) { return to_tuple(verdict.checks); })
        .field(
            "code", [](const Verdict& verdict) { return verdict.code; }, Shown::no)
        .field(
            "facts", [](const Verdict& verdict) { return to_tuple(verdict.facts); }, Shown::no)
        .def(
            "to_json",
            [](const Verdict& verdict, const std::string& in, const std::string& input_name) {
                return verdict.to_json(language(in), input_name);
            },
            py::arg("language") = "en", py::kw_only(), py::arg("input_name") = "", "As one line of JSON.")
        .def(
            "to_text", [](const Verdict& verdict, const std::string& in) { return verdict.to_text(language(in)); },
            py::arg("language") = "en", "For a person.");
}

}  // namespace

void bind_verify(py::module_& module) {
    bind_verdict(module);
    ValueClass<CarriedCode>(module, "CarriedCode", "A code that a PDF carries: nothing of it is verified.")
        .field("page", &CarriedCode::page)
        .field("code", [](const CarriedCode& carried) { return to_python(carried.code); })
        .field(
            "record", [](const CarriedCode& carried) { return to_python(carried.record); }, Shown::no);
    module.def(
        "carried_codes",
        [](const py::object& input) {
            const auto file = document(input, Use::during_call);
            return to_tuple(unwrap(without_gil([&] { return carried_codes(file); })));
        },
        py::arg("pdf"), "The codes on the annotations of a PDF.");
    const double scan = std::chrono::duration<double>(VerifyOptions().page_scan_time).count();
    py::class_<HeldVerifier>(module, "Verifier", py::is_final(), "Verifies documents against trust records.")
        .def(py::init<py::object, py::object, const py::object&, const Guarded<StatusLists>*>(), py::arg("trust"),
             py::kw_only(), py::arg("worker") = py::none(), py::arg("clock") = py::none(),
             py::arg("statuses") = py::none())
        .def("verify", &HeldVerifier::verify, py::arg("document"), py::kw_only(), py::arg("record") = py::none(),
             py::arg("render") = false, py::arg("page_scan_time") = scan, py::arg("as_of") = py::none(),
             "A PDF, photograph or scan. What cannot be read is a verdict that says so.")
        .def("verify_text", &HeldVerifier::verify_text, py::arg("text"), py::kw_only(), py::arg("record") = py::none(),
             py::arg("as_of") = py::none(), "The text of a symbol, or a code number as typed.");
}

}  // namespace sjcode::python
