// What turns one trust list into the next: docs/trust-list.md, section 5.
#include "base/try.h"
#include "code/cbor.h"
#include "code/cose.h"
#include "sjcode/trust_list.h"
#include "trust/trust_list_head.h"

#include <map>

namespace sjcode {
namespace {

constexpr std::string_view delta_mark = "sjcode/trust-delta/1";
constexpr std::string_view bundle_mark = "sjcode/bundle/1";
constexpr std::size_t preamble_limit = 1'024;
constexpr std::uint8_t tag_18 = 0xd2;

using BlocksByDigest = std::map<Digest, ByteView>;

Result<trust::Head> head_of(ByteView cose_sign1) {
    auto sign1 = cose::decode(cose_sign1, trust::head_limit);
    if (!sign1) return fail("trust-list.format", {{"reason", sign1.error().code}});
    return trust::decode_payload(sign1->payload);
}

/// The blocks of a list that was opened: its head is verified, and its body has the length that the head says.
Result<BlocksByDigest> blocks_of(const TrustList& list) {
    SJCODE_TRY(const auto parts, trust::split_file(list.bytes()));
    SJCODE_TRY(const auto head, head_of(parts.head));
    BlocksByDigest blocks;
    for (const auto& table : head.tables)
        for (const auto& entry : table.blocks)
            blocks.emplace(entry.digest, parts.body.subspan(static_cast<std::size_t>(entry.offset),
                                                            static_cast<std::size_t>(entry.size)));
    return blocks;
}

struct Delta {
    std::string list_id;
    std::uint64_t from = 0;
    Digest from_head{};
    ByteView head;
    ByteView blocks;
};

Result<Delta> read_delta(ByteView file) {
    const auto malformed = [](const char* reason) { return fail("trust-delta.format", {{"reason", reason}}); };
    // The first item is a byte string, so that its end is known before it is read.
    const auto outer = trust::byte_string_head(file);
    if (!outer || outer->content > preamble_limit || outer->content > file.size() - outer->head)
        return malformed("cose.structure");
    const auto preamble = file.subspan(outer->head, static_cast<std::size_t>(outer->content));
    auto reader = cbor::open(preamble, preamble_limit);
    if (!reader || reader->array() != 4) return malformed("cose.structure");
    const auto mark = reader->text_string();
    if (mark != delta_mark) return malformed("trust-list.newer-format");
    const auto id = reader->text_string();
    const auto from = reader->unsigned_integer();
    const auto digest = reader->byte_string();
    if (!id || !from || !digest || digest->size() != Digest().size()) return malformed("cose.structure");
    auto parts = trust::split_file(file.subspan(outer->head + preamble.size()));
    if (!parts) return malformed("trust-list.truncated");
    Delta delta{std::string(*id), *from, {}, parts->head, parts->body};
    std::copy(digest->begin(), digest->end(), delta.from_head.begin());
    return delta;
}

}  // namespace

Result<Bytes> make_trust_delta(const TrustList& from, const TrustList& to) {
    if (from.info().id != to.info().id) return fail("trust-delta.other-list");
    SJCODE_TRY(const auto known, blocks_of(from));
    SJCODE_TRY(const auto parts, trust::split_file(to.bytes()));
    SJCODE_TRY(const auto head, head_of(parts.head));
    Bytes blocks;
    for (const auto& table : head.tables)
        for (const auto& entry : table.blocks) {
            if (known.contains(entry.digest)) continue;
            const auto block =
                parts.body.subspan(static_cast<std::size_t>(entry.offset), static_cast<std::size_t>(entry.size));
            blocks.insert(blocks.end(), block.begin(), block.end());
        }
    const auto preamble = cbor::Writer()
                              .array(4)
                              .text_string(delta_mark)
                              .text_string(from.info().id)
                              .unsigned_integer(from.info().number)
                              .byte_string(from.head_digest())
                              .take();
    return cbor::Writer().byte_string(preamble).item(parts.head).byte_string(blocks).take();
}

Result<Bytes> apply_trust_delta(const TrustList& from, ByteView delta_file, std::uint64_t limit) {
    SJCODE_TRY(const auto delta, read_delta(delta_file));
    if (delta.list_id != from.info().id) return fail("trust-delta.other-list");
    if (delta.from != from.info().number || delta.from_head != from.head_digest())
        return fail("trust-delta.base",
                    {{"wanted", std::to_string(delta.from)}, {"here", std::to_string(from.info().number)}});
    SJCODE_TRY(const auto head, head_of(delta.head));
    if (head.body_size > limit) return fail("trust-list.limit", {{"what", head.info.id}});
    SJCODE_TRY(const auto known, blocks_of(from));
    auto fresh = delta.blocks;
    Bytes body;
    for (const auto& table : head.tables)
        for (const auto& entry : table.blocks) {
            const auto size = static_cast<std::size_t>(entry.size);
            if (const auto old = known.find(entry.digest); old != known.end() && old->second.size() == size) {
                body.insert(body.end(), old->second.begin(), old->second.end());
                continue;
            }
            if (fresh.size() < size) return fail("trust-delta.block", {{"block", entry.first}});
            const auto block = fresh.first(size);
            fresh = fresh.subspan(size);
            if (digest(digest_of(head.root.algorithm()), block) != entry.digest)
                return fail("trust-delta.block", {{"block", entry.first}});
            body.insert(body.end(), block.begin(), block.end());
        }
    if (!fresh.empty()) return fail("trust-delta.format", {{"reason", "cbor.trailing"}});
    return cbor::Writer().item(delta.head).byte_string(body).take();
}

Result<std::string> trust_delta_base(ByteView file) {
    SJCODE_TRY(const auto delta, read_delta(file));
    return delta.list_id;
}

TrustFileKind trust_file_kind(ByteView file) noexcept {
    if (file.empty()) return TrustFileKind::other;
    if (file.front() == tag_18) return TrustFileKind::list;
    const auto head = as_text(file.first(std::min<std::size_t>(file.size(), 64)));
    if (head.find(delta_mark) != std::string_view::npos) return TrustFileKind::delta;
    if (head.find(bundle_mark) != std::string_view::npos) return TrustFileKind::bundle;
    return TrustFileKind::other;
}

}  // namespace sjcode
