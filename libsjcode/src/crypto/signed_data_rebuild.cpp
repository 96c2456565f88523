#include "crypto/signed_data_rebuild.h"

#include "crypto/object_identifiers.h"
#include "crypto/signed_data.h"

#include <algorithm>
#include <optional>

namespace sjcode::crypto {
namespace {

std::optional<SealAlgorithm> algorithm_of(const SignedDataCheck& check) {
    const auto& named = check.data->signers.front().signature_algorithm.identifier;
    if (check.key_algorithm == "ed25519") return SealAlgorithm::ed25519;
    if (check.key_algorithm == "ec") return SealAlgorithm::ecdsa_p256;
    if (check.key_algorithm == "sm2") return SealAlgorithm::sm2;
    if (check.key_algorithm == "rsa") return named == oid::rsa_pss ? SealAlgorithm::rsa_pss : SealAlgorithm::rsa_pkcs1;
    return std::nullopt;
}

std::optional<SealDigest> digest_of_signer(const SignedDataCheck& check) {
    for (const auto digest : {SealDigest::sha256, SealDigest::sha384, SealDigest::sha512, SealDigest::sm3})
        if (check.message_digest == method_of(digest)) return digest;
    return std::nullopt;
}

/// Signs nothing: has the signature that the message has.
class SeenSigner final : public SealSigner {
public:
    SeenSigner(const SignedDataCheck& check, SealAlgorithm algorithm, SealDigest digest)
        : algorithm_(algorithm), digest_(digest), signature_(check.data->signers.front().signature) {
        certificates_.push_back(check.certificate);
        // The signer's once: it is among those of the message.
        bool seen = false;
        for (const auto& certificate : check.data->certificates) {
            const bool own = !seen && certificate == check.certificate;
            seen = seen || own;
            if (!own) certificates_.push_back(certificate);
        }
    }
    [[nodiscard]] SealAlgorithm algorithm() const override { return algorithm_; }
    [[nodiscard]] SealDigest digest() const override { return digest_; }
    [[nodiscard]] const std::vector<Bytes>& certificates() const override { return certificates_; }
    [[nodiscard]] Result<Bytes> sign(ByteView) const override { return signature_; }

private:
    SealAlgorithm algorithm_;
    SealDigest digest_;
    Bytes signature_;
    std::vector<Bytes> certificates_;
};

}  // namespace

bool is_as_made(const SignedDataCheck& check, ByteView contents, const ExternalDigest& external) {
    if (!check.data || check.data->signers.size() != 1 || !check.message_digest) return false;
    const auto algorithm = algorithm_of(check);
    const auto digest = digest_of_signer(check);
    if (!algorithm || !digest) return false;
    auto made = make_signed_data(SeenSigner(check, *algorithm, *digest), external(*check.message_digest));
    if (made && !check.signature_timestamp.empty()) made = add_signature_timestamp(*made, check.signature_timestamp);
    return made && made->size() == check.data->size && made->size() <= contents.size() &&
           std::equal(made->begin(), made->end(), contents.begin());
}

}  // namespace sjcode::crypto
