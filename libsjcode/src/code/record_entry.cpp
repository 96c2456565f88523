#include "code/record_entry.h"

#include "base/try.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sjcode {
namespace {

using record::is_fixed;
using record::is_page;

constexpr std::array<std::string_view, record::fixed_entries> key_names{
    "original", "institution", "appraisers", "categories", "matter", "commissioner",
    "accepted", "opinion",     "case",       "copies",     "use",    "text"};
constexpr std::array<std::string_view, 5> kind_names{"court", "organ", "organisation", "person", "joint"};

constexpr std::size_t fewest_appraisers = 2;
constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t china_offset = 28'800;
constexpr std::uint64_t last_accepted = 253'402'185'600;  // 9999-12-31 00:00+08:00: dates have years of four digits

bool may_be_null(RecordKey key) noexcept {
    switch (key) {
        case RecordKey::matter:
        case RecordKey::commissioner:
        case RecordKey::case_code:
        case RecordKey::copies:
        case RecordKey::use:
        case RecordKey::text:
            return true;
        default:
            return false;
    }
}

/// A text with something in it: that there is none is said by null.
std::optional<std::string> text(cbor::Reader& reader) {
    const auto value = reader.text_string();
    if (!value || value->empty()) return std::nullopt;
    return std::string(*value);
}

struct TextPair {
    std::string first;
    std::string second;
};

std::optional<TextPair> text_pair(cbor::Reader& reader) {
    if (reader.array() != 2) return std::nullopt;
    auto first = text(reader);
    if (!first) return std::nullopt;
    auto second = text(reader);
    if (!second) return std::nullopt;
    return TextPair{*std::move(first), *std::move(second)};
}

std::optional<Digest> digest_value(cbor::Reader& reader) {
    Digest digest;
    const auto bytes = reader.byte_string();
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

bool read_original(cbor::Reader& reader, RecordValues& values) {
    if (reader.array() != 2) return false;
    const auto digest = digest_value(reader);
    const auto length = reader.unsigned_integer();
    if (!digest || !length || *length == 0) return false;
    values.original = *digest;
    values.original_length = *length;
    return true;
}

bool read_institution(cbor::Reader& reader, RecordValues& values) {
    auto pair = text_pair(reader);
    if (!pair) return false;
    values.institution = std::move(pair->first);
    values.short_name = std::move(pair->second);
    return true;
}

bool read_appraisers(cbor::Reader& reader, RecordValues& values) {
    const auto count = reader.array();
    if (!count || *count < fewest_appraisers) return false;
    for (std::uint64_t i = 0; i < *count; ++i) {
        auto pair = text_pair(reader);
        if (!pair) return false;
        values.appraisers.push_back({std::move(pair->first), std::move(pair->second)});
    }
    return true;
}

bool read_categories(cbor::Reader& reader, RecordValues& values) {
    const auto count = reader.array();
    if (!count || *count == 0) return false;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto category = reader.unsigned_integer();
        if (!category || *category > std::numeric_limits<std::uint32_t>::max()) return false;
        values.categories.push_back(static_cast<std::uint32_t>(*category));
    }
    return true;
}

bool read_commissioner(cbor::Reader& reader, RecordValues& values) {
    auto pair = text_pair(reader);
    const auto kind = pair ? commissioner_kind(pair->first) : std::nullopt;
    if (!kind) return false;
    values.commissioner = Commissioner{*kind, std::move(pair->second)};
    return true;
}

bool read_accepted(cbor::Reader& reader, RecordValues& values) {
    const auto time = reader.unsigned_integer();
    if (!time || *time > last_accepted) return false;
    values.accepted = static_cast<UnixTime>(*time);
    return (values.accepted + china_offset) % day_seconds == 0;
}

bool read_case(cbor::Reader& reader, RecordValues& values) {
    const auto bytes = reader.byte_string();
    if (!bytes || bytes->empty()) return false;
    values.case_code = Bytes(bytes->begin(), bytes->end());
    return true;
}

bool read_text_extractor(cbor::Reader& reader, RecordValues& values) {
    auto pair = text_pair(reader);
    if (!pair) return false;
    values.text = TextExtractor{std::move(pair->first), std::move(pair->second)};
    return true;
}

bool read_optional_text(cbor::Reader& reader, std::optional<std::string>& value) {
    value = text(reader);
    return value.has_value();
}

/// A fixed entry's value that is not null.
bool read_fixed(RecordKey key, cbor::Reader& reader, RecordValues& values) {
    switch (key) {
        case RecordKey::original:
            return read_original(reader, values);
        case RecordKey::institution:
            return read_institution(reader, values);
        case RecordKey::appraisers:
            return read_appraisers(reader, values);
        case RecordKey::categories:
            return read_categories(reader, values);
        case RecordKey::matter:
            return read_optional_text(reader, values.matter);
        case RecordKey::commissioner:
            return read_commissioner(reader, values);
        case RecordKey::accepted:
            return read_accepted(reader, values);
        case RecordKey::opinion: {
            auto opinion = text(reader);
            values.opinion = opinion.value_or("");
            return opinion.has_value();
        }
        case RecordKey::case_code:
            return read_case(reader, values);
        case RecordKey::copies:
            values.copies = reader.unsigned_integer();
            return values.copies.has_value();
        case RecordKey::use:
            return read_optional_text(reader, values.use);
        case RecordKey::text:
            return read_text_extractor(reader, values);
    }
    return false;
}

Unexpected fault(std::string code, std::uint32_t key) {
    return fail(std::move(code), {{"field", record::entry_name(key)}});
}

Result<void> read_value(std::uint32_t key, cbor::Reader value, RecordValues& values) {
    const bool is_null = value.type() == cbor::Type::null;
    if (is_fixed(key)) {
        const auto fixed = static_cast<RecordKey>(key);
        if (is_null && !may_be_null(fixed)) return fault("record.null", key);
        if (!is_null && !read_fixed(fixed, value, values)) return fault("record.value", key);
    } else if (is_page(key)) {
        const auto digest = is_null ? std::nullopt : digest_value(value);
        if (!is_null && !digest) return fault("record.value", key);
        values.pages.push_back(digest);
    } else {
        const auto bytes = value.item();
        values.extensions.insert_or_assign(key, Bytes(bytes.begin(), bytes.end()));
    }
    return {};
}

}  // namespace

std::optional<RecordKey> record_key(std::string_view name) noexcept {
    const auto* const found = std::find(key_names.begin(), key_names.end(), name);
    if (found == key_names.end()) return std::nullopt;
    return static_cast<RecordKey>(found - key_names.begin() + 1);
}

std::string_view name(RecordKey key) noexcept {
    return key_names[Record::index_of(key) % key_names.size()];
}

std::string_view name(CommissionerKind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind) % kind_names.size()];
}

std::optional<CommissionerKind> commissioner_kind(std::string_view name) noexcept {
    const auto* const found = std::find(kind_names.begin(), kind_names.end(), name);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<CommissionerKind>(found - kind_names.begin());
}

namespace record {

std::string entry_name(std::uint32_t key) {
    if (is_fixed(key)) return std::string(name(static_cast<RecordKey>(key)));
    if (is_page(key)) return "page " + std::to_string(key - page_base);
    return "extension " + std::to_string(key);
}

Result<std::uint32_t> read_entry(cbor::Reader& reader, RecordValues& values) {
    if (reader.array() != 3) return fail("record.structure");
    const auto salt = reader.byte_string();
    if (!salt || salt->size() != salt_size) return fail("record.salt");
    const auto read_key = reader.unsigned_integer();
    if (!read_key || !(is_fixed(*read_key) || is_extension(*read_key) || is_page(*read_key))) return fail("record.key");
    const auto key = static_cast<std::uint32_t>(*read_key);
    SJCODE_CHECK(read_value(key, cbor::reader_of(reader.item()), values));
    return key;
}

void write_value(cbor::Writer& writer, RecordKey key, const RecordValues& values) {
    const auto text_or_null = [&](const std::optional<std::string>& value) {
        value ? writer.text_string(*value) : writer.null();
    };
    switch (key) {
        case RecordKey::original:
            writer.array(2).byte_string(values.original).unsigned_integer(values.original_length);
            return;
        case RecordKey::institution:
            writer.array(2).text_string(values.institution).text_string(values.short_name);
            return;
        case RecordKey::appraisers:
            writer.array(values.appraisers.size());
            for (const auto& appraiser : values.appraisers)
                writer.array(2).text_string(appraiser.name).text_string(appraiser.licence);
            return;
        case RecordKey::categories:
            writer.array(values.categories.size());
            for (const auto category : values.categories) writer.unsigned_integer(category);
            return;
        case RecordKey::matter:
            return text_or_null(values.matter);
        case RecordKey::commissioner:
            if (!values.commissioner) break;
            writer.array(2).text_string(name(values.commissioner->kind)).text_string(values.commissioner->name);
            return;
        case RecordKey::accepted:
            writer.integer(values.accepted);
            return;
        case RecordKey::opinion:
            writer.text_string(values.opinion);
            return;
        case RecordKey::case_code:
            if (!values.case_code) break;
            writer.byte_string(*values.case_code);
            return;
        case RecordKey::copies:
            if (!values.copies) break;
            writer.unsigned_integer(*values.copies);
            return;
        case RecordKey::use:
            return text_or_null(values.use);
        case RecordKey::text:
            if (!values.text) break;
            writer.array(2).text_string(values.text->name).text_string(values.text->version);
            return;
    }
    writer.null();
}

}  // namespace record
}  // namespace sjcode
