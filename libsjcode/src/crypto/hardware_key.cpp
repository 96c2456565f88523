#include "sjcode/hardware_key.h"

#include "base/try.h"
#include "crypto/key_state.h"
#include "crypto/pkcs11_engine.h"
#include "crypto/seal_scheme.h"
#include "crypto/signature_form.h"

#include <utility>

namespace sjcode {

using namespace crypto;

struct HardwareKey::State {
    std::unique_ptr<TokenKey> key;
    KeyOwner public_key;            ///< in memory: verifies without asking the token
    std::optional<PublicKey> code;  ///< the same, where it is of an algorithm that signs codes
};

Result<HardwareKey> HardwareKey::open(std::string_view uri, PinSource pin, std::string_view module) {
    SJCODE_TRY(const auto parsed, parse_pkcs11_uri(uri));
    SJCODE_TRY(auto key, TokenKey::open(parsed, std::string(module), std::move(pin)));
    const auto der = key->public_key();
    if (der.empty()) return fail("pkcs11.public-key");
    auto known = sealing_public_key(der);
    if (!known)
        return known.error().code == "key.algorithm" ? fail("pkcs11.algorithm") : Unexpected(std::move(known).error());
    auto public_key = *std::move(known);
    const auto algorithm = usual_seal_algorithm(public_key.get());
    const bool is_p256 = algorithm == SealAlgorithm::ecdsa_p256;
    // The engine would compute ECDSA over a key on the SM2 curve.
    if (!is_p256 && algorithm != SealAlgorithm::rsa_pkcs1) return fail("pkcs11.algorithm");
    auto state = std::make_shared<State>();
    if (is_p256) {
        SJCODE_TRY(auto code, PublicKey::from_der(der));
        state->code = std::move(code);
    }
    state->key = std::move(key);
    state->public_key = std::move(public_key);
    return HardwareKey(std::move(state));
}

const std::optional<Bytes>& HardwareKey::certificate() const noexcept {
    return state_->key->certificate();
}

Result<CallbackSigner> HardwareKey::signer() const {
    if (!state_->code) return fail("pkcs11.algorithm");
    return CallbackSigner(*state_->code, [state = state_](ByteView message) -> Result<Bytes> {
        SJCODE_TRY(const auto der, state->key->sign({SealAlgorithm::ecdsa_p256, SealDigest::sha256}, message));
        auto raw = raw_from_der(der);
        if (!raw) return fail("key.signer");
        return *std::move(raw);
    });
}

Result<CallbackSeal> HardwareKey::seal(std::vector<Bytes> certificates, const SealMethod& method) const {
    if (auto own = put_own_first(certificates, state_->public_key.get()); !own) {
        if (!certificate()) return Unexpected(std::move(own).error());
        certificates.push_back(*certificate());
        SJCODE_CHECK(put_own_first(certificates, state_->public_key.get()));
    }
    SJCODE_TRY(const auto scheme, scheme_of(state_->public_key.get(), method));
    return CallbackSeal::create(
        std::move(certificates),
        [state = state_, scheme](ByteView message) { return state->key->sign(scheme, message); }, method);
}

}  // namespace sjcode
