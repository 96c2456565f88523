// The digests that signatures of anybody may use; sjcode's own formats know only those of sjcode/digest.h.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/digest.h"
#include "sjcode/seal_key.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace sjcode::crypto {

enum class DigestMethod { md5, ripemd160, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_384, sha3_512, sm3 };

/// "sha256", as OpenSSL and people name it.
std::string_view name(DigestMethod method) noexcept;
DigestMethod method_of(DigestAlgorithm algorithm) noexcept;
DigestMethod method_of(SealDigest digest) noexcept;
/// Bytes of its result.
std::size_t size_of(DigestMethod method) noexcept;

/// A digest taken in pieces. Not thread-safe; movable.
class MethodHasher {
public:
    explicit MethodHasher(DigestMethod method);
    ~MethodHasher();
    MethodHasher(MethodHasher&&) noexcept;
    MethodHasher& operator=(MethodHasher&&) noexcept;

    [[nodiscard]] DigestMethod method() const noexcept;
    MethodHasher& update(ByteView bytes);
    /// Another one that has been given the same so far.
    [[nodiscard]] MethodHasher copy() const;
    /// Ends the digest; the hasher must not be used again.
    Bytes finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest of the parts, one after the other.
Bytes digest_of(DigestMethod method, std::span<const ByteView> parts);
Bytes digest_of(DigestMethod method, ByteView bytes);

}  // namespace sjcode::crypto
