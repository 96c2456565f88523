// A block of a trust list: docs/trust-list.md, section 3.
#pragma once

#include "sjcode/bytes.h"
#include "trust/trust_list_head.h"

#include <functional>
#include <string_view>

namespace sjcode::trust {

/// Calls back with each identifier and the bytes of its record, in their order, until it returns false. The block must
/// have passed check_block().
void for_each_record(ByteView block, const std::function<bool(std::string_view, ByteView)>& visit);

/// That a block is what the head says: its digest, the form of an array of pairs, identifiers that ascend from the one
/// that the head names and stay below the next block's. False for anything else.
bool check_block(ByteView block, const BlockEntry& entry, const BlockEntry* next, DigestAlgorithm algorithm);

}  // namespace sjcode::trust
