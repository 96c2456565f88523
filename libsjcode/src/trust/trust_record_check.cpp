// What a record must say, before it is signed and after it was read.
#include "base/try.h"
#include "sjcode/category.h"
#include "trust/trust_record_cbor.h"

#include <algorithm>

namespace sjcode::trust {
namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_text = 512;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_key = 256;         // a SubjectPublicKeyInfo of our algorithms has about 91 bytes
constexpr UnixTime last_time = 253'402'300'799;  // 9999-12-31T23:59:59Z

/// Checks the parts of one record and keeps the first fault.
class RecordCheck {
public:
    explicit RecordCheck(const std::string& id) : id_(id) {
        // An identifier is compared byte by byte, so it has one form only.
        const auto good = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
        };
        if (id.empty() || id.size() > longest_id || !std::all_of(id.begin(), id.end(), good)) fault("trust-record.id");
    }

    RecordCheck& names(const std::vector<DatedName>& values, bool need_short) {
        if (values.empty()) fault("trust-record.names");
        for (const auto& value : values) {
            text("record-field.name", value.name, true);
            text("record-field.short-name", value.short_name, need_short);
            period(value.period);
        }
        return apart(values, [](const DatedName& value) { return value.period; });
    }
    RecordCheck& periods(const std::vector<Period>& values) {
        for (const auto& value : values) period(value);
        return apart(values, [](const Period& value) { return value; });
    }
    RecordCheck& categories(const std::vector<DatedCategory>& values) {
        for (const auto& value : values) {
            category(value.category);
            period(value.period);
        }
        return *this;
    }
    RecordCheck& keys(const std::vector<DatedKey>& values) {
        for (const auto& value : values) {
            if (value.key.empty() || value.key.size() > longest_key) fault("trust-record.key");
            period(value.period);
            if (value.invalid_since && (*value.invalid_since < 0 || *value.invalid_since > last_time))
                fault("trust-record.period");
        }
        return *this;
    }
    RecordCheck& hosts(const std::vector<DatedHost>& values) {
        for (const auto& value : values) {
            const auto good = [](char c) {
                return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
            };
            if (value.host.empty() || value.host.size() > longest_host ||
                !std::all_of(value.host.begin(), value.host.end(), good))
                fault("trust-record.host");
            period(value.period);
        }
        return *this;
    }
    RecordCheck& references(const std::vector<DatedReference>& values) {
        for (const auto& value : values) {
            if (value.id.empty() || value.id.size() > longest_id) fault("trust-record.id");
            period(value.period);
        }
        return *this;
    }
    RecordCheck& events(const std::vector<StatusEvent>& values) {
        for (const auto& value : values) {
            if (name(value.kind).empty()) fault("trust-record.newer-format");
            if (value.category) category(*value.category);
            period(value.period);
            text("record-field.authority", value.authority, true);
            text("record-field.document", value.document, false);
            text("record-field.keeper", value.keeper, false);
        }
        return *this;
    }
    RecordCheck& text(const char* field, const std::string& value, bool needed) {
        if ((needed && value.empty()) || value.size() > longest_text) fault("trust-record.text", field);
        return *this;
    }
    [[nodiscard]] Result<void> done() const {
        if (code_.empty()) return {};
        if (field_.empty()) return fail(code_, {{"record", id_}});
        return fail(code_, {{"record", id_}, {"field", field_.substr(field_.find('.') + 1)}});
    }

private:
    void fault(const char* code, const char* field = "") {
        if (!code_.empty()) return;
        code_ = code;
        field_ = field;
    }
    void period(const Period& value) {
        const bool good = value.from >= 0 && value.from <= last_time &&
                          (!value.until || (*value.until > value.from && *value.until <= last_time));
        if (!good) fault("trust-record.period");
    }
    void category(std::uint32_t number) {
        if (!Category::from_number(number)) fault("trust-record.category");
    }
    /// Two of them never hold at one time: else nobody could say which one does.
    template <class T, class PeriodOf>
    RecordCheck& apart(const std::vector<T>& values, PeriodOf period_of) {
        for (std::size_t i = 0; i < values.size(); ++i)
            for (std::size_t j = i + 1; j < values.size(); ++j) {
                const Period a = period_of(values[i]);
                const Period b = period_of(values[j]);
                if (a.covers(b.from) || b.covers(a.from)) fault("trust-record.overlap");
            }
        return *this;
    }

    const std::string& id_;
    std::string code_;
    std::string field_;  ///< the code of its name
};

}  // namespace

Result<void> check(const AuthorityRecord& record) {
    return RecordCheck(record.id).names(record.names, false).keys(record.keys).hosts(record.hosts).done();
}

Result<void> check(const InstitutionRecord& record) {
    return RecordCheck(record.licence)
        .names(record.names, true)
        .periods(record.licensed)
        .categories(record.categories)
        .keys(record.keys)
        .hosts(record.hosts)
        .references(record.signers)
        .periods(record.seals)
        .events(record.events)
        .text("record-field.uscc", record.uscc, false)
        .done();
}

Result<void> check(const AppraiserRecord& record) {
    return RecordCheck(record.licence)
        .names(record.names, false)
        .periods(record.licensed)
        .categories(record.categories)
        .references(record.institutions)
        .events(record.events)
        .done();
}

}  // namespace sjcode::trust
