#include "base/civil_time.h"
#include "base/try.h"
#include "code/cbor.h"
#include "code/merkle.h"
#include "code/record_entry.h"
#include "sjcode/category.h"
#include "sjcode/messages.h"
#include "sjcode/record.h"

#include <algorithm>

namespace sjcode {
namespace {

using namespace record;

constexpr std::uint64_t members = 6;
constexpr std::size_t code_number_size = 12;

/// Whether an entry of this key may stand at this index of a record with so many pages (section 5).
bool fits(std::uint32_t key, std::uint32_t index, std::uint32_t entries, std::uint32_t pages) noexcept {
    if (is_fixed(key)) return index == key - 1;
    if (is_page(key)) return key - page_base <= pages && index == entries - pages + (key - page_base) - 1;
    return index >= fixed_entries && index < entries - pages;
}

std::string chinese_day_text(UnixTime time) {
    const auto day = chinese_day(time);
    return std::to_string(day.year) + "年" + std::to_string(day.month) + "月" + std::to_string(day.day) + "日";
}

std::string words(std::string_view code, const Parameters& parameters = {}) {
    return sentence(code, parameters, Language::zh);
}

std::string appraisers_text(const std::vector<Appraiser>& appraisers) {
    std::string text;
    for (const auto& appraiser : appraisers) {
        if (!text.empty()) text += "、";
        text += words("record-value.named", {{"name", appraiser.name}, {"number", appraiser.licence}});
    }
    return text;
}

std::string categories_text(const std::vector<std::uint32_t>& numbers) {
    std::string text;
    for (const auto number : numbers) {
        if (!text.empty()) text += "、";
        const auto category = Category::from_number(number);
        if (!category) {
            text += std::to_string(number);
            continue;
        }
        text += category->code();
        if (const auto name = category->name()) text += " " + *name;
    }
    return text;
}

std::string fixed_text(RecordKey key, const RecordValues& values) {
    switch (key) {
        case RecordKey::original:
            return words("record-value.original",
                         {{"digest", to_hex(values.original)}, {"length", std::to_string(values.original_length)}});
        case RecordKey::institution:
            return words("record-value.named", {{"name", values.institution}, {"number", values.short_name}});
        case RecordKey::appraisers:
            return appraisers_text(values.appraisers);
        case RecordKey::categories:
            return categories_text(values.categories);
        case RecordKey::matter:
            return values.matter.value_or(words("record-value.absent"));
        case RecordKey::commissioner:
            if (!values.commissioner) break;
            return words("record-value.commissioner." + std::string(name(values.commissioner->kind)),
                         {{"name", values.commissioner->name}});
        case RecordKey::accepted:
            return chinese_day_text(values.accepted);
        case RecordKey::opinion:
            return values.opinion;
        case RecordKey::case_code:
            if (!values.case_code) break;
            return to_hex(*values.case_code);
        case RecordKey::copies:
            if (!values.copies) break;
            return words("record-value.copies", {{"count", std::to_string(*values.copies)}});
        case RecordKey::use:
            return values.use.value_or(words("record-value.absent"));
        case RecordKey::text:
            if (!values.text) break;
            return values.text->name + " " + values.text->version;
    }
    return words("record-value.absent");
}

}  // namespace

Disclosure Disclosure::make(const Record& record, const std::string& issuer, const CodeNumber& code,
                            std::uint32_t index) {
    Disclosure made(issuer, code);
    made.index_ = index;
    made.entries_ = record.entries();
    const auto entry = record.entry(index);
    made.entry_.assign(entry.begin(), entry.end());
    made.path_ = record.path(index);
    auto reader = cbor::reader_of(made.entry_);
    RecordValues ignored;
    made.key_ = read_entry(reader, ignored).value_or(0U);
    return made;
}

Result<Disclosure> Disclosure::decode(ByteView encoded) {
    SJCODE_TRY(auto reader, cbor::open(encoded, cbor::code_limit));
    if (reader.array() != members) return fail("disclosure.structure");
    const auto issuer = reader.text_string();
    const auto code_bytes = reader.byte_string();
    const auto index = reader.unsigned_integer();
    const auto entries = reader.unsigned_integer();
    if (!issuer || !code_bytes || code_bytes->size() != code_number_size || !index || !entries ||
        reader.type() != cbor::Type::array)
        return fail("disclosure.structure");
    const auto entry = reader.item();
    const auto path_size = reader.array();
    if (!path_size) return fail("disclosure.structure");
    std::vector<Digest> path;
    for (std::uint64_t i = 0; i < *path_size; ++i) {
        Digest sibling;
        const auto bytes = reader.byte_string();
        if (!bytes || bytes->size() != sibling.size()) return fail("disclosure.structure");
        std::copy(bytes->begin(), bytes->end(), sibling.begin());
        path.push_back(sibling);
    }
    SJCODE_TRY(auto code, CodeNumber::from_bytes(*code_bytes));
    Disclosure disclosure(std::string(*issuer), std::move(code));
    auto entry_reader = cbor::reader_of(entry);
    RecordValues ignored;
    SJCODE_TRY(disclosure.key_, read_entry(entry_reader, ignored));
    if (*entries > 0xFFFF'FFFF || *index >= *entries) return fail("disclosure.index");
    disclosure.index_ = static_cast<std::uint32_t>(*index);
    disclosure.entries_ = static_cast<std::uint32_t>(*entries);
    disclosure.entry_.assign(entry.begin(), entry.end());
    disclosure.path_ = std::move(path);
    return disclosure;
}

Bytes Disclosure::encode() const {
    cbor::Writer writer;
    writer.array(members).text_string(issuer_).byte_string(code_.to_bytes());
    writer.unsigned_integer(index_).unsigned_integer(entries_).item(entry_).array(path_.size());
    for (const auto& sibling : path_) writer.byte_string(sibling);
    return writer.take();
}

Result<void> Disclosure::verify(const VerifiedReportCode& code) const {
    const auto& claims = code.claims();
    if (issuer_ != claims.issuer || code_ != claims.code) return fail("disclosure.code");
    if (entries_ != claims.entries) return fail("disclosure.entries");
    if (index_ >= entries_ || !fits(key_, index_, entries_, claims.pages)) return fail("disclosure.index");
    const auto algorithm = digest_of(code.algorithm());
    const auto root =
        merkle::root_from_path(algorithm, merkle::leaf_digest(algorithm, entry_), index_, entries_, path_);
    if (!root) return fail("disclosure.path");
    if (*root != claims.record) return fail("disclosure.digest");
    return {};
}

std::string Disclosure::entry_name() const {
    return record::entry_name(key_);
}

std::string Disclosure::value_text() const {
    auto reader = cbor::reader_of(entry_);
    RecordValues values;
    if (!read_entry(reader, values)) return words("record-value.absent");
    if (is_fixed(key_)) return fixed_text(static_cast<RecordKey>(key_), values);
    if (is_page(key_)) {
        const auto& digest = values.pages.front();
        return digest ? to_hex(*digest) : words("record-value.absent");
    }
    return to_hex(values.extensions.at(key_));
}

}  // namespace sjcode
