#include "sjcode/issue.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

/// An Issuer with all that it refers to.
class HeldIssuer {
public:
    HeldIssuer(py::object signer, const Certificate& certificate, const py::object& seal, const py::object& timestamps,
               py::object worker, const py::object& time, const py::object& random, StampFonts fonts)
        : signer_(std::move(signer)),
          worker_(worker.is_none() ? py::module_::import("sjcode._core").attr("Worker")() : std::move(worker)),
          seal_object_(seal),
          timestamps_(timestamp_client(timestamps)) {
        const auto& code_signer = signer_.cast<const Signer&>();
        if (seal.is(py::bool_(true)))
            own_seal_ = std::make_unique<CallbackSeal>(unwrap(sealed_by(code_signer, certificate)));
        const SealSigner* sealing = own_seal_.get();
        if (py::isinstance<SealSigner>(seal))
            sealing = &seal.cast<const SealSigner&>();
        else if (!py::isinstance<py::bool_>(seal))
            throw py::type_error("seal: a SealSigner, True (the code's key) or False is wanted");
        issuer_ = std::make_unique<Issuer>(Issuer{code_signer, certificate, worker_.cast<const Worker&>(), clock(time),
                                                  random_source(random), std::move(fonts), sealing, timestamps_.get()});
    }

    const Issuer& operator*() const noexcept { return *issuer_; }

private:
    /// The one certificate that can be wrong here is the code's.
    static Result<CallbackSeal> sealed_by(const Signer& signer, const Certificate& certificate) {
        auto seal = seal_with_code_key(signer, certificate);
        if (!seal && seal.error().code == "seal.certificate") return fail("issue.key");
        return seal;
    }

    py::object signer_;
    py::object worker_;
    py::object seal_object_;
    std::unique_ptr<CallbackSeal> own_seal_;
    std::unique_ptr<TimestampClient> timestamps_;
    std::unique_ptr<Issuer> issuer_;
};

IssueOptions options(std::string host, const Placement& placement, QrLevel level, std::vector<EntrySymbol> entries,
                     std::set<std::string> allow, bool repair) {
    return {.host = std::move(host),
            .placement = placement,
            .level = level,
            .entries = std::move(entries),
            .allow = std::move(allow),
            .repair = repair};
}

IssuedReport issue(const HeldIssuer& issuer, const py::object& input, const Facts& facts, std::string host,
                   const Placement& placement, QrLevel level, std::vector<EntrySymbol> entries,
                   std::set<std::string> allow, bool repair) {
    const auto file = document(input, Use::beyond_call);
    const auto wanted = options(std::move(host), placement, level, std::move(entries), std::move(allow), repair);
    return unwrap(without_gil([&] { return (*issuer).issue(file, facts, wanted); }));
}

py::bytes preview(const HeldIssuer& issuer, const py::object& input, const Facts& facts, std::string host,
                  const Placement& placement, QrLevel level, std::vector<EntrySymbol> entries,
                  std::set<std::string> allow, bool repair, double dpi) {
    const auto file = document(input, Use::beyond_call);
    const auto wanted = options(std::move(host), placement, level, std::move(entries), std::move(allow), repair);
    return to_python(unwrap(without_gil([&] { return (*issuer).preview(file, facts, wanted, dpi); })));
}

Placement make_placement(Placement::Pages pages, std::optional<std::uint32_t> page, std::optional<Corner> corner,
                         std::optional<std::pair<double, double>> position, bool force) {
    Placement result;
    result.pages = page ? Placement::Pages::number : pages;
    result.page = page.value_or(0);
    if (result.pages == Placement::Pages::number && result.page == 0)
        throw py::value_error("page: a number from 1 is wanted");
    result.corner = corner;
    if (position) result.position = Position{position->first, position->second};
    result.force = force;
    return result;
}

std::optional<std::pair<double, double>> position_of(const Placement& placement) {
    if (!placement.position) return std::nullopt;
    return std::pair(placement.position->x_mm, placement.position->y_mm);
}

void bind_placement(py::module_& module) {
    ValueClass<Placement>(module, "Placement", "Where on which page the stamp goes.")
        .def(py::init(&make_placement), py::arg("pages") = Placement::Pages::first_free, py::kw_only(),
             py::arg("page") = py::none(), py::arg("corner") = py::none(), py::arg("position") = py::none(),
             py::arg("force") = false)
        .field("pages", &Placement::pages)
        .field("page",
               [](const Placement& place) { return place.page == 0 ? std::optional<std::uint32_t>() : place.page; })
        .field("corner", &Placement::corner)
        .field("position", &position_of)
        .field("force", &Placement::force);
    ValueClass<EntrySymbol>(module, "EntrySymbol", "An entry of the record to draw as a symbol of its own.")
        .def(py::init([](RecordKey key, std::uint32_t page) {
                 return EntrySymbol{key, page};
             }),
             py::arg("key"), py::kw_only(), py::arg("page") = 0)
        .field("key", [](const EntrySymbol& symbol) { return symbol.key; })
        .field("page", &EntrySymbol::page);
    ValueClass<PlacedStamp>(module, "PlacedStamp", "Where a stamp went.")
        .field("page", &PlacedStamp::page)
        .field("corner", &PlacedStamp::corner)
        .field("x_mm", &PlacedStamp::x_mm)
        .field("y_mm", &PlacedStamp::y_mm)
        .field("width_mm", &PlacedStamp::width_mm)
        .field("height_mm", &PlacedStamp::height_mm);
    ValueClass<StampFonts>(module, "StampFonts", "The two typefaces of a stamp: TrueType files.")
        .def(py::init([](const py::object& chinese, const py::object& latin) {
                 const auto path = py::module_::import("os").attr("fsdecode");
                 return StampFonts{path(chinese).cast<std::string>(), path(latin).cast<std::string>()};
             }),
             py::kw_only(), py::arg("chinese"), py::arg("latin"))
        .def_static("installed", &StampFonts::installed, "Where the system's packages put them.")
        .field("chinese", &StampFonts::chinese)
        .field("latin", &StampFonts::latin);
}

void bind_issued(py::module_& module) {
    py::class_<IssuedReport>(module, "IssuedReport", py::is_final(), "A report ready to be written.")
        .def(
            "write",
            [](const IssuedReport& issued, const py::object& path, bool overwrite) {
                const auto name = std::string(py::bytes(py::module_::import("os").attr("fsencode")(path)));
                unwrap(without_gil([&] { return issued.write(name, overwrite ? Overwrite::yes : Overwrite::no); }));
            },
            py::arg("path"), py::kw_only(), py::arg("overwrite") = false,
            "Writes the stamped file whole or not at all.")
        .def(
            "to_bytes",
            [](const IssuedReport& issued) {
                const auto original = issued.original.bytes();
                auto result = py::reinterpret_steal<py::bytes>(PyBytes_FromStringAndSize(
                    nullptr, static_cast<Py_ssize_t>(original.size() + issued.revision.size())));
                if (!result) throw py::error_already_set();
                char* out = PyBytes_AS_STRING(result.ptr());
                out = std::copy(original.begin(), original.end(), out);
                std::copy(issued.revision.begin(), issued.revision.end(), out);
                return result;
            },
            "The stamped file: the original, and what was appended.")
        .def_property_readonly("revision", [](const IssuedReport& issued) { return to_python(issued.revision); })
        .def_property_readonly("record", [](const IssuedReport& issued) { return to_python(issued.record); })
        .def_property_readonly("code", [](const IssuedReport& issued) { return to_python(issued.code); })
        .def_property_readonly("url", [](const IssuedReport& issued) { return issued.url; })
        .def_property_readonly("number", [](const IssuedReport& issued) { return issued.number; })
        .def_property_readonly("stamps", [](const IssuedReport& issued) { return to_tuple(issued.stamps); })
        .def_property_readonly("warnings",
                               [](const IssuedReport& issued) { return to_tuple(issued.warnings, exception_of); })
        .def("__repr__", [](const IssuedReport& issued) { return "<IssuedReport " + issued.number.grouped() + ">"; });
}

}  // namespace

void bind_issue(py::module_& module) {
    bind_placement(module);
    bind_issued(module);
    const auto with_options = [](auto& type, const char* name, auto function, auto... more) {
        type.def(name, function, py::arg("document"), py::arg("facts"), py::kw_only(), py::arg("host") = "",
                 py::arg("placement") = Placement(), py::arg("level") = QrLevel::M,
                 py::arg("entries") = std::vector<EntrySymbol>(), py::arg("allow") = std::set<std::string>(),
                 py::arg("repair") = false, more...);
    };
    py::class_<HeldIssuer> issuer(module, "Issuer", py::is_final(), "Issues reports for one institution.");
    issuer.def(py::init<py::object, const Certificate&, const py::object&, const py::object&, py::object,
                        const py::object&, const py::object&, StampFonts>(),
               py::arg("signer"), py::arg("certificate"), py::kw_only(), py::arg("seal") = true,
               py::arg("timestamps") = py::none(), py::arg("worker") = py::none(), py::arg("clock") = py::none(),
               py::arg("random") = py::none(), py::arg("fonts") = StampFonts::installed());
    with_options(issuer, "issue", &issue, "Issues a report: signs, stamps, seals.");
    with_options(issuer, "preview", &preview, py::arg("dpi") = 150.0, "A PNG of the first page that would be stamped.");
}

}  // namespace sjcode::python
