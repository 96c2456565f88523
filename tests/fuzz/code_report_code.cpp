// Report codes and disclosures: what is accepted comes back as the same bytes, and no signature of nobody verifies.
#include "check.h"
#include "code/claims.h"
#include "code/cose.h"
#include "sjcode/key.h"
#include "sjcode/record.h"
#include "sjcode/report_code.h"

using namespace sjcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    const Bytes input(bytes.begin(), bytes.end());
    if (const auto raw = RawReportCode::decode(bytes)) {
        check(raw->encoded() == input);
        const auto parts = cose::decode(bytes, 4'096);
        check(parts && cose::encode(*parts) == input);
        const auto& claims = raw->unverified_claims();
        // Claims that a version of the future added are not kept, so the encoding may be shorter.
        const auto encoded = encode_claims(claims);
        const auto again = decode_claims(encoded);
        check(again && *again == claims && encoded.size() <= parts->payload.size());
        static const auto key = PrivateKey::generate(Algorithm::ed25519).value();
        check(!VerifiedReportCode::verify(*raw, key.public_key()));
        const auto ours = sign_report_code(claims, key);
        check(ours.has_value());
        const auto verified = VerifiedReportCode::verify(RawReportCode::decode(*ours).value(), key.public_key());
        check(verified && verified->claims() == claims);
        check(!claims.report_number("甲司鉴中心").empty());
        (void)check_report_number(claims, "甲司鉴中心");
    }
    if (const auto claims = decode_claims(bytes)) check(decode_claims(encode_claims(*claims)).value() == *claims);
    if (const auto disclosure = Disclosure::decode(bytes)) {
        check(disclosure->encode() == input);
        check(!disclosure->value_text().empty() && !disclosure->entry_name().empty());
    }
    return 0;
}
