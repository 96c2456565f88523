#include "code/claims.h"

#include "base/try.h"
#include "code/cbor.h"
#include "code/report_number_form.h"
#include "sjcode/report_number.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sjcode {
namespace {

enum class Claim : std::uint8_t {
    issuer = 1,
    issued,
    code,
    number,
    record,
    entries,
    pages,
    category,
    status,
    kind,
    prior
};
constexpr std::size_t last_claim = static_cast<std::size_t>(Claim::prior);
constexpr std::size_t last_required_claim = static_cast<std::size_t>(Claim::status);
constexpr std::uint64_t first_ignored_key = 24;
constexpr std::uint32_t fixed_entries = 12;  // keys 1–12 of the record, before its pages

constexpr std::array<const char*, last_claim + 1> names{"",        "issuer", "issued",   "code",   "number", "record",
                                                        "entries", "pages",  "category", "status", "kind",   "prior"};

Unexpected fault(std::string code, Claim claim) {
    return fail(std::move(code), {{"claim", names[static_cast<std::size_t>(claim)]}});
}

/// The encoded value of each claim; empty where it is missing.
using EncodedClaims = std::array<ByteView, last_claim + 1>;

Result<EncodedClaims> collect(ByteView payload) {
    SJCODE_TRY(auto reader, cbor::open(payload, cbor::code_limit));
    const auto pairs = reader.map();
    if (!pairs) return fail("claims.type", {{"claim", "map"}});
    EncodedClaims found{};
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = reader.unsigned_integer();
        if (!key) return fail("claims.type", {{"claim", "key"}});
        const auto value = reader.item();
        if (*key >= first_ignored_key) continue;
        if (*key == 0 || *key > last_claim) return fail("claims.newer-format", {{"key", std::to_string(*key)}});
        found[static_cast<std::size_t>(*key)] = value;
    }
    for (std::size_t i = 1; i <= last_required_claim; ++i)
        if (found[i].empty()) return fault("claims.missing", static_cast<Claim>(i));
    return found;
}

class ClaimReader {
public:
    explicit ClaimReader(const EncodedClaims& claims) noexcept : claims_(claims) {}

    [[nodiscard]] bool has(Claim claim) const noexcept { return !claims_[static_cast<std::size_t>(claim)].empty(); }
    [[nodiscard]] cbor::Reader value(Claim claim) const noexcept {
        return cbor::reader_of(claims_[static_cast<std::size_t>(claim)]);
    }
    /// An unsigned integer of at most `most`.
    [[nodiscard]] Result<std::uint64_t> number(Claim claim, std::uint64_t most) const {
        const auto read = value(claim).unsigned_integer();
        if (!read) return fault("claims.type", claim);
        if (*read > most) return fault("claims.value", claim);
        return *read;
    }
    [[nodiscard]] Result<std::uint32_t> small_number(Claim claim) const {
        SJCODE_TRY(const auto read, number(claim, std::numeric_limits<std::uint32_t>::max()));
        return static_cast<std::uint32_t>(read);
    }
    [[nodiscard]] Result<ByteView> bytes(Claim claim, std::size_t size) const {
        const auto read = value(claim).byte_string();
        if (!read || read->size() != size) return fault("claims.type", claim);
        return *read;
    }

private:
    const EncodedClaims& claims_;
};

constexpr std::size_t code_number_size = 12;

bool is_canonical(std::string_view text) {
    const auto number = ReportNumber::parse(text);
    return number && number->canonical() == text;
}

Result<std::variant<ShortReportNumber, std::string>> read_report_number(const ClaimReader& claims) {
    auto value = claims.value(Claim::number);
    if (const auto text = value.text_string()) return std::string(*text);
    if (value.array() != 3) return fault("claims.type", Claim::number);
    const auto year = value.unsigned_integer();
    const auto middle = value.text_string();
    const auto serial = value.unsigned_integer();
    if (!year || !middle || !serial) return fault("claims.type", Claim::number);
    if (*year < first_report_year || *year > last_report_year) return fault("claims.number", Claim::number);
    return ShortReportNumber{static_cast<std::uint32_t>(*year), std::string(*middle), *serial};
}

Result<std::optional<PriorReport>> read_prior(const ClaimReader& claims) {
    if (!claims.has(Claim::prior)) return std::optional<PriorReport>();
    if (const auto text = claims.value(Claim::prior).text_string()) {
        if (!is_canonical(*text)) return fault("claims.number", Claim::prior);
        return std::optional<PriorReport>(std::string(*text));
    }
    SJCODE_TRY(const auto bytes, claims.bytes(Claim::prior, code_number_size));
    SJCODE_TRY(auto code, CodeNumber::from_bytes(bytes));
    return std::optional<PriorReport>(std::move(code));
}

/// What the types do not say.
Result<void> check_values(const Claims& claims) {
    if (claims.issuer.empty()) return fault("claims.value", Claim::issuer);
    if (claims.pages < 1) return fault("claims.value", Claim::pages);
    if (claims.entries < fixed_entries || claims.entries - fixed_entries < claims.pages)
        return fault("claims.value", Claim::entries);
    const auto* parts = std::get_if<ShortReportNumber>(&claims.number);
    const bool good =
        parts != nullptr ? is_report_number_middle(parts->middle) : is_canonical(std::get<std::string>(claims.number));
    if (!good) return fault("claims.number", Claim::number);
    // A kind without the report that it is about says nothing, and the other way round; kind 0 is never written.
    if ((claims.kind == ReportKind::report) == claims.prior.has_value()) return fault("claims.kind", Claim::prior);
    return {};
}

}  // namespace

Result<Claims> decode_claims(ByteView payload) {
    SJCODE_TRY(const auto encoded, collect(payload));
    const ClaimReader reader(encoded);
    const auto issuer = reader.value(Claim::issuer).text_string();
    if (!issuer) return fault("claims.type", Claim::issuer);
    SJCODE_TRY(const auto issued, reader.number(Claim::issued, std::numeric_limits<UnixTime>::max()));
    SJCODE_TRY(const auto code_bytes, reader.bytes(Claim::code, code_number_size));
    SJCODE_TRY(auto number, read_report_number(reader));
    Digest record;
    SJCODE_TRY(const auto record_bytes, reader.bytes(Claim::record, record.size()));
    std::copy(record_bytes.begin(), record_bytes.end(), record.begin());
    SJCODE_TRY(const auto entries, reader.small_number(Claim::entries));
    SJCODE_TRY(const auto pages, reader.small_number(Claim::pages));
    SJCODE_TRY(const auto category, reader.small_number(Claim::category));
    SJCODE_TRY(const auto status, reader.number(Claim::status, std::numeric_limits<std::uint64_t>::max()));
    auto kind = ReportKind::report;
    if (reader.has(Claim::kind)) {
        SJCODE_TRY(const auto value, reader.number(Claim::kind, std::numeric_limits<std::uint64_t>::max()));
        if (value < 1 || value > static_cast<std::uint64_t>(ReportKind::reappraisal))
            return fault("claims.kind", Claim::kind);
        kind = static_cast<ReportKind>(value);
    }
    SJCODE_TRY(auto code, CodeNumber::from_bytes(code_bytes));
    SJCODE_TRY(auto prior, read_prior(reader));
    Claims claims{std::string(*issuer),
                  static_cast<UnixTime>(issued),
                  std::move(code),
                  std::move(number),
                  record,
                  entries,
                  pages,
                  category,
                  status,
                  kind,
                  std::move(prior)};
    SJCODE_CHECK(check_values(claims));
    return claims;
}

Bytes encode_claims(const Claims& claims) {
    const bool has_kind = claims.kind != ReportKind::report;
    cbor::Writer writer;
    const auto key = [&](Claim claim) -> cbor::Writer& {
        return writer.unsigned_integer(static_cast<std::uint64_t>(claim));
    };
    writer.map(last_required_claim + (has_kind ? 1U : 0U) + (claims.prior ? 1U : 0U));
    key(Claim::issuer).text_string(claims.issuer);
    key(Claim::issued).integer(claims.issued);
    key(Claim::code).byte_string(claims.code.to_bytes());
    key(Claim::number);
    if (const auto* parts = std::get_if<ShortReportNumber>(&claims.number))
        writer.array(3).unsigned_integer(parts->year).text_string(parts->middle).unsigned_integer(parts->serial);
    else
        writer.text_string(std::get<std::string>(claims.number));
    key(Claim::record).byte_string(claims.record);
    key(Claim::entries).unsigned_integer(claims.entries);
    key(Claim::pages).unsigned_integer(claims.pages);
    key(Claim::category).unsigned_integer(claims.category);
    key(Claim::status).unsigned_integer(claims.status);
    if (has_kind) key(Claim::kind).unsigned_integer(static_cast<std::uint64_t>(claims.kind));
    if (claims.prior) {
        key(Claim::prior);
        if (const auto* code = std::get_if<CodeNumber>(&*claims.prior))
            writer.byte_string(code->to_bytes());
        else
            writer.text_string(std::get<std::string>(*claims.prior));
    }
    return writer.take();
}

std::string Claims::report_number(const std::string& short_name) const {
    if (const auto* text = std::get_if<std::string>(&number)) return *text;
    const auto& parts = std::get<ShortReportNumber>(number);
    return short_name + "〔" + std::to_string(parts.year) + "〕" + parts.middle + "第" + std::to_string(parts.serial) +
           "号";
}

Result<void> check_report_number(const Claims& claims, std::string_view short_name) {
    const auto number = ReportNumber::parse(claims.report_number(std::string(short_name)));
    if (!number) return fault("claims.number", Claim::number);
    const bool can_be_short = number->parts() && number->parts()->prefix == short_name;
    if (can_be_short != std::holds_alternative<ShortReportNumber>(claims.number))
        return fault("claims.number", Claim::number);
    return {};
}

}  // namespace sjcode
