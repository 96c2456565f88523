#include "status_show.h"

#include "terminal.h"

#include "sjcode/facts.h"
#include "sjcode/file.h"
#include "sjcode/status_details.h"
#include "sjcode/status_list.h"
#include "sjcode/trust.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>

namespace sjcode::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string time_text(UnixTime time) {
    const auto seconds = (time + 28'800) % 86'400;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), " %02d:%02d:%02d +08:00", static_cast<int>(seconds / 3'600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return Date::of(time).iso() + text.data();
}

std::string_view name(StatusListAge age) noexcept {
    switch (age) {
        case StatusListAge::current:
            return "current";
        case StatusListAge::refresh_due:
            return "refresh-due";
        case StatusListAge::expired:
            return "expired";
        case StatusListAge::future:
            return "future";
    }
    return {};
}

std::string value_name(std::uint8_t value) {
    const auto status = code_status_of(value);
    return status ? std::string(name(*status)) : std::to_string(value);
}

std::string value_text(std::uint8_t value) {
    const auto status = code_status_of(value);
    return status ? say("code-status." + std::string(name(*status))) : std::to_string(value);
}

Json counts_of(const StatusArray& statuses) {
    std::array<std::uint64_t, 256> counts{};
    for (std::uint64_t index = 0; index < statuses.size(); ++index) ++counts[statuses.get(index).value_or(0)];
    Json json = Json::object();
    for (std::size_t value = 1; value < counts.size(); ++value)
        if (counts[value] > 0) json[value_name(static_cast<std::uint8_t>(value))] = counts[value];
    return json;
}

Json history_json(const std::vector<StatusChange>& history) {
    auto json = Json::array();
    for (const auto& change : history) {
        Json one{{"time", change.time}, {"status", std::string(name(change.status))}};
        if (!change.reason.empty()) one["reason"] = change.reason;
        if (change.successor) {
            const auto* code = std::get_if<CodeNumber>(&*change.successor);
            one["successor"] = code != nullptr ? code->grouped() : std::get<std::string>(*change.successor);
        }
        json.push_back(std::move(one));
    }
    return json;
}

Result<VerifiedStatusList> verified(RawStatusList raw, const std::string& folder) {
    const auto trust = CertificateFolder::open(folder);
    if (!trust) return Unexpected(trust.error());
    const auto subject = raw.unverified_claims().subject;
    std::vector<PublicKey> keys;
    for (const auto& certificate : trust->certificates(licence_of_subject(subject).value_or("")))
        keys.push_back(certificate.public_key());
    return VerifiedStatusList::verify(std::move(raw), subject, keys);
}

/// The history of a code, from the details that lie beside the list; null where there are none.
Result<Json> history_beside(const StatusShowOptions& options, const std::optional<CodeNumber>& number,
                            const VerifiedStatusList& list) {
    const auto path = std::filesystem::path(options.file).replace_extension(".details").string();
    std::error_code ignored;
    if (!number || !std::filesystem::exists(path, ignored)) return Json();
    const auto file = InputFile::open(path);
    if (!file) return Unexpected(file.error());
    auto raw = RawStatusDetails::decode(Bytes(file->bytes().begin(), file->bytes().end()));
    if (!raw) return Unexpected(std::move(raw).error());
    const auto details = VerifiedStatusDetails::verify(*std::move(raw), list);
    if (!details) return Unexpected(details.error());
    const auto history = details->history(*options.index, *number);
    if (!history) return Unexpected(history.error());
    return history_json(*history);
}

Json list_json(const StatusListClaims& claims, const StatusArray& statuses) {
    const auto optional = [](const auto& value) { return value ? Json(*value) : Json(); };
    return Json{{"subject", claims.subject},
                {"issuer", optional(licence_of_subject(claims.subject))},
                {"issued", claims.issued},
                {"expires", optional(claims.expires)},
                {"time_to_live", optional(claims.time_to_live)},
                {"bits", statuses.bits()},
                {"size", statuses.size()},
                {"counts", counts_of(statuses)}};
}

void print_history(const Json& history) {
    for (const auto& change : history) {
        const auto status = change.at("status").get<std::string>();
        std::cout << say("cli.status.change", {{"time", time_text(change.at("time").get<UnixTime>())},
                                               {"status", status},
                                               {"reason", change.value("reason", "")},
                                               {"successor", change.value("successor", "")}})
                  << '\n';
    }
}

void print_text(const StatusShowOptions& options, const Json& json, const StatusListClaims& claims) {
    std::cout << say("cli.status.list", {{"issuer", licence_of_subject(claims.subject).value_or(claims.subject)},
                                         {"issued", time_text(claims.issued)},
                                         {"size", std::to_string(json.at("size").get<std::uint64_t>())}})
              << '\n';
    if (claims.expires) std::cout << say("cli.status.expires", {{"expires", time_text(*claims.expires)}}) << '\n';
    const auto age = json.at("age").get<std::string>();
    if (age != "current") std::cout << say("cli.status.age." + age) << '\n';
    for (const auto& [status, count] : json.at("counts").items()) {
        const auto known = code_status(status);
        std::cout << "  " << (known ? say("code-status." + status) : status) << ": " << count.get<std::uint64_t>()
                  << '\n';
    }
    if (!json.contains("code")) return;
    const auto& code = json.at("code");
    const auto index = std::to_string(*options.index);
    if (code.at("value").is_null()) {
        std::cout << say("cli.status.beyond", {{"index", index}}) << '\n';
        return;
    }
    std::cout << say("cli.status.code",
                     {{"index", index}, {"status", value_text(code.at("value").get<std::uint8_t>())}})
              << '\n';
    if (code.contains("history")) print_history(code.at("history"));
}

}  // namespace

int show_status(const StatusShowOptions& options) {
    std::optional<CodeNumber> number;
    if (!options.number.empty()) {
        auto parsed = CodeNumber::parse(options.number);
        if (!parsed) return report(parsed.error());
        if (!options.index) return report(Error{"usage.status-number", {}, {}, {}, {}});
        number = *std::move(parsed);
    }
    const auto file = InputFile::open(options.file);
    if (!file) return report(file.error());
    auto raw = RawStatusList::decode(file->bytes());
    if (!raw) return report(raw.error());
    const auto claims = raw->unverified_claims();
    auto json = list_json(claims, raw->unverified_statuses());
    const auto value = options.index ? raw->unverified_statuses().get(*options.index) : std::nullopt;
    Json code;
    if (options.index) {
        code["index"] = *options.index;
        code["value"] = value ? Json(*value) : Json();
        code["status"] = value ? Json(value_name(*value)) : Json();
    }
    json["verified"] = !options.trust.empty();
    const auto now = system_clock()();
    if (options.trust.empty()) {
        std::cerr << say("cli.show.unverified") << '\n';
        json["age"] = claims.expires && now >= *claims.expires ? "expired" : "current";
    } else {
        const auto list = verified(*std::move(raw), options.trust);
        if (!list) return report(list.error());
        json["age"] = name(list->age(now));
        const auto history = history_beside(options, number, *list);
        if (!history) return report(history.error());
        if (!history->is_null()) code["history"] = *history;
    }
    if (number && !code.contains("history")) std::cerr << say("cli.status.number-unchecked") << '\n';
    if (options.index) json["code"] = std::move(code);
    if (options.json)
        std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    else
        print_text(options, json, claims);
    return ok;
}

}  // namespace sjcode::cli
