// CMS signatures and timestamp answers of anybody: read and checked in every use. What is read has the size that it
// says, and no bytes without a proper signature are taken for proof.
#include "check.h"
#include "crypto/chain.h"
#include "crypto/der.h"
#include "crypto/signed_data_check.h"
#include "crypto/timestamp.h"

using namespace sjcode;
using namespace sjcode::crypto;

namespace {

Bytes external(DigestMethod method) {
    return digest_of(method, as_bytes("content"));
}

void check_use(ByteView bytes, SignedDataUse use) {
    const auto result = check_signed_data(bytes, use, external);
    if (!result.data) {
        check(result.fails());
        return;
    }
    check(result.data->size + result.trailing == bytes.size());
    if (!result.is_signature_valid) check(result.fails());
    if (result.certificate.empty()) check(result.fails());
    for (const auto& certificate : result.data->certificates) (void)summarize(certificate);
    (void)check_chain(result.certificate, result.data->certificates, result.data->certificates, 1'800'000'000);
}

/// Made definite once, it is definite, and no larger but for the lengths that are now told.
void check_definite(ByteView bytes) {
    const auto encoding = der::examine(bytes);
    if (!encoding) return;
    const auto definite = der::definite(bytes.first(encoding->size));
    const auto again = der::examine(definite);
    check(again && again->is_definite && again->size == definite.size());
    check(der::definite(definite) == definite);
}

void check_response(ByteView bytes) {
    const auto random = [](std::span<std::uint8_t> nonce) -> Result<void> {
        for (auto& byte : nonce) byte = 0x11;
        return {};
    };
    const auto request = make_timestamp_request(DigestMethod::sha256, external(DigestMethod::sha256), random);
    check(request.has_value());
    (void)read_timestamp_response(bytes, *request);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    for (const auto use : {SignedDataUse::cades_detached, SignedDataUse::pkcs7_detached, SignedDataUse::pkcs7_sha1,
                           SignedDataUse::timestamp})
        check_use(bytes, use);
    (void)check_x509_rsa_sha1(bytes, {}, external);
    check_definite(bytes);
    check_response(bytes);
    return 0;
}
