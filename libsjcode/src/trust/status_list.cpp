#include "sjcode/status_list.h"

#include "base/civil_time.h"
#include "base/hex.h"
#include "base/try.h"
#include "code/cbor.h"
#include "code/cwt.h"

#include <algorithm>
#include <array>
#include <limits>

namespace sjcode {
namespace {

constexpr std::string_view token_type = "application/statuslist+cwt";

constexpr std::string_view subject_prefix = "sjcode:status:";

// Keys of claims: RFC 8392 and the draft, 5.2.
constexpr std::uint64_t subject_claim = 2;
constexpr std::uint64_t expires_claim = 4;
constexpr std::uint64_t issued_claim = 6;
constexpr std::uint64_t list_claim = 65'533;
constexpr std::uint64_t time_to_live_claim = 65'534;

constexpr UnixTime clock_tolerance = 300;          // seconds by which a list may be ahead of our clock
constexpr UnixTime latest_time = 253'402'300'799;  // 9999-12-31T23:59:59Z

struct StatusName {
    CodeStatus status;
    std::string_view name;
};
constexpr std::array<StatusName, 6> names{{{CodeStatus::valid, "valid"},
                                           {CodeStatus::revoked, "revoked"},
                                           {CodeStatus::suspended, "suspended"},
                                           {CodeStatus::superseded, "superseded"},
                                           {CodeStatus::withdrawn, "withdrawn"},
                                           {CodeStatus::reappraised, "reappraised"}}};

Unexpected wrong_claim(std::string_view claim) {
    return fail("status-list.claim", {{"claim", std::string(claim)}});
}

bool is_time(UnixTime time) noexcept {
    return time >= 0 && time <= latest_time;
}

/// A claim's time: whole seconds. The standard allows fractions too; nobody needs them here.
std::optional<UnixTime> read_time(cbor::Reader& reader) noexcept {
    const auto value = reader.integer();
    if (!value || !is_time(*value)) return std::nullopt;
    return *value;
}

/// {"bits": 4, "lst": bytes}, in any order, perhaps with more.
Result<StatusArray> read_list(cbor::Reader& reader) {
    const auto pairs = reader.map();
    if (!pairs) return wrong_claim("status_list");
    std::optional<std::uint64_t> bits;
    std::optional<ByteView> packed;
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = reader.text_string();
        if (key == "bits") {
            bits = reader.unsigned_integer();
            if (!bits) return wrong_claim("bits");
        } else if (key == "lst") {
            packed = reader.byte_string();
            if (!packed) return wrong_claim("lst");
        } else {
            if (!key) reader.item();
            reader.item();
        }
    }
    if (!bits) return wrong_claim("bits");
    if (!packed) return wrong_claim("lst");
    return StatusArray::decompress(static_cast<unsigned>(std::min<std::uint64_t>(*bits, 9)), *packed);
}

struct Payload {
    StatusListClaims claims;
    StatusArray statuses;
};

Result<Payload> read_payload(ByteView bytes) {
    SJCODE_TRY(auto reader, cbor::open(bytes, RawStatusList::most_bytes, cbor::KeyOrder::any));
    const auto pairs = reader.map();
    if (!pairs) return wrong_claim("sub");
    StatusListClaims claims;
    std::optional<UnixTime> issued;
    std::optional<StatusArray> statuses;
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = reader.unsigned_integer();
        if (!key) reader.item();  // a private claim
        if (key == subject_claim) {
            const auto text = reader.text_string();
            if (!text || text->empty()) return wrong_claim("sub");
            claims.subject = *text;
        } else if (key == issued_claim) {
            issued = read_time(reader);
            if (!issued) return wrong_claim("iat");
        } else if (key == expires_claim) {
            claims.expires = read_time(reader);
            if (!claims.expires) return wrong_claim("exp");
        } else if (key == time_to_live_claim) {
            claims.time_to_live = reader.unsigned_integer();
            if (!claims.time_to_live || *claims.time_to_live == 0) return wrong_claim("ttl");
        } else if (key == list_claim) {
            SJCODE_TRY(auto list, read_list(reader));
            statuses = std::move(list);
        } else {
            reader.item();
        }
    }
    if (claims.subject.empty()) return wrong_claim("sub");
    if (!issued) return wrong_claim("iat");
    if (!statuses) return wrong_claim("status_list");
    claims.issued = *issued;
    return Payload{std::move(claims), *std::move(statuses)};
}

}  // namespace

std::string_view name(CodeStatus status) noexcept {
    for (const auto& entry : names)
        if (entry.status == status) return entry.name;
    return {};
}

std::optional<CodeStatus> code_status(std::string_view name) noexcept {
    for (const auto& entry : names)
        if (entry.name == name) return entry.status;
    return std::nullopt;
}

std::optional<CodeStatus> code_status_of(std::uint8_t value) noexcept {
    for (const auto& entry : names)
        if (static_cast<std::uint8_t>(entry.status) == value) return entry.status;
    return std::nullopt;
}

std::string status_list_subject(std::string_view licence) {
    constexpr std::string_view hexadecimal = "0123456789ABCDEF";
    std::string subject(subject_prefix);
    for (const char c : licence) {
        const bool unreserved = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                std::string_view("-._~").find(c) != std::string_view::npos;
        if (unreserved) {
            subject += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        subject += '%';
        subject += hexadecimal[byte >> 4];
        subject += hexadecimal[byte & 15];
    }
    return subject;
}

std::optional<std::string> licence_of_subject(std::string_view subject) {
    if (!subject.starts_with(subject_prefix)) return std::nullopt;
    std::string licence;
    const auto rest = subject.substr(subject_prefix.size());
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] != '%') {
            licence += rest[i];
            continue;
        }
        const auto byte = from_hex(rest.substr(i + 1, 2));
        if (!byte || byte->size() != 1) return std::nullopt;
        licence += static_cast<char>(byte->front());
        i += 2;
    }
    // Only the one form that status_list_subject() writes.
    if (licence.empty() || status_list_subject(licence) != subject) return std::nullopt;
    return licence;
}

Result<RawStatusList> RawStatusList::decode(ByteView cwt) {
    SJCODE_TRY(const auto token, cwt::decode(cwt, most_bytes, token_type));
    SJCODE_TRY(auto payload, read_payload(token.payload));
    return RawStatusList(token.algorithm, std::move(payload.claims), std::move(payload.statuses),
                         cwt::signed_bytes(token.protected_header, token.payload),
                         Bytes(token.signature.begin(), token.signature.end()));
}

Result<VerifiedStatusList> VerifiedStatusList::verify(RawStatusList raw, std::string_view subject,
                                                      std::span<const PublicKey> keys) {
    if (raw.claims_.subject != subject) return fail("status-list.subject", {{"subject", raw.claims_.subject}});
    for (const auto& key : keys)
        if (key.algorithm() == raw.algorithm_ && key.verify(raw.message_, raw.signature_))
            return VerifiedStatusList(std::move(raw.claims_), std::move(raw.statuses_), key);
    return fail("status-list.signature");
}

StatusListAge VerifiedStatusList::age(UnixTime now) const noexcept {
    if (claims_.issued > now && claims_.issued - now > clock_tolerance) return StatusListAge::future;
    if (claims_.expires && now >= *claims_.expires) return StatusListAge::expired;
    if (claims_.time_to_live && now > claims_.issued &&
        static_cast<std::uint64_t>(now - claims_.issued) > *claims_.time_to_live)
        return StatusListAge::refresh_due;
    return StatusListAge::current;
}

Result<void> may_replace(const VerifiedStatusList& held, const VerifiedStatusList& offered) {
    if (offered.claims().subject != held.claims().subject)
        return fail("status-list.subject", {{"subject", offered.claims().subject}});
    const bool same = offered.claims() == held.claims() && offered.statuses() == held.statuses();
    if (same) return {};
    if (offered.claims().issued <= held.claims().issued)
        return fail("status-list.older", {{"held", chinese_time_text(held.claims().issued)},
                                          {"offered", chinese_time_text(offered.claims().issued)}});
    if (offered.statuses().size() < held.statuses().size()) return fail("status-list.shorter");
    return {};
}

Result<Bytes> sign_status_list(const StatusListClaims& claims, const StatusArray& statuses, const Signer& signer) {
    if (claims.subject.empty()) return wrong_claim("sub");
    if (!is_time(claims.issued)) return wrong_claim("iat");
    if (claims.expires && (!is_time(*claims.expires) || *claims.expires <= claims.issued)) return wrong_claim("exp");
    if (claims.time_to_live == 0) return wrong_claim("ttl");
    SJCODE_TRY(const auto packed, statuses.compress());
    cbor::Writer payload;
    // Deterministic order (RFC 8949, 4.2.1): by the encoded keys.
    payload.map(3 + (claims.expires ? 1U : 0U) + (claims.time_to_live ? 1U : 0U));
    payload.unsigned_integer(subject_claim).text_string(claims.subject);
    if (claims.expires) payload.unsigned_integer(expires_claim).integer(*claims.expires);
    payload.unsigned_integer(issued_claim).integer(claims.issued);
    payload.unsigned_integer(list_claim).map(2);
    payload.text_string("lst").byte_string(packed).text_string("bits").unsigned_integer(statuses.bits());
    if (claims.time_to_live) payload.unsigned_integer(time_to_live_claim).unsigned_integer(*claims.time_to_live);
    SJCODE_TRY(auto token, cwt::sign(payload.bytes(), token_type, signer));
    // What a reader would refuse is never given out.
    SJCODE_CHECK(RawStatusList::decode(token));
    return token;
}

}  // namespace sjcode
