// The record: every fact about a report as salted entries under one digest. docs/code-format.md, section 5.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/code_number.h"
#include "sjcode/digest.h"
#include "sjcode/environment.h"
#include "sjcode/report_code.h"
#include "sjcode/result.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

/// Keys of the fixed entries; key k stands at index k − 1.
enum class RecordKey : std::uint32_t {
    original = 1,
    institution = 2,
    appraisers = 3,
    categories = 4,
    matter = 5,
    commissioner = 6,
    accepted = 7,
    opinion = 8,
    case_code = 9,
    copies = 10,
    use = 11,
    text = 12,
};

/// "opinion" and the like, as the command line and JSON name an entry; nothing for an unknown name.
std::optional<RecordKey> record_key(std::string_view name) noexcept;
std::string_view name(RecordKey key) noexcept;

struct Appraiser {
    std::string name;
    std::string licence;  ///< 执业证号
    friend bool operator==(const Appraiser&, const Appraiser&) = default;
};

enum class CommissionerKind : std::uint8_t { court, organ, organisation, person, joint };
std::string_view name(CommissionerKind kind) noexcept;
std::optional<CommissionerKind> commissioner_kind(std::string_view name) noexcept;

struct Commissioner {
    CommissionerKind kind;
    std::string name;  ///< masked where it is a person
    friend bool operator==(const Commissioner&, const Commissioner&) = default;
};

/// What made the page entries, e.g. {"poppler", "22.12.0"}.
struct TextExtractor {
    std::string name;
    std::string version;
    friend bool operator==(const TextExtractor&, const TextExtractor&) = default;
};

/// The values of a record.
struct RecordValues {
    Digest original{};                  ///< digest of the whole PDF before stamping
    std::uint64_t original_length = 0;  ///< its length in bytes
    std::string institution;
    std::string short_name;
    std::vector<Appraiser> appraisers;      ///< at least two
    std::vector<std::uint32_t> categories;  ///< at least one
    std::optional<std::string> matter{};
    std::optional<Commissioner> commissioner{};
    UnixTime accepted = 0;  ///< 00:00+08:00 of the day of acceptance
    std::string opinion;
    std::optional<Bytes> case_code{};
    std::optional<std::uint64_t> copies{};
    std::optional<std::string> use{};
    std::optional<TextExtractor> text{};
    std::map<std::uint32_t, Bytes> extensions{};  ///< key (64…999) → deterministic CBOR of the value
    std::vector<std::optional<Digest>> pages{};   ///< one a page; nothing for a page without text

    friend bool operator==(const RecordValues&, const RecordValues&) = default;
};

/// A record: its values, its bytes, its digest.
class Record {
public:
    /// Salts every entry anew. Errors: "record.value" ({field}), "record.size", "crypto.random".
    static Result<Record> make(const RecordValues& values, DigestAlgorithm algorithm, const RandomSource& random);
    /// Checks its form; whose record it is, matches() says. Errors: "cbor.*", "record.structure", "record.salt",
    /// "record.key" (a key of no meaning, or out of place), "record.null" and "record.value" ({field}).
    static Result<Record> decode(ByteView encoded, DigestAlgorithm algorithm);

    [[nodiscard]] const RecordValues& values() const noexcept { return values_; }
    /// Deterministic CBOR of the whole record.
    [[nodiscard]] const Bytes& encoded() const noexcept { return encoded_; }
    [[nodiscard]] std::uint32_t entries() const noexcept { return static_cast<std::uint32_t>(entry_spans_.size()); }
    /// Deterministic CBOR of entry `index`; empty from entries() on.
    [[nodiscard]] ByteView entry(std::uint32_t index) const noexcept;
    [[nodiscard]] const Digest& digest() const noexcept { return digest_; }
    [[nodiscard]] DigestAlgorithm algorithm() const noexcept { return algorithm_; }
    /// RFC 9162 inclusion path of entry `index`; empty from entries() on.
    [[nodiscard]] std::vector<Digest> path(std::uint32_t index) const;
    /// Index of the entry for a key; pages by page_index().
    [[nodiscard]] static std::uint32_t index_of(RecordKey key) noexcept { return static_cast<std::uint32_t>(key) - 1; }
    /// Index of the entry of a page, from 1; entries() where there is no such page.
    [[nodiscard]] std::uint32_t page_index(std::uint32_t page) const noexcept;

    /// That this is the record of these claims: entry and page counts, digest, claim 8 (unless 0) among entry 4, and
    /// claim 4 in parts exactly where it can be (section 4).
    /// Errors: "record.entries", "record.pages", "record.digest", "record.category", "claims.number".
    Result<void> matches(const Claims& claims) const;

private:
    /// Where an entry stands in the record's bytes.
    struct Span {
        std::size_t offset;
        std::size_t size;
    };

    Record() = default;
    DigestAlgorithm algorithm_{};
    RecordValues values_;
    Bytes encoded_;
    std::vector<Span> entry_spans_;
    std::vector<Digest> leaves_;
    Digest digest_{};
};

/// H(0x02 ‖ uint32be(page) ‖ text) over the text without White_Space, Cc and Cf characters, in NFC; nothing where no
/// text is left. `page` counts from 1. Error: "text.utf8".
Result<std::optional<Digest>> page_digest(DigestAlgorithm algorithm, std::uint32_t page, std::string_view text);

/// One entry of a record with its proof: what an entry symbol carries (section 7).
class Disclosure {
public:
    /// Entry `index` of the record of the report (issuer, code). An index from entries() on gives a disclosure that
    /// verifies nowhere.
    static Disclosure make(const Record& record, const std::string& issuer, const CodeNumber& code,
                           std::uint32_t index);
    /// Errors: "cbor.*", "disclosure.structure", "disclosure.index", "disclosure.path", "number.*" and "record.*".
    static Result<Disclosure> decode(ByteView encoded);

    [[nodiscard]] Bytes encode() const;

    /// That the entry belongs to the report with these claims. By itself a disclosure proves nothing.
    /// Errors: "disclosure.code", "disclosure.entries", "disclosure.index", "disclosure.path", "disclosure.digest".
    Result<void> verify(const VerifiedReportCode& code) const;

    [[nodiscard]] const std::string& issuer() const noexcept { return issuer_; }
    [[nodiscard]] const CodeNumber& code() const noexcept { return code_; }
    [[nodiscard]] std::uint32_t index() const noexcept { return index_; }
    [[nodiscard]] std::uint32_t key() const noexcept { return key_; }
    /// Deterministic CBOR of the entry, `[salt, key, value]`.
    [[nodiscard]] const Bytes& entry() const noexcept { return entry_; }
    /// "opinion", "page 3", … for JSON and messages.
    [[nodiscard]] std::string entry_name() const;
    /// The value as a text for a person, in Chinese where words are needed; digests as hexadecimal digits.
    [[nodiscard]] std::string value_text() const;

private:
    Disclosure(std::string issuer, CodeNumber code) : issuer_(std::move(issuer)), code_(std::move(code)) {}
    std::string issuer_;
    CodeNumber code_;
    std::uint32_t index_ = 0;
    std::uint32_t entries_ = 0;
    std::uint32_t key_ = 0;
    Bytes entry_;
    std::vector<Digest> path_;
};

}  // namespace sjcode
