#include "crypto/message_digest.h"

#include "crypto/openssl.h"

#include <array>
#include <cstdlib>

namespace sjcode::crypto {
namespace {

struct Properties {
    const char* name;
    std::size_t size;
};

Properties properties(DigestMethod method) noexcept {
    switch (method) {
        case DigestMethod::md5:
            return {"md5", 16};
        case DigestMethod::ripemd160:
            return {"ripemd160", 20};
        case DigestMethod::sha1:
            return {"sha1", 20};
        case DigestMethod::sha224:
            return {"sha224", 28};
        case DigestMethod::sha256:
            return {"sha256", 32};
        case DigestMethod::sha384:
            return {"sha384", 48};
        case DigestMethod::sha512:
            return {"sha512", 64};
        case DigestMethod::sha3_256:
            return {"sha3-256", 32};
        case DigestMethod::sha3_384:
            return {"sha3-384", 48};
        case DigestMethod::sha3_512:
            return {"sha3-512", 64};
        case DigestMethod::sm3:
            return {"sm3", 32};
    }
    return {"", 0};
}

constexpr std::size_t methods = static_cast<std::size_t>(DigestMethod::sm3) + 1;

/// Looked up once: a look-up costs more than the digest of a short message. Null where this OpenSSL was built without
/// it.
const EVP_MD* algorithm_handle(DigestMethod method) {
    static const auto handles = [] {
        const ErrorQueueGuard guard;
        std::array<DigestOwner, methods> fetched;
        for (std::size_t i = 0; i < methods; ++i)
            fetched[i].reset(EVP_MD_fetch(nullptr, properties(static_cast<DigestMethod>(i)).name, nullptr));
        return fetched;
    }();
    return handles[static_cast<std::size_t>(method)].get();
}

}  // namespace

std::string_view name(DigestMethod method) noexcept {
    return properties(method).name;
}

std::size_t size_of(DigestMethod method) noexcept {
    return properties(method).size;
}

DigestMethod method_of(DigestAlgorithm algorithm) noexcept {
    return algorithm == DigestAlgorithm::sm3 ? DigestMethod::sm3 : DigestMethod::sha256;
}

DigestMethod method_of(SealDigest digest) noexcept {
    switch (digest) {
        case SealDigest::sha256:
            return DigestMethod::sha256;
        case SealDigest::sha384:
            return DigestMethod::sha384;
        case SealDigest::sha512:
            return DigestMethod::sha512;
        case SealDigest::sm3:
            return DigestMethod::sm3;
    }
    return DigestMethod::sha256;
}

struct MethodHasher::State {
    DigestMethod method;
    DigestContextOwner context;  ///< empty where this OpenSSL was built without the algorithm
};

MethodHasher::MethodHasher(DigestMethod method) : state_(std::make_unique<State>()) {
    const ErrorQueueGuard guard;
    state_->method = method;
    const auto* handle = algorithm_handle(method);
    DigestContextOwner context(EVP_MD_CTX_new());
    if (handle != nullptr && context && EVP_DigestInit_ex2(context.get(), handle, nullptr) == 1)
        state_->context = std::move(context);
}

MethodHasher MethodHasher::copy() const {
    MethodHasher other(state_->method);
    if (!state_->context || EVP_MD_CTX_copy_ex(other.state_->context.get(), state_->context.get()) != 1)
        other.state_->context.reset();
    return other;
}

MethodHasher::~MethodHasher() = default;
MethodHasher::MethodHasher(MethodHasher&&) noexcept = default;
MethodHasher& MethodHasher::operator=(MethodHasher&&) noexcept = default;

DigestMethod MethodHasher::method() const noexcept {
    return state_->method;
}

MethodHasher& MethodHasher::update(ByteView bytes) {
    if (state_->context && EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) != 1) std::abort();
    return *this;
}

Bytes MethodHasher::finish() {
    // Without the algorithm: a digest that equals none, since a bad document must not end the program.
    if (!state_->context) return {};
    Bytes result(properties(state_->method).size);
    unsigned size = 0;
    if (EVP_DigestFinal_ex(state_->context.get(), result.data(), &size) != 1 || size != result.size()) std::abort();
    return result;
}

Bytes digest_of(DigestMethod method, std::span<const ByteView> parts) {
    MethodHasher hasher(method);
    for (const auto part : parts) hasher.update(part);
    return hasher.finish();
}

Bytes digest_of(DigestMethod method, ByteView bytes) {
    return digest_of(method, std::span(&bytes, 1));
}

}  // namespace sjcode::crypto
