#include "crypto/signed_element.h"

#include "crypto/signature_verification.h"

namespace sjcode::crypto {

std::optional<SignedElement> read_signed_element(ByteView content) {
    der::Reader reader(content);
    const auto body = reader.next(der::sequence);
    const auto algorithm = reader.next(der::sequence);
    const auto signature = reader.next(der::bit_string);
    if (!body || !algorithm || !signature) return std::nullopt;
    auto read = read_algorithm(algorithm->whole);
    // Signatures are whole octets.
    if (!read || signature->content.empty() || signature->content.front() != 0) return std::nullopt;
    const auto used = static_cast<std::size_t>(signature->whole.data() + signature->whole.size() - content.data());
    return SignedElement{body->whole, *std::move(read), signature->content.subspan(1), content.subspan(used)};
}

bool is_signed_by(const SignedElement& element, const X509* signer) {
    const auto key = any_key_of(signer);
    if (!key || describe(key.get()).is_weak) return false;
    const auto check =
        check_signature(key.get(), element.algorithm, std::nullopt, signed_bytes(element.body), element.signature);
    return check.result == SignatureResult::valid && check.digest != DigestMethod::sha1 &&
           check.digest != DigestMethod::md5;
}

}  // namespace sjcode::crypto
