#include "sjcode/seal_key.h"

#include "base/try.h"
#include "crypto/key_state.h"
#include "crypto/seal_scheme.h"
#include "crypto/signature_form.h"

#include <openssl/pem.h>

#include <algorithm>
#include <limits>

namespace sjcode {
namespace {

using namespace crypto;

constexpr std::size_t most_certificates = 64;

Bytes der_of_certificate(const X509* certificate) {
    return der_of([&](unsigned char** at) { return i2d_X509(certificate, at); });
}

Result<std::vector<Bytes>> certificates_from_der(ByteView der) {
    const auto* at = der.data();
    const CertificateOwner certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate || at != der.data() + der.size()) return fail("certificate.format");
    return std::vector<Bytes>{Bytes(der.begin(), der.end())};
}

/// Reads on until no certificate is left; a damaged one is told from the end of the text by OpenSSL's reason.
Result<std::vector<Bytes>> certificates_from_pem(ByteView pem) {
    if (pem.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return fail("certificate.format");
    const BioOwner memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!memory) return fail("certificate.format");
    std::vector<Bytes> certificates;
    Passphrase none({});
    for (;;) {
        const CertificateOwner certificate(PEM_read_bio_X509(memory.get(), nullptr, Passphrase::give, &none));
        if (!certificate) break;
        if (certificates.size() == most_certificates) return fail("certificate.format");
        certificates.push_back(der_of_certificate(certificate.get()));
    }
    if (certificates.empty() || ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return fail("certificate.format");
    return certificates;
}

}  // namespace

Result<std::vector<Bytes>> read_certificates(ByteView pem_or_der) {
    const ErrorQueueGuard guard;
    return as_text(pem_or_der).find("-----BEGIN ") == std::string_view::npos ? certificates_from_der(pem_or_der)
                                                                             : certificates_from_pem(pem_or_der);
}

struct SealKey::State {
    KeyOwner key;  ///< OpenSSL wipes the secret when it frees it
    SealScheme scheme;
    std::vector<Bytes> certificates;

    static Result<SealKey> make(KeyOwner raw, std::vector<Bytes> certificates, const SealMethod& method) {
        const ErrorQueueGuard guard;
        SJCODE_TRY(auto key, sealing_private_key(std::move(raw)));
        SJCODE_CHECK(put_own_first(certificates, key.get()));
        SJCODE_TRY(const auto scheme, scheme_of(key.get(), method));
        return SealKey(std::make_unique<State>(State{std::move(key), scheme, std::move(certificates)}));
    }
};

SealKey::SealKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealKey::SealKey(SealKey&&) noexcept = default;
SealKey& SealKey::operator=(SealKey&&) noexcept = default;
SealKey::~SealKey() = default;

Result<SealKey> SealKey::from_pem(std::string_view pem, std::vector<Bytes> certificates,
                                  std::optional<std::string_view> passphrase, const SealMethod& method) {
    SJCODE_TRY(auto key, read_pem_key(pem, passphrase));
    return State::make(std::move(key), std::move(certificates), method);
}

Result<SealKey> SealKey::from_pkcs12(ByteView pkcs12, std::string_view passphrase, const SealMethod& method) {
    SJCODE_TRY(auto opened, open_pkcs12(pkcs12, passphrase));
    std::vector<Bytes> certificates;
    if (opened.certificate) certificates.push_back(der_of_certificate(opened.certificate.get()));
    for (const auto& other : opened.others) certificates.push_back(der_of_certificate(other.get()));
    return State::make(std::move(opened.key), std::move(certificates), method);
}

SealAlgorithm SealKey::algorithm() const {
    return state_->scheme.algorithm;
}
SealDigest SealKey::digest() const {
    return state_->scheme.digest;
}
const std::vector<Bytes>& SealKey::certificates() const {
    return state_->certificates;
}
Result<Bytes> SealKey::sign(ByteView signed_attributes) const {
    return crypto::sign(state_->key.get(), state_->scheme, signed_attributes);
}

struct CallbackSeal::State {
    KeyOwner public_key;
    SealScheme scheme;
    std::vector<Bytes> certificates;
    Callback callback;
};

Result<CallbackSeal> CallbackSeal::create(std::vector<Bytes> certificates, Callback callback,
                                          const SealMethod& method) {
    if (certificates.empty()) return fail("certificate.format");
    SJCODE_TRY(auto key, sealing_key_of(certificates.front()));
    SJCODE_TRY(const auto scheme, scheme_of(key.get(), method));
    return CallbackSeal(
        std::make_shared<const State>(State{std::move(key), scheme, std::move(certificates), std::move(callback)}));
}

SealAlgorithm CallbackSeal::algorithm() const {
    return state_->scheme.algorithm;
}
SealDigest CallbackSeal::digest() const {
    return state_->scheme.digest;
}
const std::vector<Bytes>& CallbackSeal::certificates() const {
    return state_->certificates;
}

Result<Bytes> CallbackSeal::sign(ByteView signed_attributes) const {
    if (!state_->callback) return fail("key.signer");
    SJCODE_TRY(auto signature, state_->callback(signed_attributes));
    if (!verify(state_->public_key.get(), state_->scheme, signed_attributes, signature)) return fail("key.signer");
    return signature;
}

Result<CallbackSeal> seal_with_code_key(const Signer& signer, const Certificate& certificate,
                                        std::vector<Bytes> chain) {
    if (!(certificate.public_key() == signer.public_key())) return fail("seal.certificate");
    chain.insert(chain.begin(), certificate.der());
    return CallbackSeal::create(std::move(chain), [&signer](ByteView message) -> Result<Bytes> {
        SJCODE_TRY(auto raw, signer.sign(message));
        if (signer.algorithm() == Algorithm::ed25519) return raw;
        const auto der = der_from_raw(raw);
        if (!der) return fail("key.signer");
        return Bytes(der->view().begin(), der->view().end());
    });
}

}  // namespace sjcode
