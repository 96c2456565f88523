#include "commands.h"
#include "terminal.h"

#include "sjcode/category.h"
#include "sjcode/disclosure_level.h"
#include "sjcode/facts.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"
#include "sjcode/symbol_url.h"
#include "sjcode/verify.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace sjcode::cli {
namespace {

using Json = nlohmann::ordered_json;

Json number_json(const Claims& claims) {
    if (const auto* text = std::get_if<std::string>(&claims.number)) return *text;
    const auto& parts = std::get<ShortReportNumber>(claims.number);
    return Json::array({parts.year, parts.middle, parts.serial});
}

Json claims_json(const RawReportCode& raw) {
    const auto& claims = raw.unverified_claims();
    Json json;
    json["algorithm"] = name(raw.algorithm());
    json["issuer"] = claims.issuer;
    json["issued"] = claims.issued;
    json["code"] = claims.code.grouped();
    json["number"] = number_json(claims);
    json["record"] = to_hex(claims.record);
    json["entries"] = claims.entries;
    json["pages"] = claims.pages;
    const auto category = Category::from_number(claims.category);
    json["category"] = category ? Json(category->code()) : Json();
    json["status"] = claims.status;
    json["kind"] = name(claims.kind);
    if (claims.prior) {
        const auto* code = std::get_if<CodeNumber>(&*claims.prior);
        json["prior"] = code != nullptr ? code->grouped() : std::get<std::string>(*claims.prior);
    }
    return json;
}

/// The record's values, all of them or those that a level of disclosure allows.
Json whole_record_json(const RecordValues& values) {
    Json json;
    json["original"] = {{"digest", to_hex(values.original)}, {"length", values.original_length}};
    json["institution"] = values.institution;
    json["short_name"] = values.short_name;
    json["appraisers"] = Json::array();
    for (const auto& appraiser : values.appraisers)
        json["appraisers"].push_back({{"name", appraiser.name}, {"licence", appraiser.licence}});
    json["categories"] = Json::array();
    for (const auto number : values.categories) {
        const auto category = Category::from_number(number);
        json["categories"].push_back(category ? Json(category->code()) : Json(number));
    }
    const auto optional = [](const auto& value) { return value ? Json(*value) : Json(); };
    json["matter"] = optional(values.matter);
    json["commissioner"] = values.commissioner
                               ? Json{{"kind", name(values.commissioner->kind)}, {"name", values.commissioner->name}}
                               : Json();
    json["accepted"] = Date::of(values.accepted).iso();
    json["opinion"] = values.opinion;
    json["case"] = values.case_code ? Json(to_hex(*values.case_code)) : Json();
    json["copies"] = optional(values.copies);
    json["use"] = optional(values.use);
    json["text"] = values.text ? Json(values.text->name + " " + values.text->version) : Json();
    json["page_digests"] = Json::array();
    for (const auto& page : values.pages) json["page_digests"].push_back(page ? Json(to_hex(*page)) : Json());
    return json;
}

Result<Json> record_json(const RecordValues& values, const std::string& level) {
    auto json = whole_record_json(values);
    if (level.empty()) return json;
    const auto allowed = disclosed_entries(level, values);
    if (!allowed) return Unexpected(allowed.error());
    Json shown;
    for (const auto key : *allowed) {
        const auto entry = std::string(name(key));
        if (json.contains(entry)) shown[entry] = json[entry];
        if (key == RecordKey::institution) shown["short_name"] = json["short_name"];
    }
    return shown;
}

Result<Json> code_json(const Bytes& code, const Bytes& record, const std::string& level) {
    auto raw = RawReportCode::decode(code);
    if (!raw) return Unexpected(std::move(raw).error());
    Json json;
    json["claims"] = claims_json(*raw);
    if (!record.empty()) {
        auto decoded = Record::decode(record, digest_of(raw->algorithm()));
        if (!decoded) return Unexpected(std::move(decoded).error());
        json["record_matches"] = decoded->matches(raw->unverified_claims()).has_value();
        auto shown = record_json(decoded->values(), level);
        if (!shown) return shown;
        json["record"] = *std::move(shown);
    }
    return json;
}

Result<Json> text_json(const std::string& text) {
    auto url = SymbolUrl::parse(text);
    if (!url) return Unexpected(std::move(url).error());
    Json json;
    json["host"] = url->host;
    if (const auto* report = std::get_if<SymbolUrl::Report>(&url->content)) {
        auto code = code_json(report->code, {}, {});
        if (!code) return code;
        json.update(*code);
    } else if (const auto* entry = std::get_if<SymbolUrl::Entry>(&url->content)) {
        auto disclosure = Disclosure::decode(entry->disclosure);
        if (!disclosure) return Unexpected(std::move(disclosure).error());
        json["issuer"] = disclosure->issuer();
        json["code"] = disclosure->code().grouped();
        json["entry"] = disclosure->entry_name();
        json["value"] = disclosure->value_text();
    } else {
        json["code"] = std::get<SymbolUrl::Number>(url->content).code.grouped();
    }
    return json;
}

int print(const Json& json) {
    std::cerr << say("cli.show.unverified") << '\n';
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    return ok;
}

int show(const std::string& input, const std::string& level) {
    std::error_code ignored;
    if (!std::filesystem::exists(input, ignored) && input.starts_with("https://")) {
        const auto json = text_json(input);
        return json ? print(*json) : report(json.error());
    }
    auto file = InputFile::open(input);
    if (!file) return report(file.error());
    const auto codes = carried_codes(*file);
    if (!codes) {
        auto error = codes.error();
        error.file = input;
        return report(error);
    }
    if (codes->empty()) return report(Error{"show.no-code", {{"file", input}}, {}, {}, {}});
    Json json;
    json["pages"] = Json::array();
    for (const auto& code : *codes) json["pages"].push_back(code.page);
    const auto content = code_json(codes->front().code, codes->front().record, level);
    if (!content) return report(content.error());
    json.update(*content);
    return print(json);
}

}  // namespace

void add_show_command(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("show", say("cli.show.about"));
    auto input = std::make_shared<std::string>();
    auto level = std::make_shared<std::string>();
    command->add_option("--level", *level, say("cli.show.option.level"))
        ->type_name("LEVEL")
        ->check(CLI::IsMember({"public", "party"}));
    command->add_option("input", *input, say("cli.show.option.input"))->type_name("FILE")->required();
    command->footer(say("cli.show.example"));
    command->callback([input, level, &action] { action = [input, level] { return show(*input, *level); }; });
}

}  // namespace sjcode::cli
