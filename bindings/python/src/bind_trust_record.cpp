// The records of a trust list.
#include "sjcode/trust_record.h"

#include "sjcode/category.h"

#include "bindings.h"
#include "buffers.h"
#include "dates.h"
#include "times.h"
#include "trust_enums.h"
#include "values.h"

#include <pybind11/stl.h>

#include <algorithm>

namespace sjcode::python {
namespace {

constexpr UnixTime day_seconds = 86'400;

Category category_of(std::uint32_t number) {
    return unwrap(Category::from_number(number));
}

py::object optional_category(const StatusEvent& event) {
    return event.category ? py::cast(category_of(*event.category)) : py::object(py::none());
}

void bind_period(py::module_& module) {
    ValueClass<Period>(module, "Period", "A time from one instant up to and without another.")
        .def(py::init([](const py::object& begin, const py::object& until) {
                 return Period{unix_time(begin), optional_time(until)};
             }),
             py::arg("begin"), py::arg("until") = py::none())
        .def_static(
            "of_days",
            [](const py::object& first, const py::object& last) {
                Period period{date_from(first).start(), {}};
                if (!last.is_none()) period.until = date_from(last).start() + day_seconds;
                return period;
            },
            py::arg("first"), py::arg("last") = py::none(), "From its first to its last day, in Chinese time.")
        .def(
            "covers", [](const Period& period, const py::object& time) { return period.covers(unix_time(time)); },
            py::arg("time"), "Whether an instant is in it.")
        .field("begin", [](const Period& period) { return datetime_of(period.from); })
        .field("until", [](const Period& period) { return datetime_of(period.until); });
}

void bind_dated(py::module_& module) {
    ValueClass<DatedName>(module, "DatedName", "A name with its time.")
        .def(py::init([](std::string name, std::string short_name, const Period& period) {
                 return DatedName{std::move(name), std::move(short_name), period};
             }),
             py::kw_only(), py::arg("name"), py::arg("short_name") = "", py::arg("period"))
        .field("name", &DatedName::name, Shown::no)
        .field("short_name", &DatedName::short_name)
        .field("period", &DatedName::period);
    ValueClass<DatedCategory>(module, "DatedCategory", "A registered category with its time.")
        .def(py::init([](const Category& category, const Period& period) {
                 return DatedCategory{category.number(), period};
             }),
             py::kw_only(), py::arg("category"), py::arg("period"))
        .def(
            "includes",
            [](const DatedCategory& dated, const Category& other) { return dated.includes(other.number()); },
            py::arg("other"), "Whether it is that category, or above it.")
        .field("category", [](const DatedCategory& dated) { return category_of(dated.category); })
        .field("period", &DatedCategory::period);
    ValueClass<DatedKey>(module, "DatedKey", "A key that signs report codes, with its time.")
        .def(py::init([](const py::object& key, const Period& period, const py::object& invalid_since) {
                 return DatedKey{copied(key), period, optional_time(invalid_since)};
             }),
             py::kw_only(), py::arg("key"), py::arg("period"), py::arg("invalid_since") = py::none())
        .field("key", [](const DatedKey& dated) { return to_python(dated.key); })
        .field("period", &DatedKey::period)
        .field("invalid_since", [](const DatedKey& dated) { return datetime_of(dated.invalid_since); })
        .property("fingerprint",
                  [](const DatedKey& dated) { return to_python(digest(DigestAlgorithm::sha256, dated.key)); });
    ValueClass<DatedHost>(module, "DatedHost", "An official host with its time.")
        .def(py::init([](std::string host, const Period& period) {
                 return DatedHost{std::move(host), period};
             }),
             py::kw_only(), py::arg("host"), py::arg("period"))
        .field("host", &DatedHost::host)
        .field("period", &DatedHost::period);
    ValueClass<DatedReference>(module, "DatedReference", "Another party by its identifier, with the time.")
        .def(py::init([](std::string id, const Period& period) {
                 return DatedReference{std::move(id), period};
             }),
             py::kw_only(), py::arg("id"), py::arg("period"))
        .field("id", &DatedReference::id)
        .field("period", &DatedReference::period);
}

void bind_event(py::module_& module) {
    ValueClass<StatusEvent>(module, "StatusEvent", "What an authority decided about an institution or an appraiser.")
        .def(py::init([](StatusEventKind kind, const Period& period, std::string authority,
                         const std::optional<Category>& category, std::string document, std::string keeper) {
                 StatusEvent event{kind, {}, period, std::move(authority), std::move(document), std::move(keeper)};
                 if (category) event.category = category->number();
                 return event;
             }),
             py::kw_only(), py::arg("kind"), py::arg("period"), py::arg("authority"), py::arg("category") = py::none(),
             py::arg("document") = "", py::arg("keeper") = "")
        .field("kind", &StatusEvent::kind)
        .field("category", &optional_category)
        .field("period", &StatusEvent::period)
        .field("authority", &StatusEvent::authority)
        .field("document", &StatusEvent::document)
        .field("keeper", &StatusEvent::keeper);
    module.def(
        "forbids_practice", [](StatusEventKind kind) { return forbids_practice(kind); }, py::arg("kind"),
        "Whether somebody of whom this holds must not practise.");
}

/// The name that holds at a time.
template <class Record>
std::optional<DatedName> name_at(const Record& record, const py::object& at) {
    const auto time = unix_time(at);
    const auto found = std::find_if(record.names.begin(), record.names.end(),
                                    [&](const DatedName& name) { return name.period.covers(time); });
    return found == record.names.end() ? std::nullopt : std::optional(*found);
}

/// What an institution and an appraiser have in common.
template <class Record>
void bind_standing(ValueClass<Record>& record) {
    record.def("name_at", &name_at<Record>, py::arg("time"), "The name that held at a time.")
        .def(
            "licensed_at",
            [](const Record& one, const py::object& at) {
                const auto time = unix_time(at);
                return std::any_of(one.licensed.begin(), one.licensed.end(),
                                   [&](const Period& period) { return period.covers(time); });
            },
            py::arg("time"), "Whether the licence ran at a time, whatever was decided.")
        .def(
            "registered_at",
            [](const Record& one, const Category& category, const py::object& at) {
                const auto time = unix_time(at);
                return std::any_of(one.categories.begin(), one.categories.end(), [&](const DatedCategory& dated) {
                    return dated.period.covers(time) && dated.includes(category.number());
                });
            },
            py::arg("category"), py::arg("time"), "Whether a category was registered at a time.")
        .def(
            "events_at",
            [](const Record& one, const py::object& at) {
                const auto time = unix_time(at);
                std::vector<StatusEvent> found;
                for (const auto& event : one.events)
                    if (event.period.covers(time)) found.push_back(event);
                return to_tuple(found);
            },
            py::arg("time"), "The decisions that were in force at a time.");
}

void bind_records(py::module_& module) {
    ValueClass<AuthorityRecord>(module, "AuthorityRecord", "An authority, or a province's code authority.")
        .def(py::init([](std::string id, std::vector<DatedName> names, std::vector<DatedKey> keys,
                         std::vector<DatedHost> hosts) {
                 return AuthorityRecord{std::move(id), std::move(names), std::move(keys), std::move(hosts)};
             }),
             py::kw_only(), py::arg("id"), py::arg("names"), py::arg("keys") = py::tuple(),
             py::arg("hosts") = py::tuple())
        .def("to_json", [](const AuthorityRecord& record) { return to_json(record); })
        .field("id", &AuthorityRecord::id)
        .field("names", [](const AuthorityRecord& record) { return to_tuple(record.names); })
        .field("keys", [](const AuthorityRecord& record) { return to_tuple(record.keys); })
        .field("hosts", [](const AuthorityRecord& record) { return to_tuple(record.hosts); });
    ValueClass<InstitutionRecord> institution(module, "InstitutionRecord", "An appraisal institution.");
    institution
        .def(py::init([](std::string licence, std::string uscc, std::vector<DatedName> names,
                         std::vector<Period> licensed, std::vector<DatedCategory> categories,
                         std::vector<DatedKey> keys, std::vector<DatedHost> hosts, std::vector<DatedReference> signers,
                         std::vector<Period> seals, std::vector<StatusEvent> events) {
                 return InstitutionRecord{std::move(licence),  std::move(uscc),       std::move(names),
                                          std::move(licensed), std::move(categories), std::move(keys),
                                          std::move(hosts),    std::move(signers),    std::move(seals),
                                          std::move(events)};
             }),
             py::kw_only(), py::arg("licence"), py::arg("uscc") = "", py::arg("names"),
             py::arg("licensed") = py::tuple(), py::arg("categories") = py::tuple(), py::arg("keys") = py::tuple(),
             py::arg("hosts") = py::tuple(), py::arg("signers") = py::tuple(), py::arg("seals") = py::tuple(),
             py::arg("events") = py::tuple())
        .def("to_json", [](const InstitutionRecord& record) { return to_json(record); })
        .field("licence", &InstitutionRecord::licence)
        .field("uscc", &InstitutionRecord::uscc)
        .field("names", [](const InstitutionRecord& record) { return to_tuple(record.names); })
        .field("licensed", [](const InstitutionRecord& record) { return to_tuple(record.licensed); })
        .field("categories", [](const InstitutionRecord& record) { return to_tuple(record.categories); })
        .field("keys", [](const InstitutionRecord& record) { return to_tuple(record.keys); })
        .field("hosts", [](const InstitutionRecord& record) { return to_tuple(record.hosts); })
        .field("signers", [](const InstitutionRecord& record) { return to_tuple(record.signers); })
        .field("seals", [](const InstitutionRecord& record) { return to_tuple(record.seals); })
        .field("events", [](const InstitutionRecord& record) { return to_tuple(record.events); });
    bind_standing(institution);
    ValueClass<AppraiserRecord> appraiser(module, "AppraiserRecord", "An appraiser.");
    appraiser
        .def(py::init([](std::string licence, std::vector<DatedName> names, std::vector<Period> licensed,
                         std::vector<DatedReference> institutions, std::vector<DatedCategory> categories,
                         std::vector<StatusEvent> events) {
                 return AppraiserRecord{std::move(licence),      std::move(names),      std::move(licensed),
                                        std::move(institutions), std::move(categories), std::move(events)};
             }),
             py::kw_only(), py::arg("licence"), py::arg("names"), py::arg("licensed") = py::tuple(),
             py::arg("institutions") = py::tuple(), py::arg("categories") = py::tuple(),
             py::arg("events") = py::tuple())
        .def("to_json", [](const AppraiserRecord& record) { return to_json(record); })
        .field("licence", &AppraiserRecord::licence)
        .field("names", [](const AppraiserRecord& record) { return to_tuple(record.names); })
        .field("licensed", [](const AppraiserRecord& record) { return to_tuple(record.licensed); })
        .field("institutions", [](const AppraiserRecord& record) { return to_tuple(record.institutions); })
        .field("categories", [](const AppraiserRecord& record) { return to_tuple(record.categories); })
        .field("events", [](const AppraiserRecord& record) { return to_tuple(record.events); });
    bind_standing(appraiser);
}

}  // namespace

void bind_trust_record(py::module_& module) {
    bind_period(module);
    bind_dated(module);
    bind_event(module);
    bind_records(module);
}

}  // namespace sjcode::python
