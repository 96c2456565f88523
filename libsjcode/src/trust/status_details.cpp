#include "sjcode/status_details.h"

#include "base/byte_reader.h"
#include "base/try.h"
#include "base/unicode.h"
#include "code/cbor.h"
#include "code/cose.h"
#include "crypto/authenticated_encryption.h"

#include <algorithm>
#include <array>

namespace sjcode {
namespace {

constexpr std::string_view context = "sjcode/status-details/1";
/// Entries are padded to a multiple of this, so that their length says little of the reason.
constexpr std::size_t padding = 256;
constexpr std::size_t longest_entry = 60'000;
constexpr std::size_t salt_size = 16;

constexpr std::uint64_t subject_key = 1;
constexpr std::uint64_t issued_key = 2;
constexpr std::uint64_t salt_key = 3;
constexpr std::uint64_t entries_key = 4;

Unexpected broken() {
    return fail("status-details.structure");
}
Unexpected wrong_entry(std::uint64_t index) {
    return fail("status-details.entry", {{"index", std::to_string(index)}});
}

Result<crypto::EncryptionKey> entry_key(const CodeNumber& code, ByteView salt) {
    return crypto::derive_key(code.to_bytes(), salt, context);
}

crypto::Nonce entry_nonce(std::uint64_t index) {
    crypto::Nonce nonce{};
    for (std::size_t i = 0; i < 8; ++i) nonce[nonce.size() - 1 - i] = static_cast<std::uint8_t>(index >> (8 * i));
    return nonce;
}

void write_change(cbor::Writer& writer, const StatusChange& change) {
    writer.array(4).integer(change.time).unsigned_integer(static_cast<std::uint8_t>(change.status));
    if (change.reason.empty())
        writer.null();
    else
        writer.text_string(change.reason);
    if (!change.successor)
        writer.null();
    else if (const auto* code = std::get_if<CodeNumber>(&*change.successor))
        writer.byte_string(code->to_bytes());
    else
        writer.text_string(std::get<std::string>(*change.successor));
}

Result<StatusChange> read_change(cbor::Reader& reader) {
    if (reader.array() != 4) return broken();
    StatusChange change;
    const auto time = reader.integer();
    const auto value = reader.unsigned_integer();
    if (!time || *time < 0 || !value || *value > 15) return broken();
    const auto status = code_status_of(static_cast<std::uint8_t>(*value));
    if (!status) return broken();
    change.time = *time;
    change.status = *status;
    if (!reader.null()) {
        const auto reason = reader.text_string();
        if (!reason || reason->empty()) return broken();
        change.reason = *reason;
    }
    if (reader.null()) return change;
    if (const auto bytes = reader.byte_string()) {
        const auto code = CodeNumber::from_bytes(*bytes);
        if (!code) return broken();
        change.successor = *code;
        return change;
    }
    const auto number = reader.text_string();
    if (!number || number->empty()) return broken();
    change.successor = std::string(*number);
    return change;
}

/// Two bytes of length, the changes, zeros.
Result<Bytes> encode_entry(const StatusDetailsEntry& entry) {
    if (entry.history.empty()) return wrong_entry(entry.index);
    cbor::Writer writer;
    writer.array(entry.history.size());
    UnixTime previous = 0;
    for (const auto& change : entry.history) {
        if (change.time < previous || !unicode::is_utf8(change.reason)) return wrong_entry(entry.index);
        previous = change.time;
        write_change(writer, change);
    }
    if (writer.bytes().size() > longest_entry) return wrong_entry(entry.index);
    Bytes plain;
    append_big_endian(plain, writer.bytes().size(), 2);
    append(plain, writer.bytes());
    plain.resize((plain.size() + padding - 1) / padding * padding);
    return plain;
}

Result<std::vector<StatusChange>> decode_entry(ByteView plain) {
    ByteReader bytes(plain);
    const auto size = bytes.big_endian(2);
    const auto content = size ? bytes.take(*size) : std::nullopt;
    if (!content) return broken();
    const auto rest = bytes.take(bytes.remaining());
    if (std::any_of(rest->begin(), rest->end(), [](std::uint8_t byte) { return byte != 0; })) return broken();
    SJCODE_TRY(auto reader, cbor::open(*content, longest_entry));
    const auto count = reader.array();
    if (!count || *count == 0) return broken();
    std::vector<StatusChange> history;
    for (std::uint64_t i = 0; i < *count; ++i) {
        SJCODE_TRY(auto change, read_change(reader));
        if (!history.empty() && change.time < history.back().time) return broken();
        history.push_back(std::move(change));
    }
    return history;
}

}  // namespace

CodeStatus status_at(std::span<const StatusChange> history, UnixTime time) noexcept {
    auto status = CodeStatus::valid;
    for (const auto& change : history)
        if (change.time <= time) status = change.status;
    return status;
}

Result<RawStatusDetails> RawStatusDetails::decode(Bytes file) {
    RawStatusDetails raw;
    raw.file_ = std::move(file);
    SJCODE_TRY(const auto parts, cose::decode(raw.file_, most_bytes));
    SJCODE_TRY(auto reader, cbor::open(parts.payload, most_bytes));
    if (reader.map() != 4 || reader.unsigned_integer() != subject_key) return broken();
    const auto subject = reader.text_string();
    if (!subject || subject->empty() || reader.unsigned_integer() != issued_key) return broken();
    const auto issued = reader.integer();
    if (!issued || *issued < 0 || reader.unsigned_integer() != salt_key) return broken();
    const auto salt = reader.byte_string();
    if (!salt || salt->size() != salt_size || reader.unsigned_integer() != entries_key) return broken();
    const auto count = reader.array();
    if (!count) return broken();
    for (std::uint64_t i = 0; i < *count; ++i) {
        if (reader.array() != 2) return broken();
        const auto index = reader.unsigned_integer();
        const auto sealed = reader.byte_string();
        if (!index || !sealed) return broken();
        if (!raw.entries_.empty() && *index <= raw.entries_.back().index) return broken();
        raw.entries_.push_back({*index, static_cast<std::size_t>(sealed->data() - raw.file_.data()), sealed->size()});
    }
    raw.algorithm_ = parts.algorithm;
    raw.subject_ = *subject;
    raw.issued_ = *issued;
    raw.salt_.assign(salt->begin(), salt->end());
    return raw;
}

Result<VerifiedStatusDetails> VerifiedStatusDetails::verify(RawStatusDetails raw, const VerifiedStatusList& list) {
    if (raw.subject_ != list.claims().subject || raw.issued_ != list.claims().issued)
        return fail("status-details.other-list");
    SJCODE_TRY(const auto parts, cose::decode(raw.file_, RawStatusDetails::most_bytes));
    const auto& key = list.signer();
    const bool good = key.algorithm() == parts.algorithm &&
                      key.verify(cose::signed_bytes(parts.algorithm, context, parts.payload), parts.signature);
    if (!good) return fail("status-details.signature");
    return VerifiedStatusDetails(std::move(raw));
}

Result<std::vector<StatusChange>> VerifiedStatusDetails::history(std::uint64_t index, const CodeNumber& code) const {
    const auto found = std::lower_bound(raw_.entries_.begin(), raw_.entries_.end(), index,
                                        [](const auto& entry, std::uint64_t wanted) { return entry.index < wanted; });
    if (found == raw_.entries_.end() || found->index != index) return std::vector<StatusChange>();
    SJCODE_TRY(const auto key, entry_key(code, raw_.salt_));
    const auto plain =
        crypto::decrypt(key, entry_nonce(index), ByteView(raw_.file_).subspan(found->offset, found->size));
    if (!plain) return fail("status-details.number");
    return decode_entry(*plain);
}

Result<Bytes> sign_status_details(const StatusListClaims& list, std::vector<StatusDetailsEntry> entries,
                                  const Signer& signer, const RandomSource& random) {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
    for (std::size_t i = 1; i < entries.size(); ++i)
        if (entries[i].index == entries[i - 1].index) return wrong_entry(entries[i].index);
    std::array<std::uint8_t, salt_size> salt{};
    SJCODE_CHECK(random(salt));
    cbor::Writer payload;
    payload.map(4).unsigned_integer(subject_key).text_string(list.subject);
    payload.unsigned_integer(issued_key).integer(list.issued).unsigned_integer(salt_key).byte_string(salt);
    payload.unsigned_integer(entries_key).array(entries.size());
    for (const auto& entry : entries) {
        SJCODE_TRY(const auto plain, encode_entry(entry));
        SJCODE_TRY(const auto key, entry_key(entry.code, salt));
        SJCODE_TRY(const auto sealed, crypto::encrypt(key, entry_nonce(entry.index), plain));
        payload.array(2).unsigned_integer(entry.index).byte_string(sealed);
    }
    const auto algorithm = signer.algorithm();
    SJCODE_TRY(const auto signature, signer.sign(cose::signed_bytes(algorithm, context, payload.bytes())));
    auto file = cose::encode({algorithm, payload.bytes(), signature});
    SJCODE_CHECK(RawStatusDetails::decode(file));
    return file;
}

}  // namespace sjcode
