#include "situation_world.h"

#include "sjcode/facts.h"
#include "sjcode/symbol_url.h"
#include "trust/trust_register_json.h"

#include <set>
#include <stdexcept>

namespace situations {

using namespace sjcode;

namespace {

template <class T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().code);
    return *std::move(result);
}

/// "@own" becomes the key of that name.
void fill_keys(Json& json) {
    if (json.is_string()) {
        const auto text = json.get<std::string>();
        if (text.starts_with("@")) json = to_hex(key(text.substr(1)).public_key().to_der());
        return;
    }
    // A number would give itself.
    if (json.is_structured())
        for (auto& value : json) fill_keys(value);
}

ReportKind kind_of(const std::string& name) {
    return report_kind(name).value();
}

}  // namespace

const PrivateKey& key(const std::string& name) {
    static std::map<std::string, PrivateKey> keys;
    static const std::map<std::string, Algorithm> known{{"root", Algorithm::sm2},         {"next", Algorithm::esp256},
                                                        {"own", Algorithm::sm2},          {"other", Algorithm::sm2},
                                                        {"platform", Algorithm::ed25519}, {"stranger", Algorithm::sm2}};
    const auto found = keys.find(name);
    if (found != keys.end()) return found->second;
    return keys.emplace(name, value_of(PrivateKey::generate(known.at(name)))).first->second;
}

UnixTime time(const std::string& text) {
    return trust::time_from(text, false).value();
}

TrustListContent list_content(const Json& world) {
    const auto& list = world.at("list");
    Json json{
        {"version", 1},
        {"list",
         {{"id", list.value("id", "cn.example.trust")}, {"publisher", "示例省司法厅"}, {"number", list.at("number")}}},
        {"authorities", Json::array({world.at("authority")})},
        {"institutions", Json::array({world.at("institution")})},
        {"appraisers", Json::array()}};
    json["list"]["regions"] = list.value("regions", Json::array({"33"}));
    for (const auto& appraiser : world.at("appraisers")) json["appraisers"].push_back(appraiser);
    fill_keys(json);
    auto content = value_of(TrustRegister::parse(json.dump())).content;
    content.info.issued = time(list.at("issued"));
    content.info.next_update = time(list.at("next_update"));
    return content;
}

Report make_report(const Json& world) {
    const auto& json = world.at("report");
    const auto& signer = key(json.at("signed_by"));
    const auto category = value_of(Category::parse(json.at("category").get<std::string>()));
    RecordValues values;
    values.original_length = 1;
    values.institution = json.at("institution");
    values.short_name = "明司鉴中心";
    values.appraisers = {{"张三", "330100001001"}, {"李四", "330100001002"}};
    values.categories = {category.number()};
    values.accepted = Date{2025, 1, 6}.start();
    values.opinion = "（示例）";
    values.pages = {std::nullopt};
    const auto record = value_of(Record::make(values, digest_of(signer.algorithm()), system_random()));
    Claims claims{.issuer = json.value("issuer", world.at("institution").at("licence").get<std::string>()),
                  .issued = time(json.at("issued")),
                  .code = value_of(CodeNumber::generate(system_random())),
                  .number = ShortReportNumber{2026, "临鉴字", 18},
                  .record = record.digest(),
                  .entries = record.entries(),
                  .pages = 1,
                  .category = category.sensitive() ? 0 : category.number(),
                  .status = 5,
                  .kind = kind_of(json.at("kind"))};
    if (json.contains("prior")) claims.prior = json.at("prior").get<std::string>();
    const auto code = value_of(sign_report_code(claims, signer));
    Report report{report_url_prefix(json.at("host").get<std::string>()) + encode_digits(code), {}, claims};
    if (json.at("with_record").get<bool>()) report.record = record.encoded();
    return report;
}

std::optional<StatusFiles> status_files(const Json& world, const Report& report) {
    const auto found = world.find("status");
    if (found == world.end() || found->is_null()) return std::nullopt;
    const auto& json = *found;
    const auto& signer = key(world.at("report").at("signed_by"));
    StatusListClaims claims{status_list_subject(report.claims.issuer), time(json.at("issued")), {}, {}};
    auto values = value_of(StatusArray::create(4, 1'000));
    const auto status = code_status(json.at("value").get<std::string>()).value();
    if (!values.set(report.claims.status, static_cast<std::uint8_t>(status))) throw std::runtime_error("index");
    StatusFiles files{value_of(sign_status_list(claims, values, signer)), {}};
    StatusDetailsEntry entry{report.claims.status, report.claims.code, {}};
    for (const auto& change : json.at("history")) {
        StatusChange made{time(change.at("time")),
                          code_status(change.at("status").get<std::string>()).value(),
                          change.at("reason"),
                          {}};
        if (!change.at("successor").is_null()) made.successor = change.at("successor").get<std::string>();
        entry.history.push_back(std::move(made));
    }
    if (!entry.history.empty()) files.details = value_of(sign_status_details(claims, {entry}, signer, system_random()));
    return files;
}

std::optional<StatusLists> make_statuses(const Json& world, const Report& report, const TrustRecords& trust) {
    const auto files = status_files(world, report);
    if (!files) return std::nullopt;
    StatusLists lists;
    value_of(lists.add(files->list, files->details ? std::optional<ByteView>(*files->details) : std::nullopt, trust));
    return lists;
}

sjcode::Verdict verdict_of(const Json& world, const Report& report, const sjcode::TrustRecords& trust) {
    const auto statuses = make_statuses(world, report, trust);
    const sjcode::Worker worker({SJCODE_WORKER});
    const sjcode::Verifier verifier(trust, worker, [] { return sjcode::UnixTime{0}; });
    sjcode::VerifyOptions options;
    options.record = report.record;
    options.as_of = time(world.at("as_of"));
    if (statuses) options.statuses = &*statuses;
    return verifier.verify_text(report.url, options);
}

}  // namespace situations
