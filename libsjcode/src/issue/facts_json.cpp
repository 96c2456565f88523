// Facts from FACTS.json and back; docs/facts.schema.json says the same in JSON Schema.
#include "base/hex.h"
#include "base/try.h"
#include "base/unicode.h"
#include "issue/facts_reader.h"
#include "sjcode/facts.h"

#include <algorithm>

namespace sjcode {
namespace {

using issue::FieldReader;
using issue::item_path;
using issue::member_path;
using issue::TextForm;
using Json = nlohmann::json;

// Lengths in characters. Generous for honest texts; they bound the record and the symbol.
constexpr std::size_t licence_limit = 32;
constexpr std::size_t institution_limit = 200;
constexpr std::size_t short_name_limit = 60;
constexpr std::size_t number_limit = 60;
constexpr std::size_t person_limit = 60;
constexpr std::size_t matter_limit = 5'000;
constexpr std::size_t commissioner_limit = 500;
constexpr std::size_t opinion_limit = 100'000;
constexpr std::size_t use_limit = 500;
constexpr std::size_t case_bytes_limit = 64;
constexpr std::size_t list_limit = 50;
constexpr std::uint64_t copies_limit = 1'000;
/// The largest whole number that every JSON reader keeps exact.
constexpr std::uint64_t exact_limit = (1ULL << 53) - 1;

std::optional<ReportNumber> read_number(FieldReader& reader, const Json* value, const std::string& field) {
    const auto text = reader.text(value, field, TextForm::line, number_limit);
    if (text.empty()) return std::nullopt;
    auto number = ReportNumber::parse(text);
    if (!number) {
        reader.refuse("facts.value.report-number", field);
        return std::nullopt;
    }
    return *std::move(number);
}

std::vector<Category> read_categories(FieldReader& reader, const Json* value) {
    std::vector<Category> categories;
    const auto* list = reader.list(value, "categories", 1, list_limit);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        const auto field = item_path("categories", i);
        const auto text = reader.text(&(*list)[i], field, TextForm::word, licence_limit);
        if (reader.error()) break;
        const auto category = Category::parse(text);
        if (!category) {
            reader.refuse("facts.value.category", field, {{"value", text}});
            break;
        }
        if (std::find(categories.begin(), categories.end(), *category) != categories.end())
            reader.refuse("facts.value.repeated", field);
        categories.push_back(*category);
    }
    return categories;
}

std::vector<Appraiser> read_appraisers(FieldReader& reader, const Json* value) {
    std::vector<Appraiser> appraisers;
    const auto* list = reader.list(value, "appraisers", 2, list_limit);
    for (std::size_t i = 0; list != nullptr && i < list->size() && !reader.error(); ++i) {
        const auto field = item_path("appraisers", i);
        const auto& item = (*list)[i];
        reader.object(item, field, {"name", "licence"});
        Appraiser appraiser;
        appraiser.name =
            reader.text(reader.required(item, field, "name"), member_path(field, "name"), TextForm::line, person_limit);
        appraiser.licence = reader.text(reader.required(item, field, "licence"), member_path(field, "licence"),
                                        TextForm::word, licence_limit);
        const auto same = [&](const Appraiser& other) { return other.licence == appraiser.licence; };
        if (std::any_of(appraisers.begin(), appraisers.end(), same))
            reader.refuse("facts.value.repeated", member_path(field, "licence"));
        appraisers.push_back(std::move(appraiser));
    }
    return appraisers;
}

/// Masked as in 张某, 张某某, 张* or 张××.
bool is_masked(std::string_view name) {
    const auto code_points = unicode::decode(name).value_or(U"");
    return code_points.find_first_of(U"某*＊×✕○〇") != std::u32string::npos;
}

std::optional<Commissioner> read_commissioner(FieldReader& reader, const Json* value) {
    const std::string field = "commissioner";
    if (value == nullptr) return std::nullopt;
    reader.object(*value, field, {"kind", "name"});
    const auto kind_name =
        reader.text(reader.required(*value, field, "kind"), "commissioner.kind", TextForm::line, person_limit);
    auto name =
        reader.text(reader.required(*value, field, "name"), "commissioner.name", TextForm::line, commissioner_limit);
    if (reader.error()) return std::nullopt;
    const auto kind = commissioner_kind(kind_name);
    if (!kind) {
        reader.refuse("facts.value.commissioner-kind", "commissioner.kind", {{"value", kind_name}});
        return std::nullopt;
    }
    if (*kind == CommissionerKind::person && !is_masked(name)) reader.refuse("facts.value.masked", "commissioner.name");
    return Commissioner{*kind, std::move(name)};
}

std::optional<Date> read_date(FieldReader& reader, const Json* value, const std::string& field) {
    const auto text = reader.text(value, field, TextForm::line, person_limit);
    if (text.empty()) return std::nullopt;
    const auto date = Date::parse(text);
    // The record holds seconds since 1970, never negative.
    if (date && date->start() >= 0) return *date;
    reader.refuse("facts.value.date", field, {{"value", text}});
    return std::nullopt;
}

ReportKind read_kind(FieldReader& reader, const Json* value) {
    const auto text = reader.text(value, "kind", TextForm::line, person_limit);
    if (text.empty()) return ReportKind::report;
    const auto kind = report_kind(text);
    if (!kind) reader.refuse("facts.value.kind", "kind", {{"value", text}});
    return kind.value_or(ReportKind::report);
}

/// Letters and digits only, as a code number is typed; a report number has Chinese characters or signs of its own.
bool looks_like_code_number(std::string_view text) {
    std::size_t length = 0;
    for (const auto c : unicode::decode(unicode::nfkc(text).value_or("")).value_or(U"")) {
        if (unicode::is_white_space(c) || c == U'-') continue;
        const bool alphanumeric = (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
        if (!alphanumeric) return false;
        ++length;
    }
    return length >= 18 && length <= 22;
}

std::optional<PriorReport> read_prior(FieldReader& reader, const Json* value) {
    const auto text = reader.text(value, "prior", TextForm::line, number_limit);
    if (text.empty()) return std::nullopt;
    if (looks_like_code_number(text)) {
        const auto number = CodeNumber::parse(text);
        if (!number) {
            reader.refuse("facts.value.code-number", "prior");
            return std::nullopt;
        }
        return *number;
    }
    const auto number = ReportNumber::parse(text);
    if (!number) {
        reader.refuse("facts.value.report-number", "prior");
        return std::nullopt;
    }
    return number->canonical();
}

std::optional<Bytes> read_case(FieldReader& reader, const Json* value) {
    const auto text = reader.text(value, "case", TextForm::word, 2 * case_bytes_limit);
    if (text.empty()) return std::nullopt;
    auto bytes = from_hex(text);
    if (!bytes) reader.refuse("facts.value.hexadecimal", "case");
    return bytes;
}

std::string prior_text(const PriorReport& prior) {
    if (const auto* number = std::get_if<CodeNumber>(&prior)) return number->grouped();
    return std::get<std::string>(prior);
}

}  // namespace

Result<Facts> Facts::from_json(std::string_view json) {
    SJCODE_TRY(const auto document, issue::parse_strictly(json));
    FieldReader reader;
    reader.object(document, "",
                  {"licence", "institution", "short_name", "number", "categories", "appraisers", "matter",
                   "commissioner", "accepted", "opinion", "kind", "prior", "case", "copies", "use", "status"});
    if (reader.error()) return Unexpected(*reader.error());

    const auto must = [&](const char* name) { return reader.required(document, "", name); };
    const auto may = [&](const char* name) { return reader.optional(document, name); };
    const auto may_text = [&](const char* name, TextForm form, std::size_t limit) -> std::optional<std::string> {
        const auto* value = may(name);
        if (value == nullptr) return std::nullopt;
        return reader.text(value, name, form, limit);
    };

    auto licence = reader.text(must("licence"), "licence", TextForm::word, licence_limit);
    auto institution = reader.text(must("institution"), "institution", TextForm::line, institution_limit);
    auto short_name = reader.text(must("short_name"), "short_name", TextForm::line, short_name_limit);
    auto number = read_number(reader, must("number"), "number");
    auto categories = read_categories(reader, must("categories"));
    auto appraisers = read_appraisers(reader, must("appraisers"));
    auto matter = may_text("matter", TextForm::paragraphs, matter_limit);
    auto commissioner = read_commissioner(reader, may("commissioner"));
    const auto accepted = read_date(reader, must("accepted"), "accepted");
    auto opinion = reader.text(must("opinion"), "opinion", TextForm::paragraphs, opinion_limit);
    const auto kind = read_kind(reader, may("kind"));
    auto prior = read_prior(reader, may("prior"));
    if (kind != ReportKind::report && !prior) reader.refuse("facts.missing", "prior");
    if (kind == ReportKind::report && prior) reader.refuse("facts.value.prior", "prior");
    auto case_code = read_case(reader, may("case"));
    std::optional<std::uint64_t> copies;
    if (const auto* value = may("copies")) copies = reader.whole_number(value, "copies", 1, copies_limit);
    auto use = may_text("use", TextForm::line, use_limit);
    const auto status = reader.whole_number(must("status"), "status", 0, exact_limit);

    if (reader.error()) return Unexpected(*reader.error());
    return Facts{.licence = std::move(licence),
                 .institution = std::move(institution),
                 .short_name = std::move(short_name),
                 .number = *std::move(number),
                 .categories = std::move(categories),
                 .appraisers = std::move(appraisers),
                 .matter = std::move(matter),
                 .commissioner = std::move(commissioner),
                 .accepted = *accepted,
                 .opinion = std::move(opinion),
                 .kind = kind,
                 .prior = std::move(prior),
                 .case_code = std::move(case_code),
                 .copies = copies,
                 .use = std::move(use),
                 .status = status};
}

std::string Facts::to_json() const {
    using Ordered = nlohmann::ordered_json;
    const auto nullable = [](const auto& value) { return value ? Ordered(*value) : Ordered(nullptr); };
    Ordered document;
    document["licence"] = licence;
    document["institution"] = institution;
    document["short_name"] = short_name;
    document["number"] = number.canonical();
    document["categories"] = Ordered::array();
    for (const auto& category : categories) document["categories"].push_back(category.code());
    document["appraisers"] = Ordered::array();
    for (const auto& appraiser : appraisers)
        document["appraisers"].push_back({{"name", appraiser.name}, {"licence", appraiser.licence}});
    document["matter"] = nullable(matter);
    document["commissioner"] = nullptr;
    if (commissioner) document["commissioner"] = {{"kind", name(commissioner->kind)}, {"name", commissioner->name}};
    document["accepted"] = accepted.iso();
    document["opinion"] = opinion;
    document["kind"] = name(kind);
    document["prior"] = prior ? Ordered(prior_text(*prior)) : Ordered(nullptr);
    document["case"] = case_code ? Ordered(to_hex(*case_code)) : Ordered(nullptr);
    document["copies"] = nullable(copies);
    document["use"] = nullable(use);
    document["status"] = status;
    // A value set by a program rather than read may be no UTF-8; it must not throw here.
    return document.dump(2, ' ', false, Ordered::error_handler_t::replace) + "\n";
}

}  // namespace sjcode
