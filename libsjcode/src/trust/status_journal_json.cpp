// The journal as a file: docs/status-list.md, section 4.
#include "base/try.h"
#include "sjcode/status_journal.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sjcode {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "sjcode/status-journal/1";
constexpr UnixTime latest_time = 253'402'300'799;  // 9999-12-31T23:59:59Z

Unexpected wrong(std::string what) {
    return fail("status-journal.format", {{"what", std::move(what)}});
}

Result<std::uint64_t> read_number(const Json& json, const char* key, std::uint64_t limit) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() > limit) return wrong(key);
    return found->get<std::uint64_t>();
}

Result<std::string> read_text(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || !found->is_string()) return wrong(key);
    return found->get<std::string>();
}

struct Change {
    std::uint64_t index;
    CodeNumber code;
    StatusChange change;
};

Json to_json(std::uint64_t index, const CodeNumber& code, const StatusChange& change) {
    Json json{{"index", index},
              {"code", code.characters()},
              {"time", change.time},
              {"status", std::string(name(change.status))}};
    if (!change.reason.empty()) json["reason"] = change.reason;
    if (!change.successor) return json;
    if (const auto* number = std::get_if<CodeNumber>(&*change.successor))
        json["successor"] = number->characters();
    else
        json["successor_number"] = std::get<std::string>(*change.successor);
    return json;
}

Result<Change> read_change(const Json& json) {
    if (!json.is_object()) return wrong("changes");
    SJCODE_TRY(const auto index, read_number(json, "index", StatusJournal::most_codes - 1));
    SJCODE_TRY(const auto code_text, read_text(json, "code"));
    SJCODE_TRY(auto code, CodeNumber::from_characters(code_text));
    StatusChange change;
    SJCODE_TRY(const auto time, read_number(json, "time", latest_time));
    change.time = static_cast<UnixTime>(time);
    SJCODE_TRY(const auto status_name, read_text(json, "status"));
    const auto status = code_status(status_name);
    if (!status) return wrong("status");
    change.status = *status;
    if (json.contains("reason")) {
        SJCODE_TRY(change.reason, read_text(json, "reason"));
    }
    if (json.contains("successor")) {
        SJCODE_TRY(const auto text, read_text(json, "successor"));
        SJCODE_TRY(auto successor, CodeNumber::from_characters(text));
        change.successor = std::move(successor);
    } else if (json.contains("successor_number")) {
        SJCODE_TRY(auto text, read_text(json, "successor_number"));
        change.successor = std::move(text);
    }
    return Change{index, std::move(code), std::move(change)};
}

}  // namespace

/// Fills a journal from its file.
struct StatusJournalReader {
    static Result<void> read_assigned(StatusJournal& journal, const Json& json) {
        const auto found = json.find("assigned");
        if (found == json.end() || !found->is_array()) return wrong("assigned");
        for (const auto& index : *found) {
            if (!index.is_number_unsigned() || index.get<std::uint64_t>() >= journal.size_) return wrong("assigned");
            journal.assigned_.insert(index.get<std::uint64_t>());
        }
        return {};
    }
    static void set_size(StatusJournal& journal, std::uint64_t size) { journal.size_ = size; }
    static void set_signed(StatusJournal& journal, UnixTime time) { journal.last_signed_ = time; }
};

Result<StatusJournal> StatusJournal::parse(std::string_view text) {
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("JSON");
    SJCODE_TRY(const auto format, read_text(json, "format"));
    if (format != format_name) return wrong("format");
    SJCODE_TRY(auto issuer, read_text(json, "issuer"));
    SJCODE_TRY(auto journal, create(std::move(issuer)));
    SJCODE_TRY(const auto size, read_number(json, "size", most_codes));
    if (size == 0 || size % space != 0) return wrong("size");
    StatusJournalReader::set_size(journal, size);
    if (json.contains("signed")) {
        SJCODE_TRY(const auto time, read_number(json, "signed", latest_time));
        StatusJournalReader::set_signed(journal, static_cast<UnixTime>(time));
    }
    SJCODE_CHECK(StatusJournalReader::read_assigned(journal, json));
    const auto changes = json.find("changes");
    if (changes == json.end() || !changes->is_array()) return wrong("changes");
    for (const auto& one : *changes) {
        SJCODE_TRY(auto change, read_change(one));
        // What is in the journal was accepted once, corrections too.
        SJCODE_CHECK(journal.set(change.index, change.code, std::move(change.change), Correction::yes));
    }
    return journal;
}

std::string StatusJournal::to_json() const {
    Json json{{"format", format_name}, {"issuer", issuer_}, {"size", size_}};
    if (last_signed_) json["signed"] = *last_signed_;
    json["assigned"] = assigned_;
    auto changes = Json::array();
    for (const auto& [index, entry] : entries_)
        for (const auto& change : entry.history) changes.push_back(sjcode::to_json(index, entry.code, change));
    json["changes"] = std::move(changes);
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sjcode
