// A trust list in the pieces in which it can be looked up over a network: the signed head, and each block that its
// digests name. docs/trust-list.md, sections 1 to 3.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/trust_list.h"

#include <vector>

namespace sjcode {

struct TrustListBlock {
    Digest digest{};  ///< as the head states it: SHA-256, or SM3 where the root key is an SM2 key
    ByteView bytes;
};

/// Both borrow the file's bytes: of TrustList::bytes().
struct TrustListParts {
    ByteView head;                       ///< the COSE_Sign1
    std::vector<TrustListBlock> blocks;  ///< of all tables, in the order of the body
};

/// The pieces of a list that was opened: its head is verified, its blocks are what TrustList::verify_all() finds them
/// to be.
TrustListParts parts_of(const TrustList& list);

}  // namespace sjcode
