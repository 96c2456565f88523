#include "sjcode/key.h"

#include "base/try.h"
#include "crypto/key_state.h"
#include "crypto/signature_form.h"
#include "crypto/sm2_user_id.h"

#include <openssl/core_names.h>

#include <array>

namespace sjcode {
namespace {

using namespace crypto;

const char* digest_name(Algorithm algorithm) noexcept {
    switch (algorithm) {
        case Algorithm::ed25519:
            return nullptr;  // RFC 8032 hashes inside
        case Algorithm::esp256:
            return "SHA256";
        case Algorithm::sm2:
            return "SM3";
    }
    return nullptr;
}

std::string group_name(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &size) != 1) return {};
    return {name.data(), size};
}

bool has_explicit_parameters(const EVP_PKEY* key) {
    int is_explicit = 0;
    return EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit) == 1 &&
           is_explicit != 0;
}

/// The same key as one of type SM2: some decoders give a key on the SM2 curve the type EC, and with that OpenSSL would
/// compute ECDSA over it.
KeyOwner as_sm2(const EVP_PKEY* key) {
    OSSL_PARAM* parameters = nullptr;
    if (EVP_PKEY_todata(key, EVP_PKEY_KEYPAIR, &parameters) != 1) return {};
    const Owner<OSSL_PARAM, OSSL_PARAM_free> owner(parameters);
    const KeyContextOwner context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* made = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters) != 1)
        return {};
    return KeyOwner(made);
}

struct ClassifiedKey {
    Algorithm algorithm;
    KeyOwner key;
};

Result<ClassifiedKey> classify(KeyOwner key) {
    if (!key) return fail("key.format");
    if (EVP_PKEY_is_a(key.get(), "ED25519") == 1) return ClassifiedKey{Algorithm::ed25519, std::move(key)};
    const bool is_sm2 = EVP_PKEY_is_a(key.get(), "SM2") == 1;
    if (!is_sm2 && EVP_PKEY_is_a(key.get(), "EC") != 1) return fail("key.algorithm");
    // A curve must be named: spelled-out parameters have been used to smuggle in a generator of the forger's choice.
    if (has_explicit_parameters(key.get())) return fail("key.format");
    const auto group = group_name(key.get());
    if (group == "prime256v1" && !is_sm2) return ClassifiedKey{Algorithm::esp256, std::move(key)};
    if (group != "SM2") return fail("key.algorithm");
    if (!is_sm2) key = as_sm2(key.get());
    if (!key) return fail("key.format");
    return ClassifiedKey{Algorithm::sm2, std::move(key)};
}

/// A context ready to sign or verify with a key.
DigestContextOwner make_ready(Algorithm algorithm, EVP_PKEY* key, decltype(&EVP_DigestVerifyInit_ex) initialise) {
    DigestContextOwner context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;  // belongs to `context`
    if (!context ||
        initialise(context.get(), &key_context, digest_name(algorithm), nullptr, nullptr, key, nullptr) != 1)
        return {};
    if (algorithm == Algorithm::sm2 &&
        EVP_PKEY_CTX_set1_id(key_context, sm2_user_id.data(), static_cast<int>(sm2_user_id.size())) != 1)
        return {};
    return context;
}

bool is_on_curve(EVP_PKEY* key) {
    const KeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context && EVP_PKEY_public_check(context.get()) == 1;
}

bool is_pair(EVP_PKEY* key) {
    const KeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context && EVP_PKEY_pairwise_check(context.get()) == 1;
}

Result<PublicKey> public_key_of(KeyOwner key) {
    SJCODE_TRY(auto classified, classify(std::move(key)));
    auto state = std::make_shared<PublicKey::State>();
    state->algorithm = classified.algorithm;
    state->key = std::move(classified.key);
    if (state->algorithm != Algorithm::ed25519 && !is_on_curve(state->key.get())) return fail("key.format");
    state->der = der_of([&](unsigned char** at) { return i2d_PUBKEY(state->key.get(), at); });
    state->verifying = make_ready(state->algorithm, state->key.get(), EVP_DigestVerifyInit_ex);
    if (state->der.empty() || !state->verifying) return fail("key.format");
    return PublicKey(std::shared_ptr<const PublicKey::State>(std::move(state)));
}

}  // namespace

namespace crypto {

DigestContextOwner copy_of(const DigestContextOwner& ready) {
    DigestContextOwner context(EVP_MD_CTX_new());
    if (!context || EVP_MD_CTX_copy_ex(context.get(), ready.get()) != 1) return {};
    // The copy serves one message, so OpenSSL need not copy the key's context once more to keep it usable.
    EVP_MD_CTX_set_flags(context.get(), EVP_MD_CTX_FLAG_FINALISE);
    return context;
}

Result<PrivateKey> private_key_of(KeyOwner key) {
    const ErrorQueueGuard guard;
    SJCODE_TRY(auto classified, classify(std::move(key)));
    if (!is_pair(classified.key.get())) return fail("key.format");
    const auto der = der_of([&](unsigned char** at) { return i2d_PUBKEY(classified.key.get(), at); });
    SJCODE_TRY(auto public_key, PublicKey::from_der(der));
    auto signing = make_ready(classified.algorithm, classified.key.get(), EVP_DigestSignInit_ex);
    if (!signing) return fail("key.format");
    return PrivateKey(std::make_unique<PrivateKey::State>(
        PrivateKey::State{std::move(classified.key), std::move(public_key), std::move(signing)}));
}

}  // namespace crypto

std::string_view name(Algorithm algorithm) noexcept {
    switch (algorithm) {
        case Algorithm::ed25519:
            return "ed25519";
        case Algorithm::esp256:
            return "p256";
        case Algorithm::sm2:
            return "sm2";
    }
    return {};
}

DigestAlgorithm digest_of(Algorithm algorithm) noexcept {
    return algorithm == Algorithm::sm2 ? DigestAlgorithm::sm3 : DigestAlgorithm::sha256;
}

Result<PublicKey> PublicKey::from_der(ByteView subject_public_key_info) {
    const ErrorQueueGuard guard;
    const auto* at = subject_public_key_info.data();
    KeyOwner key(d2i_PUBKEY(nullptr, &at, static_cast<long>(subject_public_key_info.size())));
    if (!key || at != subject_public_key_info.data() + subject_public_key_info.size()) return fail("key.format");
    return public_key_of(std::move(key));
}

Algorithm PublicKey::algorithm() const noexcept {
    return state_->algorithm;
}

Bytes PublicKey::to_der() const {
    return state_->der;
}

bool PublicKey::verify(ByteView message, ByteView signature) const {
    const ErrorQueueGuard guard;
    if (signature.size() != signature_size) return false;
    const auto context = copy_of(state_->verifying);
    if (!context) return false;
    if (state_->algorithm == Algorithm::ed25519)
        return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
    const auto der = der_from_raw(signature);
    return der && EVP_DigestVerify(context.get(), der->bytes.data(), der->size, message.data(), message.size()) == 1;
}

bool operator==(const PublicKey& a, const PublicKey& b) {
    const ErrorQueueGuard guard;
    return a.algorithm() == b.algorithm() && EVP_PKEY_eq(a.state().key.get(), b.state().key.get()) == 1;
}

PrivateKey::PrivateKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Result<PrivateKey> PrivateKey::generate(Algorithm algorithm) {
    const ErrorQueueGuard guard;
    EVP_PKEY* key = nullptr;
    switch (algorithm) {
        case Algorithm::ed25519:
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
            break;
        case Algorithm::esp256:
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
            break;
        case Algorithm::sm2:
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
            break;
    }
    if (key == nullptr) return fail("crypto.random");
    return private_key_of(KeyOwner(key));
}

Algorithm PrivateKey::algorithm() const {
    return state_->public_key.algorithm();
}

PublicKey PrivateKey::public_key() const {
    return state_->public_key;
}

Result<Bytes> PrivateKey::sign(ByteView message) const {
    const ErrorQueueGuard guard;
    const auto context = copy_of(state_->signing);
    std::array<std::uint8_t, 80> signature{};
    std::size_t size = signature.size();
    if (!context || EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        return fail("key.sign");
    const ByteView view(signature.data(), size);
    if (algorithm() == Algorithm::ed25519) return Bytes(view.begin(), view.end());
    auto raw = raw_from_der(view);
    if (!raw) return fail("key.sign");
    return *std::move(raw);
}

CallbackSigner::CallbackSigner(PublicKey public_key, Callback callback)
    : public_key_(std::move(public_key)), callback_(std::move(callback)) {}

Algorithm CallbackSigner::algorithm() const {
    return public_key_.algorithm();
}

PublicKey CallbackSigner::public_key() const {
    return public_key_;
}

Result<Bytes> CallbackSigner::sign(ByteView message) const {
    if (!callback_) return fail("key.signer");
    SJCODE_TRY(auto signature, callback_(message));
    if (!public_key_.verify(message, signature)) return fail("key.signer");
    return signature;
}

}  // namespace sjcode
