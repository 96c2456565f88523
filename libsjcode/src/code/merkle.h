// The Merkle tree of RFC 9162, section 2.1, over leaf digests.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sjcode::merkle {

/// H(0x00 ‖ entry).
Digest leaf_digest(DigestAlgorithm algorithm, ByteView entry);

/// The tree hash (section 2.1.1); of no leaves, the digest of nothing.
Digest root(DigestAlgorithm algorithm, std::span<const Digest> leaves);

/// The inclusion path of leaf `index`, from the leaf upwards (section 2.1.3.1); empty from leaves.size() on.
std::vector<Digest> inclusion_path(DigestAlgorithm algorithm, std::span<const Digest> leaves, std::uint64_t index);

/// How many digests the path of leaf `index` among `count` has. `index` must be less than `count`.
std::size_t path_length(std::uint64_t index, std::uint64_t count) noexcept;

/// The root that leaf and path lead to (section 2.1.3.2). Errors: "merkle.index" (no such leaf), "merkle.path" (not
/// exactly as long as it must be).
Result<Digest> root_from_path(DigestAlgorithm algorithm, const Digest& leaf, std::uint64_t index, std::uint64_t count,
                              std::span<const Digest> path);

}  // namespace sjcode::merkle
