// What a key holds, for the files of crypto/.
#pragma once

#include "crypto/openssl.h"
#include "sjcode/key.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sjcode {

struct PublicKey::State {
    Algorithm algorithm;
    crypto::KeyOwner key;
    Bytes der;
    /// Made ready to verify, SM2's user id included. Never used itself but copied for each message, since the look-ups
    /// that a fresh context needs would cost as much as a tenth of an Ed25519 verification.
    crypto::DigestContextOwner verifying;
};

struct PrivateKey::State {
    crypto::KeyOwner key;  ///< OpenSSL wipes the secret when it frees it
    PublicKey public_key;
    crypto::DigestContextOwner signing;  ///< as PublicKey::State::verifying
};

namespace crypto {

/// A private key of one of our algorithms, checked; takes the key over. Errors: "key.format", "key.algorithm".
Result<PrivateKey> private_key_of(KeyOwner key);

/// A copy of a context that was made ready; empty for want of memory.
DigestContextOwner copy_of(const DigestContextOwner& ready);

/// A passphrase for OpenSSL's callbacks, wiped afterwards. Without this callback OpenSSL would ask on the terminal.
class Passphrase {
public:
    explicit Passphrase(std::optional<std::string_view> text);
    Passphrase(const Passphrase&) = delete;
    Passphrase& operator=(const Passphrase&) = delete;
    ~Passphrase();

    /// A pem_password_cb; its user data is the Passphrase.
    static int give(char* buffer, int size, int writing, void* passphrase);
    /// True once OpenSSL wanted it: the input is encrypted.
    [[nodiscard]] bool asked() const noexcept { return asked_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    bool known_;
    bool asked_ = false;
    std::string text_;
};

/// The first private key in a PEM text, of any algorithm. Errors: "key.format", "key.passphrase".
Result<KeyOwner> read_pem_key(std::string_view pem, std::optional<std::string_view> passphrase);

/// What a PKCS#12 file holds; each may be missing.
struct Pkcs12Content {
    KeyOwner key;
    CertificateOwner certificate;  ///< the key's
    std::vector<CertificateOwner> others{};
};
/// Errors: "key.format", "key.passphrase".
Result<Pkcs12Content> open_pkcs12(ByteView pkcs12, std::string_view passphrase);

}  // namespace crypto
}  // namespace sjcode
