// The signed head of a trust list, and the root changes in it: docs/trust-list.md, sections 2 and 3.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/key.h"
#include "sjcode/result.h"
#include "sjcode/trust_list.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode::trust {

inline constexpr std::string_view list_context = "sjcode/trust-list/1";
inline constexpr std::string_view root_context = "sjcode/trust-root/1";
inline constexpr std::size_t head_limit = 16 * 1'048'576;
inline constexpr std::size_t block_limit = 1'048'576;

enum class Table : std::size_t { authorities = 0, institutions = 1, appraisers = 2, hosts = 3 };
inline constexpr std::size_t table_count = 4;

/// What the head says of one block: where it begins, by its first identifier, and what it is, by its digest.
struct BlockEntry {
    std::string first;
    std::uint64_t offset = 0;  ///< in the body; follows from the sizes of those before
    std::uint64_t size = 0;
    Digest digest{};
};

struct TableIndex {
    std::uint64_t records = 0;
    std::vector<BlockEntry> blocks;
};

/// Whether the list is for the holder of this licence, by the first digits of the number.
bool answers_for(const TrustListInfo& info, std::string_view licence);

struct Head {
    TrustListInfo info;
    PublicKey root;
    std::vector<Bytes> root_changes;
    std::array<TableIndex, table_count> tables;
    std::uint64_t body_size = 0;
};

Bytes encode_payload(const Head& head);
/// Errors: "trust-list.format" ({reason}), "trust-list.newer-format".
Result<Head> decode_payload(ByteView payload);

/// The two items of a file, unchecked: the COSE_Sign1, and what the byte string behind it holds.
struct FileParts {
    ByteView head;
    ByteView body;
};
/// Errors: "trust-list.format" ({reason}), "trust-list.truncated".
Result<FileParts> split_file(ByteView file);
/// The length of the COSE_Sign1 that the bytes begin with. Error: "trust-list.format".
Result<std::size_t> cose_size(ByteView bytes);
/// The length of the byte string's own head, and of its content, at the beginning of the bytes.
struct StringHead {
    std::size_t head = 0;
    std::uint64_t content = 0;
};
/// Error: "trust-list.format".
Result<StringHead> byte_string_head(ByteView bytes);

struct RootChange {
    std::string list_id;
    PublicKey next;
    PublicKey current;
    UnixTime when = 0;
};
/// Decodes and verifies a root change under the key that it names as the current one; whether that is the right one,
/// the chain says. Error: "trust-list.root-change".
Result<RootChange> open_root_change(ByteView cose);

/// That the changes lead, one after the other, from the pinned root to `root`.
/// Errors: "trust-list.root", "trust-list.root-change".
Result<void> follow_root_changes(const Digest& pinned, const Head& head);

}  // namespace sjcode::trust
