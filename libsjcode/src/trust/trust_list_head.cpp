#include "trust/trust_list_head.h"

#include "base/byte_reader.h"
#include "base/hex.h"
#include "base/try.h"
#include "code/cbor.h"
#include "code/cose.h"

#include <algorithm>
#include <optional>

namespace sjcode::trust {
namespace {

enum class Key : std::uint64_t {
    id = 1,
    publisher = 2,
    regions = 3,
    number = 4,
    issued = 5,
    next_update = 6,
    root = 7,
    root_changes = 8,
    tables = 9,
};
constexpr std::uint64_t last_reserved_key = 23;
constexpr std::uint64_t last_time = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr std::uint64_t most_regions = 100;
constexpr std::size_t most_root_changes = 64;
constexpr std::uint64_t most_blocks = 4'000'000;

Unexpected malformed(std::string reason) {
    return fail("trust-list.format", {{"reason", std::move(reason)}});
}

std::optional<Digest> digest_value(cbor::Reader& reader) {
    Digest digest;
    const auto bytes = reader.byte_string();
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

bool read_text(cbor::Reader& reader, std::string& text) {
    const auto value = reader.text_string();
    if (!value || value->empty()) return false;
    text = *value;
    return true;
}

bool read_time(cbor::Reader& reader, UnixTime& time) {
    const auto value = reader.unsigned_integer();
    if (!value || *value > last_time) return false;
    time = static_cast<UnixTime>(*value);
    return true;
}

bool read_regions(cbor::Reader& reader, std::vector<std::string>& regions) {
    const auto count = reader.array();
    if (!count || *count == 0 || *count > most_regions) return false;
    for (std::uint64_t i = 0; i < *count; ++i)
        if (!read_text(reader, regions.emplace_back())) return false;
    return true;
}

bool read_root_changes(cbor::Reader& reader, std::vector<Bytes>& changes) {
    const auto count = reader.array();
    if (!count || *count == 0 || *count > most_root_changes) return false;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto change = reader.byte_string();
        if (!change) return false;
        changes.emplace_back(change->begin(), change->end());
    }
    return true;
}

bool read_table(cbor::Reader& reader, TableIndex& table, std::uint64_t& offset) {
    if (reader.array() != 2) return false;
    const auto records = reader.unsigned_integer();
    const auto count = reader.array();
    if (!records || !count || *count > most_blocks || (*records == 0) != (*count == 0)) return false;
    table.records = *records;
    for (std::uint64_t i = 0; i < *count; ++i) {
        if (reader.array() != 3) return false;
        BlockEntry block;
        if (!read_text(reader, block.first)) return false;
        const auto size = reader.unsigned_integer();
        const auto digest = digest_value(reader);
        if (!size || *size == 0 || *size > block_limit || !digest) return false;
        // Ascending, so that a search finds the one block in which an identifier must stand.
        if (!table.blocks.empty() && table.blocks.back().first >= block.first) return false;
        block.size = *size;
        block.digest = *digest;
        block.offset = offset;
        offset += block.size;
        table.blocks.push_back(std::move(block));
    }
    return true;
}

bool read_tables(cbor::Reader& reader, Head& head) {
    if (reader.array() != table_count) return false;
    return std::all_of(head.tables.begin(), head.tables.end(),
                       [&](TableIndex& table) { return read_table(reader, table, head.body_size); });
}

}  // namespace

bool answers_for(const TrustListInfo& info, std::string_view licence) {
    return info.regions.empty() || std::any_of(info.regions.begin(), info.regions.end(),
                                               [&](const auto& region) { return licence.starts_with(region); });
}

Bytes encode_payload(const Head& head) {
    const auto& info = head.info;
    const std::uint64_t pairs = 7 + (info.regions.empty() ? 0U : 1U) + (head.root_changes.empty() ? 0U : 1U);
    cbor::Writer to;
    to.map(pairs);
    const auto key = [&](Key which) -> cbor::Writer& { return to.unsigned_integer(static_cast<std::uint64_t>(which)); };
    key(Key::id).text_string(info.id);
    key(Key::publisher).text_string(info.publisher);
    if (!info.regions.empty()) {
        key(Key::regions).array(info.regions.size());
        for (const auto& region : info.regions) to.text_string(region);
    }
    key(Key::number).unsigned_integer(info.number);
    key(Key::issued).unsigned_integer(static_cast<std::uint64_t>(info.issued));
    key(Key::next_update).unsigned_integer(static_cast<std::uint64_t>(info.next_update));
    key(Key::root).byte_string(head.root.to_der());
    if (!head.root_changes.empty()) {
        key(Key::root_changes).array(head.root_changes.size());
        for (const auto& change : head.root_changes) to.byte_string(change);
    }
    key(Key::tables).array(table_count);
    for (const auto& table : head.tables) {
        to.array(2).unsigned_integer(table.records).array(table.blocks.size());
        for (const auto& block : table.blocks)
            to.array(3).text_string(block.first).unsigned_integer(block.size).byte_string(block.digest);
    }
    return to.take();
}

Result<Head> decode_payload(ByteView payload) {
    auto opened = cbor::open(payload, head_limit);
    if (!opened) return malformed(opened.error().code);
    auto& reader = *opened;
    TrustListInfo info;
    std::optional<PublicKey> root;
    std::optional<std::uint64_t> number;
    std::vector<Bytes> changes;
    std::optional<ByteView> tables;
    std::uint64_t seen = 0;
    const auto pairs = reader.map();
    if (!pairs) return malformed("cose.structure");
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        const auto key = reader.unsigned_integer();
        if (!key) return malformed("cose.structure");
        bool good = true;
        switch (static_cast<Key>(*key)) {
            case Key::id:
                good = read_text(reader, info.id);
                break;
            case Key::publisher:
                good = read_text(reader, info.publisher);
                break;
            case Key::regions:
                good = read_regions(reader, info.regions);
                break;
            case Key::number:
                number = reader.unsigned_integer();
                good = number.has_value();
                break;
            case Key::issued:
                good = read_time(reader, info.issued);
                break;
            case Key::next_update:
                good = read_time(reader, info.next_update);
                break;
            case Key::root: {
                const auto der = reader.byte_string();
                if (!der) return malformed("key.format");
                auto parsed = PublicKey::from_der(*der);
                if (!parsed) return malformed(parsed.error().code);
                root = *std::move(parsed);
                break;
            }
            case Key::root_changes:
                good = read_root_changes(reader, changes);
                break;
            case Key::tables:
                tables = reader.item();
                break;
            default:
                if (*key <= last_reserved_key) return fail("trust-list.newer-format");
                reader.item();
        }
        if (!good) return malformed("trust-list.info");
        if (*key <= last_reserved_key) seen |= std::uint64_t{1} << *key;
    }
    // id, publisher, number, issued, next update, root and tables are needed.
    constexpr std::uint64_t needed = 0b10'1111'0110;
    if ((seen & needed) != needed || !root || !tables) return malformed("trust-list.info");
    info.number = *number;
    Head head{std::move(info), *std::move(root), std::move(changes), {}, 0};
    auto table_reader = cbor::reader_of(*tables);
    if (!read_tables(table_reader, head)) return malformed("trust-list.tables");
    return head;
}

Result<StringHead> byte_string_head(ByteView bytes) {
    ByteReader reader(bytes);
    const auto initial = reader.byte();
    constexpr unsigned byte_string = 2;
    if (!initial || *initial >> 5 != byte_string) return malformed("cose.structure");
    const unsigned information = *initial & 31U;
    if (information < 24) return StringHead{1, information};
    if (information > 27) return malformed("cbor.reserved");
    const std::size_t size = std::size_t{1} << (information - 24);
    const auto value = reader.big_endian(size);
    if (!value) return fail("trust-list.truncated");
    const std::uint64_t least = size == 1 ? 24 : std::uint64_t{1} << (4 * size);
    if (*value < least) return malformed("cbor.not-shortest");
    return StringHead{1 + size, *value};
}

Result<std::size_t> cose_size(ByteView bytes) {
    // 18([bstr, {}, bstr, bstr]): the one form that a COSE_Sign1 of ours has.
    constexpr std::uint8_t tag_18 = 0xd2;
    constexpr std::uint8_t array_of_4 = 0x84;
    constexpr std::uint8_t empty_map = 0xa0;
    ByteReader reader(bytes);
    if (reader.byte() != tag_18 || reader.byte() != array_of_4) return malformed("cose.structure");
    for (int part = 0; part < 3; ++part) {
        if (part == 1 && reader.byte() != empty_map) return malformed("cose.structure");
        SJCODE_TRY(const auto head, byte_string_head(bytes.subspan(reader.position())));
        if (!reader.take(head.head) || !reader.take(head.content)) return fail("trust-list.truncated");
    }
    return reader.position();
}

Result<FileParts> split_file(ByteView file) {
    SJCODE_TRY(const auto size, cose_size(file));
    const auto rest = file.subspan(size);
    if (rest.empty()) return fail("trust-list.truncated");
    SJCODE_TRY(const auto body, byte_string_head(rest));
    if (body.content > rest.size() - body.head) return fail("trust-list.truncated");
    if (body.content < rest.size() - body.head) return malformed("cbor.trailing");
    return FileParts{file.first(size), rest.subspan(body.head)};
}

Result<RootChange> open_root_change(ByteView cose) {
    const auto wrong = [] { return fail("trust-list.root-change"); };
    const auto parts = cose::decode(cose, cbor::code_limit);
    if (!parts) return wrong();
    auto opened = cbor::open(parts->payload, cbor::code_limit);
    if (!opened || opened->array() != 4) return wrong();
    std::string id;
    if (!read_text(*opened, id)) return wrong();
    const auto current_der = opened->byte_string();
    const auto next_der = opened->byte_string();
    UnixTime when = 0;
    if (!current_der || !next_der || !read_time(*opened, when)) return wrong();
    auto current = PublicKey::from_der(*current_der);
    auto next = PublicKey::from_der(*next_der);
    if (!current || !next || current->algorithm() != parts->algorithm) return wrong();
    if (!current->verify(cose::signed_bytes(parts->algorithm, root_context, parts->payload), parts->signature))
        return wrong();
    return RootChange{std::move(id), *std::move(next), *std::move(current), when};
}

Result<void> follow_root_changes(const Digest& pinned, const Head& head) {
    std::vector<RootChange> changes;
    for (const auto& cose : head.root_changes) {
        SJCODE_TRY(auto change, open_root_change(cose));
        if (change.list_id != head.info.id) return fail("trust-list.root-change");
        if (!changes.empty() && !(changes.back().next == change.current)) return fail("trust-list.root-change");
        changes.push_back(std::move(change));
    }
    if (!changes.empty() && !(changes.back().next == head.root)) return fail("trust-list.root-change");
    if (fingerprint(head.root) == pinned) return {};
    const bool leads = std::any_of(changes.begin(), changes.end(),
                                   [&](const RootChange& change) { return fingerprint(change.current) == pinned; });
    if (leads) return {};
    return fail("trust-list.root");
}

}  // namespace sjcode::trust

namespace sjcode {

Digest fingerprint(const PublicKey& key) {
    return digest(DigestAlgorithm::sha256, key.to_der());
}

Result<Digest> fingerprint_from(std::string_view text) {
    std::string digits(text);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    const auto bytes = from_hex(digits);
    Digest read{};
    if (!bytes || bytes->size() != read.size()) return fail("usage.fingerprint", {{"value", std::string(text)}});
    std::copy(bytes->begin(), bytes->end(), read.begin());
    return read;
}

Result<Bytes> sign_root_change(std::string_view list_id, const PublicKey& next, UnixTime when, const Signer& current) {
    if (list_id.empty() || when < 0) return fail("trust-list.info", {{"field", "id"}});
    const auto payload = cbor::Writer()
                             .array(4)
                             .text_string(list_id)
                             .byte_string(current.public_key().to_der())
                             .byte_string(next.to_der())
                             .unsigned_integer(static_cast<std::uint64_t>(when))
                             .take();
    const auto algorithm = current.algorithm();
    SJCODE_TRY(const auto signature, current.sign(cose::signed_bytes(algorithm, trust::root_context, payload)));
    return cose::encode({algorithm, payload, signature});
}

}  // namespace sjcode
