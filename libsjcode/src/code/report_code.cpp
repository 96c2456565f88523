#include "sjcode/report_code.h"

#include "base/try.h"
#include "code/cbor.h"
#include "code/claims.h"
#include "code/cose.h"

namespace sjcode {

Result<RawReportCode> RawReportCode::decode(ByteView cose_sign1) {
    SJCODE_TRY(const auto parts, cose::decode(cose_sign1, cbor::code_limit));
    SJCODE_TRY(auto claims, decode_claims(parts.payload));
    return RawReportCode(parts.algorithm, std::move(claims), Bytes(parts.payload.begin(), parts.payload.end()),
                         Bytes(parts.signature.begin(), parts.signature.end()),
                         Bytes(cose_sign1.begin(), cose_sign1.end()));
}

Result<VerifiedReportCode> VerifiedReportCode::verify(const RawReportCode& raw, const PublicKey& key) {
    // The key says which algorithm is meant; what the header says must agree, and never chooses.
    if (key.algorithm() != raw.algorithm_) return fail("cose.signature");
    const auto message = cose::signed_bytes(raw.algorithm_, cose::report_code_context, raw.payload_);
    if (!key.verify(message, raw.signature_)) return fail("cose.signature");
    return VerifiedReportCode(raw.algorithm_, raw.claims_, raw.encoded_);
}

Result<Bytes> sign_report_code(const Claims& claims, const Signer& signer) {
    const auto payload = encode_claims(claims);
    // What a reader would refuse is never signed: the reader itself says so.
    SJCODE_CHECK(decode_claims(payload));
    const auto algorithm = signer.algorithm();
    SJCODE_TRY(const auto signature, signer.sign(cose::signed_bytes(algorithm, cose::report_code_context, payload)));
    auto encoded = cose::encode({algorithm, payload, signature});
    SJCODE_CHECK(cose::decode(encoded, cbor::code_limit));
    return encoded;
}

}  // namespace sjcode
