// Private keys read from and written to files: PEM (PKCS#8, SEC1) and PKCS#12.
#include "base/try.h"
#include "crypto/key_state.h"

#include <openssl/pem.h>

#include <algorithm>
#include <limits>

namespace sjcode {
namespace {

using namespace crypto;

/// OWASP's figure for PBKDF2 with HMAC-SHA-256 (2023): half a second for us, and for each guess of a thief.
constexpr int pbkdf2_iterations = 600'000;
constexpr int pbkdf2_salt_size = 16;

void free_certificates(STACK_OF(X509) * certificates) noexcept {
    sk_X509_pop_free(certificates, X509_free);
}

bool fits_int(std::size_t size) noexcept {
    return size <= std::numeric_limits<int>::max();
}

}  // namespace

namespace crypto {

Passphrase::Passphrase(std::optional<std::string_view> text) : known_(text.has_value()), text_(text.value_or("")) {}

Passphrase::~Passphrase() {
    OPENSSL_cleanse(text_.data(), text_.size());
}

int Passphrase::give(char* buffer, int size, int, void* passphrase) {
    auto& self = *static_cast<Passphrase*>(passphrase);
    self.asked_ = true;
    if (!self.known_ || size < 0 || self.text_.size() > static_cast<std::size_t>(size)) return -1;
    std::copy(self.text_.begin(), self.text_.end(), buffer);
    return static_cast<int>(self.text_.size());
}

Result<Pkcs12Content> open_pkcs12(ByteView pkcs12, std::string_view passphrase) {
    const ErrorQueueGuard guard;
    const auto* at = pkcs12.data();
    const Pkcs12Owner file(d2i_PKCS12(nullptr, &at, static_cast<long>(pkcs12.size())));
    if (!file || at != pkcs12.data() + pkcs12.size()) return fail("key.format");
    const Passphrase secret(passphrase);
    // OpenSSL takes it as a C string: one with a zero byte in it would be cut short.
    if (secret.text().find('\0') != std::string::npos || !fits_int(secret.text().size())) return fail("key.passphrase");
    if (PKCS12_mac_present(file.get()) == 1 &&
        PKCS12_verify_mac(file.get(), secret.text().c_str(), static_cast<int>(secret.text().size())) != 1 &&
        !(secret.text().empty() && PKCS12_verify_mac(file.get(), nullptr, 0) == 1))
        return fail("key.passphrase");
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* others = nullptr;
    if (PKCS12_parse(file.get(), secret.text().c_str(), &key, &certificate, &others) != 1) return fail("key.format");
    const Owner<STACK_OF(X509), free_certificates> others_owner(others);
    Pkcs12Content opened{KeyOwner(key), CertificateOwner(certificate)};
    // OpenSSL counts a certificate as the holder's only beside its key; a single one is nobody else's.
    if (!opened.key && !opened.certificate && sk_X509_num(others) == 1) opened.certificate.reset(sk_X509_pop(others));
    while (sk_X509_num(others) > 0) opened.others.emplace_back(sk_X509_shift(others));
    return opened;
}

Result<KeyOwner> read_pem_key(std::string_view pem, std::optional<std::string_view> passphrase) {
    const ErrorQueueGuard guard;
    if (!fits_int(pem.size())) return fail("key.format");
    const BioOwner memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!memory) return fail("key.format");
    Passphrase secret(passphrase);
    KeyOwner key(PEM_read_bio_PrivateKey(memory.get(), nullptr, Passphrase::give, &secret));
    if (!key) return fail(secret.asked() ? "key.passphrase" : "key.format");
    return key;
}

}  // namespace crypto

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem, std::optional<std::string_view> passphrase) {
    SJCODE_TRY(auto key, read_pem_key(pem, passphrase));
    return private_key_of(std::move(key));
}

Result<PrivateKey> PrivateKey::from_pkcs12(ByteView pkcs12, std::string_view passphrase) {
    SJCODE_TRY(auto opened, open_pkcs12(pkcs12, passphrase));
    return private_key_of(std::move(opened.key));
}

Result<std::string> PrivateKey::to_pem_secret(std::optional<std::string_view> passphrase) const {
    const ErrorQueueGuard guard;
    const BioOwner memory(BIO_new(BIO_s_secmem()));
    const Pkcs8Owner plain(EVP_PKEY2PKCS8(state_->key.get()));
    if (!memory || !plain) return fail("key.format");
    if (!passphrase) {
        if (PEM_write_bio_PKCS8_PRIV_KEY_INFO(memory.get(), plain.get()) != 1) return fail("key.format");
    } else {
        if (passphrase->empty() || !fits_int(passphrase->size())) return fail("key.passphrase");
        X509_ALGOR* scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), pbkdf2_iterations, nullptr, pbkdf2_salt_size, nullptr,
                                               NID_hmacWithSHA256);
        // On success the scheme belongs to what was encrypted.
        const Owner<X509_SIG, X509_SIG_free> encrypted(
            scheme == nullptr
                ? nullptr
                : PKCS8_set0_pbe(passphrase->data(), static_cast<int>(passphrase->size()), plain.get(), scheme));
        if (!encrypted) {
            X509_ALGOR_free(scheme);
            return fail("key.format");
        }
        if (PEM_write_bio_PKCS8(memory.get(), encrypted.get()) != 1) return fail("key.format");
    }
    return std::string(as_text(content(memory.get())));
}

}  // namespace sjcode
