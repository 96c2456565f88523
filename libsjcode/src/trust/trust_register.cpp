#include "sjcode/trust_register.h"

#include "base/hex.h"
#include "base/try.h"
#include "trust/trust_list_head.h"
#include "trust/trust_record_cbor.h"
#include "trust/trust_record_merge.h"
#include "trust/trust_register_json.h"

#include <algorithm>

namespace sjcode {
namespace {

using trust::Json;
constexpr int register_version = 1;

Unexpected wrong(const std::string& path) {
    return fail("trust-register.field", {{"path", path}});
}

/// Of a region that the register does not answer for, signing would refuse the whole list. What is no number at all
/// has another fault.
Result<void> check_region(const TrustListInfo& info, const std::string& licence) {
    if (licence.empty() || trust::answers_for(info, licence)) return {};
    return fail("trust-record.region", {{"record", licence}});
}

template <class Record>
Result<void> read_records(const Json& json, const char* key, std::vector<Record>& to) {
    if (!json.contains(key)) return {};
    const auto& list = json.at(key);
    if (!list.is_array()) return wrong(key);
    for (std::size_t i = 0; i < list.size(); ++i)
        SJCODE_CHECK(trust::read_record(list[i], std::string(key) + "[" + std::to_string(i) + "]", to.emplace_back()));
    return {};
}

Result<void> read_list(const Json& json, TrustRegister& to) {
    if (!json.is_object()) return wrong("list");
    auto& info = to.content.info;
    for (const auto& [key, value] : json.items()) {
        const auto path = "list." + key;
        if (key == "id" && value.is_string()) {
            info.id = value.get<std::string>();
        } else if (key == "publisher" && value.is_string()) {
            info.publisher = value.get<std::string>();
        } else if (key == "number" && value.is_number_unsigned()) {
            info.number = value.get<std::uint64_t>();
        } else if ((key == "regions" || key == "root_changes") && value.is_array()) {
            for (const auto& entry : value) {
                if (!entry.is_string()) return wrong(path);
                const auto text = entry.get<std::string>();
                if (key == "regions") {
                    info.regions.push_back(text);
                } else if (auto bytes = from_hex(text)) {
                    to.root_changes.push_back(*std::move(bytes));
                } else {
                    return wrong(path);
                }
            }
        } else {
            return wrong(path);
        }
    }
    return {};
}

template <class Record>
Json records_json(std::vector<Record> records, std::string Record::*id) {
    std::stable_sort(records.begin(), records.end(), [&](const auto& a, const auto& b) { return a.*id < b.*id; });
    auto list = Json::array();
    for (const auto& record : records) list.push_back(trust::record_json(record));
    return list;
}

template <class Record>
Result<void> add_to(std::vector<Record>& records, std::string Record::*id, const Record& record) {
    const auto known =
        std::find_if(records.begin(), records.end(), [&](const Record& other) { return other.*id == record.*id; });
    auto merged = known == records.end() ? record : *known;
    if (known != records.end()) trust::merge(merged, record);
    SJCODE_CHECK(trust::check(merged));
    if (known == records.end())
        records.push_back(std::move(merged));
    else
        *known = std::move(merged);
    return {};
}

template <class Record>
Result<void> add_event_to(Record& record, const StatusEvent& event) {
    auto changed = record;
    changed.events.push_back(event);
    SJCODE_CHECK(trust::check(changed));
    record = std::move(changed);
    return {};
}

template <class Record>
Result<void> end_key_of(Record& record, const Digest& wanted, UnixTime when, bool compromised) {
    auto changed = record;
    bool found = false;
    for (auto& key : changed.keys) {
        if (digest(DigestAlgorithm::sha256, key.key) != wanted) continue;
        found = true;
        if (compromised)
            key.invalid_since = key.invalid_since ? std::min(*key.invalid_since, when) : when;
        else if (!key.period.until || *key.period.until > when)
            key.period.until = when;
    }
    if (!found) return fail("trust-register.no-key", {{"fingerprint", to_hex(wanted)}});
    SJCODE_CHECK(trust::check(changed));
    record = std::move(changed);
    return {};
}

}  // namespace

Result<TrustRegister> TrustRegister::parse(std::string_view text) {
    // nlohmann keeps the last of duplicate keys in silence; an editor who wrote one twice must know.
    bool twice = false;
    std::vector<std::vector<std::string>> open;
    const auto watch = [&](int /*depth*/, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end && !open.empty()) open.pop_back();
        if (event == Json::parse_event_t::key && !open.empty()) {
            const auto key = parsed.get<std::string>();
            twice = twice || std::find(open.back().begin(), open.back().end(), key) != open.back().end();
            open.back().push_back(key);
        }
        return true;
    };
    const auto json = Json::parse(text, watch, false);
    if (!json.is_object() || twice) return fail("trust-register.json");
    if (!json.contains("version") || json.at("version") != register_version) return fail("trust-register.version");
    TrustRegister result;
    for (const auto& [key, value] : json.items()) {
        static_cast<void>(value);
        if (key != "version" && key != "list" && key != "authorities" && key != "institutions" && key != "appraisers")
            return wrong(key);
    }
    if (!json.contains("list")) return wrong("list");
    SJCODE_CHECK(read_list(json.at("list"), result));
    SJCODE_CHECK(read_records(json, "authorities", result.content.authorities));
    SJCODE_CHECK(read_records(json, "institutions", result.content.institutions));
    SJCODE_CHECK(read_records(json, "appraisers", result.content.appraisers));
    return result;
}

std::string TrustRegister::to_json() const {
    const auto& info = content.info;
    Json list{{"id", info.id}, {"publisher", info.publisher}};
    if (!info.regions.empty()) list["regions"] = info.regions;
    list["number"] = info.number;
    for (const auto& change : root_changes) list["root_changes"].push_back(to_hex(change));
    Json json{{"version", register_version}, {"list", std::move(list)}};
    json["authorities"] = records_json(content.authorities, &AuthorityRecord::id);
    json["institutions"] = records_json(content.institutions, &InstitutionRecord::licence);
    json["appraisers"] = records_json(content.appraisers, &AppraiserRecord::licence);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<void> TrustRegister::add(const AuthorityRecord& record) {
    return add_to(content.authorities, &AuthorityRecord::id, record);
}
Result<void> TrustRegister::add(const InstitutionRecord& record) {
    if (auto good = check_region(content.info, record.licence); !good) return good;
    return add_to(content.institutions, &InstitutionRecord::licence, record);
}
Result<void> TrustRegister::add(const AppraiserRecord& record) {
    if (auto good = check_region(content.info, record.licence); !good) return good;
    return add_to(content.appraisers, &AppraiserRecord::licence, record);
}

Result<void> TrustRegister::add_event(std::string_view licence, const StatusEvent& event) {
    for (auto& record : content.institutions)
        if (record.licence == licence) return add_event_to(record, event);
    for (auto& record : content.appraisers)
        if (record.licence == licence) return add_event_to(record, event);
    return fail("trust-register.unknown", {{"licence", std::string(licence)}});
}

Result<void> TrustRegister::end_key(std::string_view id, const Digest& key_fingerprint, UnixTime when,
                                    bool compromised) {
    for (auto& record : content.institutions)
        if (record.licence == id) return end_key_of(record, key_fingerprint, when, compromised);
    for (auto& record : content.authorities)
        if (record.id == id) return end_key_of(record, key_fingerprint, when, compromised);
    return fail("trust-register.unknown", {{"licence", std::string(id)}});
}

Result<Bytes> TrustRegister::sign(const Signer& root, UnixTime issued, UnixTime next_update) {
    auto next = content;
    ++next.info.number;
    next.info.issued = issued;
    next.info.next_update = next_update;
    SJCODE_TRY(auto file, sign_trust_list(next, root, root_changes));
    content.info = next.info;
    return file;
}

std::string to_json(const AuthorityRecord& record) {
    return trust::record_json(record).dump(2);
}
std::string to_json(const InstitutionRecord& record) {
    return trust::record_json(record).dump(2);
}
std::string to_json(const AppraiserRecord& record) {
    return trust::record_json(record).dump(2);
}

}  // namespace sjcode
