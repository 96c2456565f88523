#include "signer.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

using sjcode::Bytes;
using sjcode::ByteView;
using sjcode::Certificate;
using sjcode::PrivateKey;
using sjcode::Result;
using sjcode::Unexpected;
using sjcode::c::bad_argument;
using sjcode::c::guarded;

namespace {

ByteView view(const void* bytes, size_t size) {
    return {static_cast<const std::uint8_t*>(bytes), size};
}

/// What the caller's function signs, or why it did not.
Result<Bytes> sign_with(sjcode_sign_function sign, void* context, ByteView message) {
    std::array<std::uint8_t, 64> signature{};
    const int status = sign(context, message.data(), message.size(), signature.data());
    if (status != 0) return sjcode::fail("c-api.signer", {{"status", std::to_string(status)}});
    return Bytes(signature.begin(), signature.end());
}

}  // namespace

sjcode_status sjcode_signer_from_pem(const char* key_pem, const char* passphrase, const void* certificate,
                                     size_t certificate_size, sjcode_signer** signer, sjcode_error** error) {
    if (signer != nullptr) *signer = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (key_pem == nullptr) return bad_argument("key_pem");
        if (certificate == nullptr) return bad_argument("certificate");
        if (signer == nullptr) return bad_argument("signer");
        auto key = PrivateKey::from_pem(
            key_pem, passphrase == nullptr ? std::nullopt : std::optional<std::string_view>(passphrase));
        if (!key) return Unexpected(std::move(key).error());
        auto parsed = Certificate::parse(view(certificate, certificate_size));
        if (!parsed) return Unexpected(std::move(parsed).error());
        *signer = new sjcode_signer{std::make_shared<PrivateKey>(*std::move(key)), *std::move(parsed)};
        return {};
    });
}

sjcode_status sjcode_signer_from_pkcs12(const void* pkcs12, size_t size, const char* passphrase, sjcode_signer** signer,
                                        sjcode_error** error) {
    if (signer != nullptr) *signer = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (pkcs12 == nullptr) return bad_argument("pkcs12");
        if (signer == nullptr) return bad_argument("signer");
        const std::string_view secret = passphrase == nullptr ? "" : passphrase;
        auto key = PrivateKey::from_pkcs12(view(pkcs12, size), secret);
        if (!key) return Unexpected(std::move(key).error());
        auto certificate = Certificate::from_pkcs12(view(pkcs12, size), secret);
        if (!certificate) return Unexpected(std::move(certificate).error());
        *signer = new sjcode_signer{std::make_shared<PrivateKey>(*std::move(key)), *std::move(certificate)};
        return {};
    });
}

sjcode_status sjcode_signer_from_function(const void* certificate, size_t certificate_size, sjcode_sign_function sign,
                                          void* context, sjcode_signer** signer, sjcode_error** error) {
    if (signer != nullptr) *signer = nullptr;
    return guarded(error, [&]() -> Result<void> {
        if (certificate == nullptr) return bad_argument("certificate");
        if (sign == nullptr) return bad_argument("sign");
        if (signer == nullptr) return bad_argument("signer");
        auto parsed = Certificate::parse(view(certificate, certificate_size));
        if (!parsed) return Unexpected(std::move(parsed).error());
        auto key = std::make_shared<sjcode::CallbackSigner>(
            parsed->public_key(), [sign, context](ByteView message) { return sign_with(sign, context, message); });
        *signer = new sjcode_signer{std::move(key), *std::move(parsed)};
        return {};
    });
}

void sjcode_signer_free(sjcode_signer* signer) {
    delete signer;
}
