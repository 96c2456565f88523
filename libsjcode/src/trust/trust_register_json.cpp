#include "trust/trust_register_json.h"

#include "base/civil_time.h"
#include "base/hex.h"
#include "base/try.h"
#include "sjcode/category.h"

#include <array>
#include <cstdio>
#include <set>

namespace sjcode::trust {
namespace {

constexpr UnixTime day_seconds = 86'400;
constexpr UnixTime china_offset = 28'800;
constexpr std::size_t day_length = 10;   // 2026-09-03
constexpr std::size_t time_length = 19;  // 2026-09-03 14:05:09

Unexpected wrong(const std::string& path) {
    return fail("trust-register.field", {{"path", path}});
}

bool is_midnight(UnixTime time) {
    return (time + china_offset) % day_seconds == 0;
}

std::optional<int> number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

// ---------------------------------------------------------------------------------------------------------- writing

void put(Json& json, const Period& period) {
    json["from"] = time_text(period.from, false);
    if (period.until) json["until"] = time_text(*period.until, true);
}

Json entry(const Period& period) {
    Json json = Json::object();
    put(json, period);
    return json;
}
Json entry(const DatedName& value) {
    Json json{{"name", value.name}};
    if (!value.short_name.empty()) json["short_name"] = value.short_name;
    put(json, value.period);
    return json;
}
std::string category_code(std::uint32_t number) {
    const auto category = Category::from_number(number);
    return category ? category->code() : std::to_string(number);
}
Json entry(const DatedCategory& value) {
    Json json{{"category", category_code(value.category)}};
    put(json, value.period);
    return json;
}
Json entry(const DatedKey& value) {
    Json json{{"key", to_hex(value.key)}};
    put(json, value.period);
    if (value.invalid_since) json["invalid_since"] = time_text(*value.invalid_since, false);
    return json;
}
Json entry(const DatedHost& value) {
    Json json{{"host", value.host}};
    put(json, value.period);
    return json;
}
Json entry(const DatedReference& value) {
    Json json{{"id", value.id}};
    put(json, value.period);
    return json;
}
Json entry(const StatusEvent& value) {
    Json json{{"event", name(value.kind)}};
    if (value.category) json["category"] = category_code(*value.category);
    put(json, value.period);
    json["authority"] = value.authority;
    if (!value.document.empty()) json["document"] = value.document;
    if (!value.keeper.empty()) json["keeper"] = value.keeper;
    return json;
}

template <class T>
void put_list(Json& json, const char* key, const std::vector<T>& values) {
    if (values.empty()) return;
    auto& list = json[key] = Json::array();
    for (const auto& value : values) list.push_back(entry(value));
}

// ---------------------------------------------------------------------------------------------------------- reading

/// Reads the fields of one object, and complains of those that nobody asked for.
class Fields {
public:
    Fields(const Json& json, std::string path) : json_(json), path_(std::move(path)) {}

    Fields& text(const char* key, std::string& to, bool needed) {
        const auto* value = find(key, needed);
        if (value == nullptr) return *this;
        if (value->is_string())
            to = value->get<std::string>();
        else
            fault(key);
        return *this;
    }
    template <class Parse>
    Fields& parsed(const char* key, bool needed, Parse parse) {
        std::string value;
        const bool there = json_.is_object() && json_.contains(key);
        text(key, value, needed);
        if (there && fault_.empty() && !parse(value)) fault(key);
        return *this;
    }
    Fields& period(Period& to) {
        return parsed("from", true,
                      [&](const std::string& value) {
                          const auto time = time_from(value, false);
                          if (time) to.from = *time;
                          return time.has_value();
                      })
            .parsed("until", false,
                    [&](const std::string& value) { return (to.until = time_from(value, true)).has_value(); });
    }
    template <class T>
    Fields& list(const char* key, std::vector<T>& to) {
        const auto* value = find(key, false);
        if (value == nullptr || !fault_.empty()) return *this;
        if (!value->is_array()) return fault(key);
        for (std::size_t i = 0; i < value->size() && fault_.empty(); ++i) {
            Fields fields((*value)[i], path_ + "." + key + "[" + std::to_string(i) + "]");
            read_entry(fields, to.emplace_back());
            if (auto done = fields.done(); !done) fault_ = done.error().parameters.at("path");
        }
        return *this;
    }
    [[nodiscard]] Result<void> done() {
        if (fault_.empty() && !json_.is_object()) fault_ = path_;
        if (fault_.empty())
            for (const auto& [key, value] : json_.items())
                if (!known_.contains(key)) fault(key.c_str());
        if (fault_.empty()) return {};
        return wrong(fault_);
    }

private:
    const Json* find(const char* key, bool needed) {
        known_.insert(key);
        if (json_.is_object())
            if (const auto found = json_.find(key); found != json_.end()) return &*found;
        if (needed) fault(key);
        return nullptr;
    }
    Fields& fault(const char* key) {
        if (fault_.empty()) fault_ = path_ + "." + key;
        return *this;
    }

    static void read_entry(Fields& fields, Period& to) { fields.period(to); }
    static void read_entry(Fields& fields, DatedName& to) {
        fields.text("name", to.name, true).text("short_name", to.short_name, false).period(to.period);
    }
    static bool read_category(const std::string& text, std::uint32_t& to) {
        const auto category = Category::parse(text);
        if (category) to = category->number();
        return category.has_value();
    }
    static void read_entry(Fields& fields, DatedCategory& to) {
        fields.parsed("category", true, [&](const std::string& text) { return read_category(text, to.category); })
            .period(to.period);
    }
    static void read_entry(Fields& fields, DatedKey& to) {
        fields
            .parsed("key", true,
                    [&](const std::string& text) {
                        auto bytes = from_hex(text);
                        if (bytes) to.key = *std::move(bytes);
                        return !to.key.empty();
                    })
            .period(to.period)
            .parsed("invalid_since", false,
                    [&](const std::string& text) { return (to.invalid_since = time_from(text, false)).has_value(); });
    }
    static void read_entry(Fields& fields, DatedHost& to) { fields.text("host", to.host, true).period(to.period); }
    static void read_entry(Fields& fields, DatedReference& to) { fields.text("id", to.id, true).period(to.period); }
    static void read_entry(Fields& fields, StatusEvent& to) {
        fields
            .parsed("event", true,
                    [&](const std::string& text) {
                        const auto kind = status_event_kind(text);
                        if (kind) to.kind = *kind;
                        return kind.has_value();
                    })
            .parsed("category", false,
                    [&](const std::string& text) { return read_category(text, to.category.emplace()); })
            .period(to.period)
            .text("authority", to.authority, true)
            .text("document", to.document, false)
            .text("keeper", to.keeper, false);
    }

    const Json& json_;
    std::string path_;
    std::string fault_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace

std::string time_text(UnixTime time, bool is_end) {
    if (is_midnight(time)) {
        const auto day = chinese_day(is_end ? time - day_seconds : time);
        std::array<char, 40> text{};
        std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", day.year, day.month, day.day);
        return text.data();
    }
    return chinese_time_text(time).substr(0, time_length);
}

std::optional<UnixTime> time_from(std::string_view text, bool is_end) {
    if (text.size() != day_length && text.size() != time_length) return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (text[4] != '-' || text[7] != '-' || !year || !month || !day) return std::nullopt;
    const CivilDay civil{*year, *month, *day};
    if (*year < 1970 || !is_valid_day(civil)) return std::nullopt;
    auto time = days_from_civil(civil) * day_seconds - china_offset;
    if (text.size() == day_length) {
        if (is_end) time += day_seconds;
    } else {
        const auto hour = number(text.substr(11, 2));
        const auto minute = number(text.substr(14, 2));
        const auto second = number(text.substr(17, 2));
        if (text[10] != ' ' || text[13] != ':' || text[16] != ':' || !hour || !minute || !second || *hour > 23 ||
            *minute > 59 || *second > 59)
            return std::nullopt;
        time += *hour * 3'600 + *minute * 60 + *second;
    }
    if (time < 0) return std::nullopt;
    return time;
}

Json record_json(const AuthorityRecord& record) {
    Json json{{"id", record.id}};
    put_list(json, "names", record.names);
    put_list(json, "keys", record.keys);
    put_list(json, "hosts", record.hosts);
    return json;
}

Json record_json(const InstitutionRecord& record) {
    Json json{{"licence", record.licence}};
    if (!record.uscc.empty()) json["uscc"] = record.uscc;
    put_list(json, "names", record.names);
    put_list(json, "licensed", record.licensed);
    put_list(json, "categories", record.categories);
    put_list(json, "keys", record.keys);
    put_list(json, "hosts", record.hosts);
    put_list(json, "signers", record.signers);
    put_list(json, "seals", record.seals);
    put_list(json, "events", record.events);
    return json;
}

Json record_json(const AppraiserRecord& record) {
    Json json{{"licence", record.licence}};
    put_list(json, "names", record.names);
    put_list(json, "licensed", record.licensed);
    put_list(json, "institutions", record.institutions);
    put_list(json, "categories", record.categories);
    put_list(json, "events", record.events);
    return json;
}

Result<void> read_record(const Json& json, const std::string& path, AuthorityRecord& record) {
    return Fields(json, path)
        .text("id", record.id, true)
        .list("names", record.names)
        .list("keys", record.keys)
        .list("hosts", record.hosts)
        .done();
}

Result<void> read_record(const Json& json, const std::string& path, InstitutionRecord& record) {
    return Fields(json, path)
        .text("licence", record.licence, true)
        .text("uscc", record.uscc, false)
        .list("names", record.names)
        .list("licensed", record.licensed)
        .list("categories", record.categories)
        .list("keys", record.keys)
        .list("hosts", record.hosts)
        .list("signers", record.signers)
        .list("seals", record.seals)
        .list("events", record.events)
        .done();
}

Result<void> read_record(const Json& json, const std::string& path, AppraiserRecord& record) {
    return Fields(json, path)
        .text("licence", record.licence, true)
        .list("names", record.names)
        .list("licensed", record.licensed)
        .list("institutions", record.institutions)
        .list("categories", record.categories)
        .list("events", record.events)
        .done();
}

}  // namespace sjcode::trust
