#include "crypto/timestamp.h"

#include "base/try.h"
#include "base/unicode.h"
#include "crypto/der.h"
#include "crypto/openssl.h"
#include "crypto/signed_data_check.h"

#include <openssl/ts.h>

#include <algorithm>
#include <array>

namespace sjcode::crypto {
namespace {

using der::Reader;

using RequestOwner = Owner<TS_REQ, TS_REQ_free>;
using ImprintOwner = Owner<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using AlgorithmOwner = Owner<X509_ALGOR, X509_ALGOR_free>;
using IntegerOwner = Owner<ASN1_INTEGER, ASN1_INTEGER_free>;
using ObjectOwner = Owner<ASN1_OBJECT, ASN1_OBJECT_free>;

constexpr std::size_t largest_answer = 1u << 20;
constexpr std::size_t longest_reason = 200;

bool set_imprint(TS_REQ* request, DigestMethod digest, Bytes& imprint) {
    const ImprintOwner form(TS_MSG_IMPRINT_new());
    const AlgorithmOwner algorithm(X509_ALGOR_new());
    ASN1_OBJECT* named = OBJ_txt2obj(name(digest).data(), 0);
    // With NULL, as authorities have seen it for twenty years.
    if (!form || !algorithm || named == nullptr || X509_ALGOR_set0(algorithm.get(), named, V_ASN1_NULL, nullptr) != 1) {
        ASN1_OBJECT_free(named);
        return false;
    }
    return TS_MSG_IMPRINT_set_algo(form.get(), algorithm.get()) == 1 &&
           TS_MSG_IMPRINT_set_msg(form.get(), imprint.data(), static_cast<int>(imprint.size())) == 1 &&
           TS_REQ_set_msg_imprint(request, form.get()) == 1;
}

bool set_nonce(TS_REQ* request, const Bytes& nonce) {
    const BignumOwner number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
    const IntegerOwner integer(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
    return integer && TS_REQ_set_nonce(request, integer.get()) == 1;
}

bool set_policy(TS_REQ* request, const std::string& policy) {
    if (policy.empty()) return true;
    const ObjectOwner object(OBJ_txt2obj(policy.c_str(), 1));
    return object && TS_REQ_set_policy_id(request, object.get()) == 1;
}

/// What the authority says about its refusal: foreign text, cut short.
std::string reason_of(Reader& status) {
    const auto texts = status.next(der::sequence);
    if (!texts) return {};
    const auto first = Reader(texts->content).next();
    if (!first) return {};
    std::string reason(as_text(first->content.first(std::min(first->content.size(), longest_reason))));
    while (!reason.empty() && !unicode::is_utf8(reason)) reason.pop_back();
    return reason;
}

/// Returns the token (RFC 3161, section 2.4.2).
Result<Bytes> granted_token(ByteView response) {
    const auto encoding = der::examine(response, {largest_answer, 48});
    if (!encoding || encoding->size != response.size()) return fail("timestamp.format");
    const auto definite = encoding->is_definite ? Bytes(response.begin(), response.end()) : der::definite(response);
    const auto outer = Reader(definite).next(der::sequence);
    if (!outer) return fail("timestamp.format");
    Reader reader(outer->content);
    const auto info = reader.next(der::sequence);
    if (!info) return fail("timestamp.format");
    Reader status(info->content);
    const auto number = status.next(der::integer);
    if (!number || number->content.size() != 1) return fail("timestamp.format");
    constexpr std::uint8_t granted_with_changes = 1;
    if (number->content.front() > granted_with_changes)
        return fail("timestamp.refused",
                    {{"status", std::to_string(number->content.front())}, {"reason", reason_of(status)}});
    const auto token = reader.next(der::sequence);
    if (!token || !reader.at_end()) return fail("timestamp.format");
    return Bytes(token->whole.begin(), token->whole.end());
}

/// One code a person can do something about for the faults of the message.
std::string error_of(const std::string& fault) {
    if (fault.starts_with("timestamp.")) return fault;
    if (fault == "cms.signature" || fault == "cms.digest-differs" || fault == "cms.weak-key" ||
        fault == "cms.weak-digest" || fault == "cms.algorithm")
        return "timestamp.signature";
    if (fault.starts_with("cms.signing-") || fault == "cms.no-certificate" || fault == "cms.key" ||
        fault == "cms.ambiguous-certificate")
        return "timestamp.certificate";
    return "timestamp.format";
}

}  // namespace

Result<TimestampRequest> make_timestamp_request(DigestMethod digest, Bytes imprint, const RandomSource& random,
                                                std::string policy) {
    const ErrorQueueGuard guard;
    if (imprint.size() != size_of(digest)) return fail("timestamp.request");
    // Of 8 bytes, as authorities expect; so that the INTEGER has exactly these bytes, the first is 64 to 127.
    Bytes nonce(8);
    SJCODE_CHECK(random(nonce));
    nonce.front() = static_cast<std::uint8_t>((nonce.front() & 0x3F) | 0x40);
    const RequestOwner request(TS_REQ_new());
    if (!request || TS_REQ_set_version(request.get(), 1) != 1 || !set_imprint(request.get(), digest, imprint) ||
        !set_nonce(request.get(), nonce) || !set_policy(request.get(), policy) ||
        TS_REQ_set_cert_req(request.get(), 1) != 1)
        return fail("timestamp.request");
    auto der = der_of([&](unsigned char** at) { return i2d_TS_REQ(request.get(), at); });
    return TimestampRequest{std::move(der), digest, std::move(imprint), std::move(nonce), std::move(policy)};
}

Result<TimestampToken> read_timestamp_response(ByteView response, const TimestampRequest& request) {
    SJCODE_TRY(auto token, granted_token(response));
    const ExternalDigest imprint = [&](DigestMethod method) {
        return method == request.digest ? request.imprint : Bytes();
    };
    auto check = check_signed_data(token, SignedDataUse::timestamp, imprint);
    for (const auto& fault : check.faults)
        if (fault.fails) return Unexpected(Error{error_of(fault.code)});
    if (!check.timestamp || !check.data || !check.is_signature_valid) return fail("timestamp.format");
    if (check.timestamp->nonce != request.nonce) return fail("timestamp.nonce");
    if (!request.policy.empty() && check.timestamp->policy != request.policy) return fail("timestamp.policy");
    return TimestampToken{std::move(token), *std::move(check.timestamp), std::move(check.certificate),
                          std::move(check.data->certificates)};
}

Result<TimestampToken> get_timestamp(const TimestampClient& client, DigestMethod digest, Bytes imprint,
                                     const RandomSource& random, std::string policy) {
    SJCODE_TRY(const auto request, make_timestamp_request(digest, std::move(imprint), random, std::move(policy)));
    SJCODE_TRY(const auto response, client.request(request.der));
    return read_timestamp_response(response, request);
}

}  // namespace sjcode::crypto
