#include "sjcode/record.h"

#include "base/try.h"
#include "code/cbor.h"
#include "code/claims.h"
#include "code/merkle.h"
#include "code/record_entry.h"

#include <algorithm>

namespace sjcode {
namespace {

using namespace record;

Unexpected wrong_value(std::uint32_t key) {
    return fail("record.value", {{"field", entry_name(key)}});
}

/// That the key of entry `index` is the next one that may come after `previous` (0 before the first).
bool follows(std::uint32_t previous, std::uint32_t key) noexcept {
    if (previous < fixed_entries) return key == previous + 1;
    if (is_extension(key)) return previous <= last_extension && key > previous;
    return is_page(key) && key == (is_page(previous) ? previous + 1 : page_base + 1);
}

class RecordWriter {
public:
    RecordWriter(const RecordValues& values, const RandomSource& random) : values_(values), random_(random) {}

    Result<Bytes> write() {
        const auto entries = fixed_entries + values_.extensions.size() + values_.pages.size();
        // All at once: a call of the generator takes longer than what it is for.
        salts_.resize(entries * salt_size);
        SJCODE_CHECK(random_(salts_));
        writer_.array(entries);
        for (std::uint32_t key = 1; key <= fixed_entries; ++key) {
            cbor::Writer value;
            write_value(value, static_cast<RecordKey>(key), values_);
            SJCODE_CHECK(add_entry(key, value.bytes()));
        }
        for (const auto& [key, value] : values_.extensions) {
            if (!is_extension(key)) return wrong_value(key);
            SJCODE_CHECK(add_entry(key, value));
        }
        for (std::size_t i = 0; i < values_.pages.size(); ++i) {
            cbor::Writer value;
            values_.pages[i] ? value.byte_string(*values_.pages[i]) : value.null();
            SJCODE_CHECK(add_entry(page_base + 1 + static_cast<std::uint32_t>(i), value.bytes()));
        }
        return writer_.take();
    }

private:
    Result<void> add_entry(std::uint32_t key, ByteView value) {
        if (value.size() > cbor::record_limit) return fail("record.size");
        // Text that is no UTF-8, or an extension that is no single item and would change the meaning of what follows.
        if (!cbor::open(value, cbor::record_limit)) return wrong_value(key);
        const auto salt = ByteView(salts_).subspan(salted_ * salt_size, salt_size);
        ++salted_;
        writer_.array(3).byte_string(salt).unsigned_integer(key).item(value);
        return {};
    }

    const RecordValues& values_;
    const RandomSource& random_;
    Bytes salts_;
    std::size_t salted_ = 0;
    cbor::Writer writer_;
};

}  // namespace

Result<Record> Record::make(const RecordValues& values, DigestAlgorithm algorithm, const RandomSource& random) {
    // A report has at least one page; a page's entry takes at least its salt, so more cannot fit.
    if (values.pages.empty()) return fail("record.value", {{"field", "pages"}});
    if (values.pages.size() > cbor::record_limit / salt_size) return fail("record.size");
    SJCODE_TRY(const auto encoded, RecordWriter(values, random).write());
    if (encoded.size() > cbor::record_limit) return fail("record.size");
    // What a reader would refuse is never issued: the reader itself says so.
    return decode(encoded, algorithm);
}

Result<Record> Record::decode(ByteView encoded, DigestAlgorithm algorithm) {
    SJCODE_TRY(auto reader, cbor::open(encoded, cbor::record_limit));
    const auto entries = reader.array();
    if (!entries) return fail("record.structure");
    Record record;
    record.algorithm_ = algorithm;
    record.encoded_.assign(encoded.begin(), encoded.end());
    std::uint32_t previous = 0;
    bool in_order = true;
    std::size_t offset = encoded.size();
    // The head of the array takes what is left when all its items are taken away.
    for (auto items = reader; !items.at_end();) offset -= items.item().size();
    for (std::uint64_t i = 0; i < *entries; ++i) {
        const auto bytes = reader.item();
        auto entry = cbor::reader_of(bytes);
        SJCODE_TRY(const auto key, read_entry(entry, record.values_));
        in_order = in_order && follows(previous, key);
        previous = key;
        record.entry_spans_.push_back({offset, bytes.size()});
        record.leaves_.push_back(merkle::leaf_digest(algorithm, bytes));
        offset += bytes.size();
    }
    if (!in_order || *entries < fixed_entries) return fail("record.key");
    record.digest_ = merkle::root(algorithm, record.leaves_);
    return record;
}

ByteView Record::entry(std::uint32_t index) const noexcept {
    if (index >= entry_spans_.size()) return {};
    return ByteView(encoded_).subspan(entry_spans_[index].offset, entry_spans_[index].size);
}

std::vector<Digest> Record::path(std::uint32_t index) const {
    return merkle::inclusion_path(algorithm_, leaves_, index);
}

std::uint32_t Record::page_index(std::uint32_t page) const noexcept {
    if (page < 1 || page > values_.pages.size()) return entries();
    return entries() - static_cast<std::uint32_t>(values_.pages.size()) + page - 1;
}

Result<void> Record::matches(const Claims& claims) const {
    if (entries() != claims.entries) return fail("record.entries");
    if (values_.pages.size() != claims.pages) return fail("record.pages");
    if (digest_ != claims.record) return fail("record.digest");
    const auto& categories = values_.categories;
    if (claims.category != 0 && std::find(categories.begin(), categories.end(), claims.category) == categories.end())
        return fail("record.category");
    return check_report_number(claims, values_.short_name);
}

}  // namespace sjcode
