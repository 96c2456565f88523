// Encryption that notices any change: AES-256-GCM (NIST SP 800-38D) under a key derived by HKDF-SHA-256 (RFC 5869).
// Both are in every browser's WebCrypto, so that the verification site reads what is written here.
#pragma once

#include "sjcode/bytes.h"
#include "sjcode/result.h"

#include <array>
#include <optional>
#include <string_view>

namespace sjcode::crypto {

using EncryptionKey = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 12>;
inline constexpr std::size_t authentication_tag_size = 16;

/// HKDF-SHA-256 of `secret` with `salt` and `info`. Errors: "crypto.key-derivation".
Result<EncryptionKey> derive_key(ByteView secret, ByteView salt, std::string_view info);

/// The ciphertext, then the tag of 16 bytes. A nonce must never serve twice with one key. Error: "crypto.encryption".
Result<Bytes> encrypt(const EncryptionKey& key, const Nonce& nonce, ByteView plaintext);

/// The plaintext; nothing where key, nonce or ciphertext are not those of encrypt().
std::optional<Bytes> decrypt(const EncryptionKey& key, const Nonce& nonce, ByteView ciphertext);

}  // namespace sjcode::crypto
