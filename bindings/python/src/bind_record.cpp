#include "sjcode/record.h"

#include "sjcode/disclosure_level.h"

#include "bindings.h"
#include "buffers.h"
#include "callbacks.h"
#include "dates.h"
#include "enums.h"
#include "values.h"

#include <pybind11/stl.h>

namespace sjcode::python {
namespace {

std::optional<Digest> page_from(const py::handle& digest) {
    return digest.is_none() ? std::nullopt : std::optional(digest_from(digest));
}

py::object page_to_python(const std::optional<Digest>& digest) {
    return digest ? py::object(to_python(*digest)) : py::object(py::none());
}

py::object optional_bytes(const std::optional<Bytes>& bytes) {
    return bytes ? py::object(to_python(*bytes)) : py::object(py::none());
}

std::optional<Bytes> optional_copied(const py::object& bytes) {
    return bytes.is_none() ? std::nullopt : std::optional(copied(bytes));
}

py::dict extensions_to_python(const RecordValues& values) {
    py::dict result;
    for (const auto& [key, value] : values.extensions) result[py::int_(key)] = to_python(value);
    return result;
}

RecordValues make_values(const py::object& original, std::uint64_t original_length, std::string institution,
                         std::string short_name, std::vector<Appraiser> appraisers,
                         std::vector<std::uint32_t> categories, const py::object& accepted, std::string opinion,
                         const py::iterable& pages, std::optional<std::string> matter,
                         std::optional<Commissioner> commissioner, const py::object& case_code,
                         std::optional<std::uint64_t> copies, std::optional<std::string> use,
                         std::optional<TextExtractor> text, const py::dict& extensions) {
    RecordValues values;
    values.original = digest_from(original);
    values.original_length = original_length;
    values.institution = std::move(institution);
    values.short_name = std::move(short_name);
    values.appraisers = std::move(appraisers);
    values.categories = std::move(categories);
    values.accepted = date_from(accepted).start();
    values.opinion = std::move(opinion);
    for (const auto page : pages) values.pages.push_back(page_from(page));
    values.matter = std::move(matter);
    values.commissioner = std::move(commissioner);
    values.case_code = optional_copied(case_code);
    values.copies = copies;
    values.use = std::move(use);
    values.text = std::move(text);
    for (const auto& [key, value] : extensions) values.extensions[key.cast<std::uint32_t>()] = copied(value);
    return values;
}

void bind_parts(py::module_& module) {
    ValueClass<Appraiser>(module, "Appraiser", "An appraiser (司法鉴定人).")
        .def(py::init([](std::string name, std::string licence) {
                 return Appraiser{std::move(name), std::move(licence)};
             }),
             py::kw_only(), py::arg("name"), py::arg("licence"))
        .field("name", &Appraiser::name, Shown::no)
        .field("licence", &Appraiser::licence);
    ValueClass<Commissioner>(module, "Commissioner", "Who commissioned the report; a person's name is masked.")
        .def(py::init([](CommissionerKind kind, std::string name) {
                 return Commissioner{kind, std::move(name)};
             }),
             py::kw_only(), py::arg("kind"), py::arg("name"))
        .field("kind", &Commissioner::kind)
        .field("name", &Commissioner::name, Shown::no);
    ValueClass<TextExtractor>(module, "TextExtractor", "What made the page entries of a record.")
        .def(py::init([](std::string name, std::string version) {
                 return TextExtractor{std::move(name), std::move(version)};
             }),
             py::kw_only(), py::arg("name"), py::arg("version"))
        .field("name", &TextExtractor::name)
        .field("version", &TextExtractor::version);
}

void bind_values(py::module_& module) {
    ValueClass<RecordValues>(module, "RecordValues", "The values of a record.")
        .def(py::init(&make_values), py::kw_only(), py::arg("original"), py::arg("original_length"),
             py::arg("institution"), py::arg("short_name"), py::arg("appraisers"), py::arg("categories"),
             py::arg("accepted"), py::arg("opinion"), py::arg("pages"), py::arg("matter") = py::none(),
             py::arg("commissioner") = py::none(), py::arg("case_code") = py::none(), py::arg("copies") = py::none(),
             py::arg("use") = py::none(), py::arg("text") = py::none(), py::arg("extensions") = py::dict())
        .field("original", [](const RecordValues& values) { return to_python(values.original); })
        .field("original_length", &RecordValues::original_length)
        .field("institution", &RecordValues::institution)
        .field("short_name", &RecordValues::short_name)
        .field(
            "appraisers", [](const RecordValues& values) { return to_tuple(values.appraisers); }, Shown::no)
        .field(
            "categories", [](const RecordValues& values) { return to_tuple(values.categories); }, Shown::no)
        .field("matter", &RecordValues::matter, Shown::no)
        .field("commissioner", &RecordValues::commissioner, Shown::no)
        .field(
            "accepted", [](const RecordValues& values) { return date_of(Date::of(values.accepted)); }, Shown::no)
        .field("opinion", &RecordValues::opinion, Shown::no)
        .field(
            "case_code", [](const RecordValues& values) { return optional_bytes(values.case_code); }, Shown::no)
        .field("copies", &RecordValues::copies, Shown::no)
        .field("use", &RecordValues::use, Shown::no)
        .field("text", &RecordValues::text)
        .field("extensions", &extensions_to_python, Shown::no)
        .field(
            "pages", [](const RecordValues& values) { return to_tuple(values.pages, page_to_python); }, Shown::no);
}

Record decode(const py::object& encoded, DigestAlgorithm algorithm) {
    const Buffer buffer(encoded);
    return unwrap(without_gil([&] { return Record::decode(buffer.bytes(), algorithm); }));
}

}  // namespace

void bind_record(py::module_& module) {
    bind_parts(module);
    bind_values(module);
    ValueClass<Record>(module, "Record", "A record: its values, its bytes, its digest.")
        .def_static(
            "make",
            [](const RecordValues& values, DigestAlgorithm algorithm, const py::object& random) {
                const auto source = random_source(random);
                return unwrap(without_gil([&] { return Record::make(values, algorithm, source); }));
            },
            py::arg("values"), py::arg("algorithm"), py::kw_only(), py::arg("random") = py::none(),
            "Salts every entry anew.")
        .def_static("decode", &decode, py::arg("encoded"), py::arg("algorithm"), "Checks its form.")
        .def(
            "entry",
            [](const Record& record, std::uint32_t index) {
                if (index >= record.entries()) throw py::index_error("a record has no such entry");
                return to_python(record.entry(index));
            },
            py::arg("index"), "Deterministic CBOR of an entry, from 0.")
        .def(
            "path",
            [](const Record& record, std::uint32_t index) {
                if (index >= record.entries()) throw py::index_error("a record has no such entry");
                return to_tuple(record.path(index), [](const Digest& digest) { return to_python(digest); });
            },
            py::arg("index"), "RFC 9162 inclusion path of an entry.")
        .def(
            "page_index",
            [](const Record& record, std::uint32_t page) {
                const auto index = record.page_index(page);
                if (index >= record.entries()) throw py::index_error("a record has no such page");
                return index;
            },
            py::arg("page"), "Index of the entry of a page, from 1.")
        .def(
            "verify", [](const Record& record, const Claims& claims) { unwrap(record.matches(claims)); },
            py::arg("claims"), "That this is the record of these claims.")
        .property("values", [](const Record& record) { return record.values(); })
        .field("digest", [](const Record& record) { return to_python(record.digest()); })
        .field("entries", &Record::entries)
        .field("algorithm", &Record::algorithm)
        .field(
            "encoded", [](const Record& record) { return to_python(record.encoded()); }, Shown::no);
    module.def(
        "page_digest",
        [](DigestAlgorithm algorithm, std::uint32_t page, const std::string& text) {
            return page_to_python(unwrap(without_gil([&] { return page_digest(algorithm, page, text); })));
        },
        py::arg("algorithm"), py::arg("page"), py::arg("text"), "The digest of a page's text; None without any text.");
    module.def(
        "disclosed_entries",
        [](const std::string& level, const RecordValues& values) {
            return to_tuple(unwrap(disclosed_entries(level, values)));
        },
        py::arg("level"), py::arg("values"), "The entries that a level of disclosure shows.");
}

}  // namespace sjcode::python
