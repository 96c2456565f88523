// Digests: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016).
#pragma once

#include "sjcode/bytes.h"

#include <array>
#include <memory>

namespace sjcode {

enum class DigestAlgorithm { sha256, sm3 };

/// 32 bytes, for both algorithms.
using Digest = std::array<std::uint8_t, 32>;

/// A digest taken in pieces. Not thread-safe; movable.
class Hasher {
public:
    explicit Hasher(DigestAlgorithm algorithm);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;

    Hasher& update(ByteView bytes);
    /// Ends the digest; the hasher must not be used again.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest of the whole view.
Digest digest(DigestAlgorithm algorithm, ByteView bytes);

}  // namespace sjcode
