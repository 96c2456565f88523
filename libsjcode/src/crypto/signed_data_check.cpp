#include "crypto/signed_data_check.h"

#include "crypto/der.h"
#include "crypto/object_identifiers.h"
#include "crypto/signature_verification.h"
#include "crypto/signing_certificate.h"

#include <algorithm>
#include <set>

namespace sjcode::crypto {
namespace {

using der::Reader;

Bytes copy(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

/// Absent parameters and NULL are the same (RFC 5754, section 2).
bool is_same(const AlgorithmIdentifier& a, const AlgorithmIdentifier& b) {
    const Bytes null{0x05, 0x00};
    const auto parameters = [&](const AlgorithmIdentifier& one) {
        return one.parameters == null ? Bytes() : one.parameters;
    };
    return a.identifier == b.identifier && parameters(a) == parameters(b);
}

/// The checks of one message, in the order of reading.
class Examination {
public:
    Examination(SignedDataUse use, const ExternalDigest& external) : use_(use), external_(external) {}

    SignedDataCheck run(ByteView contents) {
        auto data = read_signed_data(contents);
        if (!data) {
            result_.faults.push_back({true, data.error().code, data.error().parameters});
            return std::move(result_);
        }
        result_.data = *std::move(data);
        check_bytes(contents);
        check_content();
        if (result_.data->signers.size() > 1)
            fault(true, "cms.several-signers", {{"count", std::to_string(result_.data->signers.size())}});
        if (result_.data->signers.empty())
            fault(true, "cms.no-signer");
        else
            check_signer(result_.data->signers.front());
        return std::move(result_);
    }

private:
    /// Messages that follow today's rules: ours, those of PAdES and timestamps.
    [[nodiscard]] bool is_strict() const noexcept {
        return use_ == SignedDataUse::cades_detached || use_ == SignedDataUse::timestamp;
    }
    [[nodiscard]] bool holds_content() const noexcept {
        return use_ == SignedDataUse::pkcs7_sha1 || use_ == SignedDataUse::timestamp;
    }

    void fault(bool fails, std::string code, Parameters parameters = {}) {
        result_.faults.push_back({fails, std::move(code), std::move(parameters)});
    }

    void check_bytes(ByteView contents) {
        const auto rest = contents.subspan(result_.data->size);
        result_.trailing = rest.size();
        result_.is_trailing_zero = std::all_of(rest.begin(), rest.end(), [](auto byte) { return byte == 0; });
        if (!result_.is_trailing_zero) fault(true, "cms.trailing");
        if (!result_.data->is_der) fault(is_strict(), "cms.not-der");
    }

    void check_content() {
        const auto& data = *result_.data;
        if (holds_content() && !data.content) return fault(true, "cms.content-missing");
        // What the signature is over is outside; a second document inside could be shown in its place.
        if (!holds_content() && data.content) fault(is_strict(), "cms.content");
        if (use_ == SignedDataUse::timestamp) check_timestamp();
        check_form();
        const auto expected = use_ == SignedDataUse::timestamp    ? oid::timestamp_info
                              : data.type == oid::sm2_signed_data ? oid::sm2_data
                                                                  : oid::data;
        if (data.content_type != expected) fault(is_strict(), "cms.content-type", {{"type", data.content_type}});
    }

    /// Fields that no signature covers: they must be what follows from the rest, so that nothing can be changed in
    /// them.
    void check_form() {
        const auto& data = *result_.data;
        const bool plain = data.content_type == oid::data || data.content_type == oid::sm2_data;
        const bool by_key = std::any_of(data.signers.begin(), data.signers.end(),
                                        [](const auto& signer) { return !signer.subject_key_identifier.empty(); });
        bool right = data.version == (plain && !by_key ? 1u : 3u);
        for (const auto& signer : data.signers) {
            right = right && signer.version == (signer.subject_key_identifier.empty() ? 1u : 3u);
            // As many as signers, each of one of them.
            right = right && data.digest_algorithms.size() <= data.signers.size() &&
                    std::any_of(data.digest_algorithms.begin(), data.digest_algorithms.end(),
                                [&](const auto& one) { return is_same(one, signer.digest_algorithm); });
        }
        if (!right) fault(is_strict(), "cms.form");
    }

    void check_timestamp() {
        result_.timestamp = read_timestamp_info(*result_.data->content);
        if (!result_.timestamp) return fault(true, "timestamp.format");
        const auto& info = *result_.timestamp;
        if (!info.digest) return fault(true, "cms.algorithm", {{"algorithm", info.imprint_algorithm}});
        check_strength(*info.digest);
        result_.is_digest_equal = info.imprint == external_(*info.digest);
        if (!result_.is_digest_equal) fault(true, "timestamp.imprint");
    }

    void check_signer(const SignerInfo& signer) {
        const auto& identifier = signer.digest_algorithm.identifier;
        result_.message_digest = digest_method(identifier);
        if (!result_.message_digest)
            fault(true, "cms.algorithm", {{"algorithm", identifier}});
        else
            check_strength(*result_.message_digest);
        find_certificate(signer);
        check_attributes(signer);
        check_message_digest(signer);
        check_signing_certificate(signer);
        check_signature_of(signer);
        note_values(signer);
    }

    void check_strength(DigestMethod method) {
        if (method == DigestMethod::md5) fault(true, "cms.weak-digest", {{"digest", "MD5"}});
        if (method == DigestMethod::sha1)
            fault(use_ == SignedDataUse::cades_detached, "cms.weak-digest", {{"digest", "SHA-1"}});
    }

    void find_certificate(const SignerInfo& signer) {
        const auto found = certificates_of(signer, result_.data->certificates);
        if (found.empty()) return fault(true, "cms.no-certificate");
        // Readers that take another of them would name another signer.
        if (found.size() > 1) fault(true, "cms.ambiguous-certificate");
        result_.certificate = found.front();
        if (!writes_issuer_alike(signer, result_.certificate)) fault(is_strict(), "cms.form");
    }

    void check_attributes(const SignerInfo& signer) {
        if (!signer.has_signed_attributes) return fault(is_strict(), "cms.no-signed-attributes");
        std::set<std::string> seen;
        for (const auto& attribute : signer.attributes)
            if (!seen.insert(attribute.type).second)
                fault(true, "cms.duplicate-attribute", {{"attribute", attribute.type}});
        for (const auto type :
             {oid::content_type, oid::message_digest, oid::signing_certificate, oid::signing_certificate_v2})
            check_single_value(signer, type);
        const auto type = find(signer.attributes, oid::content_type);
        const auto named =
            type.values.empty() ? std::nullopt : Reader(type.values.front()).next(der::object_identifier);
        if (!named || der::dotted(named->content) != result_.data->content_type)
            fault(true, "cms.content-type", {{"type", named ? der::dotted(named->content) : ""}});
    }

    void check_single_value(const SignerInfo& signer, std::string_view type) {
        const auto found = find(signer.attributes, type);
        if (found.count == 1 && found.values.size() != 1)
            fault(true, "cms.duplicate-attribute", {{"attribute", std::string(type)}});
    }

    /// The digest of what the message is about, as its own content or the bytes outside.
    [[nodiscard]] Bytes content_digest(DigestMethod method) const {
        const auto& content = result_.data->content;
        return holds_content() && content ? digest_of(method, *content) : external_(method);
    }

    void check_message_digest(const SignerInfo& signer) {
        if (use_ == SignedDataUse::pkcs7_sha1 && result_.data->content) {
            result_.is_digest_equal = *result_.data->content == external_(DigestMethod::sha1);
            if (!result_.is_digest_equal) fault(true, "cms.digest-differs");
            // Of a broken digest no signature around it makes a sound one.
            if (result_.message_digest != DigestMethod::sha1) check_strength(DigestMethod::sha1);
        }
        if (!signer.has_signed_attributes || !result_.message_digest) return;
        const auto found = find(signer.attributes, oid::message_digest);
        if (found.values.empty()) return fault(true, "cms.no-message-digest");
        const auto stated = Reader(found.values.front()).next(der::octet_string);
        const bool equal = stated && copy(stated->content) == content_digest(*result_.message_digest);
        if (!holds_content()) result_.is_digest_equal = equal;
        if (!equal) fault(true, "cms.digest-differs");
        if (!equal && holds_content()) result_.is_digest_equal = false;
    }

    void check_signing_certificate(const SignerInfo& signer) {
        if (!signer.has_signed_attributes) return;
        const auto v1 = find(signer.attributes, oid::signing_certificate);
        const auto v2 = find(signer.attributes, oid::signing_certificate_v2);
        if (v1.values.empty() && v2.values.empty()) return fault(is_strict(), "cms.signing-certificate-missing");
        // RFC 3161 asks for the first version in timestamps.
        if (v2.values.empty() && use_ != SignedDataUse::timestamp) fault(false, "cms.signing-certificate-v1");
        if (result_.certificate.empty()) return;
        const bool agree =
            std::all_of(v1.values.begin(), v1.values.end(),
                        [&](ByteView value) { return names_certificate_v1(value, result_.certificate); }) &&
            std::all_of(v2.values.begin(), v2.values.end(),
                        [&](ByteView value) { return names_certificate_v2(value, result_.certificate); });
        if (!agree) return fault(true, "cms.signing-certificate-differs");
        result_.is_certificate_signed = true;
    }

    void check_signature_of(const SignerInfo& signer) {
        if (result_.certificate.empty()) return;
        const auto parsed = parse_certificate(result_.certificate);
        const auto key = parsed ? any_key_of(parsed.get()) : KeyOwner();
        if (!key) return fault(true, "cms.key");
        check_key(key.get());
        const auto check = verify(key.get(), signer);
        result_.signature_digest = check.digest;
        if (check.digest && check.digest != result_.message_digest) check_strength(*check.digest);
        if (check.result == SignatureResult::unsupported)
            return fault(true, "cms.algorithm", {{"algorithm", signer.signature_algorithm.identifier}});
        result_.is_signature_valid = check.result == SignatureResult::valid;
        if (!result_.is_signature_valid) return fault(true, "cms.signature");
        // Without attributes the signature is over the bytes themselves.
        if (!signer.has_signed_attributes && !holds_content()) result_.is_digest_equal = true;
        if (use_ == SignedDataUse::timestamp && !is_timestamping_certificate(result_.certificate))
            fault(true, "timestamp.certificate");
    }

    void check_key(const EVP_PKEY* key) {
        const auto description = describe(key);
        result_.key_algorithm = description.algorithm;
        result_.key_bits = description.bits;
        if (description.is_weak)
            fault(description.is_broken || use_ == SignedDataUse::cades_detached, "cms.weak-key",
                  {{"algorithm", description.algorithm}, {"bits", std::to_string(description.bits)}});
    }

    SignatureCheck verify(EVP_PKEY* key, const SignerInfo& signer) const {
        const auto declared = result_.message_digest;
        const auto check = [&](const SignedBytes& bytes) {
            return check_signature(key, signer.signature_algorithm, declared, bytes, signer.signature);
        };
        if (!signer.has_signed_attributes) {
            if (holds_content() && result_.data->content) return check(signed_bytes(*result_.data->content));
            return check({external_, std::nullopt});
        }
        const auto first = check(signed_bytes(signer.signed_attributes));
        // RFC 5652 signs the DER; many sign what they send, whatever its order.
        if (first.result == SignatureResult::valid || signer.are_attributes_ordered) return first;
        return check(signed_bytes(signer.ordered_attributes));
    }

    void note_values(const SignerInfo& signer) {
        const auto time = find(signer.attributes, oid::signing_time);
        if (!time.values.empty()) result_.signing_time = read_time(time.values.front());
        const auto token = find(signer.unsigned_attributes, oid::signature_timestamp);
        if (!token.values.empty()) result_.signature_timestamp = copy(token.values.front());
    }

    SignedDataUse use_;
    const ExternalDigest& external_;
    SignedDataCheck result_;
};

/// The DigestInfo inside a PKCS #1 signature (RFC 8017, section 9.2): its digest's identifier.
std::optional<DigestMethod> recovered_digest(EVP_PKEY* key, ByteView signature) {
    const ErrorQueueGuard guard;
    const KeyContextOwner context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    Bytes info(static_cast<std::size_t>(std::max(EVP_PKEY_get_size(key), 0)));
    std::size_t size = info.size();
    if (!context || EVP_PKEY_verify_recover_init(context.get()) != 1 ||
        EVP_PKEY_verify_recover(context.get(), info.data(), &size, signature.data(), signature.size()) != 1)
        return std::nullopt;
    const auto outer = Reader(ByteView(info).first(std::min(size, info.size()))).next(der::sequence);
    if (!outer) return std::nullopt;
    const auto algorithm = Reader(outer->content).next(der::sequence);
    const auto read = algorithm ? read_algorithm(algorithm->whole) : std::nullopt;
    return read ? digest_method(read->identifier) : std::nullopt;
}

}  // namespace

bool SignedDataCheck::fails() const noexcept {
    return std::any_of(faults.begin(), faults.end(), [](const auto& fault) { return fault.fails; });
}

SignedDataCheck check_signed_data(ByteView contents, SignedDataUse use, const ExternalDigest& external) {
    return Examination(use, external).run(contents);
}

SignedDataCheck check_x509_rsa_sha1(ByteView contents, const std::vector<Bytes>& certificates,
                                    const ExternalDigest& external) {
    SignedDataCheck result;
    const auto fault = [&](bool fails, const char* code, Parameters parameters = {}) {
        result.faults.push_back({fails, code, std::move(parameters)});
        return result;
    };
    const auto signature = Reader(contents).next(der::octet_string);
    if (!signature) return fault(true, "cms.format");
    const auto rest = contents.subspan(signature->whole.size());
    result.trailing = rest.size();
    result.is_trailing_zero = std::all_of(rest.begin(), rest.end(), [](auto byte) { return byte == 0; });
    if (!result.is_trailing_zero) (void)fault(true, "cms.trailing");
    if (certificates.empty()) return fault(true, "cms.no-certificate");
    result.certificate = certificates.front();
    const auto parsed = parse_certificate(result.certificate);
    const auto key = parsed ? any_key_of(parsed.get()) : KeyOwner();
    if (!key) return fault(true, "cms.key");
    const auto description = describe(key.get());
    result.key_algorithm = description.algorithm;
    result.key_bits = description.bits;
    if (description.is_weak)
        (void)fault(description.is_broken, "cms.weak-key",
                    {{"algorithm", description.algorithm}, {"bits", std::to_string(description.bits)}});
    result.message_digest = recovered_digest(key.get(), signature->content);
    if (!result.message_digest) return fault(true, "cms.signature");
    result.signature_digest = result.message_digest;
    if (*result.message_digest == DigestMethod::sha1) (void)fault(false, "cms.weak-digest", {{"digest", "SHA-1"}});
    if (*result.message_digest == DigestMethod::md5) (void)fault(true, "cms.weak-digest", {{"digest", "MD5"}});
    const auto check = check_signature(key.get(), {std::string(oid::rsa)}, result.message_digest,
                                       {external, std::nullopt}, signature->content);
    result.is_signature_valid = result.is_digest_equal = check.result == SignatureResult::valid;
    if (!result.is_signature_valid) (void)fault(true, "cms.digest-differs");
    // Nothing in this form names the certificate.
    return fault(false, "cms.signing-certificate-missing");
}

}  // namespace sjcode::crypto
