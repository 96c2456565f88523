#include "trust/trust_record_cbor.h"

#include "base/try.h"
#include "code/cbor.h"

#include <algorithm>
#include <array>

namespace sjcode::trust {
namespace {

/// Keys of the map. One numbering for the three kinds of record: what is the same has the same key.
enum class Key : std::uint64_t {
    id = 1,
    names = 2,
    licensed = 3,
    categories = 4,
    keys = 5,
    hosts = 6,
    signers = 7,
    seals = 8,
    events = 9,
    uscc = 10,
    institutions = 11,
};

constexpr std::uint64_t last_reserved_key = 23;       // keys from 24 on are passed over
constexpr std::uint64_t last_time = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr std::uint64_t most_entries = 1'000;         // of one list in one record

using cbor::Reader;
using cbor::Writer;

// ---------------------------------------------------------------------------------------------------------- writing

void write(Writer& to, const std::optional<UnixTime>& time) {
    if (time)
        to.unsigned_integer(static_cast<std::uint64_t>(*time));
    else
        to.null();
}

Writer& write(Writer& to, const Period& period) {
    to.unsigned_integer(static_cast<std::uint64_t>(period.from));
    write(to, period.until);
    return to;
}

void write_entry(Writer& to, const Period& period) {
    write(to.array(2), period);
}
void write_entry(Writer& to, const DatedName& value) {
    write(to.array(4).text_string(value.name).text_string(value.short_name), value.period);
}
void write_entry(Writer& to, const DatedCategory& value) {
    write(to.array(3).unsigned_integer(value.category), value.period);
}
void write_entry(Writer& to, const DatedKey& value) {
    write(write(to.array(4).byte_string(value.key), value.period), value.invalid_since);
}
void write_entry(Writer& to, const DatedHost& value) {
    write(to.array(3).text_string(value.host), value.period);
}
void write_entry(Writer& to, const DatedReference& value) {
    write(to.array(3).text_string(value.id), value.period);
}
void write_entry(Writer& to, const StatusEvent& value) {
    to.array(7).unsigned_integer(static_cast<std::uint64_t>(value.kind));
    if (value.category)
        to.unsigned_integer(*value.category);
    else
        to.null();
    write(to, value.period).text_string(value.authority).text_string(value.document).text_string(value.keeper);
}

/// Collects the pairs of the map; what is empty is left out.
class MapWriter {
public:
    explicit MapWriter(const std::string& id) { pair(Key::id).text_string(id); }

    template <class T>
    MapWriter& list(Key key, const std::vector<T>& values) {
        if (values.empty()) return *this;
        auto& to = pair(key).array(values.size());
        for (const auto& value : values) write_entry(to, value);
        return *this;
    }
    MapWriter& text(Key key, const std::string& value) {
        if (!value.empty()) pair(key).text_string(value);
        return *this;
    }
    [[nodiscard]] Bytes take() const { return Writer().map(count_).item(pairs_.bytes()).take(); }

private:
    Writer& pair(Key key) {
        ++count_;
        return pairs_.unsigned_integer(static_cast<std::uint64_t>(key));
    }
    Writer pairs_;
    std::uint64_t count_ = 0;
};

// ---------------------------------------------------------------------------------------------------------- reading

bool read(Reader& from, std::optional<UnixTime>& time) {
    if (from.null()) {
        time.reset();
        return true;
    }
    const auto value = from.unsigned_integer();
    if (!value || *value > last_time) return false;
    time = static_cast<UnixTime>(*value);
    return true;
}

bool read(Reader& from, Period& period) {
    const auto begin = from.unsigned_integer();
    if (!begin || *begin > last_time) return false;
    period.from = static_cast<UnixTime>(*begin);
    return read(from, period.until);
}

bool read(Reader& from, std::string& text) {
    const auto value = from.text_string();
    if (!value) return false;
    text = *value;
    return true;
}

bool read(Reader& from, std::uint32_t& number) {
    const auto value = from.unsigned_integer();
    if (!value || *value > 0xffff'ffffU) return false;
    number = static_cast<std::uint32_t>(*value);
    return true;
}

bool read_entry(Reader& from, Period& period) {
    return from.array() == 2 && read(from, period);
}
bool read_entry(Reader& from, DatedName& value) {
    return from.array() == 4 && read(from, value.name) && read(from, value.short_name) && read(from, value.period);
}
bool read_entry(Reader& from, DatedCategory& value) {
    return from.array() == 3 && read(from, value.category) && read(from, value.period);
}
bool read_entry(Reader& from, DatedKey& value) {
    if (from.array() != 4) return false;
    const auto key = from.byte_string();
    if (!key) return false;
    value.key.assign(key->begin(), key->end());
    return read(from, value.period) && read(from, value.invalid_since);
}
bool read_entry(Reader& from, DatedHost& value) {
    return from.array() == 3 && read(from, value.host) && read(from, value.period);
}
bool read_entry(Reader& from, DatedReference& value) {
    return from.array() == 3 && read(from, value.id) && read(from, value.period);
}
bool read_entry(Reader& from, StatusEvent& value) {
    if (from.array() != 7) return false;
    const auto kind = from.unsigned_integer();
    if (!kind || *kind > 0xff) return false;
    value.kind = static_cast<StatusEventKind>(*kind);
    if (!from.null() && !read(from, value.category.emplace())) return false;
    return read(from, value.period) && read(from, value.authority) && read(from, value.document) &&
           read(from, value.keeper);
}

template <class T>
bool read_list(Reader& from, std::vector<T>& values) {
    const auto count = from.array();
    // What is empty is left out; so an empty list is no way to say a thing twice.
    if (!count || *count == 0 || *count > most_entries) return false;
    for (std::uint64_t i = 0; i < *count; ++i)
        if (!read_entry(from, values.emplace_back())) return false;
    return true;
}

bool read_text(Reader& from, std::string& text) {
    return read(from, text) && !text.empty();
}

enum class Field { read, malformed, unknown };

Field read_field(Reader& from, Key key, AuthorityRecord& record) {
    const auto done = [](bool good) { return good ? Field::read : Field::malformed; };
    switch (key) {
        case Key::id:
            return done(read_text(from, record.id));
        case Key::names:
            return done(read_list(from, record.names));
        case Key::keys:
            return done(read_list(from, record.keys));
        case Key::hosts:
            return done(read_list(from, record.hosts));
        default:
            return Field::unknown;
    }
}

Field read_field(Reader& from, Key key, InstitutionRecord& record) {
    const auto done = [](bool good) { return good ? Field::read : Field::malformed; };
    switch (key) {
        case Key::id:
            return done(read_text(from, record.licence));
        case Key::names:
            return done(read_list(from, record.names));
        case Key::licensed:
            return done(read_list(from, record.licensed));
        case Key::categories:
            return done(read_list(from, record.categories));
        case Key::keys:
            return done(read_list(from, record.keys));
        case Key::hosts:
            return done(read_list(from, record.hosts));
        case Key::signers:
            return done(read_list(from, record.signers));
        case Key::seals:
            return done(read_list(from, record.seals));
        case Key::events:
            return done(read_list(from, record.events));
        case Key::uscc:
            return done(read_text(from, record.uscc));
        default:
            return Field::unknown;
    }
}

Field read_field(Reader& from, Key key, AppraiserRecord& record) {
    const auto done = [](bool good) { return good ? Field::read : Field::malformed; };
    switch (key) {
        case Key::id:
            return done(read_text(from, record.licence));
        case Key::names:
            return done(read_list(from, record.names));
        case Key::licensed:
            return done(read_list(from, record.licensed));
        case Key::categories:
            return done(read_list(from, record.categories));
        case Key::institutions:
            return done(read_list(from, record.institutions));
        case Key::events:
            return done(read_list(from, record.events));
        default:
            return Field::unknown;
    }
}

const std::string& id_of(const AuthorityRecord& record) {
    return record.id;
}
template <class Record>
const std::string& id_of(const Record& record) {
    return record.licence;
}

template <class Record>
Result<Record> decode(ByteView bytes) {
    Record record;
    const auto malformed = [&] { return fail("trust-record.form", {{"record", id_of(record)}}); };
    auto opened = cbor::open(bytes, record_limit);
    if (!opened) return malformed();
    auto& reader = *opened;
    const auto pairs = reader.map();
    if (!pairs) return malformed();
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = reader.unsigned_integer();
        if (!key) return malformed();
        switch (read_field(reader, static_cast<Key>(*key), record)) {
            case Field::read:
                break;
            case Field::malformed:
                return malformed();
            case Field::unknown:
                if (*key <= last_reserved_key) return fail("trust-record.newer-format", {{"record", id_of(record)}});
                reader.item();
        }
    }
    SJCODE_CHECK(check(record));
    return record;
}

}  // namespace

Bytes encode(const AuthorityRecord& record) {
    return MapWriter(record.id)
        .list(Key::names, record.names)
        .list(Key::keys, record.keys)
        .list(Key::hosts, record.hosts)
        .take();
}

Bytes encode(const InstitutionRecord& record) {
    return MapWriter(record.licence)
        .list(Key::names, record.names)
        .list(Key::licensed, record.licensed)
        .list(Key::categories, record.categories)
        .list(Key::keys, record.keys)
        .list(Key::hosts, record.hosts)
        .list(Key::signers, record.signers)
        .list(Key::seals, record.seals)
        .list(Key::events, record.events)
        .text(Key::uscc, record.uscc)
        .take();
}

Bytes encode(const AppraiserRecord& record) {
    return MapWriter(record.licence)
        .list(Key::names, record.names)
        .list(Key::licensed, record.licensed)
        .list(Key::categories, record.categories)
        .list(Key::events, record.events)
        .list(Key::institutions, record.institutions)
        .take();
}

Result<AuthorityRecord> decode_authority(ByteView bytes) {
    return decode<AuthorityRecord>(bytes);
}
Result<InstitutionRecord> decode_institution(ByteView bytes) {
    return decode<InstitutionRecord>(bytes);
}
Result<AppraiserRecord> decode_appraiser(ByteView bytes) {
    return decode<AppraiserRecord>(bytes);
}

}  // namespace sjcode::trust
