#include "sjcode/digest.h"

#include "crypto/openssl.h"

#include <cstdlib>

namespace sjcode {
namespace {

/// An algorithm looked up once: a look-up costs more than the digest of a short message.
EVP_MD* algorithm_handle(DigestAlgorithm algorithm) {
    static const crypto::DigestOwner sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    static const crypto::DigestOwner sm3(EVP_MD_fetch(nullptr, "SM3", nullptr));
    return algorithm == DigestAlgorithm::sm3 ? sm3.get() : sha256.get();
}

/// A digest cannot fail but for want of memory, or with an OpenSSL that was built without the algorithm: a broken
/// installation, in which no answer of ours would be right.
void require(bool good) {
    if (!good) std::abort();
}

}  // namespace

struct Hasher::State {
    crypto::DigestContextOwner context{EVP_MD_CTX_new()};
};

Hasher::Hasher(DigestAlgorithm algorithm) : state_(std::make_unique<State>()) {
    const auto* handle = algorithm_handle(algorithm);
    require(state_->context && handle && EVP_DigestInit_ex2(state_->context.get(), handle, nullptr) == 1);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

Hasher& Hasher::update(ByteView bytes) {
    require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
    return *this;
}

Digest Hasher::finish() {
    Digest result;
    unsigned size = 0;
    require(EVP_DigestFinal_ex(state_->context.get(), result.data(), &size) == 1 && size == result.size());
    return result;
}

Digest digest(DigestAlgorithm algorithm, ByteView bytes) {
    return Hasher(algorithm).update(bytes).finish();
}

}  // namespace sjcode
